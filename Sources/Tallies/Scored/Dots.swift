/// Dots: everybody has the same number of dots and puts them where they like, several on one if they wish; the most
/// dots win. (Cumulative voting, on a wall.)
public enum Dots {
    /// Counts to the last seat. Where `each` says how many dots a person has, a ballot with more is refused.
    public static func count(
        _ scores: Scores, seats: Int = 1, each: Int? = nil, ties: Ties
    ) throws(Uncountable) -> Outcome {
        try scores.refuseNothing(seats: seats)
        if let each {
            for line in 0..<scores.lines {
                let used = scores.ballot(line).reduce(0) { $0 + max(0, Int($1)) }
                guard used <= each else {
                    throw .unanswerable("Ballot \(line + 1) has \(used) dots, and everybody has \(each).")
                }
            }
        }
        return scores.outcome(scores.sums, heading: "Dots", seats: seats, ties: ties)
    }
}
