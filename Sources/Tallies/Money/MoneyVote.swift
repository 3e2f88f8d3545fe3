/// A vote about money: a sum, projects that each cost something, and what everybody would like done with it.
///
/// Amounts are whole numbers of the smallest unit that occurs (``places`` says how many decimals that is), so that
/// every sum is exact. Ballots lie flat, one after another, as 90,000 of them are read and counted in milliseconds.
public struct MoneyVote: Sendable, Hashable {
    /// One thing that the money could be spent on.
    public struct Project: Sendable, Hashable {
        /// What ballots call it; each project has its own.
        public let id: String
        /// What it is, for people; may be empty.
        public let name: String
        /// What it costs, in units of ``MoneyVote/places``; 0 or more.
        public let cost: Int

        /// A project.
        public init(id: String, name: String = "", cost: Int) {
            (self.id, self.name, self.cost) = (id, name, cost)
        }
    }

    /// How people were asked.
    public enum Kind: Sendable, Hashable {
        /// Everybody named the projects that they would like.
        case approval
        /// Everybody gave points to projects.
        case points
        /// Everybody put projects in order, the best first.
        case ranking
    }

    /// How people were asked.
    public let kind: Kind
    /// What there is to spend, in units of ``places``.
    public let budget: Int
    /// How many decimals an amount has: with 2, a cost of 150 is 1.50.
    public let places: Int
    /// What it could be spent on.
    public let projects: [Project]
    /// Where each ballot begins in ``choices``; one number more than there are ballots.
    public let starts: [Int32]
    /// The projects on the ballots, by their places in ``projects``, ballot after ballot, in each ballot's own order.
    public let choices: [UInt16]
    /// The points given, beside ``choices``, in units of ``pointPlaces``; empty unless ``kind`` is `points`.
    public let points: [Int32]
    /// How many decimals points have.
    public let pointPlaces: Int
    /// How many places a ranking has: the first is worth as many points, the next one less.
    public let ranks: Int

    /// How many people voted, those with an empty ballot among them: the money is shared among them all.
    public var voters: Int { starts.count - 1 }

    /// No amount is larger than this many units, so that sums over all projects stay far within 64 bits.
    public static let largestAmount = 1_000_000_000_000_000
    /// The most projects: their places fit in sixteen bits, which halves what every count walks through.
    public static let mostProjects = 65_535
    /// No points are more than this, in their smallest unit.
    public static let mostPoints: Int32 = 1_000_000_000

    /// What a reader has found to be in order.
    init(
        kind: Kind, budget: Int, places: Int, projects: [Project], starts: [Int32], choices: [UInt16],
        points: [Int32] = [], pointPlaces: Int = 0, ranks: Int? = nil
    ) {
        (self.kind, self.budget, self.places, self.projects) = (kind, budget, places, projects)
        (self.starts, self.choices, self.points, self.pointPlaces) = (starts, choices, points, pointPlaces)
        let longest = zip(starts, starts.dropFirst()).lazy.map { Int($1 - $0) }.max() ?? 0
        self.ranks = max(ranks ?? longest, longest)
    }

    /// A vote made in a program. Each ballot lists projects by their places, the best first where they are ranked;
    /// `points` stand beside them where points were given.
    ///
    /// Refuses a project that is named twice or isn't there, an amount that is negative or too large, and points
    /// that don't stand beside the choices.
    public init(
        _ kind: Kind = .approval, budget: Int, projects: [Project], ballots: [[Int]], points: [[Int]] = [],
        places: Int = 0
    ) throws(Uncountable) {
        guard projects.count <= Self.mostProjects else {
            throw .unanswerable("At most \(Self.mostProjects) projects can be counted at once.")
        }
        for amount in projects.map(\.cost) + [budget] where !(0...Self.largestAmount).contains(amount) {
            throw .unanswerable("An amount is between 0 and \(Self.largestAmount); this one is \(amount).")
        }
        guard Set(projects.map(\.id)).count == projects.count else {
            throw .unanswerable("Two projects have the same name, so ballots can't tell them apart.")
        }
        for ballot in ballots {
            guard Set(ballot).count == ballot.count, ballot.allSatisfy(projects.indices.contains) else {
                throw .unanswerable("A ballot names a project twice, or one that isn't there.")
            }
        }
        if kind == .points {
            guard points.count == ballots.count, zip(points, ballots).allSatisfy({ $0.count == $1.count }) else {
                throw .unanswerable("Points stand beside each choice.")
            }
            guard points.joined().allSatisfy({ $0.magnitude <= Self.mostPoints }) else {
                throw .unanswerable("Points are at most \(Self.mostPoints).")
            }
        }
        var starts: [Int32] = [0]
        for ballot in ballots { starts.append(starts.last! + Int32(ballot.count)) }
        self.init(
            kind: kind, budget: budget, places: places, projects: projects, starts: starts,
            choices: ballots.joined().map { UInt16($0) },
            points: kind == .points ? points.joined().map { Int32($0) } : [])
    }

    /// One ballot's projects, in its own order. Copies: for pages and tests, not for counting.
    public func ballot(_ voter: Int) -> [Int] {
        choices[Int(starts[voter])..<Int(starts[voter + 1])].map { Int($0) }
    }

    /// An amount as it is written: `1250`, or `12.50` where amounts have decimals.
    public func written(_ amount: Int) -> String { Fixed(units: Int128(amount), places: places).description }
}
