/// PrefLib files: preferences with a heading of `# KEY: value` lines, then one line for each different ballot, as
/// `412: 3,1,{2,5}` (N. Mattei, T. Walsh: *PrefLib: A Library for Preferences*, ADT 2013; the format of 2022 on
/// preflib.org). Options are numbered from 1.
public enum PrefLib {
    /// What kind of preferences a file holds, by the ending of its name.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Strict orders of every option.
        case soc
        /// Strict orders of some options.
        case soi
        /// Orders of every option, some liked the same.
        case toc
        /// Orders of some options, some liked the same.
        case toi
        /// Each option put into one of some named categories, or into none.
        case cat
    }

    /// What a file says of itself.
    public struct Heading: Sendable, Hashable {
        /// The kind of preferences.
        public var kind: Kind?
        /// What the file is about.
        public var title = ""
        /// The options' names, where they are named.
        public var names: [String?] = []
        /// The categories' names, from the best, in a `cat` file.
        public var categories: [String?] = []
        /// How many ballots the file says it holds.
        public var voters: Int?
        /// How many different ones.
        public var different: Int?
    }

    /// Reads ranked ballots: `soc`, `soi`, `toc` or `toi`. Where the heading does not name the kind, `kind` says it.
    public static func read(_ bytes: [UInt8], kind: Kind? = nil) throws(Misread) -> Ballots {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Ballots in
            let heading = try readHeading(&cursor)
            guard let kind = heading.kind ?? kind else {
                throw Misread(line: 0, "The heading should say what the file holds: “# DATA TYPE: soi”.")
            }
            guard kind != .cat else {
                throw Misread(line: 0, "This file puts options into categories and does not rank them.")
            }
            return try readOrders(&cursor, heading, kind)
        }
    }

    private static func readOrders(
        _ cursor: inout Cursor, _ heading: Heading, _ kind: Kind
    ) throws(Misread) -> Ballots {
        let options = heading.names.count
        var ballots = Ballots(options: names(heading.names))
        ballots.title = heading.title
        ballots.reserve(marks: cursor.left / 2, lines: heading.different.map { min($0, cursor.left / 4) } ?? 0)
        var seen = [Int32](repeating: -1, count: options)
        var plain = LineOfMarks(options: options)
        try readLines(&cursor) { (cursor: inout Cursor, count: Int) throws(Misread) in
            let marked =
                readPlain(&cursor, &ballots, &plain)
                ? plain.all.count
                : try readOrder(&cursor, &ballots, &seen, allowsTies: kind == .toc || kind == .toi)
            guard kind == .soi || kind == .toi || marked == options else {
                throw cursor.refusal(
                    "In a \(kind.rawValue) file every ballot has all \(options) options; this one has \(marked).")
            }
            ballots.close(count: count)
        }
        try check(heading, lines: ballots.lines, total: ballots.total)
        return ballots
    }

    /// Reads one line's order, where it is nothing but numbers with commas between them.
    @inline(__always)
    private static func readPlain(
        _ cursor: inout Cursor, _ ballots: inout Ballots, _ plain: inout LineOfMarks
    ) -> Bool {
        let start = cursor.at
        if cursor.byte == 32 { cursor.step() }
        guard cursor.takePlainMarks(&plain, partedBy: UInt8(ascii: ","), endsInZero: false) else {
            cursor.move(to: start)
            return false
        }
        ballots.append(plain)
        return true
    }

    /// Reads one line's order into the ballots; how many options it has.
    @inline(__always)
    private static func readOrder(
        _ cursor: inout Cursor, _ ballots: inout Ballots, _ seen: inout [Int32], allowsTies: Bool
    ) throws(Misread) -> Int {
        let line = Int32(truncatingIfNeeded: ballots.lines)
        var (marked, isInBrace, isTied) = (0, false, false)
        while true {
            cursor.skipSpaces()
            if !isInBrace, cursor.take(UInt8(ascii: "{")) {
                guard allowsTies else {
                    throw cursor.refusal("In a file of strict orders no two options share a rank.")
                }
                (isInBrace, isTied) = (true, false)
                cursor.skipSpaces()
            }
            // An empty ballot has nothing after its colon.
            if marked == 0, !isInBrace, cursor.isAtLineEnd { return 0 }
            guard let option = try cursor.number(), (1...seen.count).contains(option) else {
                throw cursor.refusal("Here should be an option from 1 to \(seen.count).")
            }
            guard seen[option - 1] != line else { throw cursor.refusal("Option \(option) is on one ballot twice.") }
            seen[option - 1] = line
            ballots.append(Mark(option - 1, isTied: isTied))
            marked += 1
            isTied = isInBrace
            cursor.skipSpaces()
            if isInBrace, cursor.take(UInt8(ascii: "}")) {
                (isInBrace, isTied) = (false, false)
                cursor.skipSpaces()
            }
            if !cursor.take(UInt8(ascii: ",")) {
                guard !isInBrace, cursor.isAtLineEnd else {
                    throw cursor.refusal(
                        "Options are parted by commas, and “{” is closed by “}”; here is \(cursor.glimpse).")
                }
                return marked
            }
        }
    }

    /// Writes ranked ballots, in the narrowest kind that holds them.
    public static func write(_ ballots: Ballots) -> String {
        let tidy = ballots.tidied()
        let kind = kind(of: tidy)
        var text = heading(kind, tidy.title, tidy.options, voters: tidy.total, lines: tidy.lines)
        for line in 0..<tidy.lines {
            text += "\(tidy.counts[line]): "
            let marks = tidy.marks(of: line)
            for place in marks.indices {
                let mark = marks[place]
                let isShared = place + 1 < marks.endIndex && marks[place + 1].isTied
                if place > marks.startIndex { text += "," }
                if isShared, !mark.isTied { text += "{" }
                text += String(mark.option + 1)
                if mark.isTied, !isShared { text += "}" }
            }
            text += "\n"
        }
        return text
    }

    /// The narrowest kind that holds these ballots.
    static func kind(of ballots: Ballots) -> Kind {
        let isComplete = (0..<ballots.lines).allSatisfy { ballots.range($0).count == ballots.options.count }
        return ballots.hasTies ? (isComplete ? .toc : .toi) : (isComplete ? .soc : .soi)
    }
}
