/// Everything that follows from the votes at one moment.
///
/// Whatever is *by statement* stands in the order of `statements`, whatever is *by participant* in that of
/// `participants`; groups are numbered by their place in `groups`.
public struct Analysis: Sendable {
    /// Numbers of the people as they stand in the file, in the order in which they first voted.
    public internal(set) var participants: [Int] = []
    /// Numbers of the statements as they stand in the file, in the order of their first vote.
    public internal(set) var statements: [Int] = []
    /// Places in `participants` of those who voted enough to be put in a group, ascending.
    public internal(set) var included: [Int] = []
    /// The two directions in which people differ most.
    public internal(set) var axes = Axes()
    /// Where each participant stands on the two axes.
    public internal(set) var projections: [Point] = []
    /// Where each statement stands: where somebody would who had answered only that, with agree.
    public internal(set) var statementProjections: [Point] = []
    /// How far each statement stands from the middle: the length of its projection, 0 or more.
    public internal(set) var extremities: [Double] = []
    /// Up to a hundred small clusters of people who stand close together, of which the groups are made.
    public internal(set) var baseClusters: [BaseCluster] = []
    /// The groups; none where there can be none.
    public internal(set) var groups: [Group] = []
    /// Why there are no groups, where there are none.
    public internal(set) var ungrouped: Ungrouped?
    /// How well the groups stand apart, from -1 to 1.
    public internal(set) var silhouette = 0.0
    /// What everybody said, by statement.
    public internal(set) var tallies: [Tally] = []
    /// What each group said: a list by statement for each group.
    public internal(set) var groupTallies: [[Tally]] = []
    /// What makes each group what it is: a list for each group, the most telling first, five at most.
    public internal(set) var tellingStatements: [[TellingStatement]] = []
    /// What people agree or disagree on, whatever their group.
    public internal(set) var consensus = Consensus()
    /// What divides the groups most, the most divisive first, five at most.
    public internal(set) var divisive: [DivisiveStatement] = []
    /// How much each statement deserves to be shown next, by statement: 0 or more, 49 for one about the voter. The
    /// next statement is drawn by chance in proportion to these.
    public internal(set) var priorities: [Double] = []
}

/// A place on the two axes.
public struct Point: Sendable, Hashable {
    var vector: SIMD2<Double>

    public var x: Double { vector.x }
    public var y: Double { vector.y }

    public init(x: Double, y: Double) { vector = SIMD2(x, y) }

    init(_ vector: SIMD2<Double>) { self.vector = vector }
}

/// People who stand so close together that they are moved as one.
public struct BaseCluster: Sendable, Equatable {
    /// Stays the same while the cluster lasts.
    public internal(set) var id: Int
    /// Places in `participants`, ascending.
    public internal(set) var members: [Int]
    public internal(set) var centre: Point
}

/// People who voted alike.
public struct Group: Sendable, Equatable {
    /// Stays the same while the group lasts.
    public internal(set) var id: Int
    /// Numbers of its people as they stand in the file, in the order in which they first voted.
    public internal(set) var members: [Int]
    /// Places in `baseClusters` of those that it is made of.
    public internal(set) var baseClusters: [Int]
    public internal(set) var centre: Point
}

/// Why people can't be put into groups. Their tallies and what they all agree on are there all the same.
public enum Ungrouped: Sendable, Hashable {
    /// Nobody has voted on anything.
    case noVotes
    /// Fewer people have voted enough than groups are made of: to show groups would be to point at people.
    case tooFew(included: Int, needed: Int)
    /// All who have voted enough stand at the same place: they said the same, or passed on everything.
    case everybodyAlike
}

/// A statement that tells a group from the others.
public struct TellingStatement: Sendable, Equatable {
    /// The number of the statement as it stands in the file.
    public internal(set) var statement: Int
    /// What the group says to it: agree or disagree.
    public internal(set) var side: Opinion
    /// How many in the group said that, and how many said anything.
    public internal(set) var successes: Int
    public internal(set) var trials: Int
    /// How likely somebody in the group is to say that: `(successes + 1) / (trials + 2)`.
    public internal(set) var probability: Double
    /// How sure it is that more than half of the group do, in standard deviations.
    public internal(set) var probabilityTest: Double
    /// How many times likelier than for the others.
    public internal(set) var ratio: Double
    /// How sure it is that they do more than the others, in standard deviations.
    public internal(set) var ratioTest: Double
    /// How many agree, where this is what the group agrees on best; else nothing.
    public internal(set) var bestAgree: Int?
}

/// What people agree on, with no regard to groups and with it.
public struct Consensus: Sendable, Equatable {
    /// What most agree with, the surest first, five at most.
    public internal(set) var agree: [ConsensusStatement] = []
    /// What most disagree with, likewise.
    public internal(set) var disagree: [ConsensusStatement] = []
    /// How likely it is, by statement, that one person out of each group would all agree: from 0 to 1.
    public internal(set) var acrossGroups: [Double] = []
}

/// A statement that most say the same to.
public struct ConsensusStatement: Sendable, Equatable {
    /// The number of the statement as it stands in the file.
    public internal(set) var statement: Int
    public internal(set) var successes: Int
    public internal(set) var trials: Int
    public internal(set) var probability: Double
    public internal(set) var probabilityTest: Double
}

/// A statement on which groups differ.
public struct DivisiveStatement: Sendable, Equatable {
    /// The number of the statement as it stands in the file.
    public internal(set) var statement: Int
    /// Places in `groups` of the one that agrees most and the one that agrees least.
    public internal(set) var most: Int
    public internal(set) var least: Int
    /// How much likelier somebody of the one is to agree than somebody of the other: from 0 to 1.
    public internal(set) var difference: Double
}
