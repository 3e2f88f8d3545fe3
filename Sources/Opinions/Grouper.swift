/// Chooses the groups out of base clusters (step 8), and remembers how many there were.
///
/// Each number of groups is tried from the first few base clusters, as they stand, every time. That groups change
/// little from one time to the next comes from base clusters, which are moved on from where they were.
struct Grouper: Sendable {
    private var smoother = Smoother()

    /// What was chosen.
    struct Choice: Sendable, Equatable {
        /// With a label for each base cluster.
        var clusters = Clusters()
        /// How well they stand apart, from -1 to 1.
        var silhouette = 0.0
    }

    /// The groups of these base clusters; nothing where there are fewer than two places to stand.
    ///
    /// - Parameter sizes: how many people each base cluster has.
    mutating func choose(_ base: Clusters, sizes: [Double], _ method: Method) -> Choice? {
        let points = Points(base.centres, weights: sizes)
        guard points.distinct(atMost: 2).count == 2 else { return nil }
        let distances = Self.distances(base.centres)
        var choices: [Int: Choice] = [:]
        for number in 2...max(2, method.mostGroups(of: base.count)) {
            let clusters = Clusters(
                of: points, into: number, from: nil, rounds: method.groupRounds, still: method.still)
            choices[number] = Choice(
                clusters: clusters, silhouette: Self.silhouette(clusters.labels, clusters.count, distances))
        }
        let best = choices.max { ($0.value.silhouette, $1.key) < ($1.value.silhouette, $0.key) }
        return best.flatMap { choices[smoother.shown($0.key, method.timesRunning, among: choices.keys.max() ?? 2)] }
    }

    private static func distances(_ centres: [SIMD2<Double>]) -> [Double] {
        var distances = [Double](repeating: 0, count: centres.count * centres.count)
        for one in centres.indices {
            for other in 0..<one {
                let distance = Points.squared(centres[one] - centres[other]).squareRoot()
                distances[one * centres.count + other] = distance
                distances[other * centres.count + one] = distance
            }
        }
        return distances
    }

    /// How much nearer each stands to its own than to the nearest others, on average: from -1 to 1 (Rousseeuw 1987).
    /// One that stands alone counts as 0. Base clusters count the same whatever their size.
    static func silhouette(_ labels: [Int32], _ count: Int, _ distances: [Double]) -> Double {
        guard count > 1 else { return 0 }
        var sizes = [Double](repeating: 0, count: count)
        for label in labels { sizes[Int(label)] += 1 }
        var total = 0.0
        for one in labels.indices {
            let own = Int(labels[one])
            guard sizes[own] > 1 else { continue }
            var sums = [Double](repeating: 0, count: count)
            for other in labels.indices { sums[Int(labels[other])] += distances[one * labels.count + other] }
            let inside = sums[own] / (sizes[own] - 1)
            let outside = sums.indices.reduce(Double.infinity) { $1 == own ? $0 : min($0, sums[$1] / sizes[$1]) }
            if max(inside, outside) > 0 { total += (outside - inside) / max(inside, outside) }
        }
        return total / Double(labels.count)
    }
}

/// Shows a new number of groups only when it was best several times running; the first is shown at once.
struct Smoother: Sendable {
    private var last = 0
    private var times = 0
    private var shown = 0

    mutating func shown(_ best: Int, _ timesRunning: Int, among most: Int) -> Int {
        times = best == last ? times + 1 : 1
        last = best
        // What was shown may have become more than there can be.
        if times >= timesRunning || shown == 0 || shown > most { shown = best }
        return shown
    }
}
