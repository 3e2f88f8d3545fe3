/// What the rules that compare two and two say alike.
enum PairStages {
    /// The first stage: how many others each option beats, and whether one beats all.
    static func first(_ pairs: Pairs) -> [Stage] {
        var stage = Stage(heading: "Every two compared")
        stage.standings = ranked(
            pairs.options.indices.map { a in pairs.options.indices.count { pairs.margin(a, $0) > 0 } })
        stage.marks = [.init("Ballots", .whole(pairs.total))]
        stage.events = [.said("The figure is how many others each beats.")]
        if let winner = pairs.condorcetWinner {
            stage.events.append(.said("\(pairs.options[winner]) beats every other."))
        } else {
            let smith = pairs.smithSet.map { pairs.options[$0] }.joined(separator: ", ")
            stage.events.append(.said("No option beats every other. The best lie among: \(smith)."))
        }
        return [stage]
    }

    /// Options by what they have, most first; as many, in their own order.
    static func ranked(_ figures: [Int]) -> [Stage.Standing] {
        figures.indices.sorted { (figures[$1], $0) < (figures[$0], $1) }.map { .init($0, .whole(figures[$0])) }
    }

    /// The outcome with one winner, chosen among those who are level.
    static func outcome(
        _ pairs: Pairs, _ stages: [Stage], _ level: [Int], _ ties: Ties, tellsPairs: Bool = true
    ) -> Outcome {
        var stages = (tellsPairs ? first(pairs) : []) + stages
        var winner = level[0]
        if level.count > 1 {
            var deciding = Deciding(ties)
            let (chosen, way) = deciding.favoured(level)
            winner = chosen
            stages[stages.count - 1].events.append(.tie(level, chosen: [chosen], way))
        }
        stages[stages.count - 1].events.append(.elected(winner))
        return Outcome(options: pairs.options, winners: [winner], stages: stages)
    }
}
