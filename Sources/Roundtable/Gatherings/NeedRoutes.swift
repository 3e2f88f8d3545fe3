import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What helps somebody: their card of needs, and what became of each at a gathering.
struct NeedRoutes: Sendable {
    let house: House

    /// GET /me/helps
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let person = context.person.id
        let needs = try await house.database.read { try $0.needs(of: person) }
        return house.respond(cardPage(needs, context, refusal), context.visit)
    }

    /// POST /me/helps: what was typed, or one of the words to pick from.
    func add(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (person, form, now) = (context.person.id, context.form, house.now())
            let words = try Need.typed(form.ticked("picked") ? form["picked"] : form["words"])
            let (once, language) = (form.id("once") ?? house.newID(Need.self), context.t.language)
            try await house.database.write { db in
                try db.add(Need(id: once, words: words, language: language), of: person, at: now)
            }
            return .see("/me/helps#card")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    /// POST /me/helps/:need/off: it is gone from every gathering too.
    func remove(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now, need) = (context.person.id, house.now(), try context.id("need", of: Need.self))
        try await house.database.write { try $0.removeNeed(need, of: person, at: now) }
        return .see("/me/helps#card")
    }

    /// GET /gatherings/:gathering/needs: one's own there; and everybody's, for whoever convenes.
    func showThere(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await there(context)
    }

    private func there(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            let isWhole = gathering.mayReadNeeds(seat)
            let needs = try db.needs(at: gathering, of: isWhole ? nil : seat.id)
            return NeedsView(gathering: gathering, project: project, seat: seat, needs: needs, isWhole: isWhole)
        }
        return house.respond(needsPage(view, at: house.now(), context.visit, refusal), context.visit)
    }

    /// POST /gatherings/:gathering/needs/:need: met or not, said by the one who needed it and by nobody else.
    func tick(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let need = try context.id("need", of: Need.self)
        do {
            let outcome = context.form.choice("outcome", as: Need.Outcome.self)
            guard outcome != nil || context.form["outcome"] == "back" else { throw HTTPError(.badRequest) }
            try await house.database.write { db in
                let (gathering, _, seat) = try db.gathering(id, seating: person)
                guard let brought = try db.needs(at: gathering, of: seat.id).first(where: { $0.need.id == need })
                else { throw Missing() }
                guard gathering.takesOutcomes(at: now) else { throw Refusal.notYetMet }
                try db.say(outcome, of: brought, at: gathering, now)
            }
            return .see("/gatherings/\(id.text)/needs")
        } catch let refusal as Refusal {
            return try await there(context, refusal)
        }
    }
}

/// What the page of what people need at a gathering shows.
struct NeedsView: Sendable {
    let gathering: Gathering
    let project: Project
    let seat: Seat
    let needs: [BroughtNeed]
    /// Whether they are everybody's, or the reader's own alone.
    let isWhole: Bool

    var mine: [BroughtNeed] { needs.filter { $0.seat == seat.id } }
}
