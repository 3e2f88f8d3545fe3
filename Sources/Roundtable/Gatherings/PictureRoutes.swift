import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Photographs
import Storage

/// Saying something with a photograph, and showing it to whoever may read its words.
struct PictureRoutes: Sendable {
    let house: House

    /// GET /projects/:project/pictures
    func askInProject(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(try await place(inProject: context), context)
    }

    /// POST /projects/:project/pictures
    func postToProject(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await post(to: try await place(inProject: context), request, context)
    }

    /// GET /gatherings/:gathering/pictures
    func askAtGathering(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(try await place(atGathering: context), context)
    }

    /// POST /gatherings/:gathering/pictures
    func postToGathering(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await post(to: try await place(atGathering: context), request, context)
    }

    /// GET /contributions/:contribution/picture
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        try await send(request, visit) { $0.large }
    }

    /// GET /contributions/:contribution/picture/small
    func showSmall(_ request: Request, _ visit: Visit) async throws -> Response {
        try await send(request, visit) { $0.small }
    }

    // MARK: Where it is said

    private func place(inProject context: PersonContext) async throws -> PicturePlace {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, seat) = try await house.database.read { try $0.project(id, seating: person) }
        return PicturePlace(project: project, seat: seat, gathering: nil)
    }

    private func place(atGathering context: PersonContext) async throws -> PicturePlace {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (gathering, project, seat) = try await house.database.read { try $0.gathering(id, seating: person) }
        return PicturePlace(project: project, seat: seat, gathering: gathering)
    }

    // MARK: Saying

    private func post(to place: PicturePlace, _ request: Request, _ context: PersonContext) async throws -> Response {
        let (now, ids, language) = (house.now(), try context.contributionIDs(), context.t.language)
        do {
            let saying = try Saying.withPicture(context.form)
            guard place.hears(at: now) else { throw Refusal.gatheringHeard }
            // Before the photograph is made anew: it is not kept until its words are.
            let form = context.form
            try await house.database.read { db in
                try db.mind(["words"], of: form, in: place.project.id, by: place.seat.id)
            }
            let upload = try Upload.checked(context.visit.upload)
            let picture = try await develop(upload, for: saying.bearing == .nothing ? ids.anonymous : ids.signed)
            let (contribution, needsReceipt) = try await keep(saying, picture, at: place, ids, language, context)
            house.tellLive(contribution)
            return try await house.said(
                contribution, to: "\(place.back)#contribution-\(contribution.id)", needsReceipt ? place.seat : nil,
                request)
        } catch let refusal as Refusal {
            return try await asking(place, context, refusal)
        } catch let reminder as Reminder {
            // The photograph is not kept, so it is chosen again with the words.
            return house.respond(
                reminderPage(reminder, context.visit, file: pictureField(nil, again: true, context.t)), context.visit)
        }
    }

    /// Makes it anew, and keeps both of its files.
    private func develop(_ upload: Upload, for contribution: ID<Contribution>) async throws -> KeptPicture {
        do {
            let made = try await house.darkroom.make(from: upload.file)
            return KeptPicture(
                contribution: contribution,
                large: try house.files.keep(made.large.bytes, for: "\(contribution) large"),
                small: try house.files.keep(made.small.bytes, for: "\(contribution) small"),
                size: PixelSize(width: made.large.width, height: made.large.height))
        } catch let trouble as Photograph.Trouble {
            throw Refusal(trouble)
        }
    }

    /// Keeps the words and the photograph together, or neither.
    private func keep(
        _ saying: Saying, _ picture: KeptPicture, at place: PicturePlace,
        _ ids: (signed: ID<Contribution>, anonymous: ID<Contribution>), _ language: String, _ context: PersonContext
    ) async throws -> (Contribution, needsReceipt: Bool) {
        let (person, now, gathering) = (context.person.id, house.now(), place.gathering?.id)
        do {
            return try await house.database.write { db in
                let seat =
                    try gathering.map { try db.gathering($0, seating: person).2 }
                    ?? db.project(place.project.id, seating: person).1
                let contribution = Contribution(
                    saying, by: seat, at: gathering, ids: ids, language: language, now: now,
                    changed: try db.nextChange())
                _ = try db.add(contribution)
                try db.add(picture, at: now)
                try db.tellElsewhere(contribution)
                return (contribution, try db.needsReceipt(contribution))
            }
        } catch {
            try? await house.discard(picture)
            throw error
        }
    }

    private func asking(
        _ place: PicturePlace, _ context: PersonContext, _ refusal: Refusal? = nil
    ) async throws -> Response {
        house.respond(picturePage(place, context, refusal), context.visit)
    }

    // MARK: Showing

    /// Like its words: for its giver, and for whoever may read them now. Kept by no browser, as no page of ours is.
    private func send(
        _ request: Request, _ visit: Visit, _ file: (KeptPicture) -> String
    ) async throws -> Response {
        let (id, now) = (try visit.id("contribution", of: Contribution.self), house.now())
        let (person, held) = (visit.person?.id, HeldReceipts(in: request, house))
        let picture = try await house.database.read { db in
            let piece = try db.piece(id, person: person, receipts: held.hashes, at: now)
            guard piece.said.setAside == nil || piece.isMine || piece.seat?.isMember == true else { throw Missing() }
            return try db.picture(of: id)
        }
        guard let name = picture.map(file), let bytes = house.files.read(name) else { throw Missing() }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/jpeg", .cacheControl: "no-store",
                .contentDisposition: "inline; filename=\"photograph.jpg\"",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// Where somebody says something with a photograph: in a project, or in the room of a gathering.
struct PicturePlace: Sendable {
    let project: Project
    let seat: Seat
    let gathering: Gathering?

    var address: String { "\(gathering?.address ?? project.address)/pictures" }
    var back: String { gathering.map { "\($0.address)/room" } ?? project.address }

    func hears(at now: Moment) -> Bool { gathering.map { $0.hear(at: now) != .closed } ?? true }
}
