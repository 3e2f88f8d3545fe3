import HTTPTypes
import Hummingbird
import Markup
import Storage

/// One line of the picker: something that was shared and can be drawn on.
struct Pick: Sendable {
    let id: ID<Contribution>
    let words: String
    let language: String
    let name: String?
    let said: Moment
    /// How many asks it is part of already.
    let asks: Int
}

/// What a picker shows: those chosen, and one page of the rest.
struct Picking: Sendable {
    let chosen: [Pick]
    let rest: [Pick]
    let hasMore: Bool
    let page: Int
    let word: String

    /// All that there is can be seen at once, so there is nothing to look for.
    var isShort: Bool { !hasMore && page == 0 && word.isEmpty }

    /// Words on one page of the picker, so that all of them can be read and none is only scrolled past.
    static let perPage = 20
    /// A word to look for, not a sentence.
    static let longestWord = 60
}

extension Reader {
    /// Contributions that can be drawn on, newest first: shared, not taken back, not set aside; three statements.
    func picking(
        in project: ID<Project>, chosen: [ID<Contribution>], without: [ID<Contribution>] = [], word: String, page: Int,
        at now: Moment
    ) throws -> Picking {
        let free: SQL = """
            contribution.project = \(project) and contribution.shared is not null and contribution.taken_back is null
            and \(SetAside.isInSight(at: now))
            """
        let away = chosen + without
        let like = "%" + word.lowercased().filter { $0 != "%" && $0 != "_" } + "%"
        let rest = try picks(
            """
            where \(free) and contribution.id not in \(list: away)
            and (\(word.isEmpty ? 1 : 0) = 1 or lower(contribution.words) like \(like))
            order by contribution.said desc, contribution.id desc
            limit \(Picking.perPage + 1) offset \(page * Picking.perPage)
            """)
        let held =
            chosen.isEmpty
            ? [] : try picks("where \(free) and contribution.id in \(list: chosen) order by contribution.said")
        return Picking(
            chosen: held, rest: Array(rest.prefix(Picking.perPage)), hasMore: rest.count > Picking.perPage, page: page,
            word: word)
    }

    private func picks(_ condition: SQL) throws -> [Pick] {
        try all(
            """
            select contribution.id, contribution.words, contribution.language, contribution.signed, named.name,
                contribution.said,
                (select count(*) from ask_source where ask_source.contribution = contribution.id)
            from contribution left join receipt on receipt.id = contribution.receipt
            left join seat named on named.id = coalesce(contribution.seat, receipt.seat)
            \(condition)
            """
        ) { row in
            let name: String? = row[4]
            return Pick(
                id: row[0], words: row[1], language: row[2], name: row[3] && name?.isEmpty == false ? name : nil,
                said: row[5], asks: row[6])
        }
    }
}

extension AskRoutes {
    /// GET /projects/:project/asks/new: words to draw together.
    func askDraw(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await drawing(context)
    }

    private func drawing(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (form, page) = (PickForm(context.visit), PageNumber(context.visit).number)
        let (project, picking, asks) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            let picking = try db.picking(in: id, chosen: form.chosen, word: form.word, page: page, at: now)
            return (project, picking, try db.unanswered(in: id))
        }
        return house.respond(drawPage(project, picking, asks, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/asks: drawn; or another page of words to choose from, with what was typed kept.
    func draw(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let form = PickForm(context.visit)
            if form.looksOn { return try await drawing(context) }
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            let words = try Ask.worded(context.form["words"])
            let merged = context.form.all("merge").compactMap { ID<Ask>($0) }
            guard merged.count <= Ask.mostMerged else { throw Refusal.tooManyMerged }
            guard !form.chosen.isEmpty || !merged.isEmpty else { throw Refusal.nothingChosen }
            let (ask, language) = (context.form.id("once") ?? house.newID(Ask.self), context.t.language)
            let sent = context.form
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                let givers = try db.namedGivers(of: form.chosen)
                try db.mind(["words"], of: sent, in: id, by: seat.id, about: givers)
                try db.draw(ask, words, from: form.chosen, ending: merged, by: seat, language: language, at: now)
            }
            return .see("/asks/\(ask.text)")
        } catch let refusal as Refusal {
            return try await drawing(context, refusal)
        }
    }

    /// GET /asks/:ask/sources: more words to draw on.
    func askSources(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await choosing(context)
    }

    private func choosing(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("ask", of: Ask.self), context.person.id, house.now())
        let (form, page) = (PickForm(context.visit), PageNumber(context.visit).number)
        let (project, thread, picking) = try await house.database.read { db in
            let (project, _, thread) = try db.thread(id, seating: person)
            let there = thread.sources.map(\.contribution)
            let picking = try db.picking(
                in: project.id, chosen: form.chosen, without: there, word: form.word, page: page, at: now)
            return (project, thread, picking)
        }
        return house.respond(sourcesPage(project, thread, picking, context.visit, refusal), context.visit)
    }

    /// POST /asks/:ask/sources
    func addSources(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let form = PickForm(context.visit)
            if form.looksOn { return try await choosing(context) }
            guard !form.chosen.isEmpty else { throw Refusal.nothingChosen }
            let (id, person, now) = (try context.id("ask", of: Ask.self), context.person.id, house.now())
            try await house.database.write { db in
                let (project, seat, thread) = try db.thread(id, seating: person)
                guard thread.ask.ended == nil else { throw Refusal.askEnded }
                try db.touch(id, from: thread.ask.version)
                try db.add(form.chosen, to: id, in: project.id, by: seat.id, at: now)
                try db.post(.askDrawn(ask: id), in: project.id, at: now)
            }
            return .see("/asks/\(id.text)#came-from")
        } catch let refusal as Refusal {
            return try await choosing(context, refusal)
        }
    }

    /// POST /asks/:ask/sources/:contribution/removal
    func removeSource(_ request: Request, _ context: PersonContext) async throws -> Response {
        let contribution = try context.id("contribution", of: Contribution.self)
        return try await change(context) { db, _, thread, _, now in
            guard let source = thread.sources.first(where: { $0.contribution == contribution }) else { throw Missing() }
            guard thread.mayRemove(source) else { throw Refusal.sourceStays }
            try db.touch(thread.ask.id, from: thread.ask.version)
            try db.remove(contribution, from: thread.ask.id, at: now)
        }
    }

    /// GET /asks/:ask/division
    func askDivision(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await division(context)
    }

    private func division(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("ask", of: Ask.self), context.person.id)
        let (project, _, thread) = try await house.database.read { try $0.thread(id, seating: person) }
        return house.respond(divisionPage(project, thread, context.visit, refusal), context.visit)
    }

    /// POST /asks/:ask/division: two new asks; the old one ends and keeps its thread.
    func divide(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("ask", of: Ask.self), context.person.id, house.now())
            let (form, language) = (context.form, context.t.language)
            try await house.database.write { db in
                let (_, seat, thread) = try db.thread(id, seating: person)
                let division = try Division.typed(form, of: thread)
                try db.mind(["first", "second"], of: form, in: seat.project, by: seat.id, about: thread.namedSeats)
                try db.touch(id, from: Int(form["version"]) ?? 0)
                try db.run("update ask set ended = \(now) where id = \(id)")
                for (words, sources) in zip(division.words, division.sources) {
                    try db.draw(
                        .signed(at: now), words, from: sources, dividing: id, by: seat, language: language, at: now)
                }
            }
            return .see("/asks/\(id.text)")
        } catch let refusal as Refusal {
            return try await division(context, refusal)
        }
    }
}

/// What was ticked on this page of a picker and on those before it.
struct PickForm: Sendable {
    let chosen: [ID<Contribution>]
    let word: String
    /// Whether they asked to see other words rather than to go on.
    let looksOn: Bool

    init(_ visit: Visit) {
        var seen: Set<ID<Contribution>> = []
        let given = visit.form.all("source") + [visit.query["source"]].compactMap { $0 }
        chosen = Array(
            given.compactMap { ID<Contribution>($0) }.filter { seen.insert($0).inserted }.prefix(Ask.mostSources))
        word = String(visit.form.line("word").prefix(Picking.longestWord))
        looksOn = visit.form.ticked("look") || visit.form.ticked("page")
    }
}

extension Reader {
    /// The asks of a project that can still be put together with others, newest first, as many as can be looked over.
    func unanswered(in project: ID<Project>) throws -> [(ID<Ask>, String)] {
        try all(
            """
            select ask.id, ask.words from ask where ask.project = \(project) and ask.ended is null
            and not exists (select 1 from promise where promise.ask = ask.id and promise.ended is null)
            order by ask.drawn desc, ask.id desc limit \(AskRoutes.perPage)
            """
        ) { row in (row[0], row[1]) }
    }
}
