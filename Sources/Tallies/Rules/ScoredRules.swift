extension Rule {
    /// The rules that add figures up.
    static let scored: [Rule] = [approval, score, dots, star]

    static let approval = Rule(
        name: "approval", title: "Approval", takes: .scored,
        explanation: "Everybody marks all the options that they like. The options with the most marks are elected.",
        story: "Four people mark which days they can come; 1 is a mark.",
        example: "count,Monday,Tuesday,Friday\n2,1,1,0\n1,0,1,1\n1,0,0,1\n",
        counting: figures { scores, asked throws(Uncountable) in
            try Approval.count(scores, seats: asked.seats, ties: asked.ties)
        })

    static let score = Rule(
        name: "score", title: "Score", takes: .scored,
        explanation:
            "Everybody gives each option a score, and leaving one out counts as nothing. The options with the largest sums are elected.",
        story: "Three people score two names for the group from 0 to 5.",
        example: "Bridge,Lantern\n5,3\n0,4\n4,4\n",
        counting: figures { scores, asked throws(Uncountable) in
            try ScoreVote.count(scores, seats: asked.seats, ties: asked.ties)
        })

    static let dots = Rule(
        name: "dots", title: "Dots", takes: .scored,
        explanation:
            "Everybody has the same number of dots and puts them where they like, several on one if they wish. The options with the most dots are elected.",
        story: "Three people each put three dots on three ideas.",
        example: "Benches,Lights,Trees\n3,0,0\n1,1,1\n0,2,1\n", exampleSettings: ["each": "3"],
        settings: [Setting("each", "How many dots everybody has; a ballot with more is refused.")],
        counting: figures { scores, asked throws(Uncountable) in
            try Dots.count(scores, seats: asked.seats, each: try asked.number("each"), ties: asked.ties)
        })

    static let star = Rule(
        name: "star", title: "STAR", takes: .scored,
        explanation:
            "Everybody gives each option a score, and the two with the largest sums go on to a run-off. In the run-off every ballot counts once, for the one of the two that it scored higher.",
        story: "Five people score three names from 0 to 5.",
        example: "count,Bridge,Lantern,River\n2,5,4,0\n2,0,4,3\n1,5,0,1\n",
        counting: figures { scores, asked throws(Uncountable) in
            try onlyOne(asked)
            return try STAR.count(scores, ties: asked.ties)
        })

    /// A rule that counts figures.
    static func figures(
        _ count: @escaping @Sendable (Scores, Asked) throws(Uncountable) -> Outcome
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        { papers, asked throws(Uncountable) in
            guard case .scored(let scores) = papers else {
                throw .unanswerable("This rule counts ballots with figures, and these are \(papers.kind).")
            }
            return try count(scores, asked)
        }
    }
}
