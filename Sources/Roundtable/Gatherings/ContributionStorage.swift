import Storage

extension Contribution {
    /// The columns that `init(row:from:)` reads, of a table or alias named `contribution`: 19 of them.
    static let columns: SQL = """
        contribution.id, contribution.project, contribution.gathering, contribution.seat, contribution.receipt,
        contribution.scribe, contribution.words, contribution.language, contribution.direction, contribution.signed,
        contribution.on_wall, contribution.shared, contribution.said, contribution.mended, contribution.read_back,
        contribution.taken_back, contribution.changed, contribution.version, contribution.typed
        """

    init(row: Row, from column: Int = 0) {
        let seat: ID<Seat>? = row[column + 3]
        let receipt: ID<Receipt>? = row[column + 4]
        self.init(
            id: row[column], project: row[column + 1], gathering: row[column + 2],
            giver: seat.map { .seat($0) } ?? receipt.map { .receipt($0) } ?? .nobody,
            scribe: row[column + 5], words: row[column + 6], language: row[column + 7], direction: row[column + 8],
            isSigned: row[column + 9], wall: row[column + 10], shared: row[column + 11], said: row[column + 12],
            mended: row[column + 13], readBack: row[column + 14], takenBack: row[column + 15],
            changed: row[column + 16], version: row[column + 17],
            typed: row[column + 18])
    }
}

extension Reader {
    func contribution(_ id: ID<Contribution>) throws -> Contribution? {
        try one("select \(Contribution.columns) from contribution where id = \(id)") { Contribution(row: $0) }
    }

    /// The seats of those who gave these words with their name to them.
    func namedGivers(of ids: [ID<Contribution>]) throws -> [ID<Seat>] {
        guard !ids.isEmpty else { return [] }
        return try all(
            """
            select distinct coalesce(contribution.seat, receipt.seat) from contribution
            left join receipt on receipt.id = contribution.receipt
            where contribution.id in \(list: ids) and contribution.signed = 1
            and coalesce(contribution.seat, receipt.seat) is not null
            """
        ) { $0[0] }
    }

    func contributions(_ ids: [ID<Contribution>]) throws -> [Contribution] {
        try all("select \(Contribution.columns) from contribution where id in \(list: ids) order by said, id") {
            Contribution(row: $0)
        }
    }
}

extension Writer {
    /// Adds what was said, once, and says whether it was new. The same id with other words, or from somebody else,
    /// is refused.
    func add(_ contribution: Contribution) throws -> Bool {
        let (seat, receipt): (ID<Seat>?, ID<Receipt>?) =
            switch contribution.giver {
            case .seat(let seat): (seat, nil)
            case .receipt(let receipt): (nil, receipt)
            case .nobody: (nil, nil)
            }
        let isNew =
            try run(
                """
                insert into contribution (id, project, gathering, seat, receipt, scribe, words, language, direction,
                    signed, on_wall, shared, said, mended, read_back, taken_back, changed, version,
                    typed)
                values (\(contribution.id), \(contribution.project), \(contribution.gathering), \(seat), \(receipt),
                    \(contribution.scribe), \(contribution.words), \(contribution.language), \(contribution.direction),
                    \(contribution.isSigned), \(contribution.wall), \(contribution.shared), \(contribution.said),
                    \(contribution.mended), \(contribution.readBack), \(contribution.takenBack),
                    \(contribution.changed), \(contribution.version), \(contribution.typed))
                on conflict (id) do nothing
                """) > 0
        guard !isNew else { return true }
        let there = try self.contribution(contribution.id)
        guard there?.words == contribution.words, there?.giver == contribution.giver,
            there?.project == contribution.project
        else { throw Refusal.saidBefore }
        return false
    }

    /// Gives a contribution other words, unless it changed since `version`. Only its giver's own hand marks it mended.
    func mend(_ contribution: Contribution, words: String, byGiver: Bool, at now: Moment) throws {
        let mended = byGiver ? now : contribution.mended
        try keeping(
            try run(
                """
                update contribution set words = \(words), direction = \(Text.direction(of: words)), mended = \(mended),
                    read_back = null, changed = \(nextChange()), version = version + 1
                where id = \(contribution.id) and version = \(contribution.version) and taken_back is null
                """))
        try note(.mended, of: contribution.id, at: now)
    }

    /// Takes a contribution back: its words are gone from here on, and its place says so.
    func takeBack(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set words = '', signed = 0, on_wall = 0, taken_back = \(now),
                changed = \(nextChange()), version = version + 1
            where id = \(id) and taken_back is null
            """)
        try run("update consent set ended = \(now), name = '' where contribution = \(id) and ended is null")
        try letGoOfPicture(of: id, at: now)
        try note(.words, of: id, at: now)
    }

    /// Changes what the giver lets be seen of it.
    func show(_ id: ID<Contribution>, isSigned: Bool, wall: OnWall, at now: Moment) throws {
        try run(
            """
            update contribution set signed = \(isSigned), on_wall = \(wall), changed = \(nextChange())
            where id = \(id) and taken_back is null
            """)
        try note(.shown, of: id, how: "\(isSigned ? 1 : 0)\(wall.rawValue)", at: now)
    }

    /// Shares what somebody had kept to themselves.
    func share(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set shared = \(now), changed = \(nextChange())
            where id = \(id) and shared is null and taken_back is null
            """)
    }

    func markReadBack(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set read_back = \(now), changed = \(nextChange())
            where id = \(id) and taken_back is null
            """)
    }

    private func keeping(_ changed: Int) throws {
        guard changed > 0 else { throw Refusal.changedMeanwhile }
    }
}
