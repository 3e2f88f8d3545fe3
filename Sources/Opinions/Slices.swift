/// Rows shared out among tasks, so that two cores have half of the work each.
enum Slices {
    /// Fewer votes than this are not worth a task of their own: a pass over them takes a quarter of a millisecond, and
    /// to wake another core and wait for it takes about as long.
    private static let leastVotes = 1 << 18
    /// How the sums of slices are added up must not depend on the machine, so neither does how many there are.
    private static let most = 8

    /// Ranges of rows with about as many votes each.
    static func of(_ votes: Votes) -> [Range<Int>] {
        let wanted = max(1, min(most, votes.count / leastVotes))
        let share = (votes.count + wanted - 1) / wanted
        var slices: [Range<Int>] = []
        var (first, held) = (0, 0)
        for row in votes.counts.indices {
            held += Int(votes.counts[row])
            if held >= share, slices.count < wanted - 1 {
                slices.append(first..<row + 1)
                (first, held) = (row + 1, 0)
            }
        }
        return slices + [first..<votes.counts.count]
    }

    /// Runs the same on each slice, and gives what it gave in the order of slices.
    static func each<Result: Sendable>(
        _ slices: [Range<Int>], _ run: @escaping @Sendable (Range<Int>) -> Result
    ) async -> [Result] {
        guard slices.count > 1 else { return slices.map(run) }
        return await withTaskGroup(of: (Int, Result).self) { tasks in
            for (place, slice) in slices.enumerated() { tasks.addTask { (place, run(slice)) } }
            var results = [Result?](repeating: nil, count: slices.count)
            for await (place, result) in tasks { results[place] = result }
            return results.compactMap { $0 }
        }
    }
}
