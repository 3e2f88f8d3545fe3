import Foundation
import Testing

@testable import Opinions

@Suite("Real conversations: the same tallies, and much the same groups as Polis published")
struct PublishedGroupsTests {
    struct Known: Sendable {
        let name: String
        /// What is reached (adjusted Rand index), and what red-dwarf 0.4 reaches on the same votes.
        let reached: Double
        let redDwarf: Double
        /// Takes minutes where nothing is optimised: only with `ROUNDTABLE_REPLAYS` set.
        var isSlow = false
    }

    static let takesItsTime = ProcessInfo.processInfo.environment["ROUNDTABLE_REPLAYS"] != nil

    static let known = [
        Known(name: "15-per-hour-seattle", reached: 0.70, redDwarf: 0.4594, isSlow: true),
        Known(name: "american-assembly.bowling-green", reached: 0.81, redDwarf: 0.4242),
        Known(name: "bg2050-volunteers", reached: 1, redDwarf: 0.1939),
        Known(name: "brexit-consensus", reached: 0.67, redDwarf: 0.6355, isSlow: true),
        Known(name: "scoop-hivemind.biodiversity", reached: 0.96, redDwarf: 0.9540),
        Known(name: "vtaiwan.uberx", reached: 0.88, redDwarf: 0.8282),
    ]

    /// The groups as `roundtable opinions` finds them. How votes are taken in follows from how many there are and from
    /// what kind of file they are in, and was not chosen for a conversation: vote by vote where they are few (the same
    /// groups come of it a second at a time, which is how often Polis looks for new votes); some people at a time out
    /// of a table; else all at once.
    static func conversation(_ polis: PolisExports) async -> Conversation {
        let all = Votes(polis.votes, limits: .polis)
        let (isReplayed, isGrown) = (all.count <= Conversation.fewVotes, !polis.hasTimes)
        var votes = isReplayed || isGrown ? Votes(limits: .polis) : all
        (votes.moderatedOut, votes.meta) = (polis.moderatedOut, polis.meta)
        var conversation = Conversation(votes)
        if isGrown {
            var table = all
            (table.moderatedOut, table.meta) = (polis.moderatedOut, polis.meta)
            await conversation.grow(table)
        } else if isReplayed {
            await conversation.replay(polis.votes, pace: .init(interval: 0))
        } else {
            await conversation.refresh()
        }
        return conversation
    }

    @Test("every statement has the tally of the table of who said what", arguments: known.indices)
    func tallies(place: Int) {
        guard let polis = PolisExports(Self.known[place].name) else { return }
        let votes = Votes(polis.votes)
        let tallies = Dictionary(uniqueKeysWithValues: zip(votes.statements, votes.tallies))
        for (statement, said) in polis.said { #expect(tallies[statement, default: Tally()] == said) }
        #expect(tallies.keys.allSatisfy { polis.said[$0] != nil })
    }

    @Test("groups are closer to those published than red-dwarf's", arguments: known.indices)
    func groups(place: Int) async {
        let known = Self.known[place]
        guard let polis = PolisExports(known.name), !known.isSlow || Self.takesItsTime else { return }
        let conversation = await Self.conversation(polis)
        var found: [Int: Int] = [:]
        for (group, members) in conversation.analysis.groups.map(\.members).enumerated() {
            for member in members { found[member] = group }
        }
        let index = PolisExports.rand(polis.groups, found)
        #expect(index >= known.reached && known.reached >= known.redDwarf, "\(known.name): \(index)")
    }

    @Test("the index itself tells same from other")
    func index() {
        let one = [1: 0, 2: 0, 3: 1, 4: 1]
        #expect(PolisExports.rand(one, [1: 5, 2: 5, 3: 2, 4: 2]) == 1)
        #expect(PolisExports.rand(one, [1: 0, 2: 1, 3: 0, 4: 1]) < 0)
    }
}
