import Testing

@testable import Roundtable

@Suite("A table that others made is read, or refused line by line")
struct CSVTests {
    private func read(_ text: String, free: String? = "words") -> CSV { CSV(Array(text.utf8), free: free) }

    @Test("commas, quotes and line breaks inside quotes belong to the field")
    func quoted() {
        let table = read("id,words\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,d")
        #expect(table.columns == ["id", "words"])
        #expect(table.rows.map(\.fields) == [["1", "a, \"b\"\r\nc"], ["2", "d"]])
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.troubles.isEmpty)
    }

    @Test(
        "a mark of the byte order, capitals and spaces in the header, empty lines and old Mac line ends change nothing")
    func dressed() {
        let table = read("\u{FEFF} Id ,Words\r\r1,a\r\n\n2,b\r")
        #expect(table.columns == ["id", "words"])
        #expect(table.rows == [CSV.Row(line: 3, fields: ["1", "a"]), CSV.Row(line: 5, fields: ["2", "b"])])
    }

    @Test("a free column left unquoted is put together again by counting the others")
    func unquoted() {
        let table = read("id,words,n\n1,yes, and \"no\", and so on,7\n2,\"Yes\", she said,8\n3,\"all right\",9")
        #expect(
            table.rows.map(\.fields) == [
                ["1", "yes, and \"no\", and so on", "7"], ["2", "\"Yes\", she said", "8"], ["3", "all right", "9"],
            ])
        #expect(table.troubles.isEmpty)
    }

    @Test("without a free column a line with too many is refused, as one with too few always is")
    func wrongNumber() {
        let table = read("id,words\n1,a,b\n2,c\n3", free: nil)
        #expect(table.rows.map(\.fields) == [["2", "c"]])
        #expect(
            table.troubles == [
                .init(line: 2, reason: .columns(3, of: 2)), .init(line: 4, reason: .columns(1, of: 2)),
            ])
    }

    @Test("a quote that is never closed takes its own line with it and no other")
    func unclosed() {
        let table = read("id,words\n1,\"I began\n2,and you\n3,\"went on\"\n4,\"to here")
        #expect(
            table.rows.map(\.fields) == [
                ["1", "\"I began"], ["2", "and you"], ["3", "went on"], ["4", "\"to here"],
            ])
        let strict = read("id,words\n1,\"I began\n2,and you\n", free: nil)
        #expect(strict.troubles == [.init(line: 2, reason: .brokenQuotes)])
        #expect(strict.rows.map(\.fields) == [["2", "and you"]])
    }

    @Test("a field longer than any person types is refused, and the next line is read")
    func huge() {
        let long = String(repeating: "a", count: CSV.longestField + 1)
        for field in [long, "\"\(long)\"", "a,\(long)"] {
            let table = read("id,words\n1,\(field)\n2,b\n")
            #expect(table.rows.map(\.fields) == [["2", "b"]])
            #expect(table.troubles.map(\.line) == [2])
        }
        let fits = read("id,words\n1,\(String(long.dropFirst()))\n")
        #expect(fits.rows.count == 1)
    }

    @Test("letters that are not UTF-8 spoil their line alone, and a NUL is a letter like another")
    func bytes() {
        let table = CSV(Array("id,words\n1,".utf8) + [0xC3, 0x28] + Array("\n2,a\0b\n".utf8), free: "words")
        #expect(table.rows.map(\.fields) == [["2", "a\0b"]])
        #expect(table.troubles == [.init(line: 2, reason: .notUTF8)])
    }

    @Test(
        "what is no table is refused whole",
        arguments: ["", "\n\n", " , ,\n", "a,a\n1,2\n", "\u{FEFF}", String(repeating: "c,", count: 10_001)])
    func noTable(text: String) {
        #expect(read(text).rows.isEmpty)
        #expect(read(text).troubles == [.init(line: 1, reason: .noHeader)])
    }

    @Test("whatever bytes come, reading ends, and every line is read or refused")
    func anything() {
        var chance = SystemRandomNumberGenerator()
        let letters = Array("a\",\n\r\0é".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<40).map { _ in letters.randomElement(using: &chance)! }
            let table = CSV(Array("id,words\n".utf8) + bytes, free: "words")
            #expect(table.rows.allSatisfy { $0.fields.count == 2 })
            let lines = table.rows.map(\.line) + table.troubles.map(\.line)
            #expect(Set(lines).count == lines.count)
        }
    }
}
