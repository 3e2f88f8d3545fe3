import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Who comes to this table: how many in which way, and how oneself does.
struct BalanceRoutes: Sendable {
    let house: House

    /// GET /projects/:project/table
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        var (view, begun) = try await house.database.read { db in
            (try db.balance(id, seating: person), try db.lastBegun(in: id, at: now))
        }
        // Counted by whoever looks first after a gathering has begun, and not again until the next.
        if let begun, (view.kept?.looked ?? Moment(0)) < begun {
            view = try await house.database.write { db in
                try db.recount(id, begun: begun)
                return try db.balance(id, seating: person)
            }
        }
        return house.respond(balancePage(view, context.visit), context.visit)
    }

    /// POST /projects/:project/table
    func say(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let side = context.form.choice("side", as: Side.self)
        guard side != nil || context.form["side"] == "blank" else { throw HTTPError(.badRequest) }
        try await house.database.write { db in
            let (_, seat) = try db.project(id, seating: person)
            try db.say(side, by: seat.id, at: now)
        }
        return .see("/projects/\(id.text)/table#side")
    }
}

/// What the page of a table shows.
struct BalanceView: Sendable {
    let project: Project
    /// The reader's own.
    let side: Side?
    let kept: KeptBalance?
}

extension Reader {
    fileprivate func balance(_ id: ID<Project>, seating person: ID<Person>) throws -> BalanceView {
        let (project, seat) = try project(id, seating: person)
        return BalanceView(project: project, side: try side(of: seat.id), kept: try balance(of: id))
    }
}
