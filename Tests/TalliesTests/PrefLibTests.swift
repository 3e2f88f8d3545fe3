import Tallies
import Testing

@Suite("PrefLib files are read strictly and written back the same")
struct PrefLibTests {
    static let heading = """
        # DATA TYPE: toi
        # NUMBER ALTERNATIVES: 3
        # NUMBER VOTERS: 6
        # ALTERNATIVE NAME 1: A: one
        # ALTERNATIVE NAME 3: C

        """

    @Test("what is in a file is what was marked")
    func read() throws {
        let ballots = try PrefLib.read(Array((Self.heading + "3: 1,{2,3}\n2: {1, 3}\n1: 2\n").utf8))
        #expect(ballots.options == ["A: one", "2", "C"])
        #expect(ballots.counts == [3, 2, 1])
        #expect(Array(ballots.marks(of: 0)) == [Mark(0), Mark(1), Mark(2, isTied: true)])
        #expect(Array(ballots.marks(of: 1)) == [Mark(0), Mark(2, isTied: true)])
        #expect(try PrefLib.read(Array(PrefLib.write(ballots).utf8)) == ballots)
    }

    @Test(
        "a file that is not right is refused at its line",
        arguments: [
            ("3: 1,4\n", 6), ("3: 1,1\n", 6), ("3: 1,\n", 6), ("3: {1,2\n", 6), ("3 1\n", 6), (": 1\n", 6),
            ("3: 1}\n", 6),
            ("3: 1 2\n", 6), ("0: 1\n", 6), ("7: 1\n", 0), ("6: 1\n# x", 7),
        ])
    func refused(lines: String, line: Int) {
        let error = #expect(throws: Misread.self) { try PrefLib.read(Array((Self.heading + lines).utf8)) }
        #expect(error?.line == line, "\(String(describing: error))")
    }

    @Test("a strict file has no shared ranks, a complete one every option")
    func kinds() {
        func read(_ kind: String, _ line: String) throws -> Ballots {
            try PrefLib.read(Array("# DATA TYPE: \(kind)\n# NUMBER ALTERNATIVES: 2\n\(line)\n".utf8))
        }
        #expect(throws: Never.self) { try read("soc", "1: 1,2") }
        #expect(throws: Misread.self) { try read("soc", "1: 1") }
        #expect(throws: Misread.self) { try read("soc", "1: {1,2}") }
        #expect(throws: Never.self) { try read("toc", "1: {1,2}") }
        #expect(throws: Misread.self) { try read("soi", "1: {1,2}") }
        #expect(throws: Misread.self) { try read("cat", "1: {1,2}") }
        #expect(throws: Misread.self) { try read("xyz", "1: 1") }
    }

    @Test(
        "real elections read, and write back the same",
        .enabled(if: SharedData.has("preflib"), "the files are not here"),
        arguments: SharedData.files("preflib", endings: ["soc", "soi", "toc", "toi"]))
    func real(path: String) throws {
        let ballots = try PrefLib.read(try SharedData.bytes(path))
        #expect(ballots.total > 0)
        let again = try PrefLib.read(Array(PrefLib.write(ballots).utf8))
        #expect(again == ballots)
        // BLT is its own format: everything but the title's absence of seats survives.
        var asBLT = try BLT.read(Array(BLT.write(ballots).utf8))
        #expect(asBLT.seats == 1)
        asBLT.seats = nil
        #expect(asBLT == ballots)
    }
}
