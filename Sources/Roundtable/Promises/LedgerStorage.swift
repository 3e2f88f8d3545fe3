import Storage

extension Reader {
    /// Those who still wait to hear, longest first, and how many they are: two statements. Whoever was told
    /// by when they would hear waits again from that day on, until an answer comes. What is set aside waits
    /// for a decision first.
    func stillWaiting(
        in project: ID<Project>, most: Int, on today: Day, at now: Moment
    ) throws -> ([StillWaiting], Counted) {
        let overdue: SQL = "thanks.contribution = contribution.id and thanks.hear_by < \(today)"

        let waiting: SQL = """
            contribution.project = \(project) and contribution.shared is not null and contribution.taken_back is null
            and case when exists (select 1 from thanks where \(overdue)) then not \(AskThread.hasAnswer)
                else not exists (select 1 from thanks where thanks.contribution = contribution.id)
                    and not exists (select 1 from ask_source where ask_source.contribution = contribution.id)
                    and not exists (select 1 from change where change.contribution = contribution.id) end
            and \(SetAside.isInSight(at: now))
            """
        let all = try count(
            """
            select count(*) from (select 1 from contribution where \(waiting)
                order by contribution.shared, contribution.id limit \(Ledger.mostCounted + 1)) as those
            """)
        let longest = try self.all(
            """
            select contribution.id, contribution.words, contribution.language, contribution.signed, named.name,
                contribution.shared, named_day.hear_by, thanker.name
            from contribution left join receipt on receipt.id = contribution.receipt
            left join seat named on named.id = coalesce(contribution.seat, receipt.seat)
            left join thanks named_day on named_day.contribution = contribution.id and named_day.seat = (
                select thanks.seat from thanks where \(overdue) order by thanks.hear_by, thanks.seat limit 1)
            left join seat thanker on thanker.id = named_day.seat
            where \(waiting) order by contribution.shared, contribution.id limit \(most)
            """
        ) { row in
            let name: String? = row[4]
            return StillWaiting(
                id: row[0], words: row[1], language: row[2], name: row[3] && name?.isEmpty == false ? name : nil,
                shared: row[5], hearBy: row[6], thanker: row[7])
        }
        return (longest, Counted(all, upTo: Ledger.mostCounted))
    }

    /// Whom somebody told by when they would hear, and who hasn't yet: the first day first.
    func saidToHear(from seat: ID<Seat>, at now: Moment) throws -> [ToHear] {
        try all(
            """
            select contribution.id, contribution.words, contribution.language, thanks.hear_by
            from thanks join contribution on contribution.id = thanks.contribution
            where thanks.seat = \(seat) and thanks.hear_by is not null
            and contribution.shared is not null and contribution.taken_back is null
            and not \(AskThread.hasAnswer) and \(SetAside.isInSight(at: now))
            order by thanks.hear_by, thanks.said, contribution.id limit \(ToHear.most)
            """
        ) { row in ToHear(id: row[0], words: row[1], language: row[2], day: row[3]) }
    }
}

extension AskThread {
    /// That what a query calls `contribution` has been answered, as `hasAnswer(_:_:_:)` has it.
    static let hasAnswer: SQL = """
        (exists (select 1 from change where change.contribution = contribution.id)
            or exists (select 1 from ask_source join answer on answer.ask = ask_source.ask
                where ask_source.contribution = contribution.id))
        """
}
