/// Where people and statements stand on the two axes (steps 5 and 6).
extension Matrix {
    /// Where each participant stands, by row: what their votes come to, stretched the more the fewer they are.
    func projections(on axes: Axes) async -> [Point] {
        let (matrix, table) = (self, table(axes.pair))
        let slices = await Slices.each(slices) { rows in
            var points: [Point] = []
            points.reserveCapacity(rows.count)
            matrix.votes.codes.withUnsafeBufferPointer { codes in
                table.withUnsafeBufferPointer { table in
                    for row in rows { points.append(matrix.projection(row, codes, table)) }
                }
            }
            return points
        }
        guard slices.count > 1 else { return slices.first ?? [] }
        var points: [Point] = []
        points.reserveCapacity(votes.participantCount)
        for slice in slices { points += slice }
        return points
    }

    /// The same out of what the votes of each row come to.
    func projections(of rows: Pair) -> [Point] { rows.indices.map { Point(rows[$0] * stretch($0)) } }

    @inline(__always)
    private func projection(
        _ row: Int, _ codes: UnsafeBufferPointer<UInt16>, _ table: UnsafeBufferPointer<SIMD2<Double>>
    ) -> Point {
        Point(Self.gather(codes, votes.span(row), table) * stretch(row))
    }

    /// The root of how many statements there are for each one answered. A zeroed statement counts as answered by all.
    private func stretch(_ row: Int) -> Double {
        var answered = Int(votes.counts[row])
        if zeroedCount > 0 {
            answered = zeroedCount
            for index in votes.span(row) where !zeroed[Int(votes.codes[index]) / 3] { answered += 1 }
        }
        return (Double(means.count) / Double(max(1, answered))).squareRoot()
    }

    /// Where each statement stands, by column: where somebody would who had answered only that, with agree.
    func statementProjections(on axes: Axes) -> [Point] {
        let stretch = Double(means.count).squareRoot()
        let pair = axes.pair
        return pair.indices.map { Point(pair[$0] * ((1 - axes.centre[$0]) * stretch)) }
    }
}

extension Point {
    var length: Double { (x * x + y * y).squareRoot() }

    func distance(to other: Point) -> Double { Point(vector - other.vector).length }
}
