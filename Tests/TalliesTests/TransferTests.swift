import Tallies
import Testing

@Suite("Votes that move keep what their rules promise")
struct TransferTests {
    typealias Count = @Sendable (Ballots, Int) throws -> Outcome
    static let several: [(name: String, count: Count)] = [
        ("Scottish", { try ScottishSTV.count($0, seats: $1, ties: .lot(seed: 3)) }),
        ("Meek", { try MeekSTV.count($0, seats: $1, ties: .lot(seed: 3)) }),
    ]

    @Test("a majority's first choice wins the run-off, and raising the winner may yet lose it")
    func majority() throws {
        var (majorities, lost) = (0, 0)
        for seed in 0..<500 {
            let ballots = Drawn.ballots(seed, truncated: false)
            let order = Ties.order(Array(ballots.options.indices))
            let winner = try InstantRunoff.count(ballots, ties: order).winners[0]
            for option in ballots.options.indices {
                let first = (0..<ballots.lines).reduce(0) { sum, line in
                    ballots.marks(of: line).first?.option == option ? sum + ballots.counts[line] : sum
                }
                guard first * 2 > ballots.total else { continue }
                majorities += 1
                #expect(winner == option)
            }
            for line in 0..<ballots.lines {
                let raised = try InstantRunoff.count(Drawn.raising(winner, on: line, of: ballots), ties: order)
                if raised.winners != [winner] { lost += 1 }
            }
        }
        // Instant run-off is not monotone, and these elections are enough to see it.
        #expect(majorities > 30 && lost > 0)
    }

    @Test("a group that ranks its own first gets its quotas' worth of seats", arguments: ["Scottish", "Meek"])
    func solidCoalitions(name: String) throws {
        let rule = Self.several.first { $0.name == name }!.count
        var held = 0
        for seed in 0..<500 {
            var lot = Lot(seed: UInt64(seed))
            let (options, seats) = (4 + lot.draw(below: 4), 2 + lot.draw(below: 2))
            let own = Array(0..<1 + lot.draw(below: options - 1))
            let others = Array(own.count..<options)
            var ballots = Ballots(options: (0..<options).map(String.init))
            let (ours, theirs) = (5 + lot.draw(below: 60), 5 + lot.draw(below: 60))
            for _ in 0..<ours { ballots.add(order: mixed(own, &lot) + mixed(others, &lot)) }
            for _ in 0..<theirs { ballots.add(order: mixed(others, &lot) + mixed(own, &lot)) }
            let due = min(own.count, ours / (ScottishSTV.quota(ballots: ours + theirs, seats: seats)))
            let elected = try rule(ballots, seats).winners.count { own.contains($0) }
            #expect(elected >= due, "\(name), \(seed): \(elected) of \(due)")
            if due > 0 { held += 1 }
        }
        #expect(held > 200)
    }

    private func mixed(_ options: [Int], _ lot: inout Lot) -> [Int] {
        lot.order(of: options.count).map { options[$0] }
    }

    @Test("figures add up in every stage, and every seat is filled", arguments: ["Scottish", "Meek"])
    func conserved(name: String) throws {
        let rule = Self.several.first { $0.name == name }!.count
        for seed in 0..<500 {
            let ballots = Drawn.ballots(seed, options: 3...7, ties: seed % 3 == 0)
            let outcome = try rule(ballots, 2)
            #expect(Set(outcome.winners).count == 2)
            guard name == "Scottish" else { continue }
            for stage in outcome.stages {
                let standing = stage.standings.reduce(Int128(0)) { $0 + units($1.figure) }
                let lost = stage.marks.first { $0.name == "Not transferable" }.map { units($0.figure) }!
                #expect(standing + lost == units(outcome.stages[0].standings.map(\.figure)), "\(seed)")
            }
        }
    }

    private func units(_ figures: [Figure]) -> Int128 { figures.reduce(0) { $0 + units($1) } }

    private func units(_ figure: Figure) -> Int128 {
        if case .fixed(let fixed) = figure { fixed.units } else { 0 }
    }

    @Test("a surplus passes on at five places with the rest left away")
    func truncated() throws {
        var ballots = Ballots(options: ["A", "B", "C"])
        ballots.add(order: [0, 1], count: 7)
        ballots.add(order: [2], count: 3)
        let outcome = try ScottishSTV.count(ballots, seats: 2, ties: .lot(seed: 0))
        // Quota 4; a surplus of 3 on 7 papers: 0.42857 each.
        #expect(outcome.stages[1].events.contains(.moved(from: 0, to: 1, .fixed(Fixed(units: 299_999, places: 5)))))
        #expect(outcome.winnerNames == ["A", "C"])
    }

    @Test("those with the same are told apart by the latest stage that differs, then by a lot that is said")
    func told() throws {
        var ballots = Ballots(options: ["A", "B", "C", "D"])
        for (order, count) in [([0], 10), ([1], 4), ([2], 3), ([3, 2], 1)] { ballots.add(order: order, count: count) }
        let outcome = try InstantRunoff.count(ballots, ties: .lot(seed: 9))
        #expect(outcome.winnerNames == ["A"])
        var level = Ballots(options: ["A", "B", "C", "D"])
        for (order, count) in [([0], 5), ([1], 4), ([2], 3), ([3, 2], 1)] { level.add(order: order, count: count) }
        let close = try InstantRunoff.count(level, ties: .lot(seed: 9))
        #expect(close.stages[1].events.contains(.tie([1, 2], chosen: [2], .earlierStage(1))))
        var even = Ballots(options: ["A", "B"])
        even.add(order: [0])
        even.add(order: [1])
        let drawn = try InstantRunoff.count(even, ties: .lot(seed: 9))
        #expect(drawn.lines.contains { $0.contains("a lot drawn from the seed 9") })
        #expect(try InstantRunoff.count(even, ties: .order([1, 0])).winnerNames == ["B"])
    }

    @Test("a ballot that likes two who are left the same rests, and counts once only one is left")
    func shared() throws {
        var ballots = Ballots(options: ["A", "B", "C"])
        ballots.add(ranks: [[0, 1], [2]], count: 5)
        ballots.add(order: [2], count: 2)
        ballots.add(order: [0], count: 1)
        #expect(try InstantRunoff.count(ballots, ties: .lot(seed: 0)).winnerNames == ["C"])
    }

    @Test("more seats than options, and no ballots, are refused")
    func refused() {
        var ballots = Ballots(options: ["A", "B"])
        for rule in Self.several { #expect(throws: Uncountable.self) { try rule.count(ballots, 1) } }
        ballots.add(order: [0])
        for rule in Self.several {
            #expect(throws: Uncountable.self) { try rule.count(ballots, 3) }
            #expect(throws: Uncountable.self) { try rule.count(ballots, 0) }
            #expect(throws: Never.self) { try rule.count(ballots, 2) }
        }
    }
}
