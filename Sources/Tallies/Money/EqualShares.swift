/// The method of equal shares for money: the sum is shared out equally, and a project is bought with the money of
/// those who support it, as evenly as they can pay, the best value first (see `SharesRun` for how it is counted).
///
/// A group of people who agree gets as much as its share of the money can buy. (Peters, Pierczyński and Skowron,
/// *Proportional participatory budgeting with additive utilities*, NeurIPS 2021; <https://equalshares.net>.)
public struct EqualShares: Sendable, Hashable {
    /// What to do about money that is left when nobody's supporters can pay for more: raise what everybody begins
    /// with, as if there were more, and count again.
    public enum Raising: Sendable, Hashable {
        /// Nothing.
        case none
        /// By one step at a time, until what is bought would cost more than there is; the last outcome before that
        /// counts. Wieliczka did it so in 2023. Whether nothing more would fit isn't asked on the way, as a later
        /// outcome may be better still.
        case untilExceeded(step: Int)
        /// By one step at a time, until nothing more would fit, or what is bought would cost more than there is and
        /// the last outcome before counts.
        case untilExhausted(step: Int)
    }

    /// What to do about money that is left after that.
    public enum Filling: String, Sendable, Hashable, CaseIterable {
        /// It stays.
        case none
        /// What gives the most satisfaction for the money is bought first.
        case greedy
        /// What most people support, or what has the most points, is bought first, whatever it costs.
        case utility
    }

    /// What a project is worth to a supporter; the usual one for the kind of ballot where there is none.
    public var satisfaction: Satisfaction?
    /// Whether what everybody begins with is raised.
    public var raising: Raising
    /// How the rest is spent.
    public var filling: Filling
    /// No money is raised more often: a larger step gives the same in less time.
    public static let mostRaises = 1_000_000

    /// The rule.
    public init(
        satisfaction: Satisfaction? = nil, raising: Raising = .none, filling: Filling = .none
    ) {
        (self.satisfaction, self.raising, self.filling) = (satisfaction, raising, filling)
    }

    /// Counts a vote. Throws where raising takes more than ``mostRaises`` steps.
    public func count(_ vote: MoneyVote, ties: Ties) throws(Uncountable) -> Outcome {
        var ties = TieBreaker(ties)
        return try count(vote, &ties)
    }

    func count(_ vote: MoneyVote, _ ties: inout TieBreaker) throws(Uncountable) -> Outcome {
        var outcome = Outcome(options: vote.projects.map(\.id))
        guard vote.voters > 0 else { return outcome }
        let satisfaction = satisfaction ?? .usual(for: vote.kind)
        let electorate = Electorate(vote, satisfaction)
        let (run, raises) = try raised(vote, electorate, satisfaction, &ties)
        if raises > 0 { outcome.stages.append(MoneyWords.raised(vote, by: step, raises)) }
        var left = vote.budget
        for purchase in run.purchases {
            left -= vote.projects[purchase.project].cost
            outcome.winners.append(purchase.project)
            outcome.stages.append(MoneyWords.bought(purchase, vote, left: left, isPlain: electorate.isPlain))
        }
        fill(&outcome, left, vote, satisfaction, &ties)
        return outcome
    }

    // MARK: Raising

    private var step: Int {
        switch raising {
        case .none: 0
        case .untilExceeded(let step), .untilExhausted(let step): step
        }
    }

    /// The last run that doesn't cost too much, and how often money was raised for it.
    private func raised(
        _ vote: MoneyVote, _ electorate: Electorate, _ satisfaction: Satisfaction, _ ties: inout TieBreaker
    ) throws(Uncountable) -> (SharesRun, Int) {
        let costs = vote.projects.map(\.cost)
        let begin = ties
        var last: SharesRun?
        let all = costs.indices.count { electorate.support[$0] > 0 }
        for raises in 0...Self.mostRaises {
            let (added, isTooLarge) = (step * raises).multipliedReportingOverflow(by: vote.voters)
            guard !isTooLarge, added <= Self.mostMoney else { throw .tooLarge("The money that was raised") }
            var run = SharesRun(electorate, costs: costs, byCost: satisfaction.isByCost, total: vote.budget + added)
            var runTies = begin
            run.finish(&runTies)
            let spent = run.purchases.reduce(0) { $0 + costs[$1.project] }
            if spent > vote.budget, let last { return (last, raises - 1) }
            ties = runTies
            let isDone = step == 0 || run.purchases.count == all || isFull(run, spent, electorate, vote)
            if isDone { return (run, raises) }
            last = run
        }
        throw .unanswerable(
            "The money was raised \(Self.mostRaises) times and there is still more to spend. Try a larger step.")
    }

    /// Nobody needs more than all that is voted on costs.
    private static let mostMoney = 1_000_000_000_000_000_000

    /// Whether nothing that somebody supports would fit into what is left, where that is when to stop.
    private func isFull(_ run: SharesRun, _ spent: Int, _ electorate: Electorate, _ vote: MoneyVote) -> Bool {
        guard case .untilExhausted = raising else { return false }
        return vote.projects.indices.allSatisfy { project in
            run.entries[project] > 0 || electorate.support[project] == 0
                || vote.projects[project].cost > vote.budget - spent
        }
    }

    // MARK: Filling

    private func fill(
        _ outcome: inout Outcome, _ left: Int, _ vote: MoneyVote, _ satisfaction: Satisfaction,
        _ ties: inout TieBreaker
    ) {
        guard filling != .none else { return }
        let bought = Set(outcome.winners)
        let rest = vote.projects.indices.filter { !bought.contains($0) && vote.projects[$0].cost <= left }
        guard !rest.isEmpty else { return }
        var left = left
        let worth = GreedySpending.totals(vote, satisfaction)
        let stages = outcome.stages.count
        GreedySpending.spend(
            &left, on: rest, worth, vote, filling == .utility || satisfaction.isByCost, &ties, &outcome)
        if outcome.stages.count > stages { outcome.stages.insert(MoneyWords.filling(filling), at: stages) }
    }
}
