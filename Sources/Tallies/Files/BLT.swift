/// BLT files: ranked ballots as counting programs have exchanged them since the 1980s (I. D. Hill, B. A. Wichmann and
/// D. R. Woodall, *Algorithm 123: Single Transferable Vote by Meek's method*, The Computer Journal 30, 1987), with what
/// later programs added: equal ranks (`2=3`), skipped ranks (`-`), a name for each ballot in brackets, `#` for remarks.
///
///     4 2             four stand, for two seats
///     -2              the second withdrew
///     3 1 3 4 0       three ballots: first 1, then 3, then 4
///     2 4 1=3 0       two: first 4, then 1 and 3 alike
///     0               no more ballots
///     "Adam"          the names, in order
///     …
///     "Title"
public enum BLT {
    /// Reads a whole file. Ballots stay in its order and are not put together.
    public static func read(_ bytes: [UInt8]) throws(Misread) -> Ballots {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Ballots in
            var reading = try Reading(&cursor)
            return try reading.ballots(&cursor)
        }
    }
}

extension BLT {
    private struct Reading {
        private let options: Int
        private let seats: Int
        private var withdrawn: [Int] = []

        init(_ cursor: inout Cursor) throws(Misread) {
            BLT.skip(&cursor)
            guard let options = try cursor.number(), options > 0 else {
                throw cursor.refusal("A BLT file begins with how many stand and how many seats there are, like “4 2”.")
            }
            BLT.skip(&cursor)
            guard let seats = try cursor.number(), seats > 0 else {
                throw cursor.refusal("After how many stand comes how many seats there are, at least one.")
            }
            guard options <= Ballots.mostOptions else {
                throw cursor.refusal("At most \(Ballots.mostOptions) can stand; here are \(options).")
            }
            (self.options, self.seats) = (options, seats)
        }

        mutating func ballots(_ cursor: inout Cursor) throws(Misread) -> Ballots {
            try readWithdrawn(&cursor)
            var kept = Ballots(options: [])
            kept.reserve(marks: cursor.left / 2, lines: cursor.left / 8)
            var seen = [Int32](repeating: -1, count: options)
            var plain = LineOfMarks(options: options)
            while true {
                if !readPlain(&cursor, &kept, &plain) {
                    guard let count = try readCount(&cursor) else { break }
                    try readMarks(&cursor, &kept, &seen)
                    kept.close(count: count)
                }
                guard kept.total <= Ballots.mostBallots else {
                    throw cursor.refusal("There are more ballots than can be counted.")
                }
            }
            return try readNames(&cursor, kept)
        }

        /// Reads a ballot that has a line to itself, with nothing on it but numbers and single spaces.
        @inline(__always)
        private func readPlain(_ cursor: inout Cursor, _ kept: inout Ballots, _ plain: inout LineOfMarks) -> Bool {
            let (start, count) = (cursor.at, cursor.small(at: cursor.at))
            guard count.length &- 1 < 3, count.number > 0, count.after == 32 else { return false }
            cursor.move(to: start + count.length + 1)
            guard cursor.takePlainMarks(&plain, partedBy: 32, endsInZero: true) else {
                cursor.move(to: start)
                return false
            }
            cursor.endLine()
            kept.append(plain)
            kept.close(count: count.number)
            return true
        }

        /// How many marked a ballot so; nothing at the lone 0 that ends them.
        private func readCount(_ cursor: inout Cursor) throws(Misread) -> Int? {
            BLT.skip(&cursor)
            try BLT.skipBallotName(&cursor)
            guard let count = try cursor.number() else {
                throw cursor.refusal(
                    "Here a ballot should begin with how many marked it so, or a lone 0 end them; it is \(cursor.glimpse)."
                )
            }
            return count == 0 ? nil : count
        }

        private mutating func readWithdrawn(_ cursor: inout Cursor) throws(Misread) {
            BLT.skip(&cursor)
            while cursor.take(UInt8(ascii: "-")) {
                guard let option = try cursor.number(), (1...options).contains(option) else {
                    throw cursor.refusal("After “-” comes the number of one who withdrew, from 1 to \(options).")
                }
                withdrawn.append(option - 1)
                BLT.skip(&cursor)
            }
        }

        /// Reads the marks of one ballot, to its 0.
        @inline(__always)
        private func readMarks(
            _ cursor: inout Cursor, _ kept: inout Ballots, _ seen: inout [Int32]
        ) throws(Misread) {
            var isTied = false
            let line = Int32(truncatingIfNeeded: kept.lines)
            while true {
                if !cursor.take(32) || cursor.isAtSpace { BLT.skip(&cursor) }
                guard let option = try cursor.number() else {
                    guard !isTied, cursor.take(UInt8(ascii: "-")) else {
                        throw cursor.refusal(
                            "A ballot is numbers from 1 to \(options) and ends with 0; here is \(cursor.glimpse).")
                    }
                    kept.append(.skipped)
                    kept.hasOddMarks = true
                    continue
                }
                if option == 0 {
                    guard !isTied else { throw cursor.refusal("After “=” comes one more that is liked as much.") }
                    return
                }
                guard option <= options else {
                    throw cursor.refusal("\(option) stands for nobody: the numbers go from 1 to \(options).")
                }
                guard seen[option - 1] != line else {
                    throw cursor.refusal("\(option) is on one ballot twice.")
                }
                seen[option - 1] = line
                kept.append(Mark(option - 1, isTied: isTied))
                isTied = cursor.take(UInt8(ascii: "="))
            }
        }

        private func readNames(_ cursor: inout Cursor, _ kept: Ballots) throws(Misread) -> Ballots {
            var names: [String] = []
            while names.count < options {
                names.append(
                    try BLT.quoted(&cursor, "Here should be the name of number \(names.count + 1), in quotation marks"))
            }
            BLT.skip(&cursor)
            let title =
                cursor.isAtEnd ? "" : try BLT.quoted(&cursor, "After the names comes the title, in quotation marks")
            BLT.skip(&cursor)
            guard cursor.isAtEnd else {
                throw cursor.refusal("The file should end after its title; here is \(cursor.glimpse).")
            }
            var ballots = kept.named(names)
            (ballots.title, ballots.seats, ballots.withdrawn) = (title, seats, Set(withdrawn).sorted())
            return ballots
        }
    }

    /// Steps over space, ends of lines and remarks.
    @inline(__always)
    fileprivate static func skip(_ cursor: inout Cursor) {
        cursor.skipSpace()
        while cursor.byte == UInt8(ascii: "#"), !cursor.isAtEnd {
            cursor.skipLine()
            cursor.skipSpace()
        }
    }

    /// Steps over a ballot's own name: `(B-17)`.
    @inline(__always)
    fileprivate static func skipBallotName(_ cursor: inout Cursor) throws(Misread) {
        guard cursor.take(UInt8(ascii: "(")) else { return }
        while !cursor.take(UInt8(ascii: ")")) {
            guard !cursor.isAtLineEnd else {
                throw cursor.refusal("A ballot's name in brackets should end with “)” on its line.")
            }
            cursor.step()
        }
        skip(&cursor)
    }

    /// A text in quotation marks; a quotation mark within it stands after a backslash or twice.
    fileprivate static func quoted(_ cursor: inout Cursor, _ expected: String) throws(Misread) -> String {
        skip(&cursor)
        guard cursor.take(UInt8(ascii: "\"")) else { throw cursor.refusal("\(expected); it is \(cursor.glimpse).") }
        var bytes: [UInt8] = []
        while true {
            guard !cursor.isAtLineEnd else {
                throw cursor.refusal("A name should end with a quotation mark on its line.")
            }
            if cursor.take(UInt8(ascii: "\"")) {
                guard cursor.take(UInt8(ascii: "\"")) else { break }
                bytes.append(UInt8(ascii: "\""))
            } else {
                // A backslash makes what follows plain, where that is a quotation mark or a backslash.
                if cursor.byte == UInt8(ascii: "\\"), [34, 92].contains(cursor.next) { cursor.step() }
                bytes.append(cursor.byte)
                cursor.step()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension BLT {
    /// Writes ballots so that another program can count them again. `seats` is used where the ballots don't say. What
    /// BLT has no sign for (a spoilt rank) is written as a skipped one.
    public static func write(_ ballots: Ballots, seats: Int = 1) -> String {
        var text = "\(ballots.options.count) \(ballots.seats ?? seats)\n"
        if !ballots.withdrawn.isEmpty { text += ballots.withdrawn.map { "-\($0 + 1)" }.joined(separator: " ") + "\n" }
        for line in 0..<ballots.lines where ballots.counts[line] > 0 {
            text += String(ballots.counts[line])
            for mark in ballots.marks(of: line) {
                text += mark.isTied ? "=" : " "
                text += mark.isOption ? String(mark.option + 1) : "-"
            }
            text += " 0\n"
        }
        text += "0\n"
        for name in ballots.options + [ballots.title] { text += "\"\(escaped(name))\"\n" }
        return text
    }

    /// A name on one line, with what would end it or begin an escape made plain.
    private static func escaped(_ name: String) -> String {
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "\n", "\r": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
