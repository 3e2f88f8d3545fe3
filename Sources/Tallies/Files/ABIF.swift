/// ABIF, the Aggregated Ballot Information Format (Electorama, 2021): a line for each different ballot, as
/// `27:Ann/5>Ben/3=Cat/3>[Dan Old]/0`. `>` parts ranks, `=` shares one, and a figure after `/` is a score; with commas
/// a ballot has scores alone, and its order follows from them. `=A:[Ann Long]` gives a short name its long one,
/// `{title: "…"}` says what it is about, and `#` begins a remark.
public enum ABIF {
    /// What a file holds: the orders, and the scores where every mark has one.
    public struct Document: Sendable, Hashable {
        /// The ballots as orders.
        public var ballots: Ballots
        /// The ballots as scores, if every option on every ballot has one.
        public var scores: Scores?
    }

    /// Reads a whole file.
    public static func read(_ bytes: [UInt8]) throws(Misread) -> Document {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Document in
            var reading = Reading()
            cursor.skipSpace()
            while !cursor.isAtEnd {
                try reading.readLine(&cursor)
                cursor.skipSpace()
            }
            return reading.document
        }
    }

    /// Writes ballots, each option by its name in square brackets.
    public static func write(_ ballots: Ballots) -> String {
        let tidy = ballots.tidied()
        var text = heading(tidy.title, tidy.options)
        for line in 0..<tidy.lines where !tidy.isBlank(line) {
            text += "\(tidy.counts[line]):"
            for (place, mark) in tidy.marks(of: line).enumerated() {
                if place > 0 { text += mark.isTied ? "=" : ">" }
                text += "c\(mark.option + 1)"
            }
            text += "\n"
        }
        return text
    }

    /// Writes ballots with figures; what has none is left out.
    public static func write(_ scores: Scores) -> String {
        var text = heading(scores.title, scores.options)
        for line in 0..<scores.lines {
            let ballot = Array(scores.ballot(line))
            let marks = ballot.indices.filter { ballot[$0] != Scores.none }.map { "c\($0 + 1)/\(ballot[$0])" }
            if !marks.isEmpty { text += "\(scores.counts[line]):\(marks.joined(separator: ","))\n" }
        }
        return text
    }

    private static func heading(_ title: String, _ options: [String]) -> String {
        var text = title.isEmpty ? "" : "{title: \"\(plain(title))\"}\n"
        for (place, name) in options.enumerated() { text += "=c\(place + 1):[\(plain(name))]\n" }
        return text
    }

    /// What would end a name or a line is written as a space: the format has no sign for it.
    private static func plain(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { "\n\r]\"".unicodeScalars.contains($0) ? " " : $0 }))
    }
}
