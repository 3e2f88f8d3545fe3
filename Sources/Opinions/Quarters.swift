/// Points laid out in quarters of quarters of their square, so that whole quarters find their nearest centre at once.
///
/// Points never move while centres do. Each quarter holds what its points come to; where only one centre can be
/// nearest to any of them, that is all that is needed, and no point is looked at (the filtering of Kanungo and
/// others, 2002). The answer is that of comparing every point with every centre.
struct Quarters: Sendable {
    private let corner: SIMD2<Double>
    private let side: Double
    private let depth: Int
    /// Places of the points, quarter after quarter of the deepest level, and where each of these begins.
    private let order: [Int32]
    private let starts: [Int32]
    private let sorted: [SIMD2<Double>]
    /// What the points of each quarter come to, level after level: 1, 4, 16, …
    private let sums: [Points.Sum]

    /// A million quarters at the deepest level take as much memory as the points do.
    private static let deepest = 9
    /// With about this many points in each of the deepest quarters, both cost about the same.
    private static let pointsInQuarter = 4

    init(_ positions: [SIMD2<Double>]) {
        let low = positions.reduce(positions[0]) { pointwiseMin($0, $1) }
        let high = positions.reduce(positions[0]) { pointwiseMax($0, $1) }
        corner = low
        // A little larger, so that the furthest point is inside.
        side = max((high - low).max(), .leastNormalMagnitude) * (1 + 1e-9)
        var depth = 1
        while depth < Self.deepest, 1 << (2 * depth + 2) < positions.count / Self.pointsInQuarter { depth += 1 }
        self.depth = depth
        let scale = Double(1 << depth) / side
        let cells = positions.map { Self.cell(($0 - low) * scale, depth) }
        var starts = [Int32](repeating: 0, count: 1 << (2 * depth) + 1)
        for cell in cells { starts[Int(cell) + 1] += 1 }
        for cell in 1..<starts.count { starts[cell] += starts[cell - 1] }
        var (order, next) = ([Int32](repeating: 0, count: positions.count), starts)
        for (point, cell) in cells.enumerated() {
            order[Int(next[Int(cell)])] = Int32(point)
            next[Int(cell)] += 1
        }
        sorted = order.map { positions[Int($0)] }
        (self.order, self.starts) = (order, starts)
        sums = Self.sums(sorted, starts, depth)
    }

    /// The number of a deepest quarter: the bits of its two coordinates by turns.
    private static func cell(_ place: SIMD2<Double>, _ depth: Int) -> UInt32 {
        let last = UInt32(1 << depth) - 1
        return spread(min(last, UInt32(place.x))) | spread(min(last, UInt32(place.y))) << 1
    }

    private static func spread(_ bits: UInt32) -> UInt32 {
        var bits = (bits | bits << 8) & 0x00ff_00ff
        bits = (bits | bits << 4) & 0x0f0f_0f0f
        bits = (bits | bits << 2) & 0x3333_3333
        return (bits | bits << 1) & 0x5555_5555
    }

    private static func first(ofLevel level: Int) -> Int { ((1 << (2 * level)) - 1) / 3 }

    private static func sums(_ sorted: [SIMD2<Double>], _ starts: [Int32], _ depth: Int) -> [Points.Sum] {
        var sums = [Points.Sum](repeating: .init(), count: first(ofLevel: depth + 1))
        for cell in 0..<1 << (2 * depth) {
            for point in Int(starts[cell])..<Int(starts[cell + 1]) {
                sums[first(ofLevel: depth) + cell].total += sorted[point]
                sums[first(ofLevel: depth) + cell].weight += 1
            }
        }
        for level in (0..<depth).reversed() {
            for cell in 0..<1 << (2 * level) {
                for quarter in 0..<4 {
                    let part = sums[first(ofLevel: level + 1) + cell * 4 + quarter]
                    sums[first(ofLevel: level) + cell].total += part.total
                    sums[first(ofLevel: level) + cell].weight += part.weight
                }
            }
        }
        return sums
    }

    /// What the points nearest to each centre come to.
    func sums(nearest centres: [SIMD2<Double>]) -> [Points.Sum] {
        var found = [Points.Sum](repeating: .init(), count: centres.count)
        walk(centres) { quarter, _, centre in
            found[centre].total += sums[quarter].total
            found[centre].weight += sums[quarter].weight
        } point: { point, centre in
            found[centre].total += sorted[point]
            found[centre].weight += 1
        }
        return found
    }

    /// By point: the place of its nearest centre.
    func labels(_ centres: [SIMD2<Double>]) -> [Int32] {
        var labels = [Int32](repeating: 0, count: order.count)
        walk(centres) { _, points, centre in
            for point in points { labels[Int(order[point])] = Int32(centre) }
        } point: { point, centre in
            labels[Int(order[point])] = Int32(centre)
        }
        return labels
    }

    /// Goes down from the whole square, with ever fewer centres, and says which centre whole quarters and single
    /// points go to.
    private func walk(
        _ centres: [SIMD2<Double>], quarter: (Int, Range<Int>, Int) -> Void, point: (Int, Int) -> Void
    ) {
        // Candidates of each level lie after those of the level above, in one flat list.
        var candidates = [Int32](repeating: 0, count: centres.count * (depth + 2))
        for place in centres.indices { candidates[place] = Int32(place) }
        candidates.withUnsafeMutableBufferPointer { candidates in
            centres.withUnsafeBufferPointer { centres in
                descend(0, 0, 0, centres.count, candidates, centres, quarter, point)
            }
        }
    }

    private func descend(
        _ level: Int, _ cell: Int, _ from: Int, _ to: Int, _ candidates: UnsafeMutableBufferPointer<Int32>,
        _ centres: UnsafeBufferPointer<SIMD2<Double>>, _ quarter: (Int, Range<Int>, Int) -> Void,
        _ point: (Int, Int) -> Void
    ) {
        let place = Self.first(ofLevel: level) + cell
        guard sums[place].weight > 0 else { return }
        let end = keep(level, cell, from, to, candidates, centres)
        let shift = 2 * (depth - level)
        let points = Int(starts[cell << shift])..<Int(starts[(cell + 1) << shift])
        if end == to + 1 { return quarter(place, points, Int(candidates[to])) }
        guard level == depth else {
            for part in 0..<4 { descend(level + 1, cell * 4 + part, to, end, candidates, centres, quarter, point) }
            return
        }
        for index in points {
            var (nearest, least) = (0, Double.infinity)
            for candidate in to..<end {
                let centre = Int(candidates[candidate])
                let distance = Points.squared(sorted[index] - centres[centre])
                if distance < least { (nearest, least) = (centre, distance) }
            }
            point(index, nearest)
        }
    }

    /// Writes those candidates after the others that can be nearest to some point of a quarter; where they end.
    private func keep(
        _ level: Int, _ cell: Int, _ from: Int, _ to: Int, _ candidates: UnsafeMutableBufferPointer<Int32>,
        _ centres: UnsafeBufferPointer<SIMD2<Double>>
    ) -> Int {
        let width = side / Double(1 << level)
        let low = corner + SIMD2(Double(Self.joined(cell)), Double(Self.joined(cell >> 1))) * width
        let middle = low + SIMD2(repeating: width / 2)
        var (best, least) = (0, Double.infinity)
        for candidate in from..<to {
            let distance = Points.squared(middle - centres[Int(candidates[candidate])])
            if distance < least { (best, least) = (Int(candidates[candidate]), distance) }
        }
        var end = to
        for candidate in from..<to {
            let centre = Int(candidates[candidate])
            let away = centres[centre] - centres[best]
            // The point of the quarter that favours this centre most against the best one.
            let favour = low + SIMD2(away.x > 0 ? width : 0, away.y > 0 ? width : 0)
            let lead = Points.squared(favour - centres[centre]) - Points.squared(favour - centres[best])
            if centre == best || lead <= Self.margin * (least + width * width) {
                candidates[end] = Int32(centre)
                end += 1
            }
        }
        return end
    }

    /// Every second bit put together: one coordinate out of the number of a quarter.
    private static func joined(_ cell: Int) -> Int {
        var (bits, place, found) = (cell, 0, 0)
        while bits > 0 {
            found |= (bits & 1) << place
            bits >>= 2
            place += 1
        }
        return found
    }

    /// A centre is left out only where rounding can't have made it seem further.
    private static let margin = 1e-9
}
