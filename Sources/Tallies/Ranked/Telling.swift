/// Telling apart those who have the same, by what they had before and then as the ties say.
struct Telling<Amount: Comparable> {
    /// What each option had at the end of each stage so far, from the first.
    var earlier: [[Amount]] = []
    var ties: Deciding

    init(_ ties: Ties) { self.ties = Deciding(ties) }

    /// The one of these that had most in the latest stage in which they were not alike, or least; and what is said of
    /// it, where there was more than one.
    mutating func choose(_ tied: [Int], most: Bool) -> (Int, Event?) {
        guard tied.count > 1 else { return (tied[0], nil) }
        var left = tied
        var told = 0
        for stage in stride(from: earlier.count - 1, through: 0, by: -1) where left.count > 1 {
            let had = left.map { earlier[stage][$0] }
            let extreme = most ? had.max()! : had.min()!
            let extremes = left.filter { earlier[stage][$0] == extreme }
            if extremes.count < left.count { (left, told) = (extremes, stage + 1) }
        }
        guard left.count > 1 else { return (left[0], .tie(tied, chosen: left, .earlierStage(told))) }
        let (chosen, way) = most ? ties.favoured(left) : ties.leastFavoured(left)
        return (chosen, .tie(tied, chosen: [chosen], way))
    }
}
