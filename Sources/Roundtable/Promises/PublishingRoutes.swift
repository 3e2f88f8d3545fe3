import Hummingbird
import Markup
import Storage

/// Letting anyone read what we said and did: two people's keys, and one person's word to stop.
struct PublishingRoutes: Sendable {
    let house: House

    /// GET /projects/:project/publishing
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await publishing(context)
    }

    private func publishing(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let view = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            let publication = try db.publication(of: id)
            let done = try publication.flatMap {
                $0.began == nil ? nil : try db.acts(where: "act.id = \($0.act)").first
            }
            return PublishingView(
                project: project, seat: seat, publication: publication,
                act: try done ?? db.openAct(.publishing, in: id))
        }
        return house.respond(publishingPage(view, context.visit, refusal), context.visit)
    }

    /// GET /projects/:project/publishing/page: what anyone would read, for those who are to turn their keys.
    func preview(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (now, today) = (house.now(), house.today)
        let ledger = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            let publication = Publication(
                id: .anonymous(), project: id, act: .anonymous(), missing: [], began: nil)
            return try db.publicLedger(project, publication, on: today, at: now)
        }
        var page = ledger.page(at: house.settings.address, today: today, context.t, isPreview: true)
        page.project = projectWays(ledger.project, here: ledger.project.address + "/we-said-we-did", context.t)
        return house.respond(page, context.visit)
    }

    /// POST /projects/:project/publishing/keys: one person's key. The first opens the act, the last carries it through.
    func turn(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (form, fresh) = (context.form, house.newID(Act.self))
        return try await change(context) { db, seat, now in
            let typed = try Key.typed(form)
            guard try db.publication(of: seat.project)?.began == nil else { throw Refusal.actSettled }
            let act = try db.publishingAct(of: seat, opening: fresh, at: now)
            let turned = try db.turn(typed, for: act, by: seat, at: now)
            guard case .agreed(let missing) = turned.standing(at: now) else { return }
            try db.publish(turned, missing: missing, at: now)
        }
    }

    /// POST /projects/:project/publishing/withdrawn: whoever asked for it takes it back.
    func withdraw(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await change(context) { db, seat, now in
            guard let act = try db.openAct(.publishing, in: seat.project) else { throw Refusal.actSettled }
            try act.mayWithdraw(seat.id)
            try db.settle(act.id, .withdrawn, at: now)
        }
    }

    /// POST /projects/:project/publishing/stopped: one person is enough, and it holds at once.
    func stop(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await change(context) { db, seat, now in
            guard try db.stopPublishing(seat.project, at: now) else { return }
            try db.post(.publishingStopped(project: seat.project), in: seat.project, at: now)
        }
    }

    private func change(
        _ context: PersonContext, _ body: @escaping @Sendable (Writer, Seat, Moment) throws -> Void
    ) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                try body(db, seat, now)
            }
            return .see("/projects/\(id.text)/publishing")
        } catch let refusal as Refusal {
            return try await publishing(context, refusal)
        }
    }
}

extension Writer {
    /// The act that waits for keys; opened now where there is none, and then every seat is told.
    fileprivate func publishingAct(of seat: Seat, opening id: ID<Act>, at now: Moment) throws -> Act {
        if let act = try openAct(.publishing, in: seat.project) { return act }
        _ = try open(.publishing, as: id, in: seat.project, by: seat.id, at: now)
        try post(.publishingAsked(act: id), in: seat.project, at: now)
        return Act(
            id: id, project: seat.project, kind: .publishing, opener: seat.id, openerName: seat.name, opened: now,
            outcome: nil, keys: [])
    }
}

/// All that the page about publishing needs.
struct PublishingView: Sendable {
    let project: Project
    /// The reader's own.
    let seat: Seat
    let publication: Publication?
    /// The act that it was published by, or that waits for keys.
    let act: Act?
}
