/// Ballots with figures as comma-separated values: a column for each option, a row for each ballot, a whole number or
/// nothing in each field. A column `count`, `id` or `ballot` may stand first.
public enum ScoreSheet {
    /// Reads a whole sheet.
    public static func read(_ bytes: [UInt8]) throws(Misread) -> Scores {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Scores in
            var sheet = Sheet()
            guard try sheet.next(&cursor) else { throw Misread(line: 0, "This file is empty.") }
            let headings = sheet.texts(cursor)
            let isBeside = BallotSheet.isCount(headings[0]) || BallotSheet.isName(headings[0])
            let count = BallotSheet.isCount(headings[0]) ? 0 : nil
            let names = Array(headings.dropFirst(isBeside ? 1 : 0))
            try refuseBadNames(names, sheet.line)
            var scores = Scores(options: names)
            let figures = UnsafeMutableBufferPointer<Int16>.allocate(capacity: names.count)
            defer { figures.deallocate() }
            while true {
                if !isBeside || count != nil, readPlain(&cursor, count != nil, figures, &scores) { continue }
                guard try sheet.next(&cursor) else { return scores }
                try readRow(sheet, cursor, headings.count - names.count, count, &scores)
            }
        }
    }

    /// Reads a row of small figures, with a small count or none before them.
    @inline(__always)
    private static func readPlain(
        _ cursor: inout Cursor, _ hasCount: Bool, _ figures: UnsafeMutableBufferPointer<Int16>, _ scores: inout Scores
    ) -> Bool {
        let start = cursor.at
        guard let count = hasCount ? cursor.takePlainCount() : 1,
            cursor.takePlainRow(
                of: figures.count,
                {
                    figures[$0] = Int16(truncatingIfNeeded: $1)
                    return true
                })
        else {
            cursor.move(to: start)
            return false
        }
        scores.append(figures)
        scores.close(count: count)
        return true
    }

    private static func readRow(
        _ sheet: Sheet, _ cursor: Cursor, _ first: Int, _ count: Int?, _ scores: inout Scores
    ) throws(Misread) {
        guard sheet.fields.count == first + scores.options.count else {
            let (there, asked) = (sheet.fields.count, first + scores.options.count)
            throw Misread(line: sheet.line, "This row has \(there) fields, and the first row has \(asked).")
        }
        for option in scores.options.indices {
            switch sheet.number(first + option, cursor) {
            case .none: scores.append(Scores.none)
            case .some(let figure): scores.append(Int16(figure))
            case .bad:
                let text = sheet.text(first + option, cursor)
                throw Misread(line: sheet.line, "“\(text)” is no whole number from 0 to \(Scores.largest).")
            }
        }
        scores.close(count: try BallotSheet.count(count, sheet, cursor))
        guard scores.total <= Ballots.mostBallots else {
            throw Misread(line: sheet.line, "There are more ballots than can be counted.")
        }
    }

    static func refuseBadNames(_ names: [String], _ line: Int) throws(Misread) {
        guard !names.isEmpty else { throw Misread(line: line, "The first row should name the options.") }
        guard names.count <= Ballots.mostOptions else {
            throw Misread(line: line, "There can be at most \(Ballots.mostOptions) options.")
        }
        var seen: Set<String> = []
        for name in names {
            guard !name.isEmpty else { throw Misread(line: line, "Every option needs a name in the first row.") }
            guard seen.insert(name).inserted else { throw Misread(line: line, "Two options are called “\(name)”.") }
        }
    }

    /// Writes a sheet that reads back the same.
    public static func write(_ scores: Scores) -> String {
        var text = (["count"] + scores.options).map(Sheet.quoted).joined(separator: ",") + "\n"
        for line in 0..<scores.lines {
            let figures = scores.ballot(line).map { $0 == Scores.none ? "" : String($0) }
            text += ([String(scores.counts[line])] + figures).joined(separator: ",") + "\n"
        }
        return text
    }
}
