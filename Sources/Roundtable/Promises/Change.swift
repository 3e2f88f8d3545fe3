import Storage

/// Something that is different now: a promise kept, or a small change that nobody had to promise first.
struct Change: Sendable {
    let id: ID<Change>
    let promise: ID<Promise>?
    /// The words that asked for it, where they are here.
    let contribution: ID<Contribution>?
    let contributionWords: String?
    let logger: String
    let words: String
    let language: String
    let direction: String
    /// Who asked for it, in the words of whoever logged it.
    let askedBy: String
    let day: Day
    let logged: Moment

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
                    """) > 0
        else { throw Refusal.sentBefore }
    }
}

extension Reader {
    /// The newest changes of a project that nobody had to promise first.
    func smallChanges(in project: ID<Project>, most: Int) throws -> [Change] {
        try all(
            """
            select change.id, change.promise, change.contribution, contribution.words, seat.name, change.words,
                change.language, change.direction, change.asked_by, change.day, change.logged
            from change join seat on seat.id = change.seat
            left join contribution on contribution.id = change.contribution and contribution.taken_back is null
            where change.project = \(project) and change.promise is null
            order by change.day desc, change.logged desc limit \(most)
            """
        ) { row in
            Change(
                id: row[0], promise: row[1], contribution: row[2], contributionWords: row[3], logger: row[4],
                words: row[5], language: row[6], direction: row[7], askedBy: row[8], day: row[9], logged: row[10])
        }
    }
}
