extension Rule {
    /// The rules that say yes or no.
    static let thresholds: [Rule] = [share, consent]

    private static let common = [
        Setting("quorum", "The share of those who could answer that must, like 1/2."),
        Setting("eligible", "How many could have answered."),
        Setting("both-sides", "yes where every side must pass by itself; then `eligible` is for each side."),
    ]

    static let share = Rule(
        name: "share", title: "A share in favour", takes: .answers,
        explanation:
            "A proposal passes if enough of those who decide say yes: more than half, unless another share is set. It can ask for a quorum, and that every side passes it.",
        story: "Two sides were asked; more than half of each must say yes.",
        example: "side,answer,count\nneighbours,yes,6\nneighbours,no,2\ncouncil,yes,2\ncouncil,no,3\n",
        exampleSettings: ["both-sides": "yes"],
        settings: [
            Setting("share", "The share that must say yes, like 2/3; usually more than half."),
            Setting("of", "What it is a share of: decided, given or eligible."),
        ] + common,
        counting: answers { asked throws(Uncountable) in
            var threshold = Threshold.majority
            if let share = try asked.ratio("share") { (threshold.share, threshold.isMore) = (share, false) }
            threshold.base = try asked.choice("of", or: .decided)
            return threshold
        })

    static let consent = Rule(
        name: "consent", title: "Consent", takes: .answers,
        explanation:
            "A proposal passes if nobody objects: people need not like it, as long as they can live with it. An objection stops it until it is heard and the proposal is mended.",
        story: "Six people were asked, and one objects.",
        example: "answer,count\nyes,4\nabstain,1\nobject,1\n",
        settings: [Setting("objections", "How many may object before it is stopped; usually nobody.")] + common,
        counting: answers { asked throws(Uncountable) in
            var threshold = Threshold.consent
            threshold.mostObjections = try asked.number("objections") ?? 0
            return threshold
        })

    /// A rule that counts answers, on all sides together or on each.
    private static func answers(
        _ threshold: @escaping @Sendable (Asked) throws(Uncountable) -> Threshold
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        { papers, asked throws(Uncountable) in
            guard case .answers(let sides) = papers else {
                throw .unanswerable("This rule counts answers to a proposal, and these are \(papers.kind).")
            }
            var threshold = try threshold(asked)
            threshold.quorum = try asked.ratio("quorum")
            let eligible = try asked.number("eligible")
            guard try asked.flag("both-sides") else {
                return try threshold.count(together(sides.map(\.answers), eligible))
            }
            var outcomes: [(name: String, outcome: Outcome)] = []
            for side in sides { outcomes.append((side.name, try threshold.count(together([side.answers], eligible)))) }
            return try BothSides.count(outcomes)
        }
    }

    private static func together(_ sides: [Answers], _ eligible: Int?) -> Answers {
        var all = Answers(eligible: eligible)
        for side in sides { all.counts.merge(side.counts, uniquingKeysWith: +) }
        return all
    }
}
