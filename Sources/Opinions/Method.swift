/// The numbers of the method, each as Polis has it.
///
/// Source: opinions as Polis finds them, in the steps named beside them.
public struct Method: Sendable, Hashable {
    /// Who has voted this often is put in a group (3); on all statements, where there are fewer.
    public var votesToBeIncluded = 7
    /// Whether a statement that was moderated out counts as voted on by everybody, as it did in Polis to the end of
    /// 2018: of seven votes a person then needed only those that were left.
    public var countsModeratedOut = false
    /// When fewer than this are included, those with most votes come too (3).
    public var fewestIncluded = 15
    /// How many base clusters people are put together in, at most (7).
    public var baseClusters = 100
    /// How often base clusters are moved, at most (7).
    public var baseRounds = 100
    /// How often groups are moved, at most (8).
    public var groupRounds = 20
    /// Clusters stand still when none has moved further than this (7, 8).
    public var still = 0.01
    /// There are this many groups at most, and two more than there are twelves of base clusters (8).
    public var mostGroups = 5
    public var baseClustersForEachGroup = 12
    /// A new number of groups is shown when it was best this many times running (8).
    public var timesRunning = 4
    /// How many standard deviations are significant: 90 % of a normal distribution, one side (12, 13).
    public var significance = 1.2816
    /// Lists have this many statements at most (12, 13).
    public var listed = 5
    /// What a statement about the voter weighs before it is squared (14).
    public var metaPriority = 7.0

    // What follows is ours.

    /// With fewer people included there are no groups: the smallest would be one person or two, pointed at.
    public var fewestGrouped = 6

    /// Axes are exact when what is left over is less than this part of their variance.
    public var exactness = 1e-11
    /// What cold starts of the axes are drawn from.
    public var seed: UInt64 = 0x726f_756e_6474_6162

    public init() {}

    /// The same, with nothing that could not be: no clusters, no groups, lists of nothing.
    var sensible: Method {
        var method = self
        method.fewestIncluded = max(0, fewestIncluded)
        method.baseClusters = max(1, baseClusters)
        method.mostGroups = max(2, mostGroups)
        method.baseClustersForEachGroup = max(1, baseClustersForEachGroup)
        method.listed = max(1, listed)
        method.fewestGrouped = max(2, fewestGrouped)
        return method
    }

    /// How many clusters of this many people `mostGroups` allows.
    func mostGroups(of clusters: Int) -> Int {
        min(mostGroups, 2 + clusters / baseClustersForEachGroup, clusters)
    }
}

/// A small source of chance that gives the same numbers everywhere (SplitMix64, Steele, Lea and Flood 2014).
struct Chance {
    var state: UInt64

    /// The next number, evenly from -1 to 1.
    mutating func next() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return Double(mixed >> 11) * 0x1p-52 - 1
    }
}
