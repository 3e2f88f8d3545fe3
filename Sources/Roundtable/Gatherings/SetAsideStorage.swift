import Storage

extension SetAside {
    /// The columns that `init?(row:from:)` reads, of a left join on one that has not been ended: 9 of them.
    static let columns: SQL = """
        set_aside.id, set_aside.contribution, set_aside.seat, set_aside.kind, set_aside.reason, set_aside.began,
        set_aside.lapses, set_aside.seconded, set_aside.reply
        """

    /// Nothing where nothing was joined.
    init?(row: Row, from column: Int) {
        guard let id: ID<SetAside> = row[column] else { return nil }
        self.init(
            id: id, contribution: row[column + 1], seat: row[column + 2],
            kind: Kind(rawValue: row[column + 3]) ?? .harm, reason: row[column + 4], began: row[column + 5],
            lapses: row[column + 6], seconded: row[column + 7], reply: row[column + 8])
    }

    /// That what a query calls `contribution` is in sight: no setting aside of it holds, as `holds(at:)` has it.
    static func isInSight(at now: Moment) -> SQL {
        """
        not exists (select 1 from set_aside where set_aside.contribution = contribution.id
            and set_aside.ended is null and (set_aside.seconded is not null or set_aside.lapses > \(now)))
        """
    }
}

extension Reader {
    func thanks(for contributions: [ID<Contribution>]) throws -> [ID<Contribution>: [Thanks]] {
        let all = try all(
            """
            select thanks.contribution, seat.name, thanks.words, thanks.hear_by, thanks.said
            from thanks join seat on seat.id = thanks.seat
            where thanks.contribution in \(list: contributions) order by thanks.said, thanks.seat
            """
        ) { row in Thanks(contribution: row[0], name: row[1], words: row[2], hearBy: row[3], said: row[4]) }
        return Dictionary(grouping: all, by: \.contribution)
    }
}

extension Writer {
    /// One thanks from each seat; a second says it anew.
    func thank(_ id: ID<Contribution>, from seat: ID<Seat>, words: String, hearBy: Day?, at now: Moment) throws {
        try run(
            """
            insert into thanks (contribution, seat, words, hear_by, said)
            values (\(id), \(seat), \(words), \(hearBy), \(now))
            on conflict (contribution, seat) do update set words = excluded.words, hear_by = excluded.hear_by
            """)
    }

    /// Sets words aside for three days. Whoever did that alone can't do it anew: until they are mended, the same words
    /// take somebody else.
    func setAside(_ id: ID<Contribution>, by seat: ID<Seat>, kind: SetAside.Kind, reason: String, at now: Moment) throws
    {
        let alone = try count(
            """
            select count(*) from set_aside join contribution on contribution.id = set_aside.contribution
            where set_aside.contribution = \(id) and set_aside.seat = \(seat) and set_aside.seconded is null
            and (set_aside.ended is not null or set_aside.lapses <= \(now))
            and set_aside.began >= coalesce(contribution.mended, 0)
            """)
        guard alone == 0 else { throw Refusal.setAsideAlone }
        try run(
            """
            update set_aside set ended = \(now)
            where contribution = \(id) and ended is null and seconded is null and lapses <= \(now)
            """)
        let added = try run(
            """
            insert into set_aside (id, contribution, seat, kind, reason, began, lapses, reply)
            select \(ID<SetAside>.signed(at: now)), \(id), \(seat), \(kind.rawValue), \(reason), \(now),
                \(now + SetAside.alone), ''
            where not exists (select 1 from set_aside where contribution = \(id) and ended is null)
            """)
        guard added > 0 else { throw Refusal.alreadySetAside }
        try touch(id)
    }

    /// A second seat agrees: it holds until somebody ends it.
    func second(_ aside: SetAside, by seat: ID<Seat>, at now: Moment) throws {
        guard seat != aside.seat else { throw Refusal.secondSeat }
        try run(
            """
            update set_aside set second = \(seat), seconded = \(now)
            where id = \(aside.id) and seconded is null and ended is null
            """)
    }

    func reply(_ reply: String, to aside: ID<SetAside>, at now: Moment) throws {
        try run("update set_aside set reply = \(reply), replied = \(now) where id = \(aside) and ended is null")
    }

    /// Puts words back where they were.
    func endSetAside(_ aside: SetAside, at now: Moment) throws {
        try run("update set_aside set ended = \(now) where id = \(aside.id) and ended is null")
        try touch(aside.contribution)
    }

    private func touch(_ id: ID<Contribution>) throws {
        try run("update contribution set changed = \(nextChange()) where id = \(id)")
    }
}
