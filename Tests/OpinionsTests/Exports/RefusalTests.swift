import Opinions
import Testing

@Suite("What makes no sense in a file is refused, by line and column")
struct RefusalTests {
    private static let header = "timestamp,datetime,comment-id,voter-id,vote\n"
    private static let line = "1567382954698,Sun Sep 01 17:09:14 PDT 2019,0,0,-1\n"

    /// Why a file was refused; nil if it was read.
    private func trouble<Read>(_ read: ([UInt8]) throws(ExportTrouble) -> Read, _ bytes: [UInt8]) -> ExportTrouble? {
        do {
            _ = try read(bytes)
            return nil
        } catch {
            return error
        }
    }

    private static func votes(_ bytes: [UInt8]) throws(ExportTrouble) -> Votes { try Votes(votesCSV: bytes) }
    private static func table(_ bytes: [UInt8]) throws(ExportTrouble) -> Votes { try Votes(participantsCSV: bytes) }
    private static func json(_ bytes: [UInt8]) throws(ExportTrouble) -> Votes { try Votes(votesJSON: bytes) }

    @Test(
        "votes.csv",
        arguments: [
            ("", .empty, 1, 1),
            (header + line + "\n" + line, .emptyLine, 3, 1),
            (header + "1567382954698,Sun,0,0\n", .values(4, of: 5), 2, 1),
            (header + "1567382954698,Sun,0,0,1,1\n", .values(6, of: 5), 2, 25),
            (header + line + "1567382954698,Sun,0,0,2\n", .notVote(found: "2"), 3, 23),
            (header + line + "1567382954698,Sun,0,0,\n", .notVote(found: ""), 3, 23),
            (header + "x,Sun,0,0,1\n", .notNumber("timestamp", found: "x"), 2, 1),
            (header + "1567382954698,é,00,0,1\n", .notNumber("comment-id", found: "00"), 2, 17),
            (
                header + "1567382954698,Sun,0,99999999999,1\n", .notNumber("voter-id", found: "99999999999"), 2, 21
            ),
            (header + line + "1567382954,Sun,0,0,1\n", .mixedTimes, 3, 1),
            (header + "1567382954698,Su\"n,0,0,1\n", .quoteInside, 2, 17),
            (header + "1567382954698,\"Sun\"s,0,0,1\n", .afterQuote, 2, 20),
            (header + "1567382954698,\"Sun,0,0,1\n", .quoteNotClosed, 2, 15),
            (header + "1567382954698,Sun,0,0,1\r1\n", .strayReturn, 2, 24),
            ("timestamp,datetime,comment-id,vote\n", .noColumn("voter-id"), 1, 1),
            ("vote,vote\n", .columnTwice("vote"), 1, 6),
        ] as [(String, ExportTrouble.Kind, Int, Int)])
    func votes(file: String, kind: ExportTrouble.Kind, line: Int, column: Int) {
        #expect(trouble(Self.votes, Array(file.utf8)) == ExportTrouble(kind, line: line, column: column))
        #expect(trouble(Self.votes, Array((Self.header + Self.line).utf8)) == nil)
    }

    @Test("bytes that are not UTF-8, and a value without an end")
    func bytes() {
        let start = Array((Self.header + "1567382954698,").utf8)
        let wrong = start + [0xFF] + Array(",0,0,1\n".utf8)
        #expect(trouble(Self.votes, wrong) == ExportTrouble(.notText, line: 2, column: 15))
        for long in [Array(repeating: UInt8(ascii: "x"), count: 70_000), [34] + Array(repeating: 120, count: 70_000)] {
            let file = start + long + Array(",0,0,1\n".utf8)
            #expect(trouble(VotesExport.init(reading:), file)?.kind == .valueTooLong)
        }
    }

    @Test(
        "comments.csv",
        arguments: [
            ("1,d,7,0,1,2,1,\"a\"\n1,d,7,0,1,2,1,b\n", .repeated(.statement, 7, line: 2), 3, 1),
            ("1,d,7,0,1,2,3,a\n", .notModeration(found: "3"), 2, 13),
            ("1,d,7,0,1,2,1,a\nand more\n", .values(1, of: 8), 3, 1),
            ("1,d,7,0,1,2,1,\"a\" she said\n", .afterQuote, 2, 18),
        ] as [(String, ExportTrouble.Kind, Int, Int)])
    func comments(lines: String, kind: ExportTrouble.Kind, line: Int, column: Int) {
        let file = CommentsExport.oldest.joined(separator: ",") + "\n" + lines
        let found = trouble(CommentsExport.init(reading:), Array(file.utf8))
        #expect(found == ExportTrouble(kind, line: line, column: column))
    }

    @Test(
        "participants-votes.csv",
        arguments: [
            ("participant,mood,1\n", .unknownColumn("mood"), 1, 13),
            ("participant,1,two\n", .notNumber("two", found: "two"), 1, 15),
            ("group-id,1\n", .noColumn("participant"), 1, 1),
            ("participant,1,2\n3,1,\n3,,1\n", .repeated(.participant, 3, line: 2), 3, 1),
            ("participant,1,2\n3,1,5\n", .notVote(found: "5"), 2, 5),
            ("participant,1,2\n3,1\n", .values(2, of: 3), 2, 1),
        ] as [(String, ExportTrouble.Kind, Int, Int)])
    func participants(file: String, kind: ExportTrouble.Kind, line: Int, column: Int) {
        let found = trouble(Self.table, Array(file.utf8))
        #expect(found == ExportTrouble(kind, line: line, column: column))
    }

    @Test(
        "votes.json",
        arguments: [
            ("{}", .notJSON(needed: .list), 1, 1),
            ("[{\"tid\": 1, \"vote\": 1}]", .noName("pid"), 1, 2),
            ("[{\"pid\": 1,\n \"pid\": 1}]", .nameTwice("pid"), 2, 8),
            ("[{\"pid\": 1, \"tid\": 1, \"vote\": 2}]", .notVote(found: "2"), 1, 31),
            ("[{\"pid\": 1.5, \"tid\": 1, \"vote\": 1}]", .notNumber("pid", found: "1.5"), 1, 10),
            ("[{\"pid\": 1, \"tid\": 1, \"vote\": 1},]", .notJSON(needed: .object), 1, 34),
            ("[{\"pid\": 1, \"tid\": 1, \"vote\": 1}] x", .notJSON(needed: .end), 1, 35),
            ("[{\"x\": " + String(repeating: "[", count: 40), .tooDeep(limit: 16), 1, 23),
            ("[{\"x\": \"\\ud800\"}]", .notText, 1, 9),
            ("[{\"x", .quoteNotClosed, 1, 3),
        ] as [(String, ExportTrouble.Kind, Int, Int)])
    func json(file: String, kind: ExportTrouble.Kind, line: Int, column: Int) {
        let found = trouble(Self.json, Array(file.utf8))
        #expect(found == ExportTrouble(kind, line: line, column: column))
    }

    @Test("summary.csv and stats-history.csv")
    func others() {
        #expect(trouble(SummaryExport.init(reading:), Array("topic,a\ntopic,b\n".utf8))?.kind == .nameTwice("topic"))
        #expect(trouble(SummaryExport.init(reading:), Array("topic\n".utf8))?.kind == .values(1, of: 2))
        let history = "n-votes,n-comments,n-visitors,n-voters,n-commenters"
        #expect(trouble(HistoryExport.init(reading:), Array("\(history)\n1,2,3,4,-5\n".utf8))?.line == 2)
        #expect(trouble(HistoryExport.init(reading:), Array("\(history),x\n".utf8))?.kind == .unknownColumn("x"))
        #expect(trouble(HistoryExport.init(reading:), Array("\(history)\n1,2,3,4,5\n".utf8)) == nil)
    }

    @Test("a refusal is a sentence that says where, and cuts short what it repeats")
    func sentences() {
        let long = ExportTrouble(.notVote(found: String(repeating: "\u{1B}x", count: 100)), line: 12, column: 5)
        #expect(
            long.description.hasPrefix("Line 12, column 5: A vote is 1 (agree), 0 (pass) or -1 (disagree), and this is")
        )
        #expect(long.description.count < 130 && !long.description.contains("\u{1B}"))
        #expect(ExportTrouble(.empty, line: 1, column: 1).description == "There is nothing in this file.")
        let repeated = ExportTrouble(.repeated(.participant, 3, line: 2), line: 9, column: 1)
        #expect(repeated.description == "Line 9, column 1: The participant 3 is on line 2 already.")
    }
}
