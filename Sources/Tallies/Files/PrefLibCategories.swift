extension PrefLib {
    /// Reads a `cat` file: each option put into one of the categories, the best first. An option's figure is how many
    /// categories are worse, so with two of them 1 is yes and 0 is no; what is in none has no figure.
    public static func readCategories(_ bytes: [UInt8]) throws(Misread) -> Scores {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Scores in
            let heading = try readHeading(&cursor)
            guard heading.kind ?? .cat == .cat, !heading.categories.isEmpty else {
                throw Misread(line: 0, "A file of categories says “# DATA TYPE: cat” and “# NUMBER CATEGORIES: 2”.")
            }
            var scores = Scores(options: names(heading.names))
            scores.title = heading.title
            var figures = [Int16](repeating: Scores.none, count: heading.names.count)
            try readLines(&cursor) { (cursor: inout Cursor, count: Int) throws(Misread) in
                for option in figures.indices { figures[option] = Scores.none }
                for category in heading.categories.indices {
                    if category > 0 {
                        cursor.skipSpaces()
                        guard cursor.take(UInt8(ascii: ",")) else {
                            throw cursor.refusal(
                                "This line should have \(heading.categories.count) categories, parted by commas.")
                        }
                    }
                    try readCategory(&cursor, Int16(heading.categories.count - 1 - category), &figures)
                }
                cursor.skipSpaces()
                guard cursor.isAtLineEnd else {
                    throw cursor.refusal("The line should end here; here is \(cursor.glimpse).")
                }
                for figure in figures { scores.append(figure) }
                guard scores.figures.count <= Scores.mostFigures else {
                    throw cursor.refusal("This file has more ballots and options than can be held at once.")
                }
                scores.close(count: count)
            }
            try check(heading, lines: scores.lines, total: scores.total)
            return scores
        }
    }

    /// One category: an option alone, or several or none in braces.
    private static func readCategory(
        _ cursor: inout Cursor, _ figure: Int16, _ figures: inout [Int16]
    ) throws(Misread) {
        cursor.skipSpaces()
        let isInBrace = cursor.take(UInt8(ascii: "{"))
        cursor.skipSpaces()
        if isInBrace, cursor.take(UInt8(ascii: "}")) { return }
        while true {
            cursor.skipSpaces()
            guard let option = try cursor.number(), (1...figures.count).contains(option) else {
                throw cursor.refusal("Here should be an option from 1 to \(figures.count).")
            }
            guard figures[option - 1] == Scores.none else {
                throw cursor.refusal("Option \(option) is on one ballot twice.")
            }
            figures[option - 1] = figure
            cursor.skipSpaces()
            guard isInBrace else { return }
            if cursor.take(UInt8(ascii: "}")) { return }
            guard cursor.take(UInt8(ascii: ",")) else {
                throw cursor.refusal("Options in braces are parted by commas.")
            }
        }
    }

    /// Writes ballots with figures as categories, from the largest figure to 0.
    public static func write(_ scores: Scores) -> String {
        let categories = Int(scores.figures.max() ?? 0) + 1
        let names = (0..<categories).map { categories == 2 ? ["Yes", "No"][$0] : String(categories - 1 - $0) }
        var text = heading(
            .cat, scores.title, scores.options, categories: names, voters: scores.total, lines: scores.lines)
        for line in 0..<scores.lines {
            let ballot = Array(scores.ballot(line))
            let written = (0..<categories).reversed().map { figure in
                let members = ballot.indices.filter { ballot[$0] == figure }.map { String($0 + 1) }
                return members.count == 1 ? members[0] : "{\(members.joined(separator: ","))}"
            }
            text += "\(scores.counts[line]): \(written.joined(separator: ","))\n"
        }
        return text
    }
}
