/// Score voting: everybody gives each option a score; the largest sum wins. No score is 0.
///
/// Source: W. D. Smith, *Range voting* (2000).
public enum ScoreVote {
    /// Counts to the last seat.
    public static func count(_ scores: Scores, seats: Int = 1, ties: Ties) throws(Uncountable) -> Outcome {
        try scores.refuseNothing(seats: seats)
        return scores.outcome(scores.sums, heading: "Scores, all together", seats: seats, ties: ties)
    }
}
