extension BallotSheet {
    /// A sheet with a column for each option, and its rank in each row.
    struct OptionColumns {
        private let names: [String]
        private let first: Int
        private let count: Int?

        init(_ headings: [String], _ line: Int) throws(Misread) {
            let isBeside = headings.first.map { BallotSheet.isCount($0) || BallotSheet.isName($0) } ?? false
            first = isBeside ? 1 : 0
            count = isBeside && BallotSheet.isCount(headings[0]) ? 0 : nil
            names = Array(headings.dropFirst(first))
            try ScoreSheet.refuseBadNames(names, line)
        }

        func read(_ sheet: inout Sheet, _ cursor: inout Cursor) throws(Misread) -> Ballots {
            var ballots = Ballots(options: names)
            ballots.reserve(marks: cursor.left / 2, lines: cursor.left / (2 * names.count))
            var plain = LineOfMarks(options: names.count)
            var marked: [(rank: Int, option: Int)] = []
            while true {
                if readPlain(&cursor, &ballots, &plain) { continue }
                guard try sheet.next(&cursor) else { break }
                guard sheet.fields.count <= first + names.count else {
                    throw Misread(line: sheet.line, "This row has more fields than the first row has names.")
                }
                marked.removeAll(keepingCapacity: true)
                for option in names.indices {
                    switch sheet.number(first + option, cursor) {
                    case .none: continue
                    case .some(let rank) where rank > 0: marked.append((rank, option))
                    default:
                        throw Misread(
                            line: sheet.line,
                            "“\(sheet.text(first + option, cursor))” is no rank: 1 is for the most liked, 2 for the next, and so on to 9999."
                        )
                    }
                }
                marked.sort { $0 < $1 }
                append(marked, to: &ballots)
                ballots.close(count: try BallotSheet.count(count, sheet, cursor))
                try BallotSheet.check(ballots, sheet.line)
            }
            return ballots
        }

        /// Reads a row of ranks from 1 to some number, each given once: every option goes to the place that its rank
        /// names, and nothing need be sorted.
        @inline(__always)
        private func readPlain(_ cursor: inout Cursor, _ ballots: inout Ballots, _ plain: inout LineOfMarks) -> Bool {
            // The whole of it: a row that turns out not to be plain has been stepped over, and its line counted.
            let start = cursor
            plain.begin()
            guard let count = count == nil ? 1 : cursor.takePlainCount(), first == 0 || self.count != nil,
                cursor.takePlainRow(of: names.count, { $1 < 0 || plain.add($0, at: $1) }), plain.hasEveryRank
            else {
                cursor = start
                return false
            }
            ballots.append(plain)
            ballots.close(count: count)
            return true
        }

        /// A number that nobody gave is a rank left empty; many in a row say no more than the first few.
        private static let mostSkipped = 8

        @inline(__always)
        private func append(_ marked: [(rank: Int, option: Int)], to ballots: inout Ballots) {
            var last = 0
            for (rank, option) in marked {
                for _ in 0..<min(max(0, rank - last - 1), Self.mostSkipped) {
                    ballots.append(.skipped)
                    ballots.hasOddMarks = true
                }
                ballots.append(Mark(option, isTied: rank == last))
                last = rank
            }
        }
    }
}
