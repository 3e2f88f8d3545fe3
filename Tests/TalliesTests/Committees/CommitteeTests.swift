import Testing

@testable import Tallies

@Suite("Electing several together")
struct CommitteeTests {
    private let everyRule: [(String, (Approvals, Int, Ties) throws(Uncountable) -> Outcome)] = [
        (
            "proportional approval",
            { a, s, t throws(Uncountable) in try ProportionalApproval.count(a, seats: s, ties: t) }
        ),
        (
            "sequential proportional approval",
            { a, s, t throws(Uncountable) in try SequentialProportionalApproval.count(a, seats: s, ties: t) }
        ),
        ("Phragmén", { a, s, t throws(Uncountable) in try PhragmenSeats.count(a, seats: s, ties: t) }),
        ("equal shares", { a, s, t throws(Uncountable) in try EqualSharesSeats.count(a, seats: s, ties: t) }),
    ]

    private func approvals(_ options: Int, _ ballots: [[Int]], _ counts: [Int]? = nil) throws -> Approvals {
        try Approvals(options: (0..<options).map { "c\($0)" }, ballots: ballots, counts: counts)
    }

    @Test("two thirds get two of three seats, and one third the other")
    func parties() throws {
        let parties = try approvals(6, [[0, 1, 2], [3, 4, 5]], [60, 30])
        for (name, rule) in everyRule {
            let winners = try rule(parties, 3, .lot(seed: 4)).winners
            #expect(winners.count { $0 < 3 } == 2, "\(name)")
        }
    }

    @Test("equal ballots count the same whether they are merged or not")
    func merged() throws {
        let one = try approvals(4, [[0, 1], [2]], [3, 2])
        let other = try approvals(4, [[1, 0], [2], [0, 1], [2], [0, 1]])
        #expect(one == other)
        #expect(one.people == 5)
    }

    @Test("seats are filled when hardly anybody votes, and a tie is said")
    func empty() throws {
        for (name, rule) in everyRule {
            for ballots in [[], [[]], [[0]]] as [[[Int]]] {
                let outcome = try rule(try approvals(4, ballots), 3, .lot(seed: 9))
                #expect(Set(outcome.winners).count == 3, "\(name)")
                if ballots == [[0]] { #expect(outcome.winners.contains(0), "\(name)") }
                let ties = outcome.stages.flatMap(\.events).filter { if case .tie = $0 { true } else { false } }
                #expect(!ties.isEmpty, "\(name)")
            }
            let ordered = try rule(try approvals(4, []), 2, .order([3, 1, 0, 2]))
            #expect(Set(ordered.winners) == [3, 1], "\(name)")
        }
    }

    @Test("too many seats, none, and ballots that make no sense are refused")
    func refused() throws {
        let fine = try approvals(2, [[0]])
        for (name, rule) in everyRule {
            #expect(throws: Uncountable.self, "\(name)") { try rule(fine, 3, .lot(seed: 0)) }
            #expect(throws: Uncountable.self, "\(name)") { try rule(fine, 0, .lot(seed: 0)) }
        }
        #expect(throws: Uncountable.self) { try approvals(2, [[0, 0]]) }
        #expect(throws: Uncountable.self) { try approvals(2, [[2]]) }
        #expect(throws: Uncountable.self) { try approvals(2, [[0]], [-1]) }
        #expect(throws: Uncountable.self) { try approvals(2, [[0], [1]], [Approvals.mostPeople, 1]) }
    }

    @Test("more seats than can be weighed exactly are refused by Thiele's rules, and counted by the others")
    func manySeats() throws {
        let large = try approvals(80, [Array(0..<80)], [Approvals.mostPeople])
        #expect(throws: Uncountable.self) {
            try SequentialProportionalApproval.count(large, seats: 79, ties: .lot(seed: 0))
        }
        #expect(throws: Uncountable.self) { try ProportionalApproval.count(large, seats: 79, ties: .lot(seed: 0)) }
        #expect(try PhragmenSeats.count(large, seats: 79, ties: .lot(seed: 0)).winners.count == 79)
        #expect(try EqualSharesSeats.count(large, seats: 79, ties: .lot(seed: 0)).winners.count == 79)
        // As many as can be: nothing overflows.
        #expect(try SequentialProportionalApproval.count(large, seats: 50, ties: .lot(seed: 0)).winners.count == 50)
    }

    @Test("a committee that can't be found in time is refused with another way")
    func tooLarge() throws {
        var lot = Lot(seed: 12)
        let ballots = (0..<60).map { _ in (0..<60).filter { _ in lot.draw(below: 2) == 0 } }
        let refusal = #expect(throws: Uncountable.self) {
            try ProportionalApproval.count(try approvals(60, ballots), seats: 30, ties: .lot(seed: 0), steps: 1_000)
        }
        #expect(refusal?.sentence.contains("Sequential") == true)
    }
}
