import Opinions
import Testing

@Suite("Whatever way a file is written, it says the same and is written so again")
struct LayoutTests {
    private let votes = [
        Vote(participant: 4, statement: 2, opinion: .agree, time: 1_567_382_954_000),
        Vote(participant: 4, statement: 3, opinion: .pass, time: 1_567_382_955_000),
        Vote(participant: 0, statement: 2, opinion: .disagree, time: 1_567_382_953_000),
        Vote(participant: 4, statement: 2, opinion: .disagree, time: 1_567_382_956_000),
    ]

    private static let layouts: [FileLayout] = [false, true].flatMap { isMarked in
        [FileLayout.LineEnd.newline, .returnAndNewline].flatMap { lineEnd in
            [true, false].map { endsWithLineEnd in
                var layout = FileLayout()
                (layout.startsWithMark, layout.lineEnd, layout.endsWithLineEnd) = (isMarked, lineEnd, endsWithLineEnd)
                return layout
            }
        }
    }

    @Test("votes, in seconds and in milliseconds", arguments: layouts, [TimeUnit.seconds, .milliseconds])
    func votes(layout: FileLayout, unit: TimeUnit) throws {
        let export = VotesExport(votes.map { ExportedVote($0) }, unit: unit, layout: layout)
        #expect(try VotesExport(reading: export.written()) == export)
        #expect(try Same(Votes(votesCSV: export.written())) == Same(Votes(votes)))
        #expect(Same(Votes(votes)).participants == [0, 4], "by time, and not as they stand")
        #expect(Same(Votes(votes)).byPerson == [0: [2: .disagree], 4: [2: .disagree, 3: .pass]])
    }

    @Test("columns in another order, quoted, and with one that nobody knows")
    func columns() throws {
        let file = "vote,mood,voter-id,\"comment-id\",timestamp\n1,\"so, so\",4,2,1567382954\n-1,,4,3,1567382955\n"
        let export = try VotesExport(reading: Array(file.utf8))
        #expect(export.votes.map(\.others) == [["so, so"], [""]])
        #expect(
            String(decoding: export.written(), as: UTF8.self) == file.replacing("\"comment-id\"", with: "comment-id"))
        #expect(try Same(Votes(votesCSV: Array(file.utf8))).byPerson == [4: [2: .agree, 3: .disagree]])
    }

    @Test(
        "comments with everything in them that could go wrong", arguments: layouts,
        [Quoting.whenNeeded, .always, .never])
    func comments(layout: FileLayout, quoting: Quoting) throws {
        let texts = [
            "plain", "with, comma", "a \"quoted\" word", "\"first\"", "two\nlines", "two\r\nlines", "", "日本 🌳",
        ]
        for columns in [CommentsExport.oldest, CommentsExport.fullest] {
            let comments = texts.enumerated().map { place, text in
                ExportedComment(
                    statement: place, author: 1, milliseconds: 1_567_382_954_000,
                    datetime: columns.contains("datetime") ? "then" : nil, moderation: .out,
                    isMeta: columns.contains("is-meta") ? place == 1 : nil,
                    isSeed: columns.contains("is-seed") ? false : nil,
                    groupConsensus: columns.contains("group-informed-consensus") ? "0.25" : nil, text: text)
            }
            let export = CommentsExport(comments, columns: columns, quoting: quoting, layout: layout)
            #expect(try CommentsExport(reading: export.written()) == export)
        }
    }

    @Test("a table with people in groups and in none", arguments: layouts)
    func table(layout: FileLayout) throws {
        let people = [
            ExportedParticipant(
                participant: 9, hostsNumber: "a,b", group: 1, comments: 2, answers: [.init(column: 20, opinion: .pass)]),
            ExportedParticipant(
                participant: 3, hostsNumber: "",
                answers: [.init(column: 0, opinion: .disagree), .init(column: 9, opinion: .agree)]),
            ExportedParticipant(participant: 4, hostsNumber: ""),
        ]
        let export = ParticipantsExport(
            people, statements: Array(5...25), columns: ParticipantsExport.withHostsNumber, layout: layout)
        #expect(try ParticipantsExport(reading: export.written()) == export)
        let votes = Same(try Votes(participantsCSV: export.written()))
        #expect(votes.byPerson == [9: [25: .pass], 3: [5: .disagree, 14: .agree]])
        #expect(votes.participants == [3, 9])
    }

    @Test("an unquoted comment goes to the end of its line, commas and quotes and all")
    func bare() throws {
        let file = CommentsExport.oldest.joined(separator: ",") + "\n1564624268,x,7,0,0,0,-1,Yes, \"yes\", and no\n"
        let export = try CommentsExport(reading: Array(file.utf8))
        #expect(export.comments.map(\.text) == ["Yes, \"yes\", and no"] && export.quoting == .never)
        #expect(String(decoding: export.written(), as: UTF8.self) == file)
    }

    @Test("votes.json in both its ways, with what nobody knows passed over")
    func json() throws {
        for names in [VotesJSON.Names.short, .long] {
            let export = VotesJSON(votes.map { VotesJSON.Entry($0, weight: -3, conversation: "é\n\"🌳") }, names: names)
            #expect(try VotesJSON(reading: export.written()) == export)
        }
        let long = [VotesJSON.Entry(Vote(participant: 1, statement: 2, opinion: .pass, time: 3000), conversation: "")]
        let early = VotesJSON(long, names: .long, unit: .seconds)
        #expect(try VotesJSON(reading: early.written()) == early, "a time in seconds stays one")
        let other = #" [ { "mood" : [ { } , null , -1.5e+3 , "\u00e9\ud83c\udf33" ] , "tid":1,"pid":2,"vote":-1 } ] "#
        #expect(try VotesJSON(reading: Array(other.utf8)).votes.map(\.vote.opinion) == [.disagree])
        #expect(try VotesJSON(reading: Array("[]".utf8)).votes.isEmpty)
    }

    @Test("a time is written as the newest exports write it", .enabled(if: RealData.isHere, "no real data here"))
    func datetimes() throws {
        #expect(ExportedVote.datetime(0) == "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)")
        #expect(ExportedVote.datetime(-1) == "Wed Dec 31 1969 23:59:59 GMT+0000 (Coordinated Universal Time)")
        #expect(ExportedVote.datetime(951_782_400_000).hasPrefix("Tue Feb 29 2000 00:00:00"))
        let path = try #require(RealData.exports(ending: "-votes.csv").first { $0.hasPrefix("polis-answers/") })
        let export = try VotesExport(reading: try RealData.bytes(path))
        #expect(export.unit == .seconds && export.votes.count > 29_000)
        #expect(export.votes.allSatisfy { $0.datetime == nil }, "each is what we would have written")
    }
}
