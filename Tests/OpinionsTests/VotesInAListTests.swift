import Testing

@testable import Opinions

@Suite("Votes in a list, and one after another")
struct VotesInAListTests {
    @Test("come to the same, whoever votes when, on whatever, within the limits and beyond them", arguments: 0..<60)
    func same(seed: Int) {
        var chance = Drawn(state: UInt64(seed) &+ 1)
        let numbers = [0, 1, 2, 3, 7, -5, 1 << 40]
        var list = (0..<Int(chance.next() % 90)).map { _ in
            Vote(
                participant: numbers[Int(chance.next() % 7)], statement: numbers[Int(chance.next() % 7)],
                opinion: Opinion.allCases[Int(chance.next() % 3)])
        }
        // Person by person, in turns, and person by person until somebody comes again.
        if seed % 3 != 0 { list.sort { $0.participant < $1.participant } }
        if seed % 3 == 2, let first = list.first { list.append(first) }
        let limits = seed % 2 == 0 ? Votes.Limits.wide : Votes.Limits(participants: 4, statements: 5)
        let (one, other) = (Votes(inOrder: list, limits: limits), Votes(inOrder: AnySequence(list), limits: limits))
        #expect(one.participants == other.participants && one.statements == other.statements)
        #expect(one.count == other.count && one.ignored == other.ignored && one.tallies == other.tallies)
        for row in one.participants.indices {
            #expect(one.votes(row: row).map(\.column) == other.votes(row: row).map(\.column))
            #expect(one.votes(row: row).map(\.opinion) == other.votes(row: row).map(\.opinion))
        }
    }

    /// The same numbers everywhere (xorshift, Marsaglia 2003).
    private struct Drawn {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state >> 11
        }
    }
}
