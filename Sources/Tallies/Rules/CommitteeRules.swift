extension Rule {
    /// The rules that elect several together, so that groups are represented.
    static let committees: [Rule] = [
        proportionalApproval, sequentialProportionalApproval, phragmenSeats, equalSharesSeats,
    ]

    static let proportionalApproval = Rule(
        name: "pav", title: "Proportional approval", takes: .scored,
        explanation:
            "Everybody marks all that they like; to each person the first of them who is elected counts 1, the second a half, the third a third. Of all committees, the one with the largest sum is elected.",
        story: committeeStory, example: committee, exampleSeats: 3,
        counting: marks { approvals, asked throws(Uncountable) in
            try ProportionalApproval.count(approvals, seats: asked.seats, ties: asked.ties)
        })

    static let sequentialProportionalApproval = Rule(
        name: "sequential-pav", title: "Sequential proportional approval", takes: .scored,
        explanation:
            "Seats are filled one after another; a ballot counts 1 while nobody on it is elected, a half when one is, a third when two are. Each time the one with the most is elected.",
        story: committeeStory, example: committee, exampleSeats: 3,
        counting: marks { approvals, asked throws(Uncountable) in
            try SequentialProportionalApproval.count(approvals, seats: asked.seats, ties: asked.ties)
        })

    static let phragmenSeats = Rule(
        name: "phragmen-seats", title: "Phragmén's rule for seats", takes: .scored,
        explanation:
            "Everybody is given money at the same steady rate, and a seat costs 1. As soon as those who like somebody have that much between them, that person is elected and they begin again.",
        story: committeeStory, example: committee, exampleSeats: 3,
        counting: marks { approvals, asked throws(Uncountable) in
            try PhragmenSeats.count(approvals, seats: asked.seats, ties: asked.ties)
        })

    static let equalSharesSeats = Rule(
        name: "equal-shares-seats", title: "Equal shares for seats", takes: .scored,
        explanation:
            "Everybody has an equal share of the seats to spend, and somebody is elected with the shares of those who like them, as evenly as they can pay. Seats that are left go to those whose supporters need the least more.",
        story: committeeStory, example: committee, exampleSeats: 3,
        counting: marks { approvals, asked throws(Uncountable) in
            try EqualSharesSeats.count(approvals, seats: asked.seats, ties: asked.ties)
        })

    private static let committeeStory =
        "Nine people elect three to speak for them; 1 is a mark. Six like Ann and Ben, four of them Cai too; three like Dot, two of them Eve too."

    private static let committee = "count,Ann,Ben,Cai,Dot,Eve\n4,1,1,1,0,0\n2,1,1,0,0,0\n2,0,0,0,1,1\n1,0,0,0,1,0\n"

    /// A rule that counts marks; any figure above 0 is one.
    private static func marks(
        _ count: @escaping @Sendable (Approvals, Asked) throws(Uncountable) -> Outcome
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        figures { scores, asked throws(Uncountable) in
            let ballots = (0..<scores.lines).map { line in
                scores.ballot(line).enumerated().filter { $0.element > 0 }.map(\.offset)
            }
            return try count(
                try Approvals(options: scores.options, ballots: ballots, counts: scores.counts), asked)
        }
    }
}
