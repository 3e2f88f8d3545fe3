/// A figure of a count, as exact as the rule holds it.
public enum Figure: Sendable, Hashable {
    /// A whole number: votes, points, coins.
    case whole(Int)
    /// A decimal, with as many places as the rule keeps.
    case fixed(Fixed)
    /// A fraction.
    case ratio(Ratio)
    /// A number that is already written, where a rule's own arithmetic is neither of those.
    case written(String)
}

extension Figure: CustomStringConvertible {
    /// As it is written in a report: every place, nothing rounded.
    public var description: String {
        switch self {
        case .whole(let number): String(number)
        case .fixed(let number): number.description
        case .ratio(let number): number.description
        case .written(let text): text
        }
    }
}
