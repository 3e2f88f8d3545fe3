/// What was read from a file, ready for a rule to count.
public enum Papers: Sendable {
    /// Orders of options.
    case ranked(Ballots)
    /// Figures for options.
    case scored(Scores)
    /// Answers to one proposal, by side.
    case answers([(name: String, answers: Answers)])
    /// A vote about money.
    case money(MoneyVote)

    /// What kind they are, as a word for people.
    public var kind: String {
        switch self {
        case .ranked: "ranked ballots"
        case .scored: "ballots with figures"
        case .answers: "answers to a proposal"
        case .money: "ballots about money"
        }
    }

    /// How many options there are to choose among.
    public var options: Int {
        switch self {
        case .ranked(let ballots): ballots.options.count
        case .scored(let scores): scores.options.count
        case .answers: 0
        case .money(let vote): vote.projects.count
        }
    }

    /// How many are elected, where the file says.
    public var seats: Int? {
        if case .ranked(let ballots) = self { return ballots.seats }
        return nil
    }

    /// The kinds of file that can be read, by how their names end.
    public static let endings = ["blt", "soc", "soi", "toc", "toi", "cat", "abif", "csv", "pb"]

    /// Reads a file whose name ends so. A sheet of comma-separated values is read as what the rule that is to count it
    /// takes: figures, ranks or answers.
    public static func read(_ bytes: [UInt8], ending: String, for rule: Rule?) throws(Misread) -> Papers {
        switch ending.lowercased() {
        case "blt": return .ranked(try BLT.read(bytes))
        case "soc", "soi", "toc", "toi":
            return .ranked(try PrefLib.read(bytes, kind: PrefLib.Kind(rawValue: ending.lowercased())))
        case "cat": return .scored(try PrefLib.readCategories(bytes))
        case "abif":
            let document = try ABIF.read(bytes)
            guard rule?.takes == .scored else { return .ranked(document.ballots) }
            guard let scores = document.scores else {
                throw Misread(line: 0, "This file has no score for every mark, and \(rule!.title) needs them.")
            }
            return .scored(scores)
        case "pb": return .money(try Pabulib(reading: bytes).vote)
        case "csv":
            switch rule?.takes {
            case .scored: return .scored(try ScoreSheet.read(bytes))
            case .answers: return .answers(try AnswerSheet.read(bytes))
            default: return .ranked(try BallotSheet.read(bytes))
            }
        default:
            throw Misread(
                line: 0, "Files that can be read end with one of these: \(endings.joined(separator: ", ")).")
        }
    }
}
