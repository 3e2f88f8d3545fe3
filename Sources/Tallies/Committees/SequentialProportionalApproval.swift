/// Sequential proportional approval: seats are filled one after another. Each time a ballot counts 1 while nobody on
/// it is elected, ½ when one is, ⅓ when two are; whoever has most is elected.
///
/// Source: T. N. Thiele, 1895; used in Sweden from 1909. A quick way towards ``ProportionalApproval``, which tries
/// whole committees.
public enum SequentialProportionalApproval {
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
        var gains = try Gains(approvals.electorate, seats: seats)
        var left = Array(approvals.options.indices)
        for _ in 0..<seats {
            let most = left.map { gains.gains[$0] }.max()!
            let (chosen, tie) = ties.choose(among: left.filter { gains.gains[$0] == most })
            var stage = Stage()
            stage.standings = left.sorted { (gains.gains[$1], $0) < (gains.gains[$0], $1) }
                .map { .init($0, .ratio(Ratio(gains.gains[$0], gains.harmonic.one))) }
            stage.events = [tie, .elected(chosen)].compactMap { $0 }
            outcome.stages.append(stage)
            outcome.winners.append(chosen)
            gains.choose(chosen)
            left.removeAll { $0 == chosen }
        }
        return outcome
    }
}
