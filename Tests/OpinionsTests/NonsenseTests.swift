import Testing

@testable import Opinions

@Suite("Votes that make no sense give an answer all the same")
struct NonsenseTests {
    private static func votes(_ rows: [[Int]]) -> [Vote] {
        rows.enumerated().flatMap { person, row in
            row.enumerated().compactMap { statement, value in
                Opinion(rawValue: Int8(value)).map { Vote(participant: person, statement: statement, opinion: $0) }
            }
        }
    }

    /// What is wrong with each, and why there are no groups; nothing where there are some. 9 is no vote.
    static let cases: [(name: String, votes: [Vote], ungrouped: Ungrouped?)] = [
        ("no votes", [], .noVotes),
        ("one person", votes([[1, -1, 0]]), .tooFew(included: 1, needed: 6)),
        ("five people", votes([[1], [1], [-1], [-1], [0]]), .tooFew(included: 5, needed: 6)),
        ("one statement, one side", votes(.init(repeating: [1], count: 20)), .everybodyAlike),
        ("one statement, two sides", votes((0..<20).map { [$0 % 2 * 2 - 1] }), nil),
        ("everybody the same", votes(.init(repeating: [1, -1, 0, 1, 1, -1, 1, 1], count: 30)), .everybodyAlike),
        ("everybody passing", votes(.init(repeating: .init(repeating: 0, count: 9), count: 30)), .everybodyAlike),
        ("nobody on the same statement", (0..<40).map { Vote(participant: $0, statement: $0, opinion: .agree) }, nil),
        ("one against all", votes([[-1, -1, -1]] + .init(repeating: [1, 1, 1], count: 40)), nil),
        (
            "the same person a thousand times",
            (0..<1000).map { Vote(participant: 1, statement: 1, opinion: $0 % 2 == 0 ? .agree : .disagree) },
            .tooFew(included: 1, needed: 6)
        ),
        (
            "times and numbers at their ends",
            (0..<8).map {
                Vote(
                    participant: $0 % 2 == 0 ? .min + $0 : .max - $0, statement: .max - $0 % 3,
                    opinion: $0 < 4 ? .agree : .disagree, time: $0 % 2 == 0 ? .min : .max)
            }, nil
        ),
    ]

    @Test("no figure is out of its range, and the reason is given", arguments: cases.indices)
    func sane(place: Int) async {
        let (name, list, ungrouped) = Self.cases[place]
        for meta in [Set<Int>(), [0], Set(list.map(\.statement))] {
            var votes = Votes(list)
            votes.meta = meta
            let analysis = await Conversation.analysis(of: votes)
            if meta.isEmpty, ungrouped != nil { #expect(analysis.ungrouped == ungrouped, "\(name)") }
            #expect((analysis.ungrouped == nil) == !analysis.groups.isEmpty)
            PropertyTests.expectSane(analysis)
            // One vote after another comes to the same counts.
            var live = Conversation()
            for vote in list { live.cast(vote) }
            PropertyTests.expectSane(live.analysis)
            #expect(live.analysis.tallies.map(\.seen).reduce(0, +) == votes.count)
        }
    }

    @Test("a method with nonsense in it ends as well")
    func method() async {
        let list = (0..<400).map {
            Vote(participant: $0 / 10, statement: $0 % 10, opinion: $0 * $0 % 7 < 3 ? .agree : .disagree)
        }
        var methods = [Method](repeating: Method(), count: 6)
        methods[0].still = .nan
        methods[1].exactness = .nan
        methods[2].significance = .infinity
        methods[3].baseClusters = 0
        methods[4].mostGroups = -3
        methods[5].listed = -1
        for method in methods {
            PropertyTests.expectSane(await Conversation.analysis(of: Votes(list), method: method))
        }
    }
}
