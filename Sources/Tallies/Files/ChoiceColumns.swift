extension BallotSheet {
    /// Clear Ballot's sheet: a column for each option at each rank, headed
    /// `Choice_N_1:contest:rank:vote for:name:party`.
    struct ChoiceColumns {
        private let columns: [(column: Int, rank: Int, option: Int)]
        private let names: [String]

        /// Nothing where no heading is that of a choice. One contest is read: the first.
        init?(_ headings: [String]) {
            var (columns, names): ([(column: Int, rank: Int, option: Int)], [String]) = ([], [])
            var contest: Substring?
            for (column, heading) in headings.enumerated() where heading.hasPrefix("Choice_") {
                let parts = heading.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count >= 5, let rank = Int(parts[2]), (1...999).contains(rank) else { continue }
                if contest == nil { contest = parts[1] }
                guard contest == parts[1] else { continue }
                let name = String(parts[4])
                if !names.contains(name) { names.append(name) }
                columns.append((column, rank, names.firstIndex(of: name)!))
            }
            guard !columns.isEmpty, names.count <= Ballots.mostOptions else { return nil }
            self.columns = columns.sorted { ($0.rank, $0.option) < ($1.rank, $1.option) }
            self.names = names
        }

        func read(_ sheet: inout Sheet, _ cursor: inout Cursor) throws(Misread) -> Ballots {
            var ballots = Ballots(options: names)
            while try sheet.next(&cursor) {
                var marks: [Mark] = []
                var last = 0
                for (column, rank, option) in columns {
                    switch sheet.number(column, cursor) {
                    case .some(1):
                        for _ in stride(from: last + 1, to: rank, by: 1) { marks.append(.skipped) }
                        marks.append(Mark(option, isTied: rank == last))
                        last = rank
                    case .some(0), .none: continue
                    default: throw Misread(line: sheet.line, "A choice is marked with 1, and not marked with 0.")
                    }
                }
                ballots.add(marks)
                try BallotSheet.check(ballots, sheet.line)
            }
            return ballots
        }
    }
}
