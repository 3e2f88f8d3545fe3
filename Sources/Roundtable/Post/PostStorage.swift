import Storage

extension Writer {
    /// Puts a letter in the outbox, in the transaction of what it tells.
    ///
    /// - Parameter notBefore: until when it is kept there, for what is asked months later.
    func post(_ letter: Letter, in project: ID<Project>, at now: Moment, notBefore: Moment? = nil) throws {
        let (kind, about, other) = letter.kept
        try run(
            """
            insert into letter (id, project, kind, about, details, posted, due, tries, not_before)
            values (\(ID<Letter>.signed(at: now)), \(project), \(kind), \(about), \(other), \(now),
                \(notBefore ?? now), 0, \(notBefore))
            """)
    }

    /// The oldest letter that is due. One that nobody has tried to deliver yet is, even if the clock was set back since
    /// it was posted. On PostgreSQL another process passes over it until this transaction ends.
    func takeLetter(dueBy now: Moment) throws -> WaitingLetter? {
        let lock: SQL = engine == .postgres ? "for update skip locked" : ""
        return try one(
            """
            select id, project, kind, about, details, tries from letter
            where delivered is null and (tries = 0 or due <= \(now)) and tries < \(Post.mostTries)
            and (not_before is null or not_before <= \(now))
            order by due, id limit 1 \(lock)
            """
        ) { row in
            WaitingLetter(
                id: row[0], project: row[1], letter: Letter(kind: row[2], about: row[3], other: row[4]), tries: row[5])
        }
    }

    func markDelivered(_ id: ID<Letter>, at now: Moment) throws {
        try run("update letter set delivered = \(now) where id = \(id)")
    }

    /// Puts a letter that could not be delivered back for later.
    func putBack(_ id: ID<Letter>, until due: Moment) throws {
        try run("update letter set tries = tries + 1, due = \(due) where id = \(id) and delivered is null")
    }

    /// Tells a seat something, to be read when its person next looks.
    func tell(_ seat: ID<Seat>, _ letter: Letter, at now: Moment) throws {
        let (kind, about, other) = letter.kept
        try run(
            """
            insert into notice (id, seat, kind, about, details, told)
            values (\(ID<Notice>.signed(at: now)), \(seat), \(kind), \(about), \(other), \(now))
            """)
    }
}

extension Writer {
    /// An ask whose every source has been taken back stands on nothing: it goes back to the group, which is told.
    func sendBackEmptiedAsks(at now: Moment) throws {
        let emptied = try all(
            """
            select ask.id, ask.project from ask
            where ask.ended is null
            and exists (select 1 from ask_source where ask_source.ask = ask.id)
            and not exists (
                select 1 from ask_source join contribution on contribution.id = ask_source.contribution
                where ask_source.ask = ask.id and contribution.taken_back is null)
            and not exists (
                select 1 from letter where letter.kind = 'askEmptied' and letter.about = ask.id)
            """
        ) { row in (row[0] as ID<Ask>, row[1] as ID<Project>) }
        for (ask, project) in emptied { try post(.askEmptied(ask: ask), in: project, at: now) }
    }
}

extension Reader {
    /// The seats whose words an ask was drawn from, and those who said that they ask it too.
    func seatsAsking(_ ask: ID<Ask>) throws -> [ID<Seat>] {
        try all(
            """
            select coalesce(contribution.seat, receipt.seat) as asking from ask_source
            join contribution on contribution.id = ask_source.contribution
            left join receipt on receipt.id = contribution.receipt
            where ask_source.ask = \(ask) and coalesce(contribution.seat, receipt.seat) is not null
            union select coalesce(also.seat, receipt.seat) from also left join receipt on receipt.id = also.receipt
            where also.ask = \(ask) and coalesce(also.seat, receipt.seat) is not null
            """
        ) { $0[0] }
    }

    func ask(answeredBy promise: ID<Promise>) throws -> ID<Ask>? {
        try one("select ask from promise where id = \(promise)") { $0[0] }
    }

    /// The seat of whoever said it: the one it was said by, or the one taken with the receipt it was said with.
    func giver(of contribution: ID<Contribution>) throws -> ID<Seat>? {
        try one(
            """
            select coalesce(contribution.seat, receipt.seat) from contribution
            left join receipt on receipt.id = contribution.receipt where contribution.id = \(contribution)
            """
        ) { $0[0] as ID<Seat>? } ?? nil
    }

    func giverOfWords(behind change: ID<Change>) throws -> ID<Seat>? {
        let words = try one("select contribution from change where id = \(change)") { $0[0] as ID<Contribution>? }
        return try words.flatMap { $0 }.flatMap { try giver(of: $0) }
    }
}

/// How the outbox is doing.
struct Outbox: Sendable, Equatable {
    /// Letters that are on their way, and those that were tried too often.
    let waiting: Int
    let givenUp: Int
    /// Since when the oldest of those on their way could have gone.
    let oldest: Moment?
}

extension Reader {
    /// How the outbox is doing now. What is kept there until a day months from now is not late before that day.
    func outbox(at now: Moment) throws -> Outbox {
        let undelivered = try all(
            """
            select count(*), min(coalesce(not_before, posted)), case when tries < \(Post.mostTries) then 1 else 0 end as waits
            from letter where delivered is null and (not_before is null or not_before <= \(now)) group by waits
            """
        ) { row in (count: row[0] as Int, oldest: row[1] as Moment?, waits: row[2] as Int == 1) }
        let waiting = undelivered.first(where: \.waits)
        return Outbox(
            waiting: waiting?.count ?? 0, givenUp: undelivered.first { !$0.waits }?.count ?? 0, oldest: waiting?.oldest)
    }
}

/// A letter in the outbox.
struct WaitingLetter: Sendable {
    let id: ID<Letter>
    let project: ID<Project>
    /// Nothing when a newer program wrote it.
    let letter: Letter?
    let tries: Int
}

/// What a seat was told.
struct Notice: Sendable {
    let id: ID<Notice>
    let letter: Letter?
    /// Which of several it is about, where one could be taken for another.
    let subject: Subject?
    let told: Moment
    let isRead: Bool

    /// How the ask, the promise or the change begins, or what the gathering or whoever convenes is called. It is looked
    /// up when it is read, so that what was taken back or mended since is so here too.
    struct Subject: Sendable, Equatable {
        let words: String
        /// Nothing for a name.
        let language: String?

        /// A line on a phone: enough to tell one from another.
        private static let longest = 60

        var firstWords: String { words.count > Self.longest ? words.prefix(Self.longest) + "…" : words }
    }
}

extension Reader {
    /// What a seat was told, the newest first.
    func notices(of seat: ID<Seat>, most: Int) throws -> [Notice] {
        try all(
            """
            select notice.id, notice.kind, notice.about, notice.details, notice.told, notice.read,
                coalesce(answer.words, ask.words, change.words, gathering.name, nullif(convener.name, '')),
                coalesce(answer.language, ask.language, change.language)
            from notice
            left join promise on promise.id = notice.about
            left join answer on answer.id = promise.answer
            left join ask on ask.id = notice.about
            left join change on change.id = notice.about
            left join gathering on gathering.id = notice.about
            left join seat as convener on convener.id = notice.about and notice.kind = 'convening'
            where notice.seat = \(seat)
            order by notice.told desc, notice.id desc limit \(most)
            """
        ) { row in
            let (read, words, language): (Moment?, String?, String?) = (row[5], row[6], row[7])
            return Notice(
                id: row[0], letter: Letter(kind: row[1], about: row[2], other: row[3]),
                subject: words.map { Notice.Subject(words: $0, language: language) }, told: row[4],
                isRead: read != nil)
        }
    }
}
