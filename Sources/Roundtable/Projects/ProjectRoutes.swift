import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Starting a project, one's own projects, what is wrong, and one's seat.
struct ProjectRoutes: Sendable {
    let house: House

    /// GET /projects
    func list(_ request: Request, _ context: PersonContext) async throws -> Response {
        let person = context.person.id
        let projects = try await house.database.read { try $0.projects(seating: person) }
        return house.respond(listPage(projects.map { ($0.0, 0) }, context.t), context.visit)
    }

    /// GET /projects/new: the one question.
    func askName(_ request: Request, _ context: PersonContext) async throws -> Response {
        house.respond(newPage(context.visit), context.visit)
    }

    /// POST /projects
    func start(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let now = house.now()
            let id = context.form.id("once", of: Project.self) ?? house.newID()
            let project = Project(
                id: id, name: try Project.named(context.form["name"]), began: now, laid: nil, version: 1)
            let concern = try Concern.typed(context.form)
            let person = context.person
            let seat = Seat(id: house.newID(), project: id, name: person.name, member: now, convenes: true)
            let (said, language) = (house.newID(Concern.self), context.t.language)
            try await house.database.write { db in
                guard try db.begin(project, founder: seat, person: person.id) else {
                    // Sent twice: the same project by the same person, or nobody's business.
                    guard try db.project(id, seating: person.id).0.name == project.name,
                        try concern.map({ try db.isSaid($0, in: id) }) ?? true
                    else {
                        throw Refusal.sentBefore
                    }
                    return
                }
                if let concern { try db.add(concern, as: said, in: seat, language: language, at: now) }
            }
            return .see(project.address)
        } catch let refusal as Refusal {
            return house.respond(newPage(context.visit, refusal), context.visit)
        }
    }

    /// GET /projects/:project/concerns: what is wrong, and room to add to it.
    func concerns(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await concerns(context)
    }

    /// POST /projects/:project/concerns
    func addConcern(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let id = try context.id("project", of: Project.self)
            guard let typed = try Concern.typed(context.form) else { throw Refusal.noConcern }
            let concern = context.form.id("once", of: Concern.self) ?? house.newID()
            let (person, now, language) = (context.person.id, house.now(), context.t.language)
            let form = context.form
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                try db.mind(["organisation", "words"], of: form, in: id, by: seat.id)
                try db.add(typed, as: concern, in: seat, language: language, at: now)
            }
            return .see("/projects/\(id.text)/concerns#\(concern.text)")
        } catch let refusal as Refusal {
            return try await concerns(context, refusal)
        }
    }

    private func concerns(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, concerns) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.concerns(in: project.id))
        }
        return house.respond(concernPage(project, concerns, context.visit, refusal), context.visit)
    }

    /// GET /projects/:project/seat
    func showSeat(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await seat(context)
    }

    /// The seat's page, with what was refused on top of it.
    func seat(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, seat) = try await house.database.read { try $0.project(id, seating: person) }
        return house.respond(seatPage(project, seat, context.visit, refusal), context.visit)
    }
}
