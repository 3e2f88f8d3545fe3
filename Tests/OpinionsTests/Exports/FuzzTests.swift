import Foundation
import Opinions
import Testing

/// Files that are nearly right: every reader refuses them or understands them, and never stops the program.
///
/// Five hundred of each by default, always the same ones; `FUZZ` says how many.
@Suite("Files with mistakes in them do no harm")
struct FuzzTests {
    static let turns = ProcessInfo.processInfo.environment["FUZZ"].flatMap { Int($0) } ?? 500

    private static let votes = """
        timestamp,datetime,comment-id,voter-id,vote
        1567382954698,Sun Sep 01 17:09:14 PDT 2019,0,0,-1
        1564963436360,Sun Aug 04 17:03:56 PDT 2019,0,1,1
        1564963720691,Sun Aug 04 17:08:40 PDT 2019,12,1,0
        1564963720692,Sun Aug 04 17:08:40 PDT 2019,12,1,1

        """
    private static let table = """
        participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3,4,5,6,7,8,9,10,11
        7,,1,0,3,1,1,1,,,,,,,,,,-1,0
        0,me,,2,0,0,0,,,,,,,,,,,,
        2,,0,2,2,1,0,,,,1,,,,,,,,0

        """
    private static let comments = """
        timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
        1564624268,Thu Aug 01 2019,7,0,0,0,-1,"I live in ""a"" city, and
        like it"
        1564624725,Thu Aug 01 2019,20,0,287,11,1,The strategy, say we, é

        """
    private static let json = #"""
        [{"pid": 0, "tid": 1, "vote": -1, "modified": "1714782753431", "weight_x_32767": 0, "conversation_id": "4c\u00e9"},
         {"participant_id": 2, "statement_id": 1, "vote": 1, "modified": 1714782753431.0, "datetime": null}]
        """#
    private static let commentsJSON = #"[{"txt": "P\u00f4 🌳", "tid": 1, "mod": -1, "is_meta": true, "count": [1, {}]}]"#
    private static let summary = "topic,\"A, b\"\nurl,https://x.example/1\nviews,12\n"
    private static let history = "n-votes,n-comments,n-visitors,n-voters,n-commenters\n0,1,1,0,1\n1,1,1,1,1\n"

    @Test("votes.csv: a glance and a careful reading agree")
    func votesCSV() {
        check(Self.votes, seed: 1) { bytes throws in
            let care = Result { try VotesExport(reading: bytes) }
            let glance = Result { try Votes(votesCSV: bytes) }
            switch (care, glance) {
            case (.success(let export), .success(let votes)):
                #expect(Same(votes) == Same(Votes(export.votes.map(\.vote))))
                #expect(try VotesExport(reading: export.written()).votes == export.votes)
            case (.failure(let one), .failure(let other)):
                #expect(one as? ExportTrouble == other as? ExportTrouble)
            default: Issue.record("one reads what the other refuses: \(String(decoding: bytes, as: UTF8.self))")
            }
            return (try? care.get()) != nil
        }
    }

    @Test("participants-votes.csv: a glance and a careful reading agree")
    func participantsCSV() {
        check(Self.table, seed: 2) { bytes throws in
            let care = Result { try ParticipantsExport(reading: bytes) }
            let glance = Result { try Votes(participantsCSV: bytes) }
            switch (care, glance) {
            case (.success(let export), .success(let votes)):
                #expect(Same(votes) == Same(Votes(inOrder: export.votes)))
                #expect(try ParticipantsExport(reading: export.written()) == export)
            case (.failure(let one), .failure(let other)):
                #expect(one as? ExportTrouble == other as? ExportTrouble)
            default: Issue.record("one reads what the other refuses: \(String(decoding: bytes, as: UTF8.self))")
            }
            return (try? care.get()) != nil
        }
    }

    @Test("comments.csv: what is understood is written so that it is understood again")
    func commentsCSV() {
        check(Self.comments, seed: 3) { bytes throws in
            guard let export = try? CommentsExport(reading: bytes) else { return false }
            #expect(try CommentsExport(reading: export.written()).comments == export.comments)
            return true
        }
    }

    @Test("votes.json, likewise")
    func votesJSON() {
        check(Self.json, seed: 4) { bytes throws in
            guard let export = try? VotesJSON(reading: bytes) else { return false }
            #expect(try VotesJSON(reading: export.written()) == export)
            return true
        }
    }

    @Test("comments.json, summary.csv and stats-history.csv")
    func others() {
        check(Self.commentsJSON, seed: 5) { (try? CommentsJSON(reading: $0)) != nil }
        check(Self.summary, seed: 6) { bytes throws in
            guard let summary = try? SummaryExport(reading: bytes) else { return false }
            #expect(try SummaryExport(reading: summary.written()).entries.map(\.value) == summary.entries.map(\.value))
            return true
        }
        check(Self.history, seed: 7) { bytes throws in
            guard let history = try? HistoryExport(reading: bytes) else { return false }
            #expect(try HistoryExport(reading: history.written()) == history)
            return true
        }
    }

    /// Makes mistakes in a file, many times over, and sees what a reader makes of each. Some must be understood and
    /// some refused, or the mistakes are no test.
    private func check(_ file: String, seed: UInt64, _ understands: ([UInt8]) throws -> Bool) {
        var mistakes = Mistakes(seed: seed, in: Array(file.utf8))
        var understood = 0
        for _ in 0..<Self.turns { if (try? understands(mistakes.next())) == true { understood += 1 } }
        #expect(understood > 0 && understood < Self.turns)
    }
}

/// Copies of a file, each with a few mistakes: bytes changed, left out, put in, doubled, cut off.
struct Mistakes {
    private var state: UInt64
    private let file: [UInt8]
    /// What mistakes are made with: what means something in these files, and what means nothing.
    private static let pieces: [[UInt8]] =
        [
            "\"", ",", "\n", "\r\n", "-", "0", "1", "9", "999999999999999999", "\\", "{", "}", "[", "]", "null", "é",
            " ",
        ].map { Array($0.utf8) } + [[0xFF], [0], [0xEF, 0xBB, 0xBF], [0x80], [0xC3]]

    init(seed: UInt64, in file: [UInt8]) { (state, self.file) = (seed, file) }

    mutating func next() -> [UInt8] {
        var bytes = file
        for _ in 0...number(below: 4) { spoil(&bytes) }
        return bytes
    }

    private mutating func spoil(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = number(below: bytes.count)
        let end = min(bytes.count, place + 1 + number(below: 12))
        let piece = Self.pieces[number(below: Self.pieces.count)]
        switch number(below: 8) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: number(below: 256))
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.replaceSubrange(place..<end, with: piece)
        case 5: bytes[place] = UInt8(ascii: "0") + UInt8(number(below: 10))
        default: bytes.insert(contentsOf: piece, at: place)
        }
    }

    /// SplitMix64: small, and the same everywhere.
    private mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
