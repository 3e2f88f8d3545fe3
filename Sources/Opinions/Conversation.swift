/// Votes as they come, and everything that follows from them.
///
/// `cast` takes one vote and puts right at once what hangs on it: its own person, the counts, what is agreed on, what
/// tells groups apart, what to ask next. `refresh` moves the axes and the groups on from where they were.
///
/// It is a value: a copy goes its own way.
public struct Conversation: Sendable {
    public internal(set) var votes: Votes
    public internal(set) var method: Method
    /// Everything that follows from the votes, as of the last vote and the last refresh.
    public internal(set) var analysis = Analysis()

    /// The plane that the next single pass over the votes begins from, where the last one left a better one.
    private var ahead = Axes()
    var included = Included()
    /// By row: the place of the base cluster, or -1.
    var base = Clusters()
    var grouper = Grouper()
    /// By base cluster: the place of its group.
    var groupOfBase: [Int32] = []
    /// For each group and statement: how the one speaks of the other.
    var figures: [[Figures]] = []
    /// By row: the group in whose tallies its votes are counted, or -1. Empty when these must be counted again.
    var counted: [Int32] = []
    /// By column: left out of what tells groups apart, and of what is agreed on.
    var isModeratedOut: [Bool] = []
    var isZeroed: [Bool] = []

    public init(_ votes: Votes = Votes(), method: Method = Method()) {
        self.votes = votes
        self.method = method.sensible
    }

    /// Everything that follows from votes, from a cold start.
    public static func analysis(of votes: Votes, method: Method = Method()) async -> Analysis {
        var conversation = Conversation(votes, method: method)
        await conversation.refresh()
        return conversation.analysis
    }

    /// How many passes over the votes a search for the axes may take. None has been seen that took a tenth of them.
    public static let mostSteps = 1000

    /// Finds axes and groups, beginning from those there are.
    ///
    /// - Parameter steps: how many passes over the votes the axes may take, 1 at least. Fewer than they need leave
    ///   them a little out, which `analysis.axes.residual` tells, and the next refresh goes on from there. With 1 the
    ///   same pass says where everybody stands; axes are then turned within their plane, and the plane itself is one
    ///   refresh behind.
    public mutating func refresh(steps: Int = mostSteps) async {
        await regroup(steps: max(1, steps))
        await recount(Matrix(votes))
    }

    /// Everything up to the groups.
    mutating func regroup(steps: Int) async {
        await turn(steps: steps)
        included.update(votes, method)
        gather()
        group()
    }

    /// Finds the axes, and where everybody stands on them.
    mutating func turn(steps: Int) async {
        let (matrix, old) = (Matrix(votes), analysis.axes)
        var finder = AxisFinder(matrix, method)
        if steps == 1, let moved = await finder.moved(from: ahead.first.isEmpty ? old : ahead, shown: old) {
            (analysis.axes, ahead) = (moved.axes, moved.ahead)
            analysis.projections = matrix.projections(of: moved.rows)
            return
        }
        ahead = Axes()
        analysis.axes = await finder.find(before: old.first.isEmpty ? nil : old, steps: steps)
        analysis.projections = await matrix.projections(on: analysis.axes)
    }

    /// Puts those included into base clusters, from where these were.
    private mutating func gather() {
        let points = Points(included.rows.map { analysis.projections[$0].vector })
        var before = base
        before.labels = included.rows.map { $0 < base.labels.count ? base.labels[$0] : -1 }
        let clusters = Clusters(
            of: points, into: method.baseClusters, from: base.count == 0 ? nil : before, rounds: method.baseRounds,
            still: method.still)
        gather(as: clusters)
    }

    /// Takes base clusters that have a label for each of those included.
    mutating func gather(as clusters: Clusters) {
        var labels = [Int32](repeating: -1, count: votes.participantCount)
        for (place, row) in included.rows.enumerated() { labels[row] = clusters.labels[place] }
        base = clusters
        base.labels = labels
    }

    /// Puts base clusters into groups, where there are enough people.
    mutating func group() {
        var sizes = [Double](repeating: 0, count: base.count)
        for label in base.labels where label >= 0 { sizes[Int(label)] += 1 }
        groupOfBase = base.ids.map { _ in -1 }
        (analysis.groups, analysis.silhouette) = ([], 0)
        analysis.ungrouped = reason
        guard analysis.ungrouped == nil else { return }
        guard let choice = grouper.choose(base, sizes: sizes, method) else {
            analysis.ungrouped = .everybodyAlike
            return
        }
        groupOfBase = choice.clusters.labels
        analysis.silhouette = choice.silhouette
        analysis.groups = zip(choice.clusters.ids, choice.clusters.centres).enumerated().map { place, group in
            let base = groupOfBase.indices.filter { groupOfBase[$0] == place }
            return Group(id: group.0, members: [], baseClusters: base, centre: Point(group.1))
        }
    }

    private var reason: Ungrouped? {
        if votes.count == 0 { return .noVotes }
        let (there, needed) = (included.rows.count, method.fewestGrouped)
        return there < needed ? .tooFew(included: there, needed: needed) : nil
    }

    /// The place of somebody's group, or -1.
    func group(ofRow row: Int) -> Int32 {
        guard row < base.labels.count, base.labels[row] >= 0 else { return -1 }
        return groupOfBase[Int(base.labels[row])]
    }

    /// Takes a vote into the votes alone.
    mutating func keep(_ vote: Vote) -> Votes.Change? { votes.cast(vote) }
}
