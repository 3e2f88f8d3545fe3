import Storage

/// Something that is different now: a promise kept, or a small change that nobody had to promise first.
struct Change: Sendable {
    let id: ID<Change>
    let promise: ID<Promise>?
    /// The words that asked for it, where they are here.
    let contribution: ID<Contribution>?
    let contributionWords: String?
    /// Of those words; whether it holds is for the clock to say.
    let setAside: SetAside?
    /// Who gave those words, where they can be asked: whether it reached them is theirs to say.
    let giver: Voice?
    let reached: Bool?
    /// When they last said whether it reached them, or whether it is still so.
    let answered: Moment?
    /// When they said that it is not so any more.
    let slipped: Moment?
    let logger: String
    let words: String
    let language: String
    let direction: String
    /// Who asked for it, in the words of whoever logged it.
    let askedBy: String
    let day: Day
    let logged: Moment

    var address: String { "/changes/\(id.text)" }

    /// A sentence or two: what is different, and no case for it.
    static let longestWords = 500
    /// Room for a name, or for “everyone in the waiting room”.
    static let longestAskedBy = 120

    struct Typed: Sendable {
        let words: String
        let askedBy: String
        let contribution: ID<Contribution>?
        let day: Day
    }

    /// What is different, who asked for it (by a name, or by their own words chosen from a list), and when.
    static func typed(_ form: Form, today: Day) throws(Refusal) -> Typed {
        let (words, askedBy) = (form.lines("words"), form.line("asked"))
        let contribution = form.id("source", of: Contribution.self)
        guard !Text.isBlank(words) else { throw Refusal("different.refusal.noWords", field: "words") }
        guard Text.fits(words, letters: longestWords) else {
            throw Refusal("different.refusal.long", limit: longestWords, field: "words")
        }
        guard contribution != nil || !Text.isBlank(askedBy) else {
            throw Refusal("different.refusal.noAsker", field: "asked")
        }
        guard Text.fits(askedBy, letters: longestAskedBy) else {
            throw Refusal("different.refusal.askerLong", limit: longestAskedBy, field: "asked")
        }
        guard let day = form.day("day") else { throw Refusal("different.refusal.noDay", field: "day") }
        guard day <= today else { throw Refusal("different.refusal.dayToCome", field: "day") }
        return Typed(words: words, askedBy: askedBy, contribution: contribution, day: day)
    }
}

extension Change {
    private var lasting: Lasting { Lasting(since: logged) }

    /// Whether the one whom it reached is asked whether it is still so.
    func mayBeAskedAgain(at now: Moment) -> Bool {
        guard slipped == nil, let reached, let answered else { return false }
        return lasting.asks(reached: reached, said: answered, at: now)
    }

    /// When they said that it is still so; nothing until they have.
    var saidAgain: Moment? {
        guard let reached, let answered else { return nil }
        return lasting.saidAgain(reached: reached, said: answered)
    }
}

extension Writer {
    /// Logs a small change once.
    func add(_ typed: Change.Typed, as id: ID<Change>, by seat: Seat, language: String, at now: Moment) throws {
        if let source = typed.contribution {
            let theirs = try count(
                """
                select count(*) from contribution where id = \(source) and project = \(seat.project)
                and shared is not null and taken_back is null
                """)
            guard theirs > 0 else { throw Missing() }
        }
        let new =
            try run(
                """
                insert into change (id, project, contribution, seat, words, language, direction, asked_by, day, logged)
                values (\(id), \(seat.project), \(typed.contribution), \(seat.id), \(typed.words), \(language),
                    \(Text.direction(of: typed.words)), \(typed.askedBy), \(typed.day), \(now))
                on conflict (id) do nothing
                """) > 0
        guard
            try new
                || count(
                    """
                    select count(*) from change where id = \(id) and seat = \(seat.id) and words = \(typed.words)
                        and asked_by = \(typed.askedBy)
                    """) > 0
        else { throw Refusal.sentBefore }
        if new, typed.contribution != nil { try post(.changeLogged(change: id), in: seat.project, at: now) }
    }

    /// Keeps whether a small change reached the one whose words led to it. They may say otherwise later.
    func witness(_ id: ID<Change>, reached: Bool?, by voices: [Voice], at now: Moment) throws {
        let (change, project) = try smallChange(id, askedBy: voices)
        guard let reached else { throw Refusal.notYetOrYes }
        try run("update change set reached = \(reached), answered = \(now), slipped = null where id = \(id)")
        guard reached else { return }
        try askAgainLater(.changeStillSo(change: id), Lasting(since: change.logged), in: project, at: now)
    }

    /// Keeps whether a small change is still so. With *no* it has slipped back, and whoever logged it is told.
    func sayStillSo(_ id: ID<Change>, _ isSo: Bool?, by voices: [Voice], at now: Moment) throws {
        let (change, project) = try smallChange(id, askedBy: voices)
        guard let isSo else { throw Refusal.notYetOrYes }
        guard change.mayBeAskedAgain(at: now) else { throw Refusal.notAskedAgain }
        let slipped = isSo ? nil : now
        try run("update change set answered = \(now), slipped = \(slipped) where id = \(id)")
        if !isSo { try post(.changeSlipped(change: id), in: project, at: now) }
    }
}

extension Reader {
    /// One page of the changes of a project that nobody had to promise first, the newest first; and one more where more
    /// follow.
    func smallChanges(in project: ID<Project>, page: Int) throws -> [Change] {
        try changes(
            """
            where change.project = \(project) and change.promise is null
            order by change.day desc, change.logged desc, change.id
            limit \(Ledger.mostChanges + 1) offset \(page * Ledger.mostChanges)
            """)
    }

    /// The small changes that these words led to, the oldest first.
    func smallChanges(from contributions: [ID<Contribution>]) throws -> [Change] {
        guard !contributions.isEmpty else { return [] }
        return try changes(
            """
            where change.contribution in \(list: contributions) and change.promise is null order by change.logged
            """)
    }

    /// A small change, for the one whose words led to it; to anybody else it is not theirs.
    fileprivate func smallChange(_ id: ID<Change>, askedBy voices: [Voice]) throws -> (Change, in: ID<Project>) {
        guard let found = try smallChange(id), let giver = found.0.giver, voices.contains(giver) else {
            throw Missing()
        }
        return found
    }

    /// The seat of the one whom a small change reached, as far as they say so still.
    func seatReached(by change: ID<Change>) throws -> [ID<Seat>] {
        try all(
            """
            select seat.id from change join contribution on contribution.id = change.contribution
            left join receipt on receipt.id = contribution.receipt
            join seat on seat.id = coalesce(contribution.seat, receipt.seat)
            where change.id = \(change) and change.reached = 1 and change.slipped is null
            and contribution.taken_back is null and seat.gone is null
            """
        ) { $0[0] }
    }

    /// Whoever logged it, while they are here.
    func logger(of change: ID<Change>) throws -> [ID<Seat>] {
        try all(
            """
            select seat.id from change join seat on seat.id = change.seat
            where change.id = \(change) and seat.gone is null
            """
        ) { $0[0] }
    }

    func smallChange(_ id: ID<Change>) throws -> (Change, in: ID<Project>)? {
        guard let project = try one("select project from change where id = \(id)", { $0[0] as ID<Project> }),
            let change = try changes("where change.id = \(id) and change.promise is null").first
        else { return nil }
        return (change, project)
    }

    private func changes(_ which: SQL) throws -> [Change] {
        try all(
            """
            select change.id, change.promise, change.contribution, contribution.words, seat.name, change.words,
                change.language, change.direction, change.asked_by, change.day, change.logged, change.reached,
                change.seat, contribution.seat, receipt.id, receipt.seat, change.answered, change.slipped,
                \(SetAside.columns)
            from change join seat on seat.id = change.seat
            left join contribution on contribution.id = change.contribution and contribution.taken_back is null
            left join receipt on receipt.id = contribution.receipt
            left join set_aside on set_aside.contribution = contribution.id and set_aside.ended is null
            \(which)
            """
        ) { row in
            let giver = Voice(seat: row[13], receipt: row[14], seatOfReceipt: row[15])
            return Change(
                id: row[0], promise: row[1], contribution: row[2], contributionWords: row[3],
                setAside: SetAside(row: row, from: 18),
                giver: giver == .seat(row[12]) ? nil : giver, reached: row[11], answered: row[16], slipped: row[17],
                logger: row[4], words: row[5], language: row[6], direction: row[7], askedBy: row[8], day: row[9],
                logged: row[10])
        }
    }
}
