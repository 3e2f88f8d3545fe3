/// Votes as they came in, and what was found on the way.
extension Conversation {
    /// How votes are taken in as time goes by.
    public struct Pace: Sendable, Hashable {
        /// Votes that came within this long of the first of them are taken in together, in the unit of their times.
        public var interval: Int64
        /// And no fewer than this many.
        public var least: Int

        public init(interval: Int64, least: Int = 1) {
            self.interval = max(0, interval)
            self.least = max(1, least)
        }
    }

    /// Takes votes in the order of their times, and finds axes and groups again after each few of them, so that who
    /// is in, the base clusters and the number of groups become what they would have become.
    ///
    /// - Parameter report: told from time to time how many votes have been taken in.
    public mutating func replay(
        _ votes: [Vote], pace: Pace, report: @Sendable (_ taken: Int) -> Void = { _ in }
    ) async {
        let ordered = votes.sorted { $0.time < $1.time }
        counted = []
        var taken = 0
        while taken < ordered.count {
            let begun = ordered[taken].time
            var held = 0
            while taken < ordered.count, held < pace.least || ordered[taken].time - begun <= pace.interval {
                _ = keep(ordered[taken])
                taken += 1
                held += 1
            }
            await regroup(steps: Self.mostSteps)
            report(taken)
        }
        await recount(Matrix(self.votes))
    }

    /// A conversation of no more votes than this is taken in vote by vote in some seconds.
    public static let fewVotes = 10_000
    /// A table of no more people than this is taken in, some at a time, in some seconds.
    public static let fewPeople = 10_000
    /// How many people of a table are taken in together: tables don't say when people voted, but their order is that
    /// in which they came.
    private static let together = 100

    /// Takes in the people of a table some at a time, each with all of their votes, in the order of its rows.
    public mutating func grow(_ table: Votes) async {
        (votes.moderatedOut, votes.meta, counted) = (table.moderatedOut, table.meta, [])
        for row in 0..<table.participantCount {
            for (column, opinion) in table.votes(row: row) {
                _ = keep(
                    Vote(
                        participant: table.participants[row], statement: table.statements[column], opinion: opinion))
            }
            if (row + 1) % Self.together == 0 { await regroup(steps: Self.mostSteps) }
        }
        await refresh()
    }
}
