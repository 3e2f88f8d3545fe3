import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What those who asked may say, by their seat or by the receipt that this device holds: whether an ask says what
/// they meant, that they ask it too, and whether what was promised reached them.
struct AskerRoutes: Sendable {
    let house: House

    /// POST /asks/:ask/meaning: does this say what you meant?
    func meaning(_ request: Request, _ visit: Visit) async throws -> Response {
        let ask = try visit.id("ask", of: Ask.self)
        return try await say(request, visit, "/asks/\(ask.text)#meant") { db, project, caller, form, now in
            guard let contribution = form.id("source", of: Contribution.self) else { throw Missing() }
            let field = "objection-\(ask.text)-\(contribution.text)"
            try db.mind([field], of: form, in: project, by: caller.voices.first?.seat)
            try db.means(
                ask, contribution, form["means"] == "yes",
                objection: form.lines(field), by: caller, at: now)
            return project
        } in: { _ in
            ask
        }
    }

    /// POST /asks/:ask/also: I ask this too; or not any more.
    func also(_ request: Request, _ visit: Visit) async throws -> Response {
        let ask = try visit.id("ask", of: Ask.self)
        return try await say(request, visit, "/asks/\(ask.text)#also") { db, project, caller, form, now in
            guard let thread = try db.threads(where: "ask.id = \(ask)").first else { throw Missing() }
            guard thread.takesMoreAskers else { throw Refusal.alsoTooLate }
            let said = thread.alsos.first { caller.voices.contains($0.voice) }
            if form["also"] == "no" {
                if let said { try db.stopAsking(said.voice, ask, at: now) }
            } else if said == nil {
                try db.askToo(caller.voices[0], ask, at: now)
            }
            return project
        } in: { _ in
            ask
        }
    }

    /// POST /promises/:promise/witnesses: it reached me, or it hasn't yet.
    func witness(_ request: Request, _ visit: Visit) async throws -> Response {
        let (promise, today) = (try visit.id("promise", of: Promise.self), house.today)
        return try await say(request, visit, "/promises/\(promise.text)#reached") { db, project, caller, form, now in
            guard let reached = ["yes": true, "no": false][form["reached"]] else { throw Refusal.notYetOrYes }
            try db.mind(["said-\(promise.text)"], of: form, in: project, by: caller.voices.first?.seat)
            try db.witness(
                promise, reached: reached, words: form.lines("said-\(promise.text)"), by: caller, on: today, at: now)
            return project
        } in: {
            try $0.ask(answeredBy: promise)
        }
    }

    /// POST /promises/:promise/still-so: half a year later, by one whom it reached.
    func stillSo(_ request: Request, _ visit: Visit) async throws -> Response {
        let (promise, language) = (try visit.id("promise", of: Promise.self), visit.words.language)
        return try await say(request, visit, "/promises/\(promise.text)#still-so") { db, project, caller, form, now in
            guard let isSo = ["yes": true, "no": false][form["still"]] else { throw Refusal.notYetOrYes }
            try db.mind(["still-\(promise.text)"], of: form, in: project, by: caller.voices.first?.seat)
            try db.sayStillSo(
                promise, isSo, words: form.lines("still-\(promise.text)"), by: caller, language: language, at: now)
            return project
        } in: {
            try $0.ask(answeredBy: promise)
        }
    }

    /// POST /changes/:difference/witnesses: whether a small change reached the one whose words led to it.
    func witnessChange(_ request: Request, _ visit: Visit) async throws -> Response {
        try await say(ofChange: request, visit) { db, id, caller, form, now in
            try db.witness(id, reached: ["yes": true, "no": false][form["reached"]], by: caller.voices, at: now)
        }
    }

    /// POST /changes/:difference/still-so: half a year later, by the same.
    func changeStillSo(_ request: Request, _ visit: Visit) async throws -> Response {
        try await say(ofChange: request, visit) { db, id, caller, form, now in
            try db.sayStillSo(id, ["yes": true, "no": false][form["still"]], by: caller.voices, at: now)
        }
    }

    private func say(
        ofChange request: Request, _ visit: Visit,
        _ body: @escaping @Sendable (Writer, ID<Change>, Caller, Form, Moment) throws -> Void
    ) async throws -> Response {
        let (id, now, form) = (try visit.id("difference", of: Change.self), house.now(), visit.form)
        let (person, held) = (visit.person?.id, HeldReceipts(in: request, house))
        guard person != nil || !held.hashes.isEmpty else { throw SignInFirst() }
        let card = form.id("back", of: Receipt.self)
        let project = try await house.database.write { db in
            guard let (_, project) = try db.smallChange(id) else { throw Missing() }
            try body(db, id, try db.caller(person, receipts: held.hashes, by: card, in: project), form, now)
            return project
        }
        return .see(card.map(Receipt.address) ?? "/projects/\(project.text)/we-said-we-did#change-\(id.text)")
    }

    /// Whoever it is, what they say is checked and kept in one go; then a member sees the page it stands on, and
    /// whoever holds a receipt sees that again.
    private func say(
        _ request: Request, _ visit: Visit, _ address: String,
        _ body: @escaping @Sendable (Writer, ID<Project>, Caller, Form, Moment) throws -> ID<Project>,
        in place: @escaping @Sendable (Reader) throws -> ID<Ask>?
    ) async throws -> Response {
        let (person, held) = (visit.person?.id, HeldReceipts(in: request, house))
        guard person != nil || !held.hashes.isEmpty else { throw SignInFirst() }
        let (form, now, card) = (visit.form, house.now(), visit.form.id("back", of: Receipt.self))
        let isMember = try await house.database.write { db in
            guard let ask = try place(db), let thread = try db.threads(where: "ask.id = \(ask)").first else {
                throw Missing()
            }
            let project = thread.ask.project
            let caller = try db.caller(person, receipts: held.hashes, by: card, in: project)
            guard thread.isShown(to: caller) else { throw Missing() }
            _ = try body(db, project, caller, form, now)
            return caller.seat?.isMember == true
        }
        return .see(card.map(Receipt.address) ?? (isMember ? address : "/receipts"))
    }
}

extension AskThread {
    /// A member sees every ask; anybody else only those that their own words led to, or that they ask too.
    func isShown(to caller: Caller) -> Bool {
        caller.seat?.isMember == true
            || sources.contains { source in source.giver.map { caller.voices.contains($0) } ?? false }
            || alsos.contains { caller.voices.contains($0.voice) }
    }
}

extension Writer {
    /// Keeps what a giver says of an ask drawn from their words. To anybody else those words are not theirs.
    func means(
        _ ask: ID<Ask>, _ contribution: ID<Contribution>, _ means: Bool, objection: String, by caller: Caller,
        at now: Moment
    ) throws {
        guard let thread = try threads(where: "ask.id = \(ask)").first,
            let source = thread.sources.first(where: { $0.contribution == contribution }),
            let giver = source.giver, caller.voices.contains(giver)
        else { throw Missing() }
        guard means || !Text.isBlank(objection) else { throw Refusal.noObjection }
        guard Text.fits(objection, letters: Source.longestObjection) else { throw Refusal.objectionTooLong }
        try say(means, objection: means ? "" : objection, of: ask, contribution, at: now)
        try run("update ask set changed = \(nextChange()) where id = \(ask)")
    }

    /// Keeps whether it reached one who asked. With the first *yes* a change is logged.
    func witness(
        _ id: ID<Promise>, reached: Bool, words: String, by caller: Caller, on today: Day, at now: Moment
    ) throws {
        guard let ask = try ask(answeredBy: id), let thread = try threads(where: "ask.id = \(ask)").first,
            let promise = thread.promises.first(where: { $0.id == id })
        else { throw Missing() }
        guard promise.ended == nil else { throw Refusal.promiseEnded }
        guard promise.reported != nil else { throw Refusal.notYetReported }
        guard !caller.voices.contains(where: { $0.seat != nil && $0.seat == promise.reportedBy }) else {
            throw Refusal.notByTheReporter
        }
        let entitled = Set(promise.witnesses(among: thread.askers).map(\.voice))
        guard let voice = caller.voices.first(where: { entitled.contains($0) }) else { throw Refusal.onlyThoseWhoAsked }
        guard Text.fits(words, letters: Witness.longestWords) else { throw Refusal.witnessTooLong }
        try keep(Witness(voice: voice, reached: reached, words: words, said: now), of: id)
        guard reached else { return }
        try logChange(of: promise, thread.ask, on: today, at: now)
        guard let reported = promise.reported, let lasting = promise.lasting else { return }
        try askAgainLater(.stillSo(promise: id, reported: reported), lasting, in: thread.ask.project, at: now)
    }

    /// Keeps whether it is still so. *Yes* is said anew of the same report; with *no* it has slipped back.
    func sayStillSo(
        _ id: ID<Promise>, _ isSo: Bool, words: String, by caller: Caller, language: String, at now: Moment
    ) throws {
        guard let ask = try ask(answeredBy: id), let thread = try threads(where: "ask.id = \(ask)").first,
            let promise = thread.promises.first(where: { $0.id == id })
        else { throw Missing() }
        let said = thread.witnesses[id] ?? []
        guard let voice = caller.voices.first(where: { promise.mayBeAskedAgain($0, said, at: now) }) else {
            throw Refusal.notAskedAgain
        }
        guard Text.fits(words, letters: Witness.longestWords) else { throw Refusal.witnessTooLong }
        try keep(Witness(voice: voice, reached: isSo, words: words, said: now), of: id)
        guard !isSo else { return }
        try slipBack(promise, in: thread.ask.project, by: voice, words: words, language: language, at: now)
    }
}
