/// A way of counting, with what is said of it wherever it is offered: on the command line and on pages alike.
public struct Rule: Sendable {
    /// What a rule counts.
    public enum Takes: Sendable, Hashable {
        /// Orders of options.
        case ranked
        /// Figures for options.
        case scored
        /// Answers to one proposal.
        case answers
        /// Projects that cost something, and what people would like of them.
        case money

        /// The ending of the files in which worked examples are written.
        var ending: String {
            switch self {
            case .ranked: "abif"
            case .scored, .answers: "csv"
            case .money: "pb"
            }
        }
    }

    /// What a count is asked for besides the papers.
    public struct Asked: Sendable {
        /// How many are elected, where the rule elects several.
        public var seats = 1
        /// What decides where the rule says no more.
        public var ties = Ties.lot(seed: 0)
        /// The rule's own settings, by the names that ``Rule/settings`` has.
        public var settings: [String: String] = [:]

        /// One seat, a lot from the seed 0, nothing set.
        public init() {}

        /// A setting, of those that it can be.
        func choice<Choice: RawRepresentable & CaseIterable>(
            _ name: String, or standard: Choice
        ) throws(Uncountable) -> Choice where Choice.RawValue == String {
            guard let text = settings[name] else { return standard }
            guard let choice = Choice(rawValue: text) else {
                let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                throw .unanswerable("“\(name)” is one of: \(all).")
            }
            return choice
        }

        /// A setting that is a whole number.
        func number(_ name: String) throws(Uncountable) -> Int? {
            guard let text = settings[name] else { return nil }
            guard let number = Int(text), (0...1_000_000_000).contains(number) else {
                throw .unanswerable("“\(name)” is a whole number from 0.")
            }
            return number
        }

        /// A setting that is yes or no.
        func flag(_ name: String) throws(Uncountable) -> Bool {
            switch settings[name] {
            case nil, "no": return false
            case "yes": return true
            default: throw .unanswerable("“\(name)” is yes or no.")
            }
        }

        /// A setting that is a fraction: `2/3`.
        func ratio(_ name: String) throws(Uncountable) -> Ratio? {
            guard let text = settings[name] else { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let upper = parts[0], let lower = parts[1], upper >= 0, lower > 0 else {
                throw .unanswerable("“\(name)” is a share like 2/3.")
            }
            return Ratio(Int128(upper), Int128(lower))
        }
    }

    /// A setting of a rule's own.
    public struct Setting: Sendable, Hashable {
        /// Its name, as `overvote`.
        public let name: String
        /// What it does, and what it can be.
        public let meaning: String

        init(_ name: String, _ meaning: String) {
            (self.name, self.meaning) = (name, meaning)
        }
    }

    /// Its name on the command line: `scottish-stv`.
    public let name: String
    /// Its name for people.
    public let title: String
    /// What it counts.
    public let takes: Takes
    /// What it does, in two plain sentences.
    public let explanation: String
    /// What the worked example is about, in a sentence; the example itself is counted by the rule.
    public let story: String
    /// The papers of the worked example, in a format that can be read.
    let example: String
    /// The seats of the worked example.
    var exampleSeats = 1
    /// The settings of the worked example.
    var exampleSettings: [String: String] = [:]
    /// Its own settings.
    public var settings: [Setting] = []
    /// Counts.
    let counting: @Sendable (Papers, Asked) throws(Uncountable) -> Outcome

    /// Counts papers. Refuses those of another kind, and settings that it does not have.
    public func count(_ papers: Papers, _ asked: Asked) throws(Uncountable) -> Outcome {
        for name in asked.settings.keys.sorted() where !settings.contains(where: { $0.name == name }) {
            let all = settings.map(\.name).joined(separator: ", ")
            throw .unanswerable(
                all.isEmpty ? "\(title) has no settings." : "\(title) has no setting “\(name)”; it has: \(all).")
        }
        return try counting(papers, asked)
    }

    /// The rule in two sentences, then its worked example, line by line.
    public var explained: [String] {
        var asked = Asked()
        (asked.seats, asked.settings) = (exampleSeats, exampleSettings)
        // What stands in this library counts, and a test holds it.
        guard let papers = try? Papers.read(Array(example.utf8), ending: takes.ending, for: self),
            let outcome = try? count(papers, asked)
        else { return [title, "", explanation] }
        return [title, "", explanation, "", "An example. \(story)", ""] + outcome.lines
    }
}
