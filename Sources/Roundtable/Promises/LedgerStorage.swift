import Storage

extension Reader {
    /// Those who still wait to hear, longest first, and how many they are: two statements. What is set aside waits for a
    /// decision first.
    func stillWaiting(
        in project: ID<Project>, most: Int, at now: Moment
    ) throws -> ([StillWaiting], Counted) {
        let waiting: SQL = """
            contribution.project = \(project) and contribution.shared is not null and contribution.taken_back is null
            and not exists (select 1 from thanks where thanks.contribution = contribution.id)
            and not exists (select 1 from ask_source where ask_source.contribution = contribution.id)
            and not exists (select 1 from change where change.contribution = contribution.id)
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
                contribution.shared
            from contribution left join receipt on receipt.id = contribution.receipt
            left join seat named on named.id = coalesce(contribution.seat, receipt.seat)
            where \(waiting) order by contribution.shared, contribution.id limit \(most)
            """
        ) { row in
            let name: String? = row[4]
            return StillWaiting(
                id: row[0], words: row[1], language: row[2], name: row[3] && name?.isEmpty == false ? name : nil,
                shared: row[5])
        }
        return (longest, Counted(all, upTo: Ledger.mostCounted))
    }
}
