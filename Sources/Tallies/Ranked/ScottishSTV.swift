/// The single transferable vote as Scotland's councils are elected: weighted inclusive Gregory transfers to five
/// decimal places.
///
/// Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52. The quota is
/// the valid ballots shared by one more than the seats, whole, and one more (46). All of an elected candidate's papers
/// pass on the surplus, each at the surplus times the value at which it came, divided by all that the candidate has,
/// to five places with the rest left away (48). The larger surplus goes first; equal ones are told apart by the latest
/// stage in which they differed, then by lot (49). With no surplus left the candidate with fewest votes is excluded,
/// and the papers pass on at the values at which they came (50); equally few are told apart likewise (51). When as
/// many continue as places are left they are elected, and nothing more is passed on (52). A ballot that gives two who
/// continue the same number is not transferable from there.
public enum ScottishSTV {
    /// The decimal places of a paper's value (rule 48).
    public static let places = 5

    /// Counts to the last seat. Refuses where there are more seats than stand, or no ballots.
    public static func count(_ ballots: Ballots, seats: Int, ties: Ties) throws(Uncountable) -> Outcome {
        let ballots = ballots.tidied()
        try ballots.refuseNothing(seats: seats)
        var count = Count(ballots, seats, ties)
        count.deal()
        while !count.isOver {
            if let surplus = count.nextSurplus() { count.passOn(surplus) } else { count.exclude() }
        }
        return count.outcome
    }

    /// The quota of rule 46, for so many valid ballots.
    public static func quota(ballots: Int, seats: Int) -> Int { ballots / (seats + 1) + 1 }
}

extension ScottishSTV {
    /// A count under way. Votes are whole hundred-thousandths: 2^40 ballots of them stay below 2^57, and a surplus
    /// times a paper's value is taken in double width.
    private struct Count {
        private var piles: Piles
        private var values: [Int]
        private var votes: [Int]
        private let seats: Int
        private var valid = 0
        private var quota = 0
        private var continuing: [Int]
        private var surpluses: [Int] = []
        private var telling: Telling<Int>
        private(set) var outcome: Outcome

        private static let one = 100_000

        init(_ ballots: Ballots, _ seats: Int, _ ties: Ties) {
            piles = Piles(ballots)
            values = [Int](repeating: Self.one, count: ballots.lines)
            votes = [Int](repeating: 0, count: ballots.options.count)
            self.seats = seats
            continuing = Array(ballots.options.indices)
            telling = Telling(ties)
            outcome = Outcome(options: ballots.options)
        }

        mutating func deal() {
            for line in 0..<piles.ballots.lines { lay(line) }
            // A paper with no first choice is not valid, and has no part in the quota.
            valid = votes.reduce(0, +)
            quota = ScottishSTV.quota(ballots: valid / Self.one, seats: seats) * Self.one
            end(Stage(heading: "First choices"))
        }

        @inline(__always)
        private mutating func lay(_ line: Int) {
            let option = piles.next(line)
            guard option >= 0 else { return }
            piles.lay(line, on: option)
            votes[option] += values[line] * piles.ballots.counts[line]
        }

        var isOver: Bool { outcome.winners.count == seats }

        /// Whose surplus is passed on next, with what told it from others as large.
        mutating func nextSurplus() -> (option: Int, tie: Event?)? {
            guard let largest = surpluses.map({ votes[$0] }).max() else { return nil }
            let (chosen, tie) = telling.choose(surpluses.filter { votes[$0] == largest }, most: true)
            surpluses.removeAll { $0 == chosen }
            return (chosen, tie)
        }

        mutating func passOn(_ next: (option: Int, tie: Event?)) {
            let (before, total) = (votes, votes[next.option])
            votes[next.option] = quota
            for line in piles.takeUp(next.option) {
                let line = Int(line)
                values[line] = total.dividingFullWidth((total - quota).multipliedFullWidth(by: values[line])).quotient
                lay(line)
            }
            var stage = Stage(heading: "Surplus of \(outcome.options[next.option])")
            stage.events = [next.tie].compactMap { $0 } + moves(from: next.option, before)
            end(stage)
        }

        mutating func exclude() {
            let fewest = continuing.map { votes[$0] }.min()!
            let (loser, tie) = telling.choose(continuing.filter { votes[$0] == fewest }, most: false)
            let before = votes
            continuing.removeAll { $0 == loser }
            piles.isContinuing[loser] = false
            votes[loser] = 0
            for line in piles.takeUp(loser) { lay(Int(line)) }
            var stage = Stage(heading: "\(outcome.options[loser]) stands down")
            stage.events = [tie, .stoodDown(loser)].compactMap { $0 } + moves(from: loser, before)
            end(stage)
        }

        /// What each gained since before, and what no one did.
        private func moves(from option: Int, _ before: [Int]) -> [Event] {
            var events: [Event] = []
            for other in continuing where votes[other] > before[other] {
                events.append(.moved(from: option, to: other, figure(votes[other] - before[other])))
            }
            let lost = before.reduce(0, +) - votes.reduce(0, +)
            return lost > 0 ? events + [.moved(from: option, to: nil, figure(lost))] : events
        }

        private func figure(_ votes: Int) -> Figure { .fixed(Fixed(units: Int128(votes), places: ScottishSTV.places)) }

        /// Ends a stage: says who has what, and who is elected by it (rules 47 and 52).
        private mutating func end(_ stage: Stage) {
            var stage = stage
            telling.earlier.append(votes)
            let shown = outcome.options.indices.filter { votes[$0] > 0 || continuing.contains($0) }
            stage.standings = shown.sorted { (votes[$1], $0) < (votes[$0], $1) }.map { .init($0, figure(votes[$0])) }
            stage.marks = [
                .init("Quota", figure(quota)), .init("Not transferable", figure(valid - votes.reduce(0, +))),
            ]
            for option in continuing.filter({ votes[$0] >= quota }).sorted(by: { (votes[$1], $0) < (votes[$0], $1) }) {
                elect(option, &stage)
            }
            if continuing.count <= seats - outcome.winners.count {
                for option in continuing.sorted(by: { (votes[$1], $0) < (votes[$0], $1) }) { elect(option, &stage) }
            }
            outcome.stages.append(stage)
        }

        private mutating func elect(_ option: Int, _ stage: inout Stage) {
            continuing.removeAll { $0 == option }
            piles.isContinuing[option] = false
            outcome.winners.append(option)
            if votes[option] > quota { surpluses.append(option) }
            stage.events.append(.elected(option))
        }
    }
}
