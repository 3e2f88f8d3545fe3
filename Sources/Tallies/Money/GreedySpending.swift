/// Greedy spending: the most satisfaction for the money first, whatever doesn't fit any more is passed over. This is
/// how most cities do it (Talmon and Faliszewski, *A framework for approval-based budgeting methods*, AAAI 2019).
///
/// With the usual satisfaction it goes by votes, or by points. Whoever wants what few want gets nothing, however
/// many such people there are; that is what the other rules are for. What nobody supports is never bought.
public struct GreedySpending: Sendable, Hashable {
    /// What a project is worth to a supporter; the usual one for the kind of ballot where there is none.
    public var satisfaction: Satisfaction?
    /// The rule.
    public init(satisfaction: Satisfaction? = nil) {
        self.satisfaction = satisfaction
    }

    /// Counts a vote.
    public func count(_ vote: MoneyVote, ties: Ties) throws(Uncountable) -> Outcome {
        var ties = TieBreaker(ties)
        return count(vote, &ties)
    }

    func count(_ vote: MoneyVote, _ ties: inout TieBreaker) -> Outcome {
        let satisfaction = satisfaction ?? .usual(for: vote.kind)
        let worth = Self.totals(vote, satisfaction)
        var outcome = Outcome(options: vote.projects.map(\.id))
        var left = vote.budget
        Self.spend(&left, on: Array(vote.projects.indices), worth, vote, satisfaction.isByCost, &ties, &outcome)
        return outcome
    }

    /// Buys, of the projects given, the best for the money that still fits, until none does.
    static func spend(
        _ left: inout Int, on projects: [Int], _ worth: [Int64], _ vote: MoneyVote, _ isByCost: Bool,
        _ ties: inout TieBreaker, _ outcome: inout Outcome
    ) {
        /// Whether one gives more for the money. Worth by cost, per cost, is the points themselves.
        func isBetter(_ one: Int, _ other: Int) -> Bool {
            let (ours, theirs) = (Int128(vote.projects[one].cost), Int128(vote.projects[other].cost))
            if ours == 0 || theirs == 0 || isByCost {
                return (ours == 0 ? 1 : 0, worth[one]) > (theirs == 0 ? 1 : 0, worth[other])
            }
            return Int128(worth[one]) * theirs > Int128(worth[other]) * ours
        }
        let inOrder = projects.filter { worth[$0] > 0 }.sorted(by: isBetter)
        var waiting = inOrder[...]
        while let first = waiting.first {
            // All that give exactly as much for the money, in the order of the input.
            var tied = Array(waiting.prefix { !isBetter(first, $0) }).sorted()
            waiting = waiting.dropFirst(tied.count)
            var areAllSaid = false
            while true {
                tied.removeAll { vote.projects[$0].cost > left }
                guard !tied.isEmpty else { break }
                // Where all of them fit, their order changes nothing: that is said once, and no lot is drawn.
                let doAllFit = tied.reduce(0) { $0 + vote.projects[$1].cost } <= left
                let said = doAllFit && !areAllSaid ? MoneyWords.room(for: tied, vote) : nil
                areAllSaid = areAllSaid || doAllFit
                let (chosen, tie) = doAllFit ? (tied[0], said) : ties.choose(among: tied)
                tied.removeAll { $0 == chosen }
                left -= vote.projects[chosen].cost
                outcome.winners.append(chosen)
                outcome.stages.append(
                    MoneyWords.bought(chosen, vote, left: left, tie: tie, [.init(chosen, .whole(Int(worth[chosen])))]))
            }
        }
    }

    /// All points given to each project, what counts against it taken off; how many support it where all count alike.
    static func totals(_ vote: MoneyVote, _ satisfaction: Satisfaction) -> [Int64] {
        var totals = [Int64](repeating: 0, count: vote.projects.count)
        for voter in 0..<vote.voters {
            let (from, to) = (Int(vote.starts[voter]), Int(vote.starts[voter + 1]))
            for place in from..<to {
                totals[Int(vote.choices[place])] += Int64(Electorate.worth(place, from, to, vote, satisfaction))
            }
        }
        return totals
    }
}
