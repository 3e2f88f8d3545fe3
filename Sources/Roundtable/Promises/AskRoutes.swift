import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What the group asks: drawing it together, dividing it, putting it to somebody by name, and their answer.
struct AskRoutes: Sendable {
    let house: House

    /// Asks on one page of the list: a few screens of a phone.
    static let perPage = 50

    /// GET /projects/:project/asks: ten statements, however many asks there are.
    func list(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let page = PageNumber(context.visit)
        let (project, threads) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            let threads = try db.threads(
                where: """
                    ask.id in (select listed.id from ask listed where listed.project = \(id) and listed.ended is null
                        order by listed.drawn desc, listed.id desc limit \(Self.perPage + 1)
                        offset \(page.number * Self.perPage))
                    """)
            return (project, threads)
        }
        return house.respond(listPage(project, threads, page, context), context.visit)
    }

    /// GET /asks/:ask
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await ask(context)
    }

    /// The ask as it is now; with what was refused on top of it.
    func ask(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("ask", of: Ask.self), context.person.id)
        let view = try await house.database.read { db in
            let (project, seat, thread) = try db.thread(id, seating: person)
            let caller = try db.caller(person, receipts: [], in: project.id)
            return AskView(
                project: project, seat: seat, thread: thread, voices: caller.voices,
                seats: try db.seats(in: project.id),
                successors: try db.successors(of: thread.ask),
                steered: try db.steered(about: Concern.About(.ask, id.text)))
        }
        return house.respond(askPage(view, context.visit, refusal), context.visit)
    }

    /// POST /asks/:ask/putting: before somebody, by name.
    func put(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await change(context) { db, seat, thread, form, now in
            guard let to = form.id("seat", of: Seat.self), try db.member(to, of: seat.project) != nil else {
                throw Refusal.nobodyNamed
            }
            try thread.mayPut(seat.id, to: to)
            try db.touch(thread.ask.id, from: Int(form["version"]) ?? 0)
            // Somebody who takes it for themselves has accepted it by doing so.
            try db.put(thread, to: to, by: seat.id, accepted: to == seat.id, at: now)
        }
    }

    /// POST /asks/:ask/acceptance: it is theirs to answer now, and with it the promise that was made before.
    func accept(_ request: Request, _ context: PersonContext) async throws -> Response {
        let language = context.t.language
        return try await change(context) { db, seat, thread, form, now in
            guard let waiting = thread.waiting, waiting.to == seat.id else { throw Refusal.notYoursToAccept }
            try db.touch(thread.ask.id, from: thread.ask.version)
            try db.settle(waiting.id, .accepted, at: now)
            if let promise = thread.promise, promise.owner != seat.id {
                try db.giveOwner(seat.id, to: promise)
                try db.add(.taken, to: promise.id, as: .signed(at: now), by: seat.id, language: language, at: now)
                try db.post(.promiseMoved(promise: promise.id), in: seat.project, at: now)
            }
        }
    }

    /// GET /asks/:ask/answers: the one who accepted it answers.
    func askAnswer(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await answer(context)
    }

    private func answer(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("ask", of: Ask.self), context.person.id)
        let (project, seat, thread) = try await house.database.read { try $0.thread(id, seating: person) }
        return house.respond(answerPage(project, seat, thread, context.visit, refusal), context.visit)
    }

    /// POST /asks/:ask/answers
    func addAnswer(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("ask", of: Ask.self), context.person.id, house.now())
            let (form, language) = (context.form, context.t.language)
            let typed = try Answer.typed(form, today: house.today)
            let once = form.id("once", of: Answer.self) ?? house.newID()
            try await house.database.write { db in
                let (_, seat, thread) = try db.thread(id, seating: person)
                if try db.isKept(once, by: seat.id, typed) { return }
                try thread.mayAnswer(seat.id)
                try db.mind(["words"], of: form, in: seat.project, by: seat.id, about: thread.namedSeats)
                try db.touch(id, from: Int(form["version"]) ?? 0)
                try db.answer(thread, typed, as: once, by: seat.id, language: language, at: now)
            }
            return .see("/asks/\(id.text)#answer")
        } catch let refusal as Refusal {
            return try await answer(context, refusal)
        }
    }

    /// One change to an ask by a member: checked and saved together, and the ask shown again either way.
    func change(
        _ context: PersonContext, _ body: @escaping @Sendable (Writer, Seat, AskThread, Form, Moment) throws -> Void
    ) async throws -> Response {
        do {
            let (id, person) = (try context.id("ask", of: Ask.self), context.person.id)
            let (form, now) = (context.form, house.now())
            try await house.database.write { db in
                let (_, seat, thread) = try db.thread(id, seating: person)
                try body(db, seat, thread, form, now)
            }
            return .see("/asks/\(id.text)")
        } catch let refusal as Refusal {
            return try await ask(context, refusal)
        }
    }
}

/// Which page of a long list; the first is 0.
struct PageNumber: Sendable {
    let number: Int

    /// Further than anybody reads: past it the first page is shown.
    static let most = 10_000

    init(_ visit: Visit) {
        let asked =
            (visit.query["page"] ?? visit.form["page"]).isEmpty ? "1" : visit.query["page"] ?? visit.form["page"]
        number = Int(asked).flatMap { (1...Self.most).contains($0) ? $0 - 1 : nil } ?? 0
    }
}
