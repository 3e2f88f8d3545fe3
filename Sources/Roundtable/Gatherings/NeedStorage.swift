import Storage

extension Need {
    /// The columns that `init(row:from:)` reads.
    fileprivate static let columns: SQL = "need.id, need.words, need.language"

    fileprivate init(row: Row, from column: Int = 0) {
        self.init(id: row[column], words: row[column + 1], language: row[column + 2])
    }
}

extension Reader {
    /// What helps a person, in the order in which they wrote it.
    func needs(of person: ID<Person>) throws -> [Need] {
        try all("select \(Need.columns) from need where person = \(person) order by added, id") { Need(row: $0) }
    }

    /// What is needed at a gathering, by all who joined it or said that they will come, or by one of
    /// them. One statement.
    func needs(at gathering: Gathering, of seat: ID<Seat>? = nil) throws -> [BroughtNeed] {
        let whose: SQL = seat.map { "and seat.id = \($0)" } ?? ""
        return try all(
            """
            select \(Need.columns), seat.id, seat.name, need_met.met
            from (select seat from chair where gathering = \(gathering.id)
                union select seat from coming
                where gathering = \(gathering.id) and answer in ('coming', 'bringing')) as comer
            join seat on seat.id = comer.seat join need on need.person = seat.person
            left join need_met on need_met.need = need.id and need_met.gathering = \(gathering.id)
            where seat.gone is null and need.added <= \(gathering.bringsNeedsUntil) \(whose)
            order by lower(need.words), lower(seat.name), need.added, need.id
            """
        ) { row in
            let isMet: Bool? = row[5]
            return BroughtNeed(
                need: Need(row: row), seat: row[3], name: row[4], outcome: isMet.map { Need.Outcome(isMet: $0) })
        }
    }

    /// The seats of whoever convenes a gathering, where somebody needed what wasn't there; nobody once it was.
    func convenorsWithUnmetNeeds(at gathering: ID<Gathering>) throws -> [ID<Seat>] {
        try all(
            """
            select seat.id from gathering join seat on seat.project = gathering.project
            where gathering.id = \(gathering) and seat.gone is null and seat.member is not null
            and (seat.id = gathering.seat or seat.convenes = 1)
            and exists (select 1 from need_met where need_met.gathering = gathering.id and need_met.met = 0)
            """
        ) { $0[0] }
    }
}

extension Writer {
    /// Adds what helps a person, once. The same words twice are there once; the same id with others is refused.
    func add(_ new: Need, of person: ID<Person>, at now: Moment) throws {
        let there = try needs(of: person)
        if let same = there.first(where: { $0.id == new.id }) {
            guard same.words == new.words else { throw Refusal.sentBefore }
            return
        }
        guard !there.contains(where: { BareWords($0.words).apart == BareWords(new.words).apart }) else { return }
        guard there.count < Need.most else { throw Refusal.tooManyNeeds }
        let isNew =
            try run(
                """
                insert into need (id, person, words, language, direction, added)
                values (\(new.id), \(person), \(new.words), \(new.language), \(Text.direction(of: new.words)), \(now))
                on conflict (id) do nothing
                """) > 0
        guard isNew else { throw Refusal.sentBefore }
    }

    /// Takes one off, and with it whatever was said of it at any gathering. Somebody else's is as if it weren't there.
    func removeNeed(_ id: ID<Need>, of person: ID<Person>, at now: Moment) throws {
        guard try count("select count(*) from need where id = \(id) and person = \(person)") > 0 else {
            throw Missing()
        }
        try run("delete from need_met where need = \(id)")
        try run("delete from need where id = \(id)")
        try note(.need, of: id, at: now)
    }

    /// Keeps whether a need was met at a gathering, as its person says; with nothing, they take back what they said.
    /// Whoever convenes is told of what wasn't, once for a gathering until they have been told.
    func say(_ outcome: Need.Outcome?, of brought: BroughtNeed, at gathering: Gathering, _ now: Moment) throws {
        guard outcome != brought.outcome else { return }
        if brought.outcome != nil {
            try run("delete from need_met where need = \(brought.need.id) and gathering = \(gathering.id)")
            try note(.met, of: brought.need.id, how: gathering.id.text, at: now)
        }
        guard let outcome else { return }
        try run(
            """
            insert into need_met (need, gathering, seat, met, said)
            values (\(brought.need.id), \(gathering.id), \(brought.seat), \(outcome == .met), \(now))
            """)
        guard outcome == .unmet else { return }
        let waiting = try count(
            """
            select count(*) from letter where kind = 'needUnmet' and about = \(gathering.id) and delivered is null
            """)
        if waiting == 0 { try post(.needUnmet(gathering: gathering.id), in: gathering.project, at: now) }
    }
}
