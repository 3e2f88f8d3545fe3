import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What somebody is held to: steps forwards and back, saying that it is done, and whether it reached those who asked.
struct PromiseRoutes: Sendable {
    let house: House

    /// GET /promises/:promise
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await promise(context)
    }

    private func promise(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("promise", of: Promise.self), context.person.id)
        let view = try await house.database.read { db in
            let (project, seat, thread, promise) = try db.thread(id, seating: person)
            return PromiseView(project: project, seat: seat, thread: thread, promise: promise)
        }
        return house.respond(promisePage(view, context.visit, refusal), context.visit)
    }

    /// POST /promises/:promise/steps: its owner's, either way; anybody else may tell of a step back as they see it.
    func step(_ request: Request, _ context: PersonContext) async throws -> Response {
        let language = context.t.language
        return try await change(context) { db, view, form, now in
            let typed = try Step.typed(form)
            let isOwner = view.promise.owner == view.seat.id
            guard typed.way == .back || isOwner else { throw Refusal.notYourPromise }
            try db.mind(
                ["words", "obstacle"], of: form, in: view.project.id, by: view.seat.id, about: view.thread.namedSeats)
            let isNew = try db.add(
                typed.way, typed.words, obstacle: typed.obstacle, to: view.promise.id,
                as: form.id("once") ?? .signed(at: now), by: view.seat.id, language: language, at: now)
            guard isNew else { return }
            if isOwner, typed.way == .back, view.promise.reported != nil { try db.unreport(view.promise) }
            try db.post(.promiseMoved(promise: view.promise.id), in: view.project.id, at: now)
        }
    }

    /// POST /promises/:promise/reports: its owner says that it is done.
    func report(_ request: Request, _ context: PersonContext) async throws -> Response {
        let language = context.t.language
        return try await change(context) { db, view, form, now in
            guard view.promise.owner == view.seat.id else { throw Refusal.notYourPromise }
            guard view.promise.reported == nil else { throw Refusal.alreadyReported }
            try db.report(view.promise, in: view.project.id, by: view.seat.id, at: now)
            try db.add(
                .reported, to: view.promise.id, as: .signed(at: now), by: view.seat.id, language: language, at: now)
        }
    }

    /// POST /promises/:promise/owner: taken up, when it is nobody's.
    func takeUp(_ request: Request, _ context: PersonContext) async throws -> Response {
        let language = context.t.language
        return try await change(context) { db, view, _, now in
            guard view.promise.owner == nil else { throw Refusal.hasAnOwner }
            try db.giveOwner(view.seat.id, to: view.promise)
            try db.touch(view.thread.ask.id, from: view.thread.ask.version)
            try db.put(view.thread, to: view.seat.id, by: view.seat.id, accepted: true, at: now)
            try db.add(.taken, to: view.promise.id, as: .signed(at: now), by: view.seat.id, language: language, at: now)
            try db.post(.promiseMoved(promise: view.promise.id), in: view.project.id, at: now)
        }
    }

    private func change(
        _ context: PersonContext, _ body: @escaping @Sendable (Writer, PromiseView, Form, Moment) throws -> Void
    ) async throws -> Response {
        do {
            let (id, person) = (try context.id("promise", of: Promise.self), context.person.id)
            let (form, now) = (context.form, house.now())
            try await house.database.write { db in
                let (project, seat, thread, promise) = try db.thread(id, seating: person)
                guard promise.ended == nil else { throw Refusal.promiseEnded }
                try body(db, PromiseView(project: project, seat: seat, thread: thread, promise: promise), form, now)
            }
            return .see("/promises/\(id.text)")
        } catch let refusal as Refusal {
            return try await promise(context, refusal)
        }
    }

    /// GET /promises/:promise/calendar.ics: its day, for its owner's calendar.
    func calendar(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("promise", of: Promise.self), context.person.id, house.now())
        let (_, _, thread, promise) = try await house.database.read { try $0.thread(id, seating: person) }
        let file = DueDay(
            id: promise.id.text, day: promise.due, title: context.t("promise.calendar", words: thread.ask.words),
            address: house.settings.address + promise.address, written: now, version: promise.version)
        return .file(Array(file.calendar.utf8), type: "text/calendar; charset=utf-8", name: "promise.ics")
    }

    /// GET /projects/:project/promises: what I said I'd do, and what waits for me.
    func mine(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (project, seat, threads, toHear) = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            let threads = try db.threads(
                where: """
                    ask.project = \(id) and ask.ended is null and (
                        exists (select 1 from promise mine where mine.ask = ask.id and mine.owner = \(seat.id)
                            and mine.ended is null)
                        or exists (select 1 from putting mine where mine.ask = ask.id and mine.to_seat = \(seat.id)
                            and (mine.outcome is null or mine.outcome = 'accepted')))
                    """)
            return (project, seat, threads, try db.saidToHear(from: seat.id, at: now))
        }
        return house.respond(minePage(project, seat, threads, toHear, context), context.visit)
    }
}

/// A promise with all that its page needs.
struct PromiseView: Sendable {
    let project: Project
    let seat: Seat
    let thread: AskThread
    let promise: Promise
}
