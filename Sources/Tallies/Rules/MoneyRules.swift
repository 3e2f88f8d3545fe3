extension Rule {
    /// The rules that spend money.
    static let money: [Rule] = [equalShares, phragmenSpending, greedySpending]

    static let equalShares = Rule(
        name: "equal-shares", title: "Equal shares", takes: .money,
        explanation:
            "The money is shared out equally, and a project is paid for by those who want it, as evenly as they can, the best value first. A group that agrees gets as much as its share can buy.",
        story:
            "Ten people have 100 to spend. Six want the hall and the stage, which cost 50 each; four want the bench and the trees, which cost 20 each.",
        example: streets,
        settings: [
            satisfaction,
            Setting(
                "raise",
                "What to do when nothing more can be paid for: no; until-exceeded raises what everybody begins with until it would cost too much; until-exhausted stops as soon as nothing more fits."
            ),
            Setting("step", "By how much it is raised each time; usually 1."),
            Setting(
                "fill",
                "How what is still left is spent: none, greedy (the most satisfaction for its cost first) or utility (what most people want first)."
            ),
        ],
        counting: amounts { vote, asked throws(Uncountable) in
            let rule = EqualShares(
                satisfaction: try satisfaction(asked), raising: try raising(vote, asked),
                filling: try asked.choice("fill", or: EqualShares.Filling.none))
            return try rule.count(vote, ties: asked.ties)
        })

    static let phragmenSpending = Rule(
        name: "phragmen", title: "Phragmén's rule for money", takes: .money,
        explanation:
            "Everybody is given money at the same steady rate, and a project is bought as soon as those who want it have its cost between them. It ends when the next one would cost more than is left.",
        story:
            "Ten people have 100 to spend. Six want the hall and the stage, which cost 50 each; four want the bench and the trees, which cost 20 each.",
        example: streets,
        counting: amounts { vote, asked throws(Uncountable) in
            try PhragmenSpending().count(vote, ties: asked.ties)
        })

    static let greedySpending = Rule(
        name: "greedy", title: "Most votes first", takes: .money,
        explanation:
            "The project with the most votes, or the most points, is bought first, then the next that still fits. A group that is outnumbered may get nothing, however large it is.",
        story:
            "Ten people have 100 to spend. Six want the hall and the stage, which cost 50 each; four want the bench and the trees, which cost 20 each.",
        example: streets, settings: [satisfaction],
        counting: amounts { vote, asked throws(Uncountable) in
            try GreedySpending(satisfaction: try satisfaction(asked)).count(vote, ties: asked.ties)
        })

    /// What all three spend in their examples, so that they can be compared.
    private static let streets = """
        META
        key;value
        budget;100
        vote_type;approval
        PROJECTS
        project_id;cost
        hall;50
        stage;50
        bench;20
        trees;20
        VOTES
        voter_id;vote
        1;hall,stage
        2;hall,stage
        3;hall,stage
        4;hall,stage
        5;hall,stage
        6;hall,stage
        7;bench,trees
        8;bench,trees
        9;bench,trees
        10;bench,trees
        """

    private static let satisfaction = Setting(
        "satisfaction",
        "What a project is worth to those who want it: cardinality, cost, score, score-times-cost or borda. Usually cost, and where points or ranks were given, score-times-cost."
    )

    private static func satisfaction(_ asked: Asked) throws(Uncountable) -> Satisfaction? {
        guard asked.settings["satisfaction"] != nil else { return nil }
        return try asked.choice("satisfaction", or: Satisfaction.cost)
    }

    private enum Raise: String, CaseIterable {
        case no
        case untilExceeded = "until-exceeded"
        case untilExhausted = "until-exhausted"
    }

    private static func raising(_ vote: MoneyVote, _ asked: Asked) throws(Uncountable) -> EqualShares.Raising {
        let whole = try asked.number("step") ?? 1
        guard whole > 0 else { throw .unanswerable("“step” is a whole number above 0.") }
        let step = (0..<vote.places).reduce(whole) { step, _ in step * 10 }
        switch try asked.choice("raise", or: Raise.no) {
        case .no: return .none
        case .untilExceeded: return .untilExceeded(step: step)
        case .untilExhausted: return .untilExhausted(step: step)
        }
    }

    /// A rule that spends money.
    private static func amounts(
        _ count: @escaping @Sendable (MoneyVote, Asked) throws(Uncountable) -> Outcome
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        { papers, asked throws(Uncountable) in
            guard case .money(let vote) = papers else {
                throw .unanswerable("This rule spends money, and these are \(papers.kind).")
            }
            return try count(vote, asked)
        }
    }
}
