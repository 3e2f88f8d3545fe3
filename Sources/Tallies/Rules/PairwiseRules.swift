extension Rule {
    /// The rules that compare every two options.
    static let pairwise: [Rule] = [schulze, rankedPairs, minimax, copeland, borda]

    /// Nine people, and a circle: each option beats one and is beaten by one.
    private static let circle = "4:Hall>Café>Park\n3:Café>Park>Hall\n2:Park>Hall>Café\n"
    private static let circleStory =
        "Nine people rank three places, and go in a circle: the hall beats the café, the café beats the park, and the park beats the hall."

    static let schulze = Rule(
        name: "schulze", title: "Schulze", takes: .ranked,
        explanation:
            "Every two options are compared, and a chain of wins is as strong as its weakest. One option is ahead of another if its strongest chain to the other is stronger than any chain back.",
        story: circleStory, example: circle,
        counting: paired { pairs, asked throws(Uncountable) in try Schulze.count(pairs, ties: asked.ties) })

    static let rankedPairs = Rule(
        name: "ranked-pairs", title: "Ranked pairs", takes: .ranked,
        explanation:
            "Every two options are compared, and the wins are locked in from the largest. A win that would close a circle is passed over, and whoever has nothing against them at the end is elected.",
        story: circleStory, example: circle,
        counting: paired { pairs, asked throws(Uncountable) in try RankedPairs.count(pairs, ties: asked.ties) })

    static let minimax = Rule(
        name: "minimax", title: "Minimax", takes: .ranked,
        explanation:
            "Every two options are compared, and each option's worst defeat is looked up. The one whose worst defeat is smallest is elected.",
        story: circleStory, example: circle,
        settings: [Setting("measure", "How large a defeat is: margins or winningVotes.")],
        counting: paired { pairs, asked throws(Uncountable) in
            try Minimax.count(pairs, by: try asked.choice("measure", or: .margins), ties: asked.ties)
        })

    static let copeland = Rule(
        name: "copeland", title: "Copeland", takes: .ranked,
        explanation:
            "Every two options are compared; a win is one point, and being level is half a point. The most points are elected.",
        story: "Five people rank three places, and the café beats both others.",
        example: "2:Hall>Café>Park\n2:Park>Café>Hall\n1:Café>Hall>Park\n",
        counting: paired { pairs, asked throws(Uncountable) in try Copeland.count(pairs, ties: asked.ties) })

    static let borda = Rule(
        name: "borda", title: "Borda", takes: .ranked,
        explanation:
            "On every ballot an option has a point for each other that it is liked better than. The most points are elected.",
        story: "Five people rank three places.",
        example: "3:Hall>Café>Park\n2:Café>Park>Hall\n",
        counting: paired { pairs, asked throws(Uncountable) in try Borda.count(pairs, ties: asked.ties) })

    private static func paired(
        _ count: @escaping @Sendable (Pairs, Asked) throws(Uncountable) -> Outcome
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        ranked { ballots, asked throws(Uncountable) in
            try onlyOne(asked)
            return try count(try Pairs(ballots), asked)
        }
    }
}
