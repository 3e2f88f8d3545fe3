import Foundation
import Hummingbird
import Markup
import Storage

/// Leaving in two taps, without a reason, and taking what is yours.
struct LeavingRoutes: Sendable {
    let house: House

    /// GET /leaving: the first tap brings here; the button on it is the second.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        let (seats, pieces) = try await house.database.read { db in
            let leaver = try db.leaver(person, project: nil, wish: .withMyName, pieces: [:], at: now)
            return (try db.projects(seating: person), try db.pieces(of: leaver))
        }
        return house.respond(leavingPage(context, projects: seats.map(\.0), pieces: pieces), context.visit)
    }

    /// As many as one form holds: each is a field of 54 letters at the most, of the
    /// `Reception.longestForm` that is read.
    static let mostPieces = 4_000

    /// GET /leaving/pieces: a wish for each thing; or for each that was said in one project, with `?project=`.
    func choose(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        let asked = context.visit.query["project"]
        let id = asked.flatMap { ID<Project>($0) }
        guard asked == nil || id != nil else { throw Missing() }
        let (pieces, project) = try await house.database.read { db in
            let leaver = try db.leaver(person, project: id, wish: .withMyName, pieces: [:], at: now)
            return (try db.pieces(of: leaver), try id.flatMap { try db.project($0) })
        }
        return house.respond(piecesPage(context, pieces, project), context.visit)
    }

    /// POST /leaving: gone from the house; or from one project, when the form names one.
    func leave(_ request: Request, _ context: PersonContext) async throws -> Response {
        let wishes = LeavingForm(context.form)
        let (person, now) = (context.person.id, house.now())
        let (seal, t, files, isSafe) = (try Parcel.Seal(house), context.t, house.files, context.visit.reach == .safe)
        let secret = house.secret
        let moved = try await house.database.write { db in
            let leaver = try db.leaver(
                person, project: wishes.project, wish: wishes.wish, pieces: wishes.pieces, opening: secret, at: now)
            // A parcel's words would be read along with: in a hall one goes without, and takes one along elsewhere.
            guard isSafe else { return try Leaving.depart(leaver, db) }
            return try Leaving.depart(leaver, takingAlong: { try Parcel($0, files, with: seal, t, at: now) }, db)
        }
        house.tellLive(moved)
        house.live.hangUp { $0.person == person }
        try await house.clearFiles()
        guard isSafe else { return try await house.passOn(request, to: "/", leaving: nil) }
        var response = Response.see("/farewell")
        if wishes.project == nil { response = try await house.passOn(request, to: "/farewell", leaving: nil) }
        house.keep(seal.words, as: "parcel", in: &response)
        return response
    }

    /// GET /farewell: the words of the parcel, while this device has them.
    func farewell(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let words = house.keepsake("parcel", in: request) else { throw Missing() }
        return house.respond(farewellPage(words, visit), visit)
    }

    /// GET /me/held: everything that this house holds about me.
    func showHeld(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now, secret) = (context.person.id, house.now(), house.secret)
        let gathered = try await house.database.read { db in
            let owner = try db.leaver(
                person, project: nil, wish: .withMyName, pieces: [:], opening: secret, at: now)
            return try Leaving.gather(owner, db)
        }
        return house.respond(heldPage(gathered, context), context.visit)
    }

    /// POST /me/parcel: what is yours, without leaving.
    func pack(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now, secret) = (context.person.id, house.now(), house.secret)
        let (seal, t, files) = (try Parcel.Seal(house), context.t, house.files)
        try await house.database.write { db in
            let owner = try db.leaver(
                person, project: nil, wish: .withMyName, pieces: [:], opening: secret, at: now)
            try db.keep(Parcel(Leaving.gather(owner, db), files, with: seal, t, at: now))
        }
        var response = Response.see("/farewell")
        house.keep(seal.words, as: "parcel", in: &response)
        return response
    }
}

/// What somebody leaving wishes: for everything, and for what they chose otherwise.
struct LeavingForm: Sendable {
    let project: ID<Project>?
    let wish: Wish
    let pieces: [ID<Contribution>: Wish]

    /// Nothing ticked reads as the gentlest: what was said stays as it is.
    init(_ form: Form) {
        project = form.id("project")
        let rest = form.choice("wish") ?? Wish.withMyName
        wish = rest
        pieces = Dictionary(
            form.fields.compactMap { name, values in
                guard name.hasPrefix("piece-"), let id = ID<Contribution>(name.dropFirst(6)),
                    let wish = values.first.flatMap({ Wish(rawValue: $0) }), wish != rest
                else { return nil }
                return (id, wish)
            }, uniquingKeysWith: { $1 })
    }
}
