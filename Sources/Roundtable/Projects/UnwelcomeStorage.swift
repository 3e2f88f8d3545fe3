import Storage

extension Unwelcome {
    fileprivate init(row: Row, from column: Int = 0) {
        self.init(id: row[column], words: row[column + 1], language: row[column + 2], seat: row[column + 3])
    }

    /// The columns that `init(row:from:)` reads.
    fileprivate static let columns: SQL = "unwelcome.id, unwelcome.words, unwelcome.language, unwelcome.seat"
}

extension Reader {
    /// What a person asks others not to say about them, in the order in which they wrote it.
    func unwelcome(to person: ID<Person>) throws -> [Unwelcome] {
        try all("select \(Unwelcome.columns) from unwelcome where person = \(person) order by added, id") {
            Unwelcome(row: $0)
        }
    }

    /// Everybody at a table who asks for some words not to be used, but for whoever writes. Two statements.
    ///
    /// Everything that is said waits for this in the one line of those who write. So it goes through what the house was
    /// asked while that is little, and else through the table's seats, each of which it then has to look for.
    private func minded(in project: ID<Project>, without author: ID<Seat>?) throws -> [Minded] {
        let asked = try count("select count(*) from (select 1 from unwelcome limit \(Self.fewUnwelcome + 1)) as asked")
        // SQLite takes the two in the order in which a cross join names them.
        let tables: SQL = asked > Self.fewUnwelcome ? "seat cross join unwelcome" : "unwelcome cross join seat"
        let rows = try all(
            """
            select seat.id, seat.name, \(Unwelcome.columns)
            from \(tables)
            where unwelcome.person = seat.person
            and seat.project = \(project) and seat.gone is null and seat.id <> \(author?.text ?? "")
            and (unwelcome.seat is null or unwelcome.seat = seat.id)
            order by seat.id, unwelcome.added, unwelcome.id
            """
        ) { row in (seat: row[0] as ID<Seat>, name: row[1] as String, words: Unwelcome(row: row, from: 2)) }
        return Dictionary(grouping: rows, by: \.seat).values.map { theirs in
            Minded(seat: theirs[0].seat, name: theirs[0].name, words: theirs.map(\.words))
        }.sorted { $0.seat.text < $1.seat.text }
    }

    /// About as many as sit at a large table.
    private static var fewUnwelcome: Int { 50 }

    /// Stops before anything is saved when a text uses a word about somebody who asked people not to, until whoever
    /// writes has been told and says to keep it. Two statements for a form, however many sit at the table.
    ///
    /// Whom a text is about is told only where everybody may know it: those who gave their name to the words that it
    /// answers. For anybody else their name has to stand in it, so that nobody learns who gave words unsigned.
    ///
    /// - Parameters:
    ///   - fields: those of the form that hold texts of the writer's own.
    ///   - author: whoever writes, who may speak of themselves as they like; nothing for one without a seat.
    ///   - seats: those whom it is about.
    func mind(
        _ fields: [String], of form: Form, in project: ID<Project>, by author: ID<Seat>?, about seats: [ID<Seat>] = []
    ) throws {
        let texts = fields.map { (field: $0, text: form[$0]) }.filter { !Text.isBlank($0.text) }
        guard !texts.isEmpty else { return }
        let lines = Minded.lines(try minded(in: project, without: author), in: texts, about: Set(seats))
        if let reminder = Reminder(lines, before: form) { throw reminder }
    }
}

extension Writer {
    /// Adds to what a person asks others not to say, once. What is there already is there once; the same id with other
    /// words, or another person's, is refused.
    func add(_ new: Unwelcome, of person: ID<Person>, at now: Moment) throws {
        let there = try unwelcome(to: person)
        if let same = there.first(where: { $0.id == new.id }) {
            guard same.words == new.words, same.seat == new.seat else { throw Refusal.sentBefore }
            return
        }
        guard !there.contains(where: { $0.isSame(as: new.words, for: new.seat) }) else { return }
        guard there.count < Unwelcome.most else { throw Refusal.tooManyUnwelcome }
        let isNew =
            try run(
                """
                insert into unwelcome (id, person, seat, words, language, direction, added)
                values (\(new.id), \(person), \(new.seat), \(new.words), \(new.language),
                    \(Text.direction(of: new.words)), \(now))
                on conflict (id) do nothing
                """) > 0
        guard isNew else { throw Refusal.sentBefore }
    }

    /// Takes one off. Somebody else's is as if it weren't there.
    func removeUnwelcome(_ id: ID<Unwelcome>, of person: ID<Person>, at now: Moment) throws {
        guard try run("delete from unwelcome where id = \(id) and person = \(person)") > 0 else { throw Missing() }
        try note(.unwelcome, of: id, at: now)
    }
}
