import Tallies
import Testing

@Suite("Rules that compare two and two keep what they promise")
struct PairwiseTests {
    typealias Count = @Sendable (Pairs, Ties) throws -> Outcome

    static let rules: [(name: String, count: Count)] = [
        ("Schulze", { try Schulze.count($0, ties: $1) }), ("ranked pairs", { try RankedPairs.count($0, ties: $1) }),
        ("minimax", { try Minimax.count($0, ties: $1) }), ("Copeland", { try Copeland.count($0, ties: $1) }),
    ]
    static let elections = 0..<600

    @Test("whoever beats every other wins, and Borda need not")
    func condorcet() throws {
        var (found, missed) = (0, 0)
        for seed in Self.elections {
            let pairs = try Pairs(Drawn.ballots(seed, ties: seed % 2 == 0))
            guard let winner = pairs.condorcetWinner else { continue }
            found += 1
            for rule in Self.rules {
                #expect(try rule.count(pairs, .lot(seed: 1)).winners == [winner], "\(rule.name), \(seed)")
            }
            if try Borda.count(pairs, ties: .lot(seed: 1)).winners != [winner] { missed += 1 }
        }
        #expect(found > 200 && missed > 10)
    }

    @Test("Schulze, ranked pairs and Copeland elect from the Smith set")
    func smith() throws {
        for seed in 0..<1_000 {
            let pairs = try Pairs(Drawn.ballots(seed, options: 4...5, people: 3...9))
            let smith = Set(pairs.smithSet)
            for rule in Self.rules where rule.name != "minimax" {
                #expect(smith.contains(try rule.count(pairs, .lot(seed: 1)).winners[0]), "\(rule.name), \(seed)")
            }
        }
    }

    @Test("minimax may elect from outside it: here one whom every other beats, though by little")
    func minimaxOutside() throws {
        var ballots = Ballots(options: ["A", "B", "C", "D"])
        for (order, count) in [
            ([0, 1, 2, 3], 2), ([1, 2, 0, 3], 2), ([2, 0, 1, 3], 2), ([3, 0, 1, 2], 2), ([3, 1, 2, 0], 2),
            ([3, 2, 0, 1], 1),
        ] { ballots.add(order: order, count: count) }
        let pairs = try Pairs(ballots)
        #expect(pairs.smithSet == [0, 1, 2])
        #expect(try Minimax.count(pairs, ties: .lot(seed: 1)).winners == [3])
        #expect(try Schulze.count(pairs, ties: .lot(seed: 1)).winners != [3])
    }

    @Test(
        "raising the winner does not make it lose",
        arguments: ["Schulze", "ranked pairs", "minimax", "Copeland", "Borda"])
    func monotone(name: String) throws {
        let rule = Self.rules.first { $0.name == name }?.count ?? { try Borda.count($0, ties: $1) }
        for seed in Self.elections {
            let ballots = Drawn.ballots(seed, truncated: false)
            // An order, not a lot: the same favour before and after.
            let ties = Ties.order(Array(ballots.options.indices))
            let winner = try rule(try Pairs(ballots), ties).winners[0]
            for line in 0..<min(4, ballots.lines) {
                let raised = try rule(try Pairs(Drawn.raising(winner, on: line, of: ballots)), ties)
                #expect(raised.winners == [winner], "\(name), \(seed), line \(line)")
            }
        }
    }

    @Test("what the vectors sum is what the plain way sums", arguments: [3, 16, 17, 33, 64, 65, 120, 121])
    func sums(options: Int) async throws {
        let ballots = Drawn.ballots(options, options: options...options, people: 400...400, ties: true)
        var plain = [Int](repeating: 0, count: options * options)
        for line in 0..<ballots.lines {
            var place = [Int](repeating: .max, count: options)
            var rank = 0
            for mark in ballots.marks(of: line) {
                if !mark.isTied { rank += 1 }
                place[mark.option] = rank
            }
            for a in 0..<options {
                for b in 0..<options where place[a] < place[b] { plain[a * options + b] += ballots.counts[line] }
            }
        }
        #expect(try Pairs(ballots).wins == plain)
        #expect(try await Pairs.compared(ballots).wins == plain)
    }

    @Test("a line that very many marked is summed whole")
    func wide() throws {
        var ballots = Ballots(options: ["A", "B", "C"])
        ballots.add(order: [0, 1], count: 1_000_000)
        ballots.add(order: [1, 0], count: 100)
        let pairs = try Pairs(ballots)
        #expect(pairs.wins(0, 1) == 1_000_000 && pairs.wins(1, 0) == 100 && pairs.wins(0, 2) == 1_000_100)
    }

    @Test("the example of Schulze's own article comes out as there")
    func schulze() throws {
        var ballots = Ballots(options: ["A", "B", "C", "D", "E"])
        for (count, order) in [
            (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"),
            (8, "EBADC"),
        ] { ballots.add(order: order.utf8.map { Int($0) - 65 }, count: count) }
        #expect(try Schulze.count(try Pairs(ballots), ties: .lot(seed: 0)).winnerNames == ["E"])
    }

    @Test("nobody, nothing and too many are refused")
    func refused() {
        #expect(throws: Uncountable.self) { try Pairs(Ballots(options: [])) }
        #expect(throws: Uncountable.self) { try Pairs(Ballots(options: ["A"])) }
        #expect(throws: Uncountable.self) {
            var many = Ballots(options: (0...Pairs.mostOptions).map(String.init))
            many.add(order: [0])
            _ = try Pairs(many)
        }
    }
}
