/// The method of equal shares for seats: each person has an equal share of the seats to spend, and somebody is elected
/// with the shares of those who approve them, as evenly as they can pay, where it costs each of them least (see
/// `SharesRun`). Seats that are left are filled by Phragmén's rule, with what people have left counting for them.
///
/// Source: Peters and Skowron, *Proportionality and the limits of welfarism*, EC 2020, who call it Rule X, with the
/// completion that they give.
public enum EqualSharesSeats {
    /// Fills the seats. Refuses where fewer stand than there are seats.
    public static func count(_ approvals: Approvals, seats: Int, ties: Ties) throws(Uncountable) -> Outcome {
        var breaker = TieBreaker(ties)
        return try count(approvals, seats: seats, &breaker)
    }

    static func count(
        _ approvals: Approvals, seats: Int, _ ties: inout TieBreaker
    ) throws(Uncountable) -> Outcome {
        try approvals.check(seats: seats)
        var outcome = Outcome(options: approvals.options)
        let costs = approvals.options.map { _ in 1 }
        var shares = SharesRun(approvals.electorate, costs: costs, byCost: false, total: seats)
        shares.finish(&ties)
        for purchase in shares.purchases {
            var stage = Stage()
            stage.standings = [.init(purchase.project, .whole(Int(purchase.supporters)))]
            stage.events = [purchase.tie, .elected(purchase.project)].compactMap { $0 }
            stage.events.append(.said(MoneyWords.whoPays(purchase, MoneyWords.written(purchase.price), "")))
            outcome.winners.append(purchase.project)
            outcome.stages.append(stage)
        }
        guard outcome.winners.count < seats else { return outcome }
        var stage = Stage(heading: "The seats that are left")
        stage.events = [.said("Nobody else can be paid for. Now shares grow, at the same rate for everybody.")]
        outcome.stages.append(stage)
        let elected = Set(outcome.winners)
        var run = PhragmenRun(
            after: shares, costs: costs, eligible: approvals.options.indices.filter { !elected.contains($0) })
        PhragmenSeats.fill(&outcome, seats, &run, &ties)
        return outcome
    }
}
