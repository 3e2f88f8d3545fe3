/// Answers to one proposal as comma-separated values: a column `answer` (`yes`, `no`, `abstain` or `object`), and if
/// people answered on sides, `side`; `count` where a row stands for several.
public enum AnswerSheet {
    /// Reads a whole sheet: the sides in the order in which they are first named. Without that column there is one side
    /// with no name.
    public static func read(_ bytes: [UInt8]) throws(Misread) -> [(name: String, answers: Answers)] {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> [(name: String, answers: Answers)] in
            var sheet = Sheet()
            guard try sheet.next(&cursor) else { throw Misread(line: 0, "This file is empty.") }
            let headings = sheet.texts(cursor).map { $0.lowercased() }
            guard let answer = headings.firstIndex(of: "answer") else {
                throw Misread(line: sheet.line, "The first row should have a column called “answer”.")
            }
            let (side, count) = (headings.firstIndex(of: "side"), headings.firstIndex(of: "count"))
            var sides: [(name: String, answers: Answers)] = []
            while try sheet.next(&cursor) {
                guard let given = Answers.Answer(rawValue: sheet.text(answer, cursor).lowercased()) else {
                    throw Misread(
                        line: sheet.line, "“\(sheet.text(answer, cursor))” is none of yes, no, abstain and object.")
                }
                let name = side.map { sheet.text($0, cursor) } ?? ""
                let place = sides.firstIndex { $0.name == name } ?? sides.count
                guard place < mostSides else {
                    throw Misread(line: sheet.line, "There are more than \(mostSides) sides.")
                }
                if place == sides.count { sides.append((name, Answers())) }
                sides[place].answers.counts[given, default: 0] += try BallotSheet.count(count, sheet, cursor)
                guard sides[place].answers.given <= Ballots.mostBallots else {
                    throw Misread(line: sheet.line, "There are more answers than can be counted.")
                }
            }
            return sides
        }
    }

    /// More sides than a table has are a column that is something else.
    static let mostSides = 100

    /// Writes a sheet that reads back the same.
    public static func write(_ sides: [(name: String, answers: Answers)]) -> String {
        var text = "side,answer,count\n"
        for side in sides {
            for answer in Answers.Answer.allCases where side.answers.counts[answer, default: 0] > 0 {
                text += "\(Sheet.quoted(side.name)),\(answer.rawValue),\(side.answers.counts[answer]!)\n"
            }
        }
        return text
    }
}
