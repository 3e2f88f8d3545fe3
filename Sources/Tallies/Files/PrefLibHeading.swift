extension PrefLib {
    /// Reads the lines that begin with `#`, to the first that does not.
    static func readHeading(_ cursor: inout Cursor) throws(Misread) -> Heading {
        var heading = Heading()
        cursor.skipSpace()
        while cursor.take(UInt8(ascii: "#")) {
            let line = cursor.restOfLine()
            if let colon = line.firstIndex(of: ":") {
                let key = line[..<colon].uppercased()
                let value = trimmed(line[line.index(after: colon)...])
                try read(key, value, into: &heading, cursor)
            }
            cursor.endLine()
            cursor.skipSpace()
        }
        guard !heading.names.isEmpty else {
            throw cursor.refusal("The heading should say how many options there are: “# NUMBER ALTERNATIVES: 5”.")
        }
        return heading
    }

    private static func read(
        _ key: String, _ value: String, into heading: inout Heading, _ cursor: Cursor
    ) throws(Misread) {
        func number(_ most: Int) throws(Misread) -> Int {
            guard let number = Int(value), (0...most).contains(number) else {
                throw cursor.refusal("After “\(key):” comes a whole number, at most \(most).")
            }
            return number
        }
        switch key {
        case "TITLE": heading.title = value
        case "DATA TYPE":
            guard let kind = Kind(rawValue: value.lowercased()) else {
                throw cursor.refusal("“\(value)” is no kind of file that is read here: soc, soi, toc, toi or cat.")
            }
            heading.kind = kind
        case "NUMBER VOTERS": heading.voters = try number(Ballots.mostBallots)
        case "NUMBER UNIQUE ORDERS", "NUMBER UNIQUE PREFERENCES": heading.different = try number(Ballots.mostBallots)
        case "NUMBER ALTERNATIVES": heading.names = .init(repeating: nil, count: try number(Ballots.mostOptions))
        case "NUMBER CATEGORIES": heading.categories = .init(repeating: nil, count: try number(mostCategories))
        default:
            try readName(key, "ALTERNATIVE NAME ", value, into: &heading.names, cursor)
            try readName(key, "CATEGORY NAME ", value, into: &heading.categories, cursor)
        }
    }

    /// Levels of liking that people can tell apart are few; this leaves room for a file that counts to a thousand.
    static let mostCategories = 1_000

    private static func readName(
        _ key: String, _ prefix: String, _ value: String, into names: inout [String?], _ cursor: Cursor
    ) throws(Misread) {
        guard key.hasPrefix(prefix) else { return }
        guard let number = Int(key.dropFirst(prefix.count)), (1...max(1, names.count)).contains(number), !names.isEmpty
        else {
            throw cursor.refusal("This names a number that is not among those that the heading announced.")
        }
        guard names[number - 1] == nil else { throw cursor.refusal("Number \(number) is named twice.") }
        names[number - 1] = value
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }

    /// Names, where one has none its number.
    static func names(_ names: [String?]) -> [String] {
        names.enumerated().map { $1 ?? String($0 + 1) }
    }

    /// Reads `count: …` lines to the end, and hands over what follows each colon.
    @inline(__always)
    static func readLines(
        _ cursor: inout Cursor, _ each: (inout Cursor, Int) throws(Misread) -> Void
    ) throws(Misread) {
        var total = 0
        cursor.skipSpace()
        while !cursor.isAtEnd {
            guard let count = try cursor.number(), count > 0 else {
                throw cursor.refusal(
                    "A line begins with how many marked their ballot so, and a colon, like “12: 3,1”; here is \(cursor.glimpse)."
                )
            }
            cursor.skipSpaces()
            guard cursor.take(UInt8(ascii: ":")) else {
                throw cursor.refusal("After the count of ballots comes a colon.")
            }
            total += count
            guard total <= Ballots.mostBallots else {
                throw cursor.refusal("There are more ballots than can be counted.")
            }
            try each(&cursor, count)
            cursor.endLine()
            cursor.skipSpace()
        }
    }

    /// Refuses a file that holds other numbers of ballots than it says.
    static func check(_ heading: Heading, lines: Int, total: Int) throws(Misread) {
        if let voters = heading.voters, voters != total {
            throw Misread(line: 0, "The heading says that there are \(voters) ballots, and there are \(total).")
        }
        if let different = heading.different, different != lines {
            throw Misread(
                line: 0,
                "The heading says that there are \(different) different ballots, and there are \(lines) lines of them.")
        }
    }

    /// The heading of a file that is written.
    static func heading(
        _ kind: Kind, _ title: String, _ names: [String], categories: [String] = [], voters: Int, lines: Int
    ) -> String {
        var text = "# TITLE: \(oneLine(title))\n# DATA TYPE: \(kind.rawValue)\n# NUMBER ALTERNATIVES: \(names.count)\n"
        text += "# NUMBER VOTERS: \(voters)\n"
        text += kind == .cat ? "# NUMBER UNIQUE PREFERENCES: \(lines)\n" : "# NUMBER UNIQUE ORDERS: \(lines)\n"
        if kind == .cat { text += "# NUMBER CATEGORIES: \(categories.count)\n" }
        for (place, name) in categories.enumerated() { text += "# CATEGORY NAME \(place + 1): \(oneLine(name))\n" }
        for (place, name) in names.enumerated() { text += "# ALTERNATIVE NAME \(place + 1): \(oneLine(name))\n" }
        return text
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }))
    }
}
