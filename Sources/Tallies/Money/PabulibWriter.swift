/// Writes what ``Pabulib`` holds. What was read and is written again differs in nothing but line ends, a mark at the
/// very beginning, and quotes that weren't needed.
enum PabulibWriter {
    /// The fields of one line, with quotes where they are needed.
    static func line(_ fields: [String]) -> String {
        fields.map { field in
            // A separator, a quote or a line end would end the field; blanks at its ends would be lost.
            let needsQuotes =
                field.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
                || field.utf8.first == UInt8(ascii: " ") || field.utf8.last == UInt8(ascii: " ")
            guard needsQuotes else { return field }
            return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
                + "\""
        }.joined(separator: ";")
    }
}

extension Pabulib {
    /// The file's bytes, UTF-8, every line ended by a line feed.
    public var bytes: [UInt8] {
        var text: [UInt8] = []
        func add(_ fields: [String]) {
            text += PabulibWriter.line(fields).utf8
            text.append(10)
        }
        add(["META"])
        add(["key", "value"])
        for entry in meta { add([entry.key, entry.value]) }
        add(["PROJECTS"])
        add(projectColumns)
        for fields in projectFields { add(fields) }
        add(["VOTES"])
        add(voteColumns)
        for (start, end) in zip(voteLines.starts, voteLines.ends) {
            text += voteLines.bytes[Int(start)..<Int(end)]
            text.append(10)
        }
        return text
    }
}
