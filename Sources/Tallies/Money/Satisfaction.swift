/// What a funded project is worth to somebody who supports it. Rules that weigh what people get for the money are
/// asked with one of these.
///
/// The first two are *cardinality* and *cost* satisfaction of Peters, Pierczyński and Skowron (*Proportional
/// participatory budgeting with additive utilities*, 2021); the others are the additive utilities of the same paper,
/// from points and from ranks.
public enum Satisfaction: String, Sendable, Hashable, CaseIterable {
    /// Every project counts the same: the count of people is what matters.
    case cardinality
    /// A project is worth what it costs: a hall that somebody wanted counts for more than a bench.
    case cost
    /// A project is worth the points given to it, or its place in a ranking (see ``MoneyVote/ranks``).
    case score
    /// The points, times the cost.
    case scoreTimesCost = "score-times-cost"
    /// In a ranking, how many on the same ballot stand below it (Borda, within each ballot); else as `score`.
    case borda

    /// The usual one for how people were asked: `cost` where they approve, `score-times-cost` where they rank or
    /// give points. With it, plain greedy spending goes by the number of votes or of points, as cities do it.
    public static func usual(for kind: MoneyVote.Kind) -> Satisfaction {
        kind == .approval ? .cost : .scoreTimesCost
    }

    /// Whether a project is worth its cost, times whatever its supporter gave it.
    var isByCost: Bool { self == .cost || self == .scoreTimesCost }

    /// Whether what is on a ballot counts alike, whatever its points or its place.
    var isAlike: Bool { self == .cardinality || self == .cost }
}
