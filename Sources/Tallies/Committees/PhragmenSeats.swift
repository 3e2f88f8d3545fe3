/// Phragmén's sequential rule for seats: money flows to everybody at the same rate, a seat costs 1, and somebody is
/// elected as soon as those who approve them have that much between them (see `PhragmenRun`).
///
/// Source: L. E. Phragmén, 1894; Brill and others, *Phragmén's voting methods and justified representation*, 2017.
/// Seats that nobody cares about are filled from the rest as ties are.
public enum PhragmenSeats {
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
        let everybody = Array(approvals.options.indices)
        var run = PhragmenRun(
            approvals.electorate, costs: everybody.map { _ in 1 }, budget: seats, eligible: everybody)
        fill(&outcome, seats, &run, &ties)
        return outcome
    }

    /// Elects until all seats are filled.
    static func fill(_ outcome: inout Outcome, _ seats: Int, _ run: inout PhragmenRun, _ ties: inout TieBreaker) {
        while outcome.winners.count < seats {
            let tied = run.next()
            let elected = Set(outcome.winners)
            let rest = outcome.options.indices.filter { !elected.contains($0) }
            let (chosen, tie) = ties.choose(among: tied.isEmpty ? rest : tied)
            var stage = Stage()
            stage.events = [tie, .elected(chosen)].compactMap { $0 }
            if tied.isEmpty {
                stage.events.append(.said("Nobody who is left is approved by anybody."))
            } else {
                run.buy(chosen, tie)
                let load = MoneyWords.written(run.purchases.last!.load)
                stage.events.append(.said("Those who approve them have been given \(load) each."))
            }
            outcome.winners.append(chosen)
            outcome.stages.append(stage)
        }
    }
}
