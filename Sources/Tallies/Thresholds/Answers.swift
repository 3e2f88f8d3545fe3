/// What people answered to one proposal.
public struct Answers: Sendable, Hashable {
    /// What one person can answer.
    public enum Answer: String, Sendable, Hashable, CaseIterable {
        case yes
        case no
        /// Was there, and leaves it to the others.
        case abstain
        /// Can't live with it: by consent this stops it, otherwise it is a no.
        case object
    }

    /// How many answered each.
    public var counts: [Answer: Int] = [:]
    /// How many could have answered, where that is known.
    public var eligible: Int?

    /// Nobody has answered yet.
    public init(eligible: Int? = nil) {
        self.eligible = eligible
    }

    /// How many said yes.
    public var yes: Int { counts[.yes, default: 0] }
    /// How many said no, or objected.
    public var no: Int { counts[.no, default: 0] + objections }
    /// How many leave it to the others.
    public var abstained: Int { counts[.abstain, default: 0] }
    /// How many object.
    public var objections: Int { counts[.object, default: 0] }
    /// How many answered at all.
    public var given: Int { yes + no + abstained }
}
