/// Phragmén's sequential rule for money (see `PhragmenRun` for how it is counted): everybody is given money at the
/// same rate, and a project is bought as soon as its supporters can pay for it together.
///
/// It ends as soon as the next purchase, or one that is tied with it, would cost more than is left. Points and ranks
/// count as support, however many they are. (Phragmén 1894; Los, Christoff and Grossi, IJCAI 2022.)
public struct PhragmenSpending: Sendable, Hashable {
    /// The rule.
    public init() {}

    /// Counts a vote.
    public func count(_ vote: MoneyVote, ties: Ties) throws(Uncountable) -> Outcome {
        var ties = TieBreaker(ties)
        return count(vote, &ties)
    }

    func count(_ vote: MoneyVote, _ ties: inout TieBreaker) -> Outcome {
        var outcome = Outcome(options: vote.projects.map(\.id))
        var left = vote.budget
        var run = PhragmenRun(
            Electorate(vote, .cardinality), costs: vote.projects.map(\.cost), budget: vote.budget,
            eligible: vote.projects.indices.filter { vote.projects[$0].cost <= vote.budget })
        while true {
            let tied = run.next()
            guard !tied.isEmpty else { break }
            if let tooMuch = tied.first(where: { vote.projects[$0].cost > left }) {
                outcome.stages.append(MoneyWords.stopped(tooMuch, vote, left: left))
                break
            }
            let (chosen, tie) = ties.choose(among: tied)
            run.buy(chosen, tie)
            left -= vote.projects[chosen].cost
            outcome.winners.append(chosen)
            let load = run.purchases.last!.load
            outcome.stages.append(MoneyWords.bought(chosen, vote, left: left, tie: tie, load: load))
        }
        return outcome
    }
}
