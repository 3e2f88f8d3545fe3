/// The single transferable vote by Meek's method: an elected candidate keeps just so much of every ballot as the quota
/// needs, and the quota falls as ballots run out.
///
/// Source: I. D. Hill, B. A. Wichmann, D. R. Woodall, *Algorithm 123*, The Computer Journal 30 (1987), in the form of
/// the Proportional Representation Foundation's reference rule: nine decimal places; what a candidate keeps and a
/// ballot's weight are rounded up, the quota is cut off and raised by one unit; the steps end when the surplus is
/// below a millionth or no longer falls. Those within the remaining surplus of the lowest count as tied with it, and
/// are told apart by lot. A ballot that likes several who continue the same ends there.
public enum MeekSTV {
    /// The decimal places of every figure.
    public static let places = 9
    /// Surpluses below this, all together, are no longer passed on: a millionth of a vote.
    static let smallest = Fixed(units: 1_000, places: places)

    /// Counts to the last seat. Refuses where there are more seats than stand, or no ballots.
    public static func count(_ ballots: Ballots, seats: Int, ties: Ties) throws(Uncountable) -> Outcome {
        let ballots = ballots.tidied()
        try ballots.refuseNothing(seats: seats)
        var count = Count(ballots, seats, ties)
        while !count.isOver {
            if count.distribute() { continue }
            count.standDown()
        }
        return count.finish()
    }

    /// A count under way. Figures are units of the ninth place: 2^40 ballots of them stay below 2^70.
    private struct Count {
        private let ballots: Ballots
        private let seats: Int
        private var keeps: [Int128]
        private var votes: [Int128]
        private var quota: Int128 = 0
        private var surplus: Int128 = 0
        private var exhausted: Int128 = 0
        private var hopeful: [Int]
        private var elected: [Int] = []
        private var ties: Deciding
        private var outcome: Outcome
        private static let one = Fixed.unit(MeekSTV.places)

        init(_ ballots: Ballots, _ seats: Int, _ ties: Ties) {
            (self.ballots, self.seats, self.ties) = (ballots, seats, Deciding(ties))
            keeps = [Int128](repeating: Self.one, count: ballots.options.count)
            votes = [Int128](repeating: 0, count: ballots.options.count)
            hopeful = Array(ballots.options.indices)
            outcome = Outcome(options: ballots.options)
        }

        var isOver: Bool { elected.count >= seats || elected.count + hopeful.count <= seats }

        /// Shares the ballots out until somebody is elected, which ends a stage, or the surplus can't be passed on.
        mutating func distribute() -> Bool {
            var last: Int128?
            while true {
                share()
                quota = votes.reduce(0, +) / Int128(seats + 1) + 1
                var events: [Event] = []
                let winners = reached(&events)
                surplus = max(0, (elected + winners).reduce(0) { $0 + votes[$1] - quota })
                if !winners.isEmpty {
                    elect(winners, events)
                    return true
                }
                guard surplus >= MeekSTV.smallest.units, last.map({ surplus < $0 }) ?? true else { return false }
                last = surplus
                for option in elected {
                    let product = Fixed.quotient(keeps[option] * quota, Self.one, .up)
                    keeps[option] = Fixed.quotient(product * Self.one, votes[option], .up)
                }
            }
        }

        /// Gives each candidate its part of every ballot.
        private mutating func share() {
            for option in votes.indices { votes[option] = 0 }
            exhausted = 0
            for line in 0..<ballots.lines {
                var weight = Self.one
                let count = Int128(ballots.counts[line])
                var at = ballots.range(line).lowerBound
                let end = ballots.range(line).upperBound
                while at < end, weight > 0 {
                    var (found, alike) = (-1, 0)
                    repeat {
                        let option = ballots.marks[at].option
                        if keeps[option] > 0 { (found, alike) = (option, alike + 1) }
                        at += 1
                    } while at < end && ballots.marks[at].isTied
                    guard alike < 2 else { break }
                    guard alike == 1 else { continue }
                    let kept = Fixed.quotient(weight * keeps[found], Self.one, .up)
                    votes[found] += kept * count
                    weight -= kept
                }
                exhausted += weight * count
            }
        }

        /// Those who reach the quota, most first. Elected ones may hold a little less than it while their surplus is on
        /// its way, so that one more could seem to reach it than there are seats.
        private mutating func reached(_ events: inout [Event]) -> [Int] {
            var left = hopeful.filter { votes[$0] >= quota }
            var winners: [Int] = []
            while !left.isEmpty, winners.count < seats - elected.count {
                let most = left.map { votes[$0] }.max()!
                let level = left.filter { votes[$0] == most }
                var winner = level[0]
                // Where all who are level are elected, nothing hangs on their order.
                if level.count > seats - elected.count - winners.count {
                    let way: Event.Way
                    (winner, way) = ties.favoured(level)
                    events.append(.tie(level, chosen: [winner], way))
                }
                winners.append(winner)
                left.removeAll { $0 == winner }
            }
            return winners
        }

        private mutating func elect(_ winners: [Int], _ events: [Event]) {
            elected += winners
            hopeful.removeAll(where: winners.contains)
            outcome.winners += winners
            say(events + winners.map { .elected($0) })
        }

        mutating func standDown() {
            let fewest = hopeful.map { votes[$0] }.min()!
            let tied = hopeful.filter { votes[$0] <= fewest + surplus }
            var events: [Event] = []
            var loser = tied[0]
            if tied.count > 1 {
                let (chosen, way) = ties.leastFavoured(tied)
                loser = chosen
                events.append(.tie(tied, chosen: [chosen], way))
            }
            hopeful.removeAll { $0 == loser }
            keeps[loser] = 0
            say(events + [.stoodDown(loser)])
        }

        /// Those who are left take the seats that are left.
        mutating func finish() -> Outcome {
            if elected.count < seats, !hopeful.isEmpty {
                share()
                let rest = hopeful.sorted { (votes[$1], $0) < (votes[$0], $1) }
                outcome.winners += rest
                say(rest.map { .elected($0) })
            }
            return outcome
        }

        private mutating func say(_ events: [Event]) {
            var stage = Stage()
            let shown = votes.indices.filter { keeps[$0] > 0 || votes[$0] > 0 }
            stage.standings = shown.sorted { (votes[$1], $0) < (votes[$0], $1) }.map { .init($0, figure(votes[$0])) }
            stage.marks = [
                .init("Quota", figure(quota)), .init("Surplus", figure(surplus)), .init("Exhausted", figure(exhausted)),
            ]
            stage.events = events
            outcome.stages.append(stage)
        }

        private func figure(_ units: Int128) -> Figure { .fixed(Fixed(units: units, places: MeekSTV.places)) }
    }
}
