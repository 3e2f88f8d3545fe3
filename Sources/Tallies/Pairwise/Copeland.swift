/// Copeland's rule: one point for every other option that it beats, half a point for every one that it is level with;
/// the most points win.
///
/// Source: A. H. Copeland, *A reasonable social welfare function* (1951); R. Llull, 1299, who gave a full point for
/// being level. Points are told doubled, so that they stay whole.
public enum Copeland {
    /// Counts to the winner.
    public static func count(_ pairs: Pairs, ties: Ties) throws(Uncountable) -> Outcome {
        let points = pairs.options.indices.map { a in
            pairs.options.indices.reduce(0) { points, b in
                guard a != b else { return points }
                let margin = pairs.margin(a, b)
                return points + (margin > 0 ? 2 : margin == 0 ? 1 : 0)
            }
        }
        var stage = Stage(heading: "Points")
        stage.standings = PairStages.ranked(points).map { standing in
            .init(standing.option, .ratio(Ratio(Int128(points[standing.option]), 2)))
        }
        let most = points.max() ?? 0
        return PairStages.outcome(pairs, [stage], pairs.options.indices.filter { points[$0] == most }, ties)
    }
}
