import Tallies
import Testing

/// Lines of plain numbers are read four bytes at a time, all others with care. What they say must be the same.
@Suite("Plain lines say the same as lines that are read with care")
struct PlainLineTests {
    /// Orders of some of so many options, with numbers of one, two, three and four digits.
    static let ballots: Ballots = {
        var lot = Lot(seed: 7)
        var ballots = Ballots(options: (1...1200).map { "Option \($0)" })
        for count in 1...300 {
            let length = 1 + lot.draw(below: 6)
            let ranked = lot.order(of: count.isMultiple(of: 3) ? 1200 : 90).prefix(length)
            ballots.add(order: Array(ranked), count: count.isMultiple(of: 50) ? count * 40 : count)
        }
        return ballots
    }()

    @Test("BLT and PrefLib, with single spaces and with more")
    func orders() throws {
        let blt = BLT.write(Self.ballots)
        let (lines, names) = (blt.prefix { $0 != "\"" }, blt.drop { $0 != "\"" })
        let odd = lines.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "  ")
        let plain = try BLT.read(Array(blt.utf8))
        #expect(plain == (try BLT.read(Array((odd + names).utf8))))
        #expect(plain.marks == Self.ballots.marks && plain.counts == Self.ballots.counts)
        let preflib = PrefLib.write(Self.ballots)
        #expect(try PrefLib.read(Array(preflib.utf8)).marks == Self.ballots.marks)
        let spaced = preflib.split(separator: "\n").map { line in
            line.hasPrefix("#") ? String(line) : line.split(separator: ",").joined(separator: " ,")
        }
        #expect(try PrefLib.read(Array(spaced.joined(separator: "\r\n").utf8)).marks == Self.ballots.marks)
    }

    @Test("sheets of ranks and of figures, bare and in quotation marks")
    func sheets() throws {
        var (lot, plain, marked) = (Lot(seed: 8), "count,A,B,C,D\n", "count,A,B,C,D\n")
        for _ in 0..<400 {
            // Now and then a rank is left out, given twice, or far below the others.
            let ranks = lot.order(of: 4).map { rank in
                ["", "1", "2", "3", "4", "12", "1234"][min(6, rank + lot.draw(below: 4))]
            }
            let fields = [String(1 + lot.draw(below: 2000))] + (ranks.joined() == "" ? ["1", "", "", ""] : ranks)
            plain += fields.joined(separator: ",") + "\n"
            marked += fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
        }
        #expect(try BallotSheet.read(Array(plain.utf8)) == BallotSheet.read(Array(marked.utf8)))
        #expect(try ScoreSheet.read(Array(plain.utf8)) == ScoreSheet.read(Array(marked.utf8)))
        #expect(try ScoreSheet.read(Array(plain.utf8)).lines == 400)
    }

    @Test("a mark that is there twice, stands for nobody or is missing is refused in a plain line too")
    func refused() {
        let end = "0\n\"a\"\n\"b\"\n\"t\"\n"
        for line in ["3 1 1 0", "3 3 0", "3 1 2", "3 1 0 2", "3 1,2 0"] {
            #expect(throws: Misread.self, "\(line)") { try BLT.read(Array("2 1\n\(line)\n\(end)".utf8)) }
        }
        for line in ["3: 1,1", "3: 4", "3: 1,0", "3: 1,", "3: ,1", "3 1"] {
            let text = "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n\(line)\n1: 1\n"
            let error = #expect(throws: Misread.self, "\(line)") { try PrefLib.read(Array(text.utf8)) }
            #expect(error?.line == 3)
        }
    }

    @Test("names are told apart, however alike, and however often they stand there")
    func names() throws {
        let text = "2:Ann>Anne>A=[Ann B]\n1:Anne>Ann\n4:[Ann B]>A>Ann\n1:Anne/3,Ann/5\n"
        let ballots = try ABIF.read(Array(text.utf8)).ballots
        #expect(ballots.options == ["Ann", "Anne", "A", "Ann B"])
        #expect(Array(ballots.marks(of: 0)) == [Mark(0), Mark(1), Mark(2), Mark(3, isTied: true)])
        #expect(Array(ballots.marks(of: 1)) == [Mark(1), Mark(0)])
        #expect(Array(ballots.marks(of: 2)) == [Mark(3), Mark(2), Mark(0)])
        #expect(Array(ballots.marks(of: 3)) == [Mark(0), Mark(1)])
        #expect(throws: Misread.self) { try ABIF.read(Array("1:Ann>Anne>Ann\n".utf8)) }
        let sheet = "Rank 1,Rank 2\nAnn,Anne\nAnne,Ann\n\"Ann\",\"An\"\"ne\"\n\"An\"\"ne\",Ann\n"
        let named = try BallotSheet.read(Array(sheet.utf8))
        #expect(named.options == ["Ann", "Anne", "An\"ne"])
        #expect(named.marks == [0, 1, 1, 0, 0, 2, 2, 0].map { Mark($0) })
    }
}
