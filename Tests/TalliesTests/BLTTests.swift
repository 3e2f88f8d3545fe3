import Tallies
import Testing

@Suite("BLT files are read strictly and written so that others can recount")
struct BLTTests {
    static let small = """
        # four for two
        4 2
        -2
        3 1 3 4 0
        (B-17) 2 4 1=3 0   # a remark
        1 - 3 0
        1 0
        0
        "Adam"
        "Basil ""the"" Brave"
        "Char\\"lotte"
        "Donald"
        "A title"

        """

    @Test("what is in a file is what was marked")
    func read() throws {
        let ballots = try BLT.read(Array(Self.small.utf8))
        #expect(ballots.options == ["Adam", "Basil \"the\" Brave", "Char\"lotte", "Donald"])
        #expect(ballots.seats == 2 && ballots.withdrawn == [1] && ballots.title == "A title")
        #expect(ballots.counts == [3, 2, 1, 1] && ballots.total == 7)
        #expect(Array(ballots.marks(of: 1)) == [Mark(3), Mark(0), Mark(2, isTied: true)])
        #expect(Array(ballots.marks(of: 2)) == [.skipped, Mark(2)])
        #expect(ballots.marks(of: 3).isEmpty)
    }

    @Test("what is written reads back the same")
    func roundTrip() throws {
        let ballots = try BLT.read(Array(Self.small.utf8))
        #expect(try BLT.read(Array(BLT.write(ballots).utf8)) == ballots)
        let windows = Self.small.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(try BLT.read(Array(windows.utf8)) == ballots)
    }

    @Test(
        "a file that is not right is refused at its line",
        arguments: [
            ("", 1), ("x", 1), ("3", 1), ("2 1\n1 3 0\n0\n\"a\"\n\"b\"\n\"t\"", 2), ("2 1\n1 1 1 0\n0", 2),
            ("2 1\n1 1= 0\n0", 2), ("2 1\n1 1 2\n\"a\"", 3), ("2 1\n0\n\"a\"\nb", 4), ("2 1\n0\n\"a\n\"b\"", 3),
            ("2 1\n-3\n0", 2), ("2 1\n99999999999999999999 1 0\n0", 2), ("99999 1\n0", 1),
            ("1 1\n0\n\"a\"\n\"t\"\nmore", 5), ("2 1\n(x 1 2 0\n0", 2),
        ])
    func refused(text: String, line: Int) throws {
        let error = #expect(throws: Misread.self) { try BLT.read(Array(text.utf8)) }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.sentence.hasSuffix(".") == true)
    }
}
