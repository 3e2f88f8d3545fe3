/// Instant run-off, also called the alternative vote: each ballot counts for the option that it likes most of those
/// that are left; the option with fewest stands down, until one has more than half of the ballots that still count.
///
/// Source: W. R. Ware, 1871; Robert's Rules of Order, *preferential voting*. Options with equally few are told apart by
/// the latest stage in which they differed, then by lot. A ballot that likes several who are left the same rests.
public enum InstantRunoff {
    /// Counts to the winner. Refuses where nobody stands or there are no ballots.
    public static func count(_ ballots: Ballots, ties: Ties) throws(Uncountable) -> Outcome {
        let ballots = ballots.tidied()
        try ballots.refuseNothing()
        var count = Count(ballots, ties)
        count.deal()
        while !count.isDecided() { count.standDown() }
        return count.outcome
    }

    private struct Count {
        var piles: Piles
        var votes: [Int]
        var left: [Int]
        var resting = 0
        var telling: Telling<Int>
        var outcome: Outcome

        init(_ ballots: Ballots, _ ties: Ties) {
            piles = Piles(ballots)
            votes = [Int](repeating: 0, count: ballots.options.count)
            left = Array(ballots.options.indices)
            telling = Telling(ties)
            outcome = Outcome(options: ballots.options)
        }

        /// Lays every ballot on the pile of the option that it likes most.
        mutating func deal() {
            for line in 0..<piles.ballots.lines { lay(line) }
            say()
        }

        @inline(__always)
        private mutating func lay(_ line: Int) {
            let option = piles.next(line)
            let count = piles.ballots.counts[line]
            if option >= 0 {
                piles.lay(line, on: option)
                votes[option] += count
            } else {
                resting += count
            }
        }

        /// Whether somebody has more than half of what still counts, or is the last; who is then elected.
        mutating func isDecided() -> Bool {
            let counting = left.reduce(0) { $0 + votes[$1] }
            guard let winner = left.first(where: { votes[$0] * 2 > counting || left.count == 1 }) else { return false }
            outcome.winners = [winner]
            outcome.stages[outcome.stages.count - 1].events.append(.elected(winner))
            return true
        }

        mutating func standDown() {
            let fewest = left.map { votes[$0] }.min()!
            let (loser, tie) = telling.choose(left.filter { votes[$0] == fewest }, most: false)
            let (before, rested) = (votes, resting)
            left.removeAll { $0 == loser }
            piles.isContinuing[loser] = false
            votes[loser] = 0
            for line in piles.takeUp(loser) { lay(Int(line)) }
            var events = [tie, .stoodDown(loser)].compactMap { $0 }
            for option in left where votes[option] > before[option] {
                events.append(.moved(from: loser, to: option, .whole(votes[option] - before[option])))
            }
            if resting > rested { events.append(.moved(from: loser, to: nil, .whole(resting - rested))) }
            outcome.stages[outcome.stages.count - 1].events += events
            say()
        }

        private mutating func say() {
            telling.earlier.append(votes)
            var stage = Stage()
            stage.standings = left.sorted { (votes[$1], $0) < (votes[$0], $1) }.map { .init($0, .whole(votes[$0])) }
            stage.marks = [.init("No further choice", .whole(resting))]
            outcome.stages.append(stage)
        }
    }
}

extension Ballots {
    /// Refuses to count what can't have a winner.
    func refuseNothing(seats: Int = 1) throws(Uncountable) {
        guard !options.isEmpty else { throw .unanswerable("Nobody stands, so nobody can win.") }
        guard total > 0 else { throw .unanswerable("There are no ballots, so nobody can win.") }
        guard seats > 0 else { throw .unanswerable("There has to be at least one seat.") }
        guard seats <= options.count else {
            throw .unanswerable("There are more seats (\(seats)) than options that stand for them (\(options.count)).")
        }
    }
}
