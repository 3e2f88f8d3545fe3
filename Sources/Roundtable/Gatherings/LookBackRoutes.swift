import Hummingbird
import Markup
import Storage

/// What worked and what didn't: asked of everybody who had a chair or a seat, at the end and for two weeks after.
struct LookBackRoutes: Sendable {
    let house: House

    /// GET /gatherings/:gathering/looking-back
    func ask(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(context)
    }

    private func asking(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            guard gathering.asksWhatWorked(at: now) || refusal != nil else { throw Missing() }
            return LookingBack(
                gathering: gathering, project: project, seat: seat, mine: try db.lookBack(on: id, by: seat.id),
                isDone: try db.hasLookedBack(on: id, seat.id))
        }
        return house.respond(lookBackPage(view, context.visit, refusal), context.visit)
    }

    /// POST /gatherings/:gathering/looking-back
    func say(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
            let (form, language) = (context.form, context.t.language)
            let typed = try LookBack.typed(form)
            let once = form.id("once-nothing", of: LookBack.self) ?? .anonymous()
            try await house.database.write { db in
                let (gathering, _, seat) = try db.gathering(id, seating: person)
                guard gathering.asksWhatWorked(at: now) else { throw Refusal.lookBackOver }
                try db.mind(["worked", "did-not"], of: form, in: seat.project, by: seat.id)
                try db.lookBack(typed, on: gathering, by: seat.id, as: once, language: language, at: now)
            }
            return .see("/gatherings/\(id.text)#looking-back")
        } catch let refusal as Refusal {
            return try await asking(context, refusal)
        }
    }

    /// POST /gatherings/:gathering/looking-back/taking-back: what was answered with a card.
    func takeBack(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        try await house.database.write { db in
            let (_, _, seat) = try db.gathering(id, seating: person)
            try db.takeLookBackBack(on: id, by: seat.id, at: now)
        }
        return .see("/gatherings/\(id.text)#looking-back")
    }
}
