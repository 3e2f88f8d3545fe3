import Tallies
import Testing

@Suite("Figures, shares and consent come to what they should")
struct ScoredTests {
    private func scores(_ rows: [[Int?]]) -> Scores {
        var scores = Scores(options: (0..<rows[0].count).map { "Option \($0)" })
        for row in rows { scores.add(row) }
        return scores
    }

    @Test("approval counts marks, score sums, dots are limited")
    func sums() throws {
        let ballots = scores([[5, 1, 0], [0, 1, 1], [nil, 1, 3]])
        #expect(try Approval.count(ballots, ties: .lot(seed: 0)).winners == [1])
        #expect(try Approval.count(ballots, seats: 2, ties: .lot(seed: 0)).winners == [1, 2])
        #expect(try ScoreVote.count(ballots, ties: .lot(seed: 0)).winners == [0])
        #expect(throws: Uncountable.self) { try Dots.count(ballots, each: 5, ties: .lot(seed: 0)) }
        #expect(throws: Never.self) { try Dots.count(ballots, each: 6, ties: .lot(seed: 0)) }
        #expect(throws: Uncountable.self) { try Approval.count(ballots, seats: 4, ties: .lot(seed: 0)) }
    }

    @Test("STAR's run-off can turn the sums round, and ties go by its own steps")
    func star() throws {
        let turned = scores([[5, 4, 0], [0, 1, 0], [0, 1, 0], [5, 1, 0]])
        #expect(turned.sums == [10, 7, 0])
        #expect(try STAR.count(turned, ties: .lot(seed: 0)).winners == [0])
        let outvoted = scores([[5, 0, 0], [0, 1, 0], [0, 1, 0]])
        #expect(try STAR.count(outvoted, ties: .lot(seed: 0)).winners == [1])
        // Level in the run-off: the larger sum.
        #expect(try STAR.count(scores([[5, 0], [0, 4]]), ties: .order([1, 0])).winners == [0])
        // Level in everything: a lot, and it is said.
        let level = try STAR.count(scores([[5, 0], [0, 5]]), ties: .order([1, 0]))
        #expect(level.winners == [1] && level.lines.contains { $0.contains("the order given beforehand") })
    }

    private func answers(
        _ yes: Int, _ no: Int, _ abstain: Int = 0, _ object: Int = 0, of eligible: Int? = nil
    ) -> Answers {
        var answers = Answers(eligible: eligible)
        answers.counts = [.yes: yes, .no: no, .abstain: abstain, .object: object]
        return answers
    }

    @Test("shares are exact at their edge")
    func shares() throws {
        #expect(try Threshold.majority.count(answers(5, 5)).hasPassed == false)
        #expect(try Threshold.majority.count(answers(6, 5)).hasPassed == true)
        #expect(try Threshold.share(Ratio(2, 3)).count(answers(2, 1)).hasPassed == true)
        #expect(try Threshold.share(Ratio(2, 3)).count(answers(666, 334)).hasPassed == false)
        #expect(try Threshold.share(Ratio(2, 3), of: .given).count(answers(2, 1, 1)).hasPassed == false)
        #expect(try Threshold.majority.count(answers(0, 0)).hasPassed == false)
        var quorum = Threshold.majority
        quorum.quorum = Ratio(1, 2)
        #expect(try quorum.count(answers(4, 1, of: 10)).hasPassed == true)
        #expect(try quorum.count(answers(4, 0, of: 10)).hasPassed == false)
        #expect(throws: Uncountable.self) { try quorum.count(answers(4, 0)) }
        #expect(throws: Uncountable.self) { try quorum.count(answers(4, 0, of: 3)) }
        #expect(throws: Uncountable.self) { try Threshold.share(Ratio(3, 2)).count(answers(1, 0)) }
    }

    @Test("consent stands unless somebody objects")
    func consent() throws {
        #expect(try Threshold.consent.count(answers(1, 0, 9)).hasPassed == true)
        #expect(try Threshold.consent.count(answers(9, 0, 0, 1)).hasPassed == false)
        // Only a no is no objection.
        #expect(try Threshold.consent.count(answers(9, 1)).hasPassed == true)
    }

    @Test("both sides must pass, however large one is")
    func sides() throws {
        let (large, small) = (
            try Threshold.majority.count(answers(900, 1)), try Threshold.majority.count(answers(1, 2))
        )
        #expect(try BothSides.count([("many", large), ("few", small)]).hasPassed == false)
        #expect(try BothSides.count([("many", large), ("few", large)]).hasPassed == true)
        #expect(throws: Uncountable.self) { try BothSides.count([("many", large)]) }
        let noVerdict = Outcome(options: large.options)
        #expect(throws: Uncountable.self) { try BothSides.count([("many", large), ("few", noVerdict)]) }
    }
}
