/// Ranked ballots as comma-separated values: a row of headings, then a row for each ballot. Which of these layouts it
/// is can be told from the headings:
///
/// - **Ranks**: columns called `Rank 1`, `Rank 2`… (or `Choice 1`…) with an option's name in each, as city tabulators
///   export cast vote records. Other columns are passed over, but for `count`: how many ballots are marked so. The
///   options are those named, in the order in which they first are, unless they are given.
/// - **Options**: a column for each option, with its rank in each row, 1 for the most liked; empty for none. The same
///   number twice is a shared rank. A column `count`, `id` or `ballot` may stand first.
/// - **Choices**: Clear Ballot's export, a column for each option at each rank
///   (`Choice_3_1:Contest:2:Vote For 1:Ann:…`) with 1 where it is marked.
public enum BallotSheet {
    /// The words that stand for something else than an option, in the **ranks** layout.
    public struct Labels: Sendable, Hashable {
        /// A rank with more than one mark.
        public var overvote = "overvote"
        /// A rank with no mark.
        public var skipped = "undervote"
        /// What parts several options that are marked at one rank.
        public var delimiter: Character = "|"
        /// The options' names, where they are known; a name that is not among them is then refused.
        public var options: [String] = []
        /// Other names that stand for an option.
        public var aliases: [String: String] = [:]
        /// The option that an empty rank stands for, if it is not a rank with no mark.
        public var blank: String?

        /// The words that RCTab writes.
        public init() {}
    }

    /// Reads a whole sheet.
    public static func read(_ bytes: [UInt8], labels: Labels = Labels()) throws(Misread) -> Ballots {
        try bytes.read { (cursor: inout Cursor) throws(Misread) -> Ballots in
            var sheet = Sheet()
            guard try sheet.next(&cursor) else { throw Misread(line: 0, "This file is empty.") }
            let headings = sheet.texts(cursor)
            if let columns = ChoiceColumns(headings) { return try columns.read(&sheet, &cursor) }
            if let columns = RankColumns(headings, labels) { return try columns.read(&sheet, &cursor) }
            return try OptionColumns(headings, sheet.line).read(&sheet, &cursor)
        }
    }

    /// Writes ballots in the **ranks** layout, which holds everything that a ballot can have on it.
    public static func write(_ ballots: Ballots) -> String {
        let labels = Labels()
        let longest = (0..<ballots.lines).map { line in ballots.marks(of: line).count { !$0.isTied } }.max() ?? 0
        var text = (["count"] + (1...max(1, longest)).map { "Rank \($0)" }).joined(separator: ",") + "\n"
        for line in 0..<ballots.lines {
            var ranks: [String] = []
            for mark in ballots.marks(of: line) {
                let name =
                    mark.isOption ? ballots.options[mark.option] : (mark == .skipped ? labels.skipped : labels.overvote)
                if mark.isTied { ranks[ranks.count - 1] += "\(labels.delimiter)\(name)" } else { ranks.append(name) }
            }
            text += ([String(ballots.counts[line])] + ranks.map(Sheet.quoted)).joined(separator: ",") + "\n"
        }
        return text
    }

    /// A column that says how many ballots are marked so, or only tells ballots apart.
    static func isCount(_ heading: String) -> Bool { heading.lowercased() == "count" }
    static func isName(_ heading: String) -> Bool { ["id", "ballot"].contains(heading.lowercased()) }

    /// How many ballots a row stands for.
    static func count(_ column: Int?, _ sheet: Sheet, _ cursor: Cursor) throws(Misread) -> Int {
        guard let column else { return 1 }
        if case .some(let small) = sheet.number(column, cursor), small > 0 { return small }
        guard let count = Int(sheet.text(column, cursor)), (1...Ballots.mostBallots).contains(count) else {
            throw Misread(line: sheet.line, "The count says how many ballots are marked so, at least 1.")
        }
        return count
    }

    static func check(_ ballots: Ballots, _ line: Int) throws(Misread) {
        guard ballots.total <= Ballots.mostBallots else {
            throw Misread(line: line, "There are more ballots than can be counted.")
        }
    }
}
