import Testing

@testable import Tallies

@Suite("Rules for money")
struct MoneyRuleTests {
    private let first = Ties.order([])

    private func vote(_ budget: Int, _ costs: [Int], _ ballots: [[Int]]) throws -> MoneyVote {
        let projects = costs.enumerated().map { MoneyVote.Project(id: "p\($0)", cost: $1) }
        return try MoneyVote(budget: budget, projects: projects, ballots: ballots)
    }

    // MARK: By hand

    /// Six people want two halls, four want two benches; there is money for five.
    private var street: MoneyVote {
        get throws {
            try vote(
                100, [50, 50, 20, 20],
                [[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [2, 3], [2, 3], [2, 3], [2, 3]])
        }
    }

    @Test("greedy spending gives the larger group everything, and equal shares give each group its share")
    func shares() throws {
        #expect(try GreedySpending().count(street, ties: first).winners == [0, 1])
        // Ten each: the six have 60 and pay for one hall, the four have 40 and pay for both benches.
        let outcome = try EqualShares(satisfaction: .cardinality).count(street, ties: first)
        #expect(outcome.winners == [2, 3, 0])
    }

    @Test("the stages of equal shares can be read aloud")
    func stages() throws {
        let vote = try vote(30, [18, 11], [[0], [0, 1], [1]])
        let outcome = try EqualShares(satisfaction: .cost).count(vote, ties: .order([1, 0]))
        #expect(outcome.winners == [1])
        let stage = try #require(outcome.stages.first)
        #expect(stage.events.contains(.said("2 supporters pay 5.50 each.")))
        #expect(stage.marks == [.init("Cost", .whole(11)), .init("Money left", .whole(19))])
    }

    @Test("those with less than their share give all they have, and it is said")
    func poor() throws {
        // Ten each. The first project takes 9 from two; the second costs 12, of which the one of them has 1 left.
        let vote = try vote(30, [18, 11], [[0, 1], [0], [1]])
        let outcome = try EqualShares(satisfaction: .cardinality).count(vote, ties: .order([0, 1]))
        #expect(outcome.winners == [1])
        let other = try self.vote(40, [16, 17], [[0, 1], [0, 1], [1], [0]])
        let both = try EqualShares(satisfaction: .cost).count(other, ties: first)
        // 16 among three is 5⅓ each; of the 17 two can then give 4⅔, and the third pays the rest.
        #expect(both.winners == [0, 1])
        #expect(
            both.stages[1].events.contains(
                .said("1 supporter pays about 7.67; 2 who have less give all they have left.")))
    }

    @Test("money that is left is spent as asked")
    func completions() throws {
        let vote = try vote(100, [60, 30, 25], [[0], [0], [0], [1], [2]])
        #expect(try EqualShares().count(vote, ties: first).winners == [0])
        let none = try self.vote(100, [90, 30, 25], [[0], [0], [0], [1], [2]])
        #expect(try EqualShares().count(none, ties: first).winners == [])
        #expect(try EqualShares(filling: .utility).count(none, ties: first).winners == [0])
        let greedy = EqualShares(satisfaction: .cardinality, filling: .greedy)
        #expect(try greedy.count(none, ties: first).winners == [2, 1])
        // With 25 each the last is bought; with 30 all three would be, which is too much.
        for raising in [EqualShares.Raising.untilExhausted(step: 1), .untilExceeded(step: 1)] {
            let outcome = try EqualShares(raising: raising).count(none, ties: first)
            #expect(outcome.winners == [2])
            #expect(outcome.stages.first?.marks == [.init("Raised for each", .whole(9))])
        }
    }

    @Test("Phragmén's rule stops where the next purchase would cost too much")
    func phragmenStops() throws {
        let vote = try vote(50, [40, 20, 1], [[0], [0], [0], [0], [1], [2]])
        // At 1 the last can be paid for, at 10 the first; the second would come at 20, and costs more than is left.
        let outcome = try PhragmenSpending().count(vote, ties: first)
        #expect(outcome.winners == [2, 0])
        #expect(outcome.stages.last?.heading == "The end")
    }

    @Test("a tie is decided by the order given, else by a lot, and is said either way")
    func ties() throws {
        let tied = try vote(10, [10, 10], [[0], [1]])
        #expect(try GreedySpending().count(tied, ties: .order([1, 0])).winners == [1])
        let rules: [(MoneyVote, Ties) throws -> Outcome] = [
            { try GreedySpending().count($0, ties: $1) }, { try PhragmenSpending().count($0, ties: $1) },
            { try EqualShares(satisfaction: .cost).count($0, ties: $1) },
        ]
        let shared = try vote(10, [10, 10], [[0, 1], [0, 1]])
        for rule in rules {
            var won: Set<[Int]> = []
            for seed: UInt64 in 0..<40 {
                let outcome = try rule(shared, .lot(seed: seed))
                won.insert(Array(outcome.winners.prefix(1)))
                let chosen = try #require(outcome.winners.first)
                #expect(outcome.stages.first?.events.first == .tie([0, 1], chosen: [chosen], .lot(seed: seed)))
                #expect(try rule(shared, .lot(seed: seed)) == outcome)
            }
            #expect(won == [[0], [1]], "a lot that always falls the same way is none")
        }
    }

    // MARK: Against plain arithmetic

    @Test("equal shares come to what plain fractions come to", arguments: [MoneyVote.Kind.approval, .points])
    func plain(kind: MoneyVote.Kind) throws {
        var lot = Lot(seed: kind == .approval ? 1 : 2)
        var raised = 0
        for _ in 0..<600 {
            let made = try RandomVote(&lot, kind)
            let costs = made.vote.projects.map(\.cost)
            let ones = costs.map { _ in 1 }
            let alike = made.points.map { $0.map { min($0, 1) } }
            for (satisfaction, points, worth) in [
                (Satisfaction.cardinality, alike, ones), (.cost, alike, costs), (.score, made.points, ones),
                (.scoreTimesCost, made.points, costs),
            ] {
                let expected = try PlainShares.count(made.vote, points, worth: worth, total: Ratio(made.vote.budget))
                let outcome = try EqualShares(satisfaction: satisfaction).count(made.vote, ties: first)
                #expect(outcome.winners == expected)
                let more = try PlainShares.count(
                    made.vote, points, worth: worth, total: Ratio(made.vote.budget + 3 * made.vote.voters))
                let electorate = Electorate(made.vote, satisfaction)
                var run = SharesRun(
                    electorate, costs: costs, byCost: satisfaction.isByCost,
                    total: made.vote.budget + 3 * made.vote.voters)
                var ties = TieBreaker(first)
                run.finish(&ties)
                #expect(run.purchases.map(\.project) == more)
                if more != expected { raised += 1 }
            }
        }
        #expect(raised > 100)
    }

    @Test("Phragmén's rule comes to what plain fractions come to")
    func plainPhragmen() throws {
        var lot = Lot(seed: 3)
        for _ in 0..<1_500 {
            let made = try RandomVote(&lot, .approval)
            let expected = try PlainShares.phragmen(made.vote, made.points)
            #expect(try PhragmenSpending().count(made.vote, ties: first).winners == expected)
        }
    }

    // MARK: Nonsense

    @Test("nobody, nothing and nought are answered, never a crash")
    func nonsense() throws {
        let rules: [(MoneyVote) throws -> [Int]] = [
            { try GreedySpending().count($0, ties: .lot(seed: 1)).winners },
            { try PhragmenSpending().count($0, ties: .lot(seed: 1)).winners },
            {
                try EqualShares(raising: .untilExceeded(step: 1), filling: .utility).count($0, ties: .lot(seed: 1))
                    .winners
            },
            { try EqualShares(satisfaction: .cardinality).count($0, ties: .lot(seed: 1)).winners },
        ]
        for rule in rules {
            #expect(try rule(vote(10, [], [])) == [])
            #expect(try rule(vote(10, [], [[], []])) == [])
            #expect(try rule(vote(10, [3], [])) == [])
            #expect(try rule(vote(10, [3], [[], []])) == [])
            #expect(try rule(vote(0, [3], [[0]])) == [])
            #expect(try rule(vote(0, [0], [[0]])) == [0])
            #expect(try rule(vote(10, [0, 10], [[0], [1]])).contains(0))
            #expect(try rule(vote(10, [11], [[0], [0]])) == [])
            #expect(try rule(vote(MoneyVote.largestAmount, [MoneyVote.largestAmount], [[0]])) == [0])
        }
        #expect(throws: Uncountable.self) { try vote(-1, [1], [[0]]) }
        #expect(throws: Uncountable.self) { try vote(1, [1], [[1]]) }
        #expect(throws: Uncountable.self) { try vote(1, [1], [[0, 0]]) }
        #expect(throws: Uncountable.self) { try vote(1, [MoneyVote.largestAmount + 1], [[0]]) }
    }
}
