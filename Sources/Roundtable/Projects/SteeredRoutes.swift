import Hummingbird
import Markup
import Storage

/// *This feels steered*, and what is answered to it. Nothing here takes anything away.
struct SteeredRoutes: Sendable {
    let house: House

    /// GET /projects/:project/steered: all of it, with every answer.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await steered(context)
    }

    private func steered(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, seat, concerns) = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            return (project, seat, try db.steered(in: id))
        }
        return house.respond(steeredPage(project, seat.id, concerns, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/steered: about an ask, a card or a gathering of this project.
    func raise(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        guard let about = Concern.About(context.form) else { throw Missing() }
        let (form, language) = (context.form, context.t.language)
        let once = form.id("once", of: Concern.self) ?? house.newID()
        do {
            let project = try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                guard try db.isThere(about, in: id) else { throw Missing() }
                let typed = try Concern.steered(form)
                try db.mind(["steered"], of: form, in: id, by: seat.id)
                try db.raise(typed, about: about, as: once, by: seat, language: language, at: now)
                return project
            }
            return .see(about.address(in: project) + "#feels-steered")
        } catch let refusal as Refusal {
            let (project, _) = try await house.database.read { try $0.project(id, seating: person) }
            return house.respond(steerPage(project, about, context.visit, refusal), context.visit)
        }
    }

    /// POST /projects/:project/steered/:concern/replies: an answer, by name.
    func reply(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            let concern = try context.id("concern", of: Concern.self)
            let (form, language) = (context.form, context.t.language)
            let once = form.id("once", of: Concern.Reply.self) ?? house.newID()
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                guard try db.raiser(of: concern, in: id) != nil else { throw Missing() }
                let field = "reply-\(concern.text)"
                let words = try Concern.Reply.typed(form.lines(field))
                try db.mind([field], of: form, in: id, by: seat.id)
                try db.reply(words, to: concern, as: once, by: seat, language: language, at: now)
            }
            return .see("/projects/\(id.text)/steered#\(concern.text)")
        } catch let refusal as Refusal {
            return try await steered(context, refusal)
        }
    }
}
