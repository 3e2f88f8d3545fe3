import Foundation
import Hummingbird
import Markup
import Storage

/// Saying something: on a project's page at any hour, or in the room of a gathering.
struct ContributionRoutes: Sendable {
    let house: House

    /// GET /projects/:project: what has been said, the latest page first.
    func showProject(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (before, after) = (context.place("before"), context.place("after"))
        let view = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            return ProjectView(
                project: project, seat: seat,
                page: try db.said(in: .project(id), seat: seat.id, before: before, after: after, at: now),
                shared: try db.shared(in: id), news: try db.news(for: seat.id))
        }
        return house.respond(projectPage(view, context), context.visit)
    }

    /// GET /projects/:project/contributions/new
    func write(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, seat) = try await house.database.read { try $0.project(id, seating: person) }
        return house.respond(writePage(project, seat, context), context.visit)
    }

    /// POST /projects/:project/contributions
    func postToProject(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let ids = try context.contributionIDs()
        do {
            let saying = try Saying(context.form)
            let (form, language) = (context.form, context.t.language)
            let (contribution, needsReceipt) = try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                try db.mind(["words"], of: form, in: id, by: seat.id)
                let contribution = Contribution(
                    saying, by: seat, at: nil, ids: ids, language: language, now: now, changed: try db.nextChange())
                _ = try db.add(contribution)
                try db.tellElsewhere(contribution)
                return (contribution, try db.needsReceipt(contribution) ? seat : nil)
            }
            house.tellLive(contribution)
            return try await house.said(
                contribution, to: "/projects/\(id)#contribution-\(contribution.id)", needsReceipt, request)
        } catch let refusal as Refusal {
            let (project, seat) = try await house.database.read { try $0.project(id, seating: person) }
            return house.respond(writePage(project, seat, context, refusal), context.visit)
        }
    }

    /// GET /gatherings/:gathering/room: writing and listening, for whoever has a chair.
    func showRoom(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await room(context)
    }

    /// POST /gatherings/:gathering/contributions
    func postToGathering(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let ids = try context.contributionIDs()
        do {
            let saying = try Saying(context.form)
            let (form, language) = (context.form, context.t.language)
            let (contribution, needsReceipt) = try await house.database.write { db in
                let (gathering, _, seat) = try db.gathering(id, seating: person)
                guard gathering.hear(at: now) != .closed else { throw Refusal.gatheringHeard }
                try db.mind(["words"], of: form, in: seat.project, by: seat.id)
                let contribution = Contribution(
                    saying, by: seat, at: id, ids: ids, language: language, now: now, changed: try db.nextChange())
                _ = try db.add(contribution)
                try db.tellElsewhere(contribution)
                return (contribution, try db.needsReceipt(contribution) ? seat : nil)
            }
            house.tellLive(contribution)
            return try await house.said(
                contribution, to: "/gatherings/\(id)/room#contribution-\(contribution.id)", needsReceipt, request)
        } catch let refusal as Refusal {
            return try await room(context, refusal)
        }
    }

    private func room(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let (before, after) = (context.place("before"), context.place("after"))
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            let (changed, lacksReceipt) = try db.latestChange(in: project.id, andReceiptOf: seat.id)
            return RoomView(
                gathering: gathering, project: project, seat: seat,
                asker: try gathering.asker.flatMap { try db.name(of: $0) },
                page: try db.said(in: .gathering(id), seat: seat.id, before: before, after: after, at: now),
                changed: changed, lacksReceipt: lacksReceipt, hearing: gathering.hear(at: now))
        }
        return house.respond(roomPage(view, context, refusal), context.visit)
    }
}

extension House {
    /// Keeps what somebody says, and tells those who watch where it was said.
    func keep(_ say: @escaping @Sendable (Writer) throws -> Contribution) async throws -> Contribution {
        let contribution = try await database.write { db in
            let contribution = try say(db)
            _ = try db.add(contribution)
            try db.tellElsewhere(contribution)
            return contribution
        }
        tellLive(contribution)
        return contribution
    }

    /// After the first words with a card, the giver is shown theirs.
    func said(
        _ contribution: Contribution, to address: String, _ seat: Seat?, _ request: Request
    ) async throws -> Response {
        guard let seat else { return .see(address) }
        var response = Response.see("/receipts?next=\(address.prefix { $0 != "#" })")
        try await giveReceipt(to: seat, for: request, in: &response)
        return response
    }

    /// Tells those who watch what was said, where they watch it. After the commit.
    func tellLive(_ moved: Moved) {
        for id in moved.said { KeptItems.ofThisProgram.forget(id) }
        for (place, changed) in moved.places { live.tell(place, changed: changed) }
    }

    func tellLive(_ contribution: Contribution) { tellLive(Moved([contribution])) }
}

extension Writer {
    /// The same for those who watch through other programs of this house. In the transaction of the change.
    func tellElsewhere(_ moved: Moved) throws {
        for (changed, places) in Dictionary(grouping: moved.places.keys, by: { moved.places[$0]! }) {
            try tellElsewhere(places, changed: changed)
        }
    }

    func tellElsewhere(_ contribution: Contribution) throws { try tellElsewhere(Moved([contribution])) }
}

/// What of what was said is seen otherwise now, and where it is watched, each place with its highest number.
struct Moved: Sendable {
    var said: [ID<Contribution>] = []
    var places: [LivePlace: Int64] = [:]

    mutating func join(_ other: Moved) {
        said += other.said
        places.merge(other.places) { max($0, $1) }
    }
}

extension Moved {
    /// Each is watched in its project, in the gathering it was said in, and on that one's wall.
    init(_ contributions: [Contribution]) {
        for piece in contributions {
            var places: [LivePlace: Int64] = [.project(piece.project): piece.changed]
            if let gathering = piece.gathering {
                (places[.gathering(gathering)], places[.wall(gathering)]) = (piece.changed, piece.changed)
            }
            join(Moved(said: [piece.id], places: places))
        }
    }
}

extension Reader {
    /// What moved after a number in the projects of these seats.
    func moved(since number: Int64, round seats: [ID<Seat>]) throws -> Moved {
        Moved(
            try all(
                """
                select \(Contribution.columns) from contribution
                where project in (select project from seat where id in \(list: seats)) and changed > \(number)
                """
            ) { Contribution(row: $0) })
    }
}

extension Reader {
    /// Whether this was somebody's first words with a card: they have no receipt yet.
    func needsReceipt(_ contribution: Contribution) throws -> Bool {
        guard case .seat(let seat) = contribution.giver else { return false }
        return try receipt(of: seat) == nil
    }
}

extension Visiting {
    /// The two ids that a writing page made: one for what is signed, one that is all chance.
    func contributionIDs() throws -> (signed: ID<Contribution>, anonymous: ID<Contribution>) {
        guard let signed = form.id("once", of: Contribution.self),
            let anonymous = form.id("once-nothing", of: Contribution.self)
        else { throw HTTPError(.badRequest) }
        return (signed, anonymous)
    }

    /// A place in what was said, from the address: `?before=1772791200000.ID`.
    func place(_ name: String) -> SaidPlace? {
        let parts = (visit.query[name] ?? "").split(separator: ".")
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = ID<Contribution>(parts[1]) else {
            return nil
        }
        return SaidPlace(said: Moment(milliseconds), id: id)
    }
}

/// What a project's page shows.
struct ProjectView: Sendable {
    let project: Project
    let seat: Seat
    let page: SaidPage
    let shared: Shared
    /// How many things the reader's seat was told and has not looked at.
    let news: Int

    /// What stands beside what was said, the same for everybody who reads it.
    struct Shared: Sendable {
        let first: (name: String, said: Moment, place: SaidPlace)?
        let around: Surroundings
        /// The number of the newest thing on the page.
        let changed: Int64
        /// What stands above what was said, and beside it, as they were written for those who read them.
        let above = Written<Words.Reading>()
        let beside = Written<Beside>()

        /// How a reader looks at what stands beside it.
        struct Beside: Sendable, Equatable {
            let news: Int
            let reading: Words.Reading
        }

        fileprivate struct Key: Sendable, Hashable {
            let project: ID<Project>
        }
    }
}

extension Reader {
    /// Four statements.
    fileprivate func shared(in project: ID<Project>) throws -> ProjectView.Shared {
        try kept(for: ProjectView.Shared.Key(project: project)) {
            ProjectView.Shared(
                first: try firstSaid(in: project), around: try surroundings(of: project),
                changed: try latestChange(in: project))
        }
    }
}

extension Reader {
    /// The highest number there is in a project; and whether a seat has words and no receipt. One statement.
    fileprivate func latestChange(
        in project: ID<Project>, andReceiptOf seat: ID<Seat>
    ) throws -> (changed: Int64, lacksReceipt: Bool) {
        try one(
            """
            select (select coalesce(max(changed), 0) from contribution where project = \(project)),
                case when not exists (select 1 from receipt where seat = \(seat))
                    and exists (select 1 from contribution where seat = \(seat) and taken_back is null)
                then 1 else 0 end
            """
        ) { row in (row[0], row[1]) }!
    }
}

/// What the room of a gathering shows.
struct RoomView: Sendable {
    let gathering: Gathering
    let project: Project
    let seat: Seat
    let asker: String?
    let page: SaidPage
    let changed: Int64
    /// Whether words stand in the reader's seat without a receipt to find them by: somebody wrote them down.
    let lacksReceipt: Bool
    let hearing: Gathering.Hearing
}
