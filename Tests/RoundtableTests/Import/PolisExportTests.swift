import Testing

@testable import Roundtable

@Suite("An export of Polis")
struct PolisExportTests {
    private let old = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    private let new =
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,group-informed-consensus,comment-body\n"

    private func read(_ comments: String, summary: String = "") -> PolisExport {
        PolisExport(comments: Array(comments.utf8), summary: Array(summary.utf8), folder: "somewhere")
    }

    @Test("older files count milliseconds and newer ones seconds")
    func times() {
        let older = read(old + "1518501496471,Tue,895,1756,48,8,1,\"Wider, please.\"\n")
        #expect(older.comments.map(\.said) == [Moment(1_518_501_496_471)])
        let newer = read(old + "1564624268,Thu,7,0,0,0,-1,\"In town\"\n")
        #expect(newer.comments.map(\.said) == [Moment(1_564_624_268_000)])
        #expect(newer.comments.map(\.moderation) == [.out])
    }

    @Test("a newer file says what is a seed and what is about people, and may leave the words unquoted")
    func newer() {
        let export = read(new + "1726860676783,2,0,57,0,1,false,true,0.68,Bread, and \"roses\", too\n")
        let comment = export.comments.first
        #expect(comment?.words == "Bread, and \"roses\", too")
        #expect(comment?.isSeed == true && comment?.isMeta == false)
        #expect(export.refused.isEmpty)
    }

    @Test("what can't be read is refused by line with its reason, and the rest comes in, in the order it was said")
    func refusals() {
        let export = read(
            old + """
                1518501496471,Tue,5,1,0,0,1,later
                yesterday,Tue,6,1,0,0,1,a
                17,Tue,7,1,0,0,1,a
                1518501496471,Tue,eight,1,0,0,1,a
                1518501496471,Tue,9,-4,0,0,1,a
                1518501496471,Tue,10,1,0,0,2,a
                1518501496471,Tue,11,1,0,0,1,"  "
                1518501496471,Tue,12
                1518501490000,Tue,13,1,0,0,0,earlier
                1518501496471,Tue,14,1,0,0,1,\(String(repeating: "a", count: Contribution.longest + 1))
                """)
        #expect(export.comments.map(\.words) == ["earlier", "later"])
        #expect(
            export.refused == [
                .init(line: 3, reason: "timestamp is not a whole number"),
                .init(line: 4, reason: "timestamp is not a time between 2010 and 2100"),
                .init(line: 5, reason: "comment-id is not a whole number"),
                .init(line: 6, reason: "author-id is not a whole number"),
                .init(line: 7, reason: "moderated is not -1, 0 or 1"),
                .init(line: 8, reason: "comment-body is empty"),
                .init(line: 9, reason: "there are 3 columns, not 8"),
                .init(line: 11, reason: "comment-body is longer than 4000 letters"),
            ])
    }

    @Test("a row that stands twice counts once; the same comment with other words is refused")
    func repeated() {
        let row = "1518501496471,Tue,5,1,0,0,1,words\n"
        let export = read(old + row + row + "1518501496471,Tue,5,1,0,0,1,other words\n")
        #expect(export.comments.map(\.words) == ["words"])
        #expect(export.refused == [.init(line: 4, reason: "comment 5 stands on line 2 too, and not the same")])
    }

    @Test("a file without the columns that matter is refused, and says which")
    func columns() {
        let export = read("timestamp,comment-body\n1518501496471,hello\n")
        #expect(export.comments.isEmpty)
        #expect(export.refused == [.init(line: 1, reason: "there is no column comment-id, author-id")])
        #expect(read("").refused == [.init(line: 1, reason: "the first line does not name the columns")])
    }

    @Test("hidden marks and NULs are taken out of what was said")
    func cleaned() {
        #expect(read(old + "1518501496471,Tue,5,1,0,0,1,a\0b\u{202E}c\n").comments.map(\.words) == ["abc"])
    }

    @Test("the conversation is known by the last part of its address, wherever it was exported")
    func known() {
        let summary = "\u{FEFF}topic,Bread, butter\nurl,https://pol.is/3abc\nconversation-description,\"One\n\nTwo\"\n"
        let export = read(old, summary: summary)
        #expect(export.conversation == "3abc")
        #expect(export.topic == "Bread, butter")
        #expect(export.about == "One\n\nTwo")
        #expect(read(old).conversation == "somewhere")
    }
}
