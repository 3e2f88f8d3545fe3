import Hummingbird
import Markup
import Storage

/// When a project ends and what becomes of it then.
struct ProjectEndRoutes: Sendable {
    let house: House

    /// GET /projects/:project/end
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await page(context)
    }

    /// POST /projects/:project/end
    func set(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        do {
            let form = context.form
            try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                try db.set(ProjectEnd.typed(form, at: now), of: project.id, by: seat.id, at: now)
            }
            return .see("/projects/\(id)/end")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, end) = try await house.database.read { db in
            (try db.project(id, seating: person).0, try db.end(of: id))
        }
        return house.respond(endPage(project, end, context.visit, refusal), context.visit)
    }
}
