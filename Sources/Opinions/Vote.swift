/// What somebody said to a statement.
///
/// The numbers are those of every Polis export: agree is 1, disagree is -1, pass is 0. (Inside Polis's own
/// mathematics agree is -1; whoever reads one of its `math` files turns the sign.)
public enum Opinion: Int8, Sendable, Hashable, CaseIterable {
    case disagree = -1
    case pass = 0
    case agree = 1
}

/// One vote, as it was cast: who, on which statement, what, and when.
public struct Vote: Sendable, Hashable {
    /// The number of the person, as it stands in the file. Any whole number will do.
    public var participant: Int
    /// The number of the statement, as it stands in the file. Any whole number will do.
    public var statement: Int
    public var opinion: Opinion
    /// When it was cast, on any clock that only goes forward: milliseconds in older exports, seconds in newer ones.
    public var time: Int64

    public init(participant: Int, statement: Int, opinion: Opinion, time: Int64 = 0) {
        self.participant = participant
        self.statement = statement
        self.opinion = opinion
        self.time = time
    }
}
