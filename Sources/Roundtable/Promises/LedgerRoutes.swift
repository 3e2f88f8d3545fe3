import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What we said and what we did, and small changes that nobody had to promise first.
struct LedgerRoutes: Sendable {
    let house: House

    /// GET /projects/:project/we-said-we-did: twelve statements, however much was asked.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (page, today) = (PageNumber(context.visit).number, house.today)
        let view = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            let (waiting, count) = try db.stillWaiting(in: id, most: Ledger.mostWaiting, on: today, at: now)
            return LedgerView(
                project: project, seat: seat, ledger: Ledger(try db.threads(where: "ask.project = \(id)"), on: today),
                changes: try db.smallChanges(in: id, page: page), waiting: waiting, waitingCount: count, page: page)
        }
        return house.respond(ledgerPage(view, context.visit), context.visit)
    }

    /// GET /projects/:project/changes: three fields, from a phone, in half a minute.
    func askChange(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await changing(context)
    }

    private func changing(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (form, page) = (PickForm(context.visit), PageNumber(context.visit).number)
        let (project, picking) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.picking(in: id, chosen: form.chosen, word: form.word, page: page, at: now))
        }
        return house.respond(changePage(project, picking, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/changes
    func logChange(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            if PickForm(context.visit).looksOn { return try await changing(context) }
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            let typed = try Change.typed(context.form, today: house.today)
            let (change, language) = (context.form.id("once") ?? house.newID(Change.self), context.t.language)
            let form = context.form
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                let givers = try db.namedGivers(of: [typed.contribution].compactMap { $0 })
                try db.mind(["words", "asked"], of: form, in: id, by: seat.id, about: givers)
                try db.add(typed, as: change, by: seat, language: language, at: now)
            }
            return .see("/projects/\(id.text)/we-said-we-did#change-\(change.text)")
        } catch let refusal as Refusal {
            return try await changing(context, refusal)
        }
    }
}

/// All that the page of what we said and did needs.
struct LedgerView: Sendable {
    let project: Project
    /// The reader's own.
    let seat: Seat
    let ledger: Ledger
    /// Those of this page, and one more where more follow.
    let changes: [Change]
    let waiting: [StillWaiting]
    let waitingCount: Counted
    let page: Int

    var here: String { project.address + "/we-said-we-did" }
}
