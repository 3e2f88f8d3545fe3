/// What each group said (step 10).
extension Matrix {
    /// A list by statement for each group.
    ///
    /// - Parameter labels: by row, the place of the group, or -1.
    func groupTallies(_ labels: [Int32], count: Int) async -> [[Tally]] {
        guard count > 0 else { return [] }
        let (votes, size) = (votes, means.count * 3)
        let sums = await Slices.each(slices) { rows in Self.counts(votes, rows, labels, count, size) }
        return (0..<count).map { group in
            let totals = (0..<size).map { code in sums.reduce(UInt32(0)) { $0 + $1[group * size + code] } }
            return means.indices.map { Tally(totals, column: $0) }
        }
    }

    /// How often each code stands in the rows of each group.
    private static func counts(
        _ votes: Votes, _ rows: Range<Int>, _ labels: [Int32], _ count: Int, _ size: Int
    ) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: count * size)
        votes.codes.withUnsafeBufferPointer { codes in
            counts.withUnsafeMutableBufferPointer { counts in
                for row in rows where labels[row] >= 0 {
                    let group = Int(labels[row]) * size
                    for index in votes.span(row) { counts[group + Int(codes[index])] += 1 }
                }
            }
        }
        return counts
    }
}
