/// Points put together around centres, and the rules by which they are moved (steps 7 and 8).
struct Clusters: Sendable, Equatable {
    /// A number for each cluster, which it keeps while it lasts; ascending.
    var ids: [Int] = []
    var centres: [SIMD2<Double>] = []
    /// By point: the place of its cluster, or -1.
    var labels: [Int32] = []

    var count: Int { ids.count }

    /// Puts points into clusters.
    ///
    /// - Parameters:
    ///   - before: the clusters of a little while ago, with a label for each of these points (-1 for a new one).
    ///   - rounds: how often they are moved at most.
    init(of points: Points, into most: Int, from before: Clusters?, rounds: Int, still: Double) {
        let limit = points.distinct(atMost: most)
        if let before {
            self = before
            recentre(points)
            merge()
            fill(points, upTo: limit.count)
        } else {
            (ids, centres) = (Array(limit.indices), limit)
        }
        for _ in 0..<max(1, rounds) {
            let old = centres
            move(points)
            if Self.isStill(old, centres, still) { break }
        }
        labels = points.labels(centres)
        dropEmpty()
    }

    init() {}

    /// Clusters whose points are known.
    init(ids: [Int], labels: [Int32], of points: Points) {
        (self.ids, self.labels) = (ids, labels)
        centres = [SIMD2<Double>](repeating: .zero, count: ids.count)
        recentre(points)
    }

    /// The middle of each cluster's points as they stand now; clusters without any are dropped.
    private mutating func recentre(_ points: Points) {
        take(points.sums(by: labels, count: count))
        relabel()
    }

    /// One round: each point to its nearest centre, each centre to the middle of its points.
    private mutating func move(_ points: Points) { take(points.sums(nearest: centres)) }

    private mutating func take(_ sums: [Points.Sum]) {
        let kept = sums.indices.filter { sums[$0].weight > 0 }
        ids = kept.map { ids[$0] }
        centres = kept.map { sums[$0].total / sums[$0].weight }
        places = kept
    }

    /// Which of the clusters before the last change are still there.
    private var places: [Int] = []

    private mutating func relabel() {
        guard let last = labels.max(), last >= 0 else { return }
        var new = [Int32](repeating: -1, count: Int(last) + 1)
        for (place, old) in places.enumerated() where old < new.count { new[old] = Int32(place) }
        for point in labels.indices where labels[point] >= 0 { labels[point] = new[Int(labels[point])] }
    }

    private mutating func dropEmpty() {
        var isHeld = [Bool](repeating: false, count: count)
        for label in labels where label >= 0 { isHeld[Int(label)] = true }
        places = isHeld.indices.filter { isHeld[$0] }
        ids = places.map { ids[$0] }
        centres = places.map { centres[$0] }
        relabel()
        places = []
    }

    /// Clusters at the same place become one, with the number of the first.
    private mutating func merge() {
        var seen: Set<SIMD2<Double>> = []
        places = centres.indices.filter { seen.insert(centres[$0]).inserted }
        guard places.count < count else { return }
        ids = places.map { ids[$0] }
        centres = places.map { centres[$0] }
    }

    /// While there are too few, the point furthest from its nearest centre begins a cluster of its own.
    private mutating func fill(_ points: Points, upTo limit: Int) {
        guard count < limit else { return }
        var distances = points.distances(centres)
        while count < limit, let far = distances.indices.max(by: { distances[$0] < distances[$1] }),
            distances[far] > 0
        {
            ids.append((ids.max() ?? -1) + 1)
            centres.append(points.positions[far])
            for point in distances.indices {
                distances[point] = min(distances[point], Points.squared(points.positions[point] - centres[count - 1]))
            }
        }
    }

    /// Whether no centre has moved further than that, each beside the one nearest in order.
    private static func isStill(_ old: [SIMD2<Double>], _ new: [SIMD2<Double>], _ still: Double) -> Bool {
        guard old.count == new.count else { return false }
        let order = { (a: SIMD2<Double>, b: SIMD2<Double>) in (a.x, a.y) < (b.x, b.y) }
        return zip(old.sorted(by: order), new.sorted(by: order)).allSatisfy {
            Points.squared($0 - $1) < still * still
        }
    }
}
