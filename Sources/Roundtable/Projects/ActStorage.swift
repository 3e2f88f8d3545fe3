import Storage

extension Reader {
    /// The acts that meet a condition on `act`, the oldest first, each with its keys. Two statements.
    func acts(where condition: SQL) throws -> [Act] {
        let turned = try all(
            """
            select key.act, key.seat, seat.name, key.side, key.yes,
                coalesce(seat.gone > act.settled, seat.gone is null), key.turned
            from act join key on key.act = act.id join seat on seat.id = key.seat
            where \(condition) order by key.turned, key.seat
            """
        ) { row in
            (
                row[0] as ID<Act>,
                Key(seat: row[1], name: row[2], side: row[3], isYes: row[4], isHere: row[5], turned: row[6])
            )
        }
        let keys = Dictionary(grouping: turned, by: \.0).mapValues { $0.map(\.1) }
        return try all(
            """
            select act.id, act.project, act.kind, act.seat, opener.name, act.opened, act.outcome, act.settled
            from act join seat opener on opener.id = act.seat where \(condition) order by act.opened, act.id
            """
        ) { row in
            Act(
                id: row[0], project: row[1], kind: row[2], opener: row[3], openerName: row[4], opened: row[5],
                outcome: row[6], keys: keys[row[0]] ?? [], settled: row[7])
        }
    }

    /// The act of a kind that waits for keys in a project, where there can be one at a time.
    func openAct(_ kind: Act.Kind, in project: ID<Project>) throws -> Act? {
        try acts(where: "act.project = \(project) and act.kind = \(kind) and act.settled is null").first
    }
}

extension Writer {
    /// Opens an act, once, and says whether it was new. Nobody has said yes yet, whoever opened it included.
    func open(
        _ kind: Act.Kind, as id: ID<Act>, in project: ID<Project>, by seat: ID<Seat>, at now: Moment
    ) throws -> Bool {
        try run(
            """
            insert into act (id, project, kind, seat, opened) values (\(id), \(project), \(kind), \(seat), \(now))
            on conflict (id) do nothing
            """) > 0
    }

    /// Keeps the key that a seat has turned; turned another way, the last is what counts.
    func keep(_ key: Key, for act: ID<Act>) throws {
        try run(
            """
            insert into key (act, seat, side, yes, turned)
            values (\(act), \(key.seat), \(key.side), \(key.isYes), \(key.turned))
            on conflict (act, seat) do update set side = excluded.side, yes = excluded.yes, turned = excluded.turned
            """)
    }

    /// Turns a key and says how the act stands with it.
    func turn(_ typed: Key.Typed, for act: Act, by seat: Seat, at now: Moment) throws -> Act {
        let turned = try act.turned(typed, by: seat, at: now)
        if let key = turned.keys.last(where: { $0.seat == seat.id }) { try keep(key, for: act.id) }
        return turned
    }

    /// Ends an act, once. Of two who end it together the second is refused.
    func settle(_ act: ID<Act>, _ outcome: Act.Outcome, at now: Moment) throws {
        let settled = try run(
            "update act set settled = \(now), outcome = \(outcome) where id = \(act) and settled is null")
        guard settled > 0 else { throw Refusal.actSettled }
    }
}
