/// The middle of all votes and the two directions in which they differ most, each by statement.
///
/// Agree counts as 1 here, disagree as -1. The two directions have length 1 (or 0, where nobody differs), and stand
/// at right angles. Which end of an axis is which is chance in principle; here, each keeps to the end that it had
/// before, and a new one has its largest part positive.
public struct Axes: Sendable, Equatable {
    /// The mean vote on each statement, of those who voted on it: from -1 to 1.
    public internal(set) var centre: [Double] = []
    public internal(set) var first: [Double] = []
    public internal(set) var second: [Double] = []
    /// The sum of squares along each axis, 0 or more.
    public internal(set) var variances: [Double] = [0, 0]
    /// How far the axes are from exact, as a part of the larger variance: at most 1e-11, unless they were only moved
    /// by a few steps, and then less than this.
    public internal(set) var residual = 0.0

    var pair: Matrix.Pair { zip(first, second).map { SIMD2($0, $1) } }
}

/// Finds the axes of a matrix (step 4), exactly, from a pass over the votes for each step.
///
/// Block Krylov with Rayleigh and Ritz's choice from all directions found so far (Golub and Underwood 1977): two
/// directions at a time, each step adding what the square of the matrix makes of the last two. It ends when what is
/// left over is small, which is tested on the directions themselves, and not on how little the last step did.
struct AxisFinder {
    private let matrix: Matrix
    private let method: Method
    private var chance: Chance
    /// Directions at right angles to one another, two and two, and what the square of the matrix makes of them.
    private var basis: [[Double]] = []
    private var images: [[Double]] = []
    /// Each direction times each image.
    private var products: [[Double]] = []

    /// With so many directions, only the best are kept and the search begins again from them.
    private static let mostDirections = 48
    /// What a direction has left, outside those before it, below which it was among them.
    private static let nothing = 1e-13

    init(_ matrix: Matrix, _ method: Method) {
        self.matrix = matrix
        self.method = method
        chance = Chance(state: method.seed)
    }

    /// - Parameters:
    ///   - before: the axes of a little while ago, to begin from.
    ///   - steps: how many passes over the votes at most.
    mutating func find(before: Axes?, steps: Int) async -> Axes {
        let size = matrix.means.count
        var axes = Axes(
            centre: matrix.means, first: .init(repeating: 0, count: size), second: .init(repeating: 0, count: size))
        var next = begin(before, size)
        for step in 1...max(1, steps) where !next.isEmpty {
            await add(next)
            next = outside(Array(images.suffix(next.count)))
            let isFull = basis.count + 2 > Self.mostDirections
            guard isFull || next.isEmpty || step == steps || isWorthALook else { continue }
            let found = best(size)
            axes.take(found, before)
            guard axes.residual > method.exactness else { break }
            if step == steps { axes.take(polished(found), before) }
            if isFull {
                keepBest(size)
                next = outside(found.map(\.leftOver))
            }
        }
        return axes
    }

    /// Axes after a single pass over the votes, where everybody stands on them, and what to begin from the next time.
    struct Moved {
        var axes: Axes
        /// By row: what its votes come to along each axis, not yet stretched.
        let rows: Matrix.Pair
        /// The axes one step further. They are not shown yet: where everybody stands on them would be another pass.
        let ahead: Axes
    }

    /// Moves axes on by one pass: the best axes that lie in the plane of those to begin from, which is all that the
    /// pass says of people, and for the next time a plane that is one step better. A statement that is new counts for
    /// nothing in the axes until then.
    ///
    /// - Parameters:
    ///   - start: what the last time left to begin from, or the axes of then.
    ///   - shown: the axes that were shown last, whose ends these keep.
    /// - Returns: nothing where there are not two axes to begin from.
    mutating func moved(from start: Axes, shown: Axes) async -> Moved? {
        let size = matrix.means.count
        var directions: [[Double]] = []
        for axis in [start.first, start.second] {
            let known = (0..<size).map { $0 < axis.count && !matrix.zeroed[$0] ? axis[$0] : 0 }
            guard let direction = outside(known, of: directions) else { return nil }
            directions.append(direction)
        }
        let pass = await matrix.squaredAndRows(times: zip(directions[0], directions[1]).map { SIMD2($0, $1) })
        keep(directions, pass.squared)
        let found = best(size)
        var axes = Axes(centre: matrix.means)
        axes.take(found, shown)
        let (across, up) = (
            SIMD2(dot(axes.first, basis[0]), dot(axes.second, basis[0])),
            SIMD2(dot(axes.first, basis[1]), dot(axes.second, basis[1]))
        )
        let rows = pass.rows.map { across * $0.x + up * $0.y }
        let next = polished(found)
        var ahead = Axes()
        if next.count == 2 { (ahead.first, ahead.second) = (next[0].direction, next[1].direction) }
        return Moved(axes: axes, rows: rows, ahead: ahead)
    }

    /// To choose among few directions costs next to nothing beside a pass over the votes; among many it is better not
    /// done after each.
    private var isWorthALook: Bool { basis.count <= 8 || basis.count % (basis.count <= 32 ? 4 : 8) == 0 }

    /// Two directions to begin with: those of before, with chance for new statements; else chance.
    private mutating func begin(_ before: Axes?, _ size: Int) -> [[Double]] {
        let known = [before?.first ?? [], before?.second ?? []]
        var found: [[Double]] = []
        for axis in known {
            let isKnown = axis.contains { $0 != 0 }
            let padding = isKnown ? 1 / Double(size).squareRoot() : 1
            let padded = (0..<size).map { column -> Double in
                let drawn = chance.next()
                if matrix.zeroed[column] { return 0 }
                return isKnown && column < axis.count ? axis[column] : padding * drawn
            }
            if let direction = outside(padded, of: found) { found.append(direction) }
        }
        return found
    }

    private mutating func add(_ directions: [[Double]]) async {
        let second = directions.count > 1 ? directions[1] : directions[0].map { _ in 0 }
        keep(directions, await matrix.squared(times: zip(directions[0], second).map { SIMD2($0, $1) }))
    }

    /// Keeps directions with what the square of the matrix makes of them.
    private mutating func keep(_ directions: [[Double]], _ image: Matrix.Pair) {
        for (place, direction) in directions.enumerated() {
            basis.append(direction)
            images.append(image.map { $0[place] })
            let products = basis.map { dot($0, images[images.count - 1]) }
            for row in self.products.indices { self.products[row].append(products[row]) }
            self.products.append(products)
        }
    }

    /// An eigenvector as far as is known: itself, its eigenvalue, and what is left over of its image.
    typealias Found = (direction: [Double], value: Double, leftOver: [Double])

    /// The best two directions out of all so far.
    private func best(_ size: Int) -> [Found] {
        let eigen = Eigen(products.flatMap { $0 }, size: basis.count)
        return eigen.values.indices.prefix(2).map { place in
            let direction = combined(basis, eigen.vectors[place], size)
            var leftOver = combined(images, eigen.vectors[place], size)
            for column in leftOver.indices { leftOver[column] -= eigen.values[place] * direction[column] }
            return (direction, max(0, eigen.values[place]), leftOver)
        }
    }

    /// One step further, of which the pass over the votes is already done: what the square of the matrix makes of each
    /// direction (as power iteration would). What is left over is that of before, and now smaller.
    private func polished(_ found: [Found]) -> [Found] {
        var polished: [Found] = []
        for each in found where each.value > 0 {
            let further = zip(each.direction, each.leftOver).map { $0 + $1 / each.value }
            let direction = outside(further, of: polished.map(\.direction)) ?? each.direction
            polished.append((direction, each.value, each.leftOver))
        }
        return polished.count == found.count ? polished : found
    }

    /// What some vectors have outside of all directions that there are: the next ones.
    private func outside(_ vectors: [[Double]]) -> [[Double]] {
        var found: [[Double]] = []
        for vector in vectors {
            if let new = outside(vector, of: basis + found) { found.append(new) }
        }
        return found
    }

    /// Begins again from the best few directions: six keep nearly all that was learned.
    private mutating func keepBest(_ size: Int) {
        let eigen = Eigen(products.flatMap { $0 }, size: basis.count)
        let kept = eigen.vectors.prefix(6)
        (basis, images) = (kept.map { combined(basis, $0, size) }, kept.map { combined(images, $0, size) })
        products = basis.map { direction in images.map { dot(direction, $0) } }
    }

    /// A direction less its parts along others, at length 1; nothing if nothing is left.
    private func outside(_ direction: [Double], of others: [[Double]]) -> [Double]? {
        var left = direction
        let before = dot(left, left).squareRoot()
        guard before > 0, before.isFinite else { return nil }
        // Twice is enough (Kahan): the second time takes away what rounding left of the first.
        for _ in 0..<2 {
            for other in others { take(dot(left, other), of: other, from: &left) }
        }
        let length = dot(left, left).squareRoot()
        guard length > Self.nothing * before else { return nil }
        return left.map { $0 / length }
    }

    private func take(_ part: Double, of other: [Double], from left: inout [Double]) {
        left.withUnsafeMutableBufferPointer { left in
            other.withUnsafeBufferPointer { other in
                for column in left.indices { left[column] -= part * other[column] }
            }
        }
    }

    private func combined(_ vectors: [[Double]], _ weights: [Double], _ size: Int) -> [Double] {
        var sum = [Double](repeating: 0, count: size)
        for (vector, weight) in zip(vectors, weights) {
            for column in 0..<size { sum[column] += weight * vector[column] }
        }
        return sum
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double {
        var (even, odd) = (0.0, 0.0)
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var index = 0
                while index + 1 < a.count {
                    even += a[index] * b[index]
                    odd += a[index + 1] * b[index + 1]
                    index += 2
                }
                if index < a.count { even += a[index] * b[index] }
            }
        }
        return even + odd
    }
}

extension Axes {
    /// A variance below this part of the larger one is rounding, and no direction.
    private static let rounding = 1e-12

    /// Takes what was found, each at the end of its axis that it had before.
    fileprivate mutating func take(_ found: [AxisFinder.Found], _ before: Axes?) {
        let most = found.first?.value ?? 0
        let axes = found.map { each -> [Double] in
            guard each.value > Self.rounding * most, each.value > 0 else { return each.direction.map { _ in 0 } }
            return each.direction
        }
        first = axes.first.map { Self.turned($0, before?.first) } ?? first
        second = axes.count > 1 ? Self.turned(axes[1], before?.second) : second
        variances = [most, found.count > 1 ? found[1].value : 0]
        let left = found.map { $0.leftOver.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        residual = most > 0 ? (left.max() ?? 0) / most : 0
    }

    private static func turned(_ axis: [Double], _ before: [Double]?) -> [Double] {
        let along = zip(axis, before ?? []).reduce(0) { $0 + $1.0 * $1.1 }
        let largest = axis.reduce(0) { $1.magnitude > $0.magnitude ? $1 : $0 }
        return (along == 0 ? largest : along) < 0 ? axis.map { -$0 } : axis
    }
}
