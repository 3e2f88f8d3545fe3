/// Points to be put into clusters, each with a weight.
struct Points: Sendable {
    let positions: [SIMD2<Double>]
    /// By point; nothing where each weighs 1.
    let weights: [Double]?
    private let quarters: Quarters?

    /// What the points of a cluster come to.
    struct Sum {
        var total = SIMD2<Double>.zero
        var weight = 0.0
    }

    /// With fewer points, comparing each with every centre is quicker than first laying out quarters.
    private static let fewest = 1024

    init(_ positions: [SIMD2<Double>], weights: [Double]? = nil) {
        self.positions = positions
        self.weights = weights
        quarters = weights == nil && positions.count >= Self.fewest ? Quarters(positions) : nil
    }

    static func squared(_ vector: SIMD2<Double>) -> Double { vector.x * vector.x + vector.y * vector.y }

    /// The first positions that differ from one another, so many at most.
    func distinct(atMost most: Int) -> [SIMD2<Double>] {
        var (seen, found) = (Set<SIMD2<Double>>(), [SIMD2<Double>]())
        for position in positions {
            guard found.count < most else { break }
            if seen.insert(position).inserted { found.append(position) }
        }
        return found
    }

    /// What the points with each label come to.
    func sums(by labels: [Int32], count: Int) -> [Sum] {
        var sums = [Sum](repeating: Sum(), count: count)
        for point in positions.indices where labels[point] >= 0 {
            let weight = weights?[point] ?? 1
            sums[Int(labels[point])].total += positions[point] * weight
            sums[Int(labels[point])].weight += weight
        }
        return sums
    }

    /// What the points nearest to each centre come to. As near to two, a point goes with the earlier.
    func sums(nearest centres: [SIMD2<Double>]) -> [Sum] {
        quarters?.sums(nearest: centres) ?? sums(by: labels(centres), count: centres.count)
    }

    /// By point: the place of its nearest centre.
    func labels(_ centres: [SIMD2<Double>]) -> [Int32] {
        if let quarters { return quarters.labels(centres) }
        return positions.map { Int32(Self.nearest(to: $0, of: centres)) }
    }

    /// By point: the square of how far its nearest centre is.
    func distances(_ centres: [SIMD2<Double>]) -> [Double] {
        let labels = labels(centres)
        return positions.indices.map { Self.squared(positions[$0] - centres[Int(labels[$0])]) }
    }

    @inline(__always)
    static func nearest(to position: SIMD2<Double>, of centres: [SIMD2<Double>]) -> Int {
        var (nearest, least) = (0, Double.infinity)
        for place in centres.indices {
            let distance = squared(position - centres[place])
            if distance < least { (nearest, least) = (place, distance) }
        }
        return nearest
    }
}
