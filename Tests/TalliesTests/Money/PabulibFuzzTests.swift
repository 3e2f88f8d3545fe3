import Foundation
import Testing

@testable import Tallies

@Suite("Nonsense given to the .pb reader")
struct PabulibFuzzTests {
    /// How many broken files are read: some, or as many as FUZZ says.
    static let rounds = ProcessInfo.processInfo.environment["FUZZ"].flatMap(Int.init) ?? 1_500

    /// Bytes that mean something to the reader come more often than chance would have them.
    private static let telling = Array(";,\"\n\r\t .-09aMV\u{0}\u{FEFF}".utf8)
    private static let words = ["META", "PROJECTS", "VOTES", "\"\"", "999999999999999999999", "-1", "0.0000001"]

    @Test("a file that was broken anywhere is read or refused, and what was read can be written and counted")
    func broken() throws {
        var lot = Lot(seed: 2023)
        var (read, refused) = (0, 0)
        let points = PabulibTests.small.replacing("approval", with: "cumulative")
            .replacing("vote;age", with: "vote;points")
        let seeds = [PabulibTests.small, points, PabulibTests.small.replacing("approval", with: "ordinal")]
            .map { Array($0.utf8) }
        for round in 0..<Self.rounds {
            var bytes = seeds[round % seeds.count]
            for _ in 0...lot.draw(below: 4) { Self.breakOnce(&bytes, &lot) }
            do {
                let file = try Pabulib(reading: bytes)
                let again = try Pabulib(reading: file.bytes)
                #expect(again.vote == file.vote)
                #expect(again.bytes == file.bytes)
                for satisfaction in [Satisfaction.cost, .score] {
                    let shares = try EqualShares(satisfaction: satisfaction, filling: .greedy)
                        .count(file.vote, ties: .lot(seed: 1))
                    let spent = shares.winners.reduce(0) { $0 + file.vote.projects[$1].cost }
                    #expect(spent <= file.vote.budget)
                }
                read += 1
            } catch is Misread {
                refused += 1
            }
        }
        // Either alone would show that the files aren't broken as they should be.
        #expect(read > Self.rounds / 100)
        #expect(refused > Self.rounds / 2)
    }

    private static func breakOnce(_ bytes: inout [UInt8], _ lot: inout Lot) {
        guard !bytes.isEmpty else { return }
        let place = lot.draw(below: bytes.count)
        switch lot.draw(below: 6) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: lot.next())
        case 1: bytes[place] = telling[lot.draw(below: telling.count)]
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(telling[lot.draw(below: telling.count)], at: place)
        case 4: bytes.insert(contentsOf: words[lot.draw(below: words.count)].utf8, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + lot.draw(below: 20)))
        }
    }
}
