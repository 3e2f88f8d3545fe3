import HTTPTypes
import Hummingbird
import Markup
import Storage

/// How somebody likes to be known, here and in each project, and the words that they ask others not to use about them.
struct KnownRoutes: Sendable {
    let house: House

    /// GET /me/known
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let person = context.person.id
        let known = try await house.database.read { db in
            Known(places: try db.places(of: person), unwelcome: try db.unwelcome(to: person))
        }
        return house.respond(knownPage(known, context, refusal), context.visit)
    }

    /// POST /me/name: the name that they come in with, and the one they go by in each place that the form names.
    func rename(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (person, known, form, now) = (context.person.id, context.person.name, context.form, house.now())
            let name = try Person.named(form["name"])
            let moved = try await house.database.write { db in
                var moved = Moved()
                if name != known { try db.rename(person, to: name, at: now) }
                for place in try db.places(of: person) where form.has(place.field) {
                    let called = try place.named(form[place.field])
                    guard called != place.name else { continue }
                    moved.join(try db.goBy(called, place.seat, at: now))
                }
                return moved
            }
            house.tellLive(moved)
            return .see("/me/known")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    /// POST /projects/:project/seat/name: the name that one goes by there, whatever it is elsewhere.
    func renameSeat(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        do {
            let (name, now) = (try Person.named(context.form["name"]), house.now())
            let moved = try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                return try db.goBy(name, seat.id, at: now)
            }
            house.tellLive(moved)
            return .see("/projects/\(id.text)/seat")
        } catch let refusal as Refusal {
            return try await ProjectRoutes(house: house).seat(context, refusal)
        }
    }

    /// POST /me/words
    func addWords(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (person, form, now) = (context.person.id, context.form, house.now())
            let (words, language) = (try Unwelcome.typed(form["words"]), context.t.language)
            let (once, seat) = (form.id("once") ?? house.newID(Unwelcome.self), form.id("seat", of: Seat.self))
            try await house.database.write { db in
                guard try seat == nil || db.places(of: person).contains(where: { $0.seat == seat }) else {
                    throw Missing()
                }
                try db.add(Unwelcome(id: once, words: words, language: language, seat: seat), of: person, at: now)
            }
            return .see("/me/known#list")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    /// POST /me/words/:word/off
    func removeWords(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        let word = try context.id("word", of: Unwelcome.self)
        try await house.database.write { try $0.removeUnwelcome(word, of: person, at: now) }
        return .see("/me/known#list")
    }
}
