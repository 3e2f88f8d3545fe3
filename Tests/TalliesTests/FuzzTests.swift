import Foundation
import Tallies
import Testing

/// Files with mistakes in them: bytes changed, cut out and doubled, and pieces of one file put into another. A reader
/// may refuse them, and must not end the program.
@Suite("Readers bear anything")
struct FuzzTests {
    /// Enough to notice a reader that breaks easily; a million are asked for by the environment.
    static let inputs = ProcessInfo.processInfo.environment["FUZZ"].flatMap(Int.init) ?? 2_000

    static let readers: [(name: String, seeds: [String], read: @Sendable ([UInt8]) throws -> Void)] = [
        ("BLT", [BLTTests.small, "2 1\n3 1 2 0\n0\n\"a\"\n\"b\"\n\"t\"\n"], { _ = try BLT.write(BLT.read($0)) }),
        (
            "PrefLib", [PrefLibTests.heading + "3: 1,{2,3}\n2: {1, 3}\n1: 2\n", "# NUMBER ALTERNATIVES: 2\n1: 1,2\n"],
            { _ = try PrefLib.write(PrefLib.read($0, kind: .toi)) }
        ),
        (
            "categories",
            ["# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n4: {1,3},2\n1: {},{1,2}\n"],
            { _ = try PrefLib.write(PrefLib.readCategories($0)) }
        ),
        (
            "ballot sheet",
            [
                "count,\"A, b\",C\n2,1,2\n1,,1\n", "Rank 1,Rank 2,count\nA,B|C,4\novervote,A,1\n",
                "Choice_1_1:X:1:Vote For 1:Ann:P,Choice_2_1:X:2:Vote For 1:Ben:P\n1,0\n1,1\n",
            ], { _ = try BallotSheet.write(BallotSheet.read($0)) }
        ),
        ("score sheet", ["count,A,B\n2,5,\n1,0,3\n"], { _ = try ScoreSheet.write(ScoreSheet.read($0)) }),
        ("answers", ["side,answer,count\na,yes,3\nb,no,1\n"], { _ = try AnswerSheet.write(AnswerSheet.read($0)) }),
        (
            "ABIF", ["{title: \"T\"}\n=H:[The hall]\n27:H/5>Café/3=[The park]/3\n3:Café/4, H/1\n"],
            { _ = try ABIF.write(ABIF.read($0).ballots) }
        ),
    ]

    @Test("whatever is in the file", arguments: readers.map(\.name))
    func bears(name: String) throws {
        let reader = Self.readers.first { $0.name == name }!
        let seeds = reader.seeds.map { Array($0.utf8) }
        var lot = Lot(seed: 2_026)
        var (read, refused) = (0, 0)
        for _ in 0..<Self.inputs {
            let bytes = spoilt(seeds[lot.draw(below: seeds.count)], &lot)
            do {
                try reader.read(bytes)
                read += 1
            } catch let misread as Misread {
                refused += 1
                // No line is named that is not there.
                #expect(misread.line <= bytes.count { $0 == 10 || $0 == 13 } + 1, "\(misread)")
            }
        }
        #expect(refused > Self.inputs / 20 && read > 0)
    }

    /// A file with some mistakes in it.
    private func spoilt(_ seed: [UInt8], _ lot: inout Lot) -> [UInt8] {
        let signs = Array("0123456789,;:{}=>/-#\"|()[]\n\r\t ax".utf8) + [0, 0xEF, 0xFF]
        var bytes = seed
        for _ in 0..<1 + lot.draw(below: 6) where !bytes.isEmpty {
            let (at, length) = (lot.draw(below: bytes.count), lot.draw(below: 12))
            let piece = bytes[at..<min(bytes.count, at + length)]
            switch lot.draw(below: 5) {
            case 0: bytes[at] = signs[lot.draw(below: signs.count)]
            case 1: bytes.insert(signs[lot.draw(below: signs.count)], at: at)
            case 2: bytes.removeSubrange(piece.indices)
            case 3: bytes.insert(contentsOf: piece, at: lot.draw(below: bytes.count))
            default: bytes = Array(bytes.prefix(at))
            }
        }
        return bytes
    }
}
