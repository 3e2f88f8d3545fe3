extension ABIF {
    /// A file that is being read.
    struct Reading {
        private var names: [String] = []
        private var places: [String: Int] = [:]
        private var title = ""
        private var lines: [(entries: [Entry], count: Int)] = []
        private var total = 0

        /// One option on one ballot.
        private struct Entry {
            let option: Int
            let score: Int?
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
            var (entries, hasCommas, isTied): ([Entry], Bool, Bool) = ([], false, false)
            var seen: Set<Int> = []
            repeat {
                cursor.skipSpaces()
                let option = try place(try token(&cursor), cursor)
                guard seen.insert(option).inserted else {
                    throw cursor.refusal("“\(names[option])” is on one ballot twice.")
                }
                entries.append(Entry(option: option, score: try score(&cursor), isTied: isTied))
                cursor.skipSpaces()
                isTied = cursor.byte == UInt8(ascii: "=")
                hasCommas = hasCommas || cursor.byte == UInt8(ascii: ",")
            } while cursor.take(UInt8(ascii: ">")) || cursor.take(UInt8(ascii: "=")) || cursor.take(UInt8(ascii: ","))
            if hasCommas { entries = try byScore(entries, cursor) }
            try endLine(&cursor)
            lines.append((entries, count))
        }

        /// Marks parted by commas have no order but that of their scores.
        private func byScore(_ entries: [Entry], _ cursor: Cursor) throws(Misread) -> [Entry] {
            guard entries.allSatisfy({ $0.score != nil }) else {
                throw cursor.refusal("With commas every option needs a score, like “A/5, B/3”.")
            }
            var sorted = entries.sorted { ($1.score!, $0.option) < ($0.score!, $1.option) }
            for place in sorted.indices {
                sorted[place].isTied = place > 0 && sorted[place].score == sorted[place - 1].score
            }
            return sorted
        }

        private func score(_ cursor: inout Cursor) throws(Misread) -> Int? {
            cursor.skipSpaces()
            guard cursor.take(UInt8(ascii: "/")) else { return nil }
            cursor.skipSpaces()
            guard let score = try cursor.number(), score <= Scores.largest else {
                throw cursor.refusal("After “/” comes a score, a whole number up to \(Scores.largest).")
            }
            return score
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
            while !cursor.isAtLineEnd, !Self.stops.contains(cursor.byte) { cursor.step() }
            guard cursor.at > start else {
                throw cursor.refusal("Here should be an option; here is \(cursor.glimpse).")
            }
            return cursor.text(start..<cursor.at)
        }

        /// What a bare name does not hold.
        private static let stops = Set(" \t>=,/:#[]{}\"".utf8)

        private mutating func place(_ name: String, _ cursor: Cursor) throws(Misread) -> Int {
            if let place = places[name] { return place }
            guard names.count < Ballots.mostOptions else {
                throw cursor.refusal("There can be at most \(Ballots.mostOptions) options.")
            }
            places[name] = names.count
            names.append(name)
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
            for line in lines {
                ballots.add(line.entries.map { Mark($0.option, isTied: $0.isTied) }, count: line.count)
            }
            // A square of ballots and options is made only where somebody gave scores.
            let hasScores =
                !lines.isEmpty && lines.allSatisfy { $0.entries.allSatisfy { $0.score != nil } }
                && lines.count <= Scores.mostFigures / max(1, names.count)
            guard hasScores else { return Document(ballots: ballots, scores: nil) }
            var scores = Scores(options: names)
            scores.title = title
            for line in lines {
                var figures = [Int?](repeating: nil, count: names.count)
                for entry in line.entries { figures[entry.option] = entry.score }
                scores.add(figures, count: line.count)
            }
            return Document(ballots: ballots, scores: scores)
        }
    }
}
