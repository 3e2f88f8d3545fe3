/// Minimax, or the Simpson and Kramer rule: whoever's worst defeat is the smallest wins.
///
/// Source: P. B. Simpson (1969), G. H. Kramer (1977). A defeat is measured by its margin, or, if asked, by how many
/// liked the other better (winning votes).
public enum Minimax {
    /// How large a defeat is.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// How many more liked the other better than the other way round.
        case margins
        /// How many liked the other better, where they were more.
        case winningVotes
    }

    /// Counts to the winner.
    public static func count(_ pairs: Pairs, by measure: Measure = .margins, ties: Ties) throws(Uncountable) -> Outcome
    {
        let worst = worstDefeats(pairs, by: measure)
        var stage = Stage(heading: "Worst defeats")
        stage.standings = PairStages.ranked(worst).reversed()
        let least = worst.min() ?? 0
        return PairStages.outcome(pairs, [stage], pairs.options.indices.filter { worst[$0] == least }, ties)
    }

    /// Each option's worst defeat. By margins it is below 0 for one that beats every other.
    static func worstDefeats(_ pairs: Pairs, by measure: Measure) -> [Int] {
        pairs.options.indices.map { a in
            pairs.options.indices.lazy.filter { $0 != a }.map { b in
                switch measure {
                case .margins: pairs.margin(b, a)
                case .winningVotes: pairs.margin(b, a) > 0 ? pairs.wins(b, a) : 0
                }
            }.max() ?? 0
        }
    }
}
