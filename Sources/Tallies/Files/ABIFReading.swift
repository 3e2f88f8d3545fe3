extension ABIF {
    /// A file that is being read.
    struct Reading: ~Copyable {
        private var names: [String] = []
        private var places: [String: Int] = [:]
        private var title = ""
        private var spellings = Spellings()
        /// All that is marked, ballot after ballot, and where each ballot ends.
        private var entries: [Entry] = []
        private var lines: [(end: Int, count: Int)] = []
        private var total = 0
        /// By option: the last ballot that it was seen on.
        private var seen: [Int32] = []
        private var hasEveryScore = true

        /// One option on one ballot.
        private struct Entry {
            let option: Int32
            /// ``Scores/none`` where it has none.
            let score: Int16
            var isTied: Bool
        }

        mutating func readLine(_ cursor: inout Cursor) throws(Misread) {
            switch cursor.byte {
            case UInt8(ascii: "#"): cursor.skipLine()
            case UInt8(ascii: "{"): try readAbout(&cursor)
            case UInt8(ascii: "="): try readName(&cursor)
            default: try readBallot(&cursor)
            }
        }

        private mutating func readAbout(_ cursor: inout Cursor) throws(Misread) {
            let text = cursor.restOfLine()
            guard text.hasSuffix("}") else {
                throw cursor.refusal("What begins with “{” should end with “}” on its line.")
            }
            let inside = text.dropFirst().dropLast()
            if let colon = inside.firstIndex(of: ":"), inside[..<colon].contains("title") {
                title = String(inside[inside.index(after: colon)...].drop { $0 == " " || $0 == "\"" })
                while let last = title.last, last == " " || last == "\"" { title.removeLast() }
            }
        }

        /// `=A:[Ann Long]`
        private mutating func readName(_ cursor: inout Cursor) throws(Misread) {
            cursor.step()
            let short = try token(&cursor)
            cursor.skipSpaces()
            guard cursor.take(UInt8(ascii: ":")) else {
                throw cursor.refusal("After a short name comes a colon and the long one.")
            }
            cursor.skipSpaces()
            let long = try token(&cursor)
            try endLine(&cursor)
            names[try place(short, cursor)] = long
        }

        private mutating func readBallot(_ cursor: inout Cursor) throws(Misread) {
            guard let count = try cursor.number(), count > 0 else {
                throw cursor.refusal(
                    "A line begins with how many marked their ballot so, and a colon; here is \(cursor.glimpse).")
            }
            cursor.skipSpaces()
            guard cursor.take(UInt8(ascii: ":")) else {
                throw cursor.refusal("After the count of ballots comes a colon.")
            }
            total += count
            guard total <= Ballots.mostBallots else {
                throw cursor.refusal("There are more ballots than can be counted.")
            }
            let (ballot, start) = (Int32(truncatingIfNeeded: lines.count), entries.count)
            var (hasCommas, isTied, parting) = (false, false, UInt8(0))
            repeat {
                cursor.skipSpaces()
                let option = try option(&cursor)
                guard seen[option] != ballot else {
                    throw cursor.refusal("“\(names[option])” is on one ballot twice.")
                }
                seen[option] = ballot
                entries.append(Entry(option: Int32(option), score: try score(&cursor), isTied: isTied))
                cursor.skipSpaces()
                parting = cursor.byte
                isTied = parting == UInt8(ascii: "=")
                hasCommas = hasCommas || parting == UInt8(ascii: ",")
                let isParted = isTied || parting == UInt8(ascii: ">") || parting == UInt8(ascii: ",")
                guard isParted, cursor.take(parting) else { break }
            } while true
            if hasCommas { try orderByScore(from: start, cursor) }
            try endLine(&cursor)
            lines.append((entries.count, count))
        }

        /// Marks parted by commas have no order but that of their scores.
        private mutating func orderByScore(from start: Int, _ cursor: Cursor) throws(Misread) {
            guard entries[start...].allSatisfy({ $0.score != Scores.none }) else {
                throw cursor.refusal("With commas every option needs a score, like “A/5, B/3”.")
            }
            entries[start...].sort { ($1.score, $0.option) < ($0.score, $1.option) }
            for place in start..<entries.count {
                entries[place].isTied = place > start && entries[place].score == entries[place - 1].score
            }
        }

        @inline(__always)
        private mutating func score(_ cursor: inout Cursor) throws(Misread) -> Int16 {
            cursor.skipSpaces()
            guard cursor.take(UInt8(ascii: "/")) else {
                hasEveryScore = false
                return Scores.none
            }
            cursor.skipSpaces()
            guard let score = try cursor.number(), score <= Scores.largest else {
                throw cursor.refusal("After “/” comes a score, a whole number up to \(Scores.largest).")
            }
            return Int16(score)
        }

        /// The option that is named here, bare or in brackets.
        @inline(__always)
        private mutating func option(_ cursor: inout Cursor) throws(Misread) -> Int {
            let start = cursor.at
            cursor.skip(while: Self.isBare)
            let bare = start..<cursor.at
            if !bare.isEmpty, let known = spellings.meaning(of: bare, cursor) { return known }
            cursor.move(to: start)
            let option = try place(try token(&cursor), cursor)
            if !bare.isEmpty { spellings.keep(option, for: bare, cursor) }
            return option
        }

        /// A name: bare letters, digits and a few signs, or anything in square brackets or quotation marks.
        private func token(_ cursor: inout Cursor) throws(Misread) -> String {
            let ends: [UInt8: UInt8] = [UInt8(ascii: "["): UInt8(ascii: "]"), UInt8(ascii: "\""): UInt8(ascii: "\"")]
            let start = cursor.at
            if let end = ends[cursor.byte] {
                cursor.step()
                while cursor.byte != end {
                    guard !cursor.isAtLineEnd else {
                        throw cursor.refusal("A name in brackets should end on its line.")
                    }
                    cursor.step()
                }
                cursor.step()
                return cursor.text(start + 1..<cursor.at - 1)
            }
            cursor.skip(while: Self.isBare)
            guard cursor.at > start else {
                throw cursor.refusal("Here should be an option; here is \(cursor.glimpse).")
            }
            return cursor.text(start..<cursor.at)
        }

        /// Whether a bare name holds this byte. A table of two words in place of a set: every byte is asked about.
        @inline(__always)
        private static func isBare(_ byte: UInt8) -> Bool {
            // Tab, the ends of lines, space, and " # , / : = > below 64; [ ] { } above.
            let low: UInt64 = 1 << 9 | 1 << 10 | 1 << 13 | 1 << 32 | 1 << 34 | 1 << 35 | 1 << 44 | 1 << 47 | 1 << 58
            let lowest: UInt64 = low | 1 << 61 | 1 << 62
            let high: UInt64 = 1 << (91 - 64) | 1 << (93 - 64) | 1 << (123 - 64) | 1 << (125 - 64)
            return byte >= 128 || (byte < 64 ? lowest : high) >> UInt64(byte & 63) & 1 == 0
        }

        private mutating func place(_ name: String, _ cursor: Cursor) throws(Misread) -> Int {
            if let place = places[name] { return place }
            guard names.count < Ballots.mostOptions else {
                throw cursor.refusal("There can be at most \(Ballots.mostOptions) options.")
            }
            places[name] = names.count
            names.append(name)
            seen.append(-1)
            return names.count - 1
        }

        private func endLine(_ cursor: inout Cursor) throws(Misread) {
            cursor.skipSpaces()
            guard cursor.isAtLineEnd || cursor.byte == UInt8(ascii: "#") else {
                throw cursor.refusal("Options are parted by “>”, “=” or “,”; here is \(cursor.glimpse).")
            }
            cursor.skipLine()
        }

        var document: Document {
            var ballots = Ballots(options: names)
            ballots.title = title
            ballots.reserve(marks: entries.count, lines: lines.count)
            var start = 0
            for line in lines {
                for entry in entries[start..<line.end] {
                    ballots.append(Mark(Int(entry.option), isTied: entry.isTied))
                }
                ballots.close(count: line.count)
                start = line.end
            }
            return Document(ballots: ballots, scores: scores)
        }

        /// The ballots as scores. A square of ballots and options is made only where everybody gave scores.
        private var scores: Scores? {
            guard hasEveryScore, !lines.isEmpty, lines.count <= Scores.mostFigures / max(1, names.count) else {
                return nil
            }
            var (scores, start) = (Scores(options: names), 0)
            scores.title = title
            for line in lines {
                var figures = [Int?](repeating: nil, count: names.count)
                for entry in entries[start..<line.end] { figures[Int(entry.option)] = Int(entry.score) }
                scores.add(figures, count: line.count)
                start = line.end
            }
            return scores
        }
    }
}
