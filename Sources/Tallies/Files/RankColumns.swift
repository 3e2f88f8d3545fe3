extension BallotSheet {
    /// A sheet with a column for each rank.
    struct RankColumns {
        private let ranks: [Int]
        private let count: Int?
        private let labels: Labels

        /// Nothing where no heading is that of a rank.
        init?(_ headings: [String], _ labels: Labels) {
            ranks = headings.indices.filter { Self.isRank(headings[$0]) }
            count = headings.firstIndex(where: BallotSheet.isCount)
            self.labels = labels
            if ranks.isEmpty { return nil }
        }

        private static func isRank(_ heading: String) -> Bool {
            let words = heading.lowercased().split(separator: " ")
            return words.count == 2 && (words[0] == "rank" || words[0] == "choice") && Int(words[1]) != nil
        }

        func read(_ sheet: inout Sheet, _ cursor: inout Cursor) throws(Misread) -> Ballots {
            var names = labels.options
            var places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            var spellings = Spellings()
            // Names are known only at the end, and marks only need their places.
            var ballots = Ballots(options: [])
            ballots.reserve(marks: cursor.left / 8, lines: cursor.left / 64)
            var marks: [Mark] = []
            while try sheet.next(&cursor) {
                marks.removeAll(keepingCapacity: true)
                for column in ranks {
                    // A plain name that was met before is known by its bytes.
                    let range = column < sheet.fields.count ? sheet.fields[column].range : 0..<0
                    if !range.isEmpty, let bits = spellings.meaning(of: range, cursor) {
                        marks.append(Mark(bits: UInt16(truncatingIfNeeded: bits)))
                        continue
                    }
                    let before = marks.count
                    try read(sheet.text(column, cursor), into: &marks, &names, &places, sheet.line)
                    if marks.count == before + 1, !range.isEmpty, !sheet.fields[column].isDoubled {
                        spellings.keep(Int(marks[before].bits), for: range, cursor)
                    }
                }
                // Ranks left empty after the last mark say nothing.
                while marks.last == .skipped { marks.removeLast() }
                ballots.add(marks, count: try BallotSheet.count(count, sheet, cursor))
                try BallotSheet.check(ballots, sheet.line)
            }
            return ballots.named(names)
        }

        private func read(
            _ text: String, into marks: inout [Mark], _ names: inout [String], _ places: inout [String: Int],
            _ line: Int
        ) throws(Misread) {
            let text = text.isEmpty ? labels.blank ?? labels.skipped : text
            if text == labels.skipped { return marks.append(.skipped) }
            if text == labels.overvote { return marks.append(.overvote) }
            var isTied = false
            for part in text.split(separator: labels.delimiter) {
                let name = labels.aliases[String(part)] ?? String(part)
                if places[name] == nil {
                    guard labels.options.isEmpty else {
                        throw Misread(line: line, "“\(name)” is not among those who stand.")
                    }
                    guard names.count < Ballots.mostOptions else {
                        throw Misread(line: line, "There are more than \(Ballots.mostOptions) different names.")
                    }
                    places[name] = names.count
                    names.append(name)
                }
                marks.append(Mark(places[name]!, isTied: isTied))
                isTied = true
            }
            if !isTied { marks.append(.skipped) }
        }
    }
}
