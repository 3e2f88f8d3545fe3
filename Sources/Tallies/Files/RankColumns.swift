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
            var lines: [(marks: [Mark], count: Int)] = []
            var total = 0
            while try sheet.next(&cursor) {
                var marks: [Mark] = []
                for column in ranks {
                    let text = sheet.text(column, cursor)
                    try read(text, into: &marks, &names, &places, sheet.line)
                }
                // Ranks left empty after the last mark say nothing.
                while marks.last == .skipped { marks.removeLast() }
                let count = try BallotSheet.count(count, sheet, cursor)
                total += count
                guard total <= Ballots.mostBallots else {
                    throw Misread(line: sheet.line, "There are more ballots than can be counted.")
                }
                lines.append((marks, count))
            }
            var ballots = Ballots(options: names)
            for line in lines { ballots.add(line.marks, count: line.count) }
            return ballots
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
