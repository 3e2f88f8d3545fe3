import Hummingbird
import Markup
import Storage

/// What worked and what didn't: asked of everybody who had a chair or a seat at the end of a gathering and for two
/// weeks after, and of everybody with a seat in the last weeks of a project.
struct LookBackRoutes: Sendable {
    let house: House

    /// GET /gatherings/:gathering/looking-back
    func ask(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(context, on: try gathering(context))
    }

    /// GET /projects/:project/looking-back
    func askAtEnd(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(context, on: try end(context))
    }

    /// POST /gatherings/:gathering/looking-back
    func say(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await saying(context, on: try gathering(context))
    }

    /// POST /projects/:project/looking-back
    func sayAtEnd(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await saying(context, on: try end(context))
    }

    /// POST /gatherings/:gathering/looking-back/taking-back: what was answered with a card.
    func takeBack(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await takingBack(on: try gathering(context))
    }

    /// POST /projects/:project/looking-back/taking-back
    func takeBackAtEnd(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await takingBack(on: try end(context))
    }

    /// Finds what is looked back on, through whoever is at the door.
    private typealias Find = @Sendable (Reader) throws -> (Occasion, Project, Seat)

    private func gathering(_ context: PersonContext) throws -> Find {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        return { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            return (.gathering(gathering), project, seat)
        }
    }

    private func end(_ context: PersonContext) throws -> Find {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        return { db in
            let (project, seat) = try db.project(id, seating: person)
            return (.end(of: project, try db.end(of: id)), project, seat)
        }
    }

    private func asking(
        _ context: PersonContext, on find: @escaping Find, _ refusal: Refusal? = nil
    ) async throws -> Response {
        let now = house.now()
        let view = try await house.database.read { db in
            let (occasion, project, seat) = try find(db)
            guard occasion.isAsked(at: now) || refusal != nil else { throw Missing() }
            return LookingBack(
                occasion: occasion, project: project, seat: seat, mine: try db.lookBack(on: occasion, by: seat.id),
                isDone: try db.hasLookedBack(on: occasion, seat.id),
                answers: occasion.showsHere(at: now) ? try db.looksBack(on: occasion) : nil)
        }
        return house.respond(lookBackPage(view, context.visit, refusal), context.visit)
    }

    private func saying(_ context: PersonContext, on find: @escaping Find) async throws -> Response {
        do {
            let (form, language, now) = (context.form, context.t.language, house.now())
            let typed = try LookBack.typed(form)
            let once = form.id("once-nothing", of: LookBack.self) ?? .anonymous()
            return .see(
                try await house.database.write { db in
                    let (occasion, _, seat) = try find(db)
                    guard occasion.isAsked(at: now) else { throw Refusal.lookBackOver }
                    try db.mind(["worked", "did-not"], of: form, in: seat.project, by: seat.id)
                    try db.lookBack(typed, on: occasion, by: seat.id, as: once, language: language, at: now)
                    return occasion.shownAt
                })
        } catch let refusal as Refusal {
            return try await asking(context, on: find, refusal)
        }
    }

    private func takingBack(on find: @escaping Find) async throws -> Response {
        let now = house.now()
        return .see(
            try await house.database.write { db in
                let (occasion, _, seat) = try find(db)
                try db.takeLookBackBack(on: occasion, by: seat.id, at: now)
                return occasion.shownAt
            })
    }
}

extension Occasion {
    /// Where answers stand: on a gathering's own page; at a project's end where they are asked.
    fileprivate var shownAt: String {
        if case .gathering(let gathering) = self { "\(gathering.address)#looking-back" } else { address }
    }

    /// Whether they are shown on the page that asks.
    fileprivate func showsHere(at now: Moment) -> Bool {
        if case .end = self { isShown(at: now) } else { false }
    }
}
