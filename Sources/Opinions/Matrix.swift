/// The votes as a matrix that is nearly empty: the vote less the mean of its statement where there is a vote, and 0
/// elsewhere.
///
/// Polis fills each gap with the mean of its column and then takes the mean away (steps 2 and 4). What was filled is
/// then exactly 0, so nothing needs to be filled, and everything can be found from the votes alone.
struct Matrix: Sendable {
    /// Two numbers by statement, one for each axis.
    typealias Pair = [SIMD2<Double>]

    let votes: Votes
    /// By column: the mean of the votes there are, from -1 to 1; 0 where the column is zeroed or empty.
    let means: [Double]
    /// By column: whether it counts as 0 for everybody.
    let zeroed: [Bool]
    let zeroedCount: Int
    let slices: [Range<Int>]

    init(_ votes: Votes) {
        self.votes = votes
        let zeroed = (0..<votes.statementCount).map(votes.isZeroed)
        means = zeroed.indices.map { column in
            let (disagree, pass, agree) = (
                votes.totals[column * 3], votes.totals[column * 3 + 1], votes.totals[column * 3 + 2]
            )
            let seen = Double(disagree + pass + agree)
            return zeroed[column] || seen == 0 ? 0 : (Double(agree) - Double(disagree)) / seen
        }
        self.zeroed = zeroed
        zeroedCount = zeroed.count { $0 }
        slices = Slices.of(votes)
    }

    /// By code: the vote less its mean, times a number of its column.
    func table(_ pair: Pair) -> Pair {
        var table = Pair(repeating: .zero, count: pair.count * 3)
        for column in pair.indices where !zeroed[column] {
            for value in 0..<3 { table[column * 3 + value] = pair[column] * (Double(value - 1) - means[column]) }
        }
        return table
    }

    /// The matrix turned over, times the matrix, times two vectors: both in one pass over the votes.
    func squared(times pair: Pair) async -> Pair {
        let (votes, table) = (votes, table(pair))
        let sums = await Slices.each(slices) { rows in
            var sums = Pair(repeating: .zero, count: table.count)
            Self.add(votes, rows, table, to: &sums) { _ in }
            return sums
        }
        return squared(sums)
    }

    /// The same, and by row what its votes come to (the matrix times the two vectors), as long as it has been worked
    /// out anyway.
    func squaredAndRows(times pair: Pair) async -> (squared: Pair, rows: Pair) {
        let (votes, table) = (votes, table(pair))
        let parts = await Slices.each(slices) { rows in
            var sums = Pair(repeating: .zero, count: table.count)
            let come = Pair(unsafeUninitializedCapacity: rows.count) { come, count in
                Self.add(votes, rows, table, to: &sums) { sum in
                    come[count] = sum
                    count += 1
                }
            }
            return (sums, come)
        }
        var rows = Pair()
        rows.reserveCapacity(votes.participantCount)
        for part in parts { rows += part.1 }
        return (squared(parts.map(\.0)), rows)
    }

    /// By column, out of the sums by code of all slices.
    private func squared(_ sums: [Pair]) -> Pair {
        means.indices.map { column in
            guard !zeroed[column] else { return .zero }
            return sums.reduce(into: SIMD2<Double>.zero) { total, sum in
                for value in 0..<3 { total += sum[column * 3 + value] * (Double(value - 1) - means[column]) }
            }
        }
    }

    /// Adds to each code, for every row with such a vote, what the row comes to; and hands that over, row by row.
    @inline(__always)
    private static func add(
        _ votes: Votes, _ rows: Range<Int>, _ table: Pair, to sums: inout Pair, _ each: (SIMD2<Double>) -> Void
    ) {
        votes.codes.withUnsafeBufferPointer { codes in
            table.withUnsafeBufferPointer { table in
                sums.withUnsafeMutableBufferPointer { sums in
                    for row in rows {
                        let span = votes.span(row)
                        let come = gather(codes, span, table)
                        for index in span { sums[Int(codes[index])] += come }
                        each(come)
                    }
                }
            }
        }
    }

    /// What the votes of a row come to by a table.
    @inline(__always)
    static func gather(
        _ codes: UnsafeBufferPointer<UInt16>, _ span: Range<Int>, _ table: UnsafeBufferPointer<SIMD2<Double>>
    ) -> SIMD2<Double> {
        // Two sums side by side: one addition needn't wait for the one before it.
        var (even, odd) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
        var index = span.lowerBound
        while index + 1 < span.upperBound {
            even += table[Int(codes[index])]
            odd += table[Int(codes[index + 1])]
            index += 2
        }
        if index < span.upperBound { even += table[Int(codes[index])] }
        return even + odd
    }
}
