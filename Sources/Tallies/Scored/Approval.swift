/// Approval voting: everybody marks all that they like; the most marks win.
///
/// Source: S. J. Brams, P. C. Fishburn, *Approval Voting* (1983). Any figure above 0 is a mark.
public enum Approval {
    /// Counts to the last seat.
    public static func count(_ scores: Scores, seats: Int = 1, ties: Ties) throws(Uncountable) -> Outcome {
        try scores.refuseNothing(seats: seats)
        return scores.outcome(scores.supporters(), heading: "Marks", seats: seats, ties: ties)
    }
}
