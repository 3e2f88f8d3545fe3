/// Borda's count: on every ballot an option has a point for each other that it is liked better than, and half a point
/// for each that it is liked the same as; the most points win. Options not on a ballot are liked the same, and last.
///
/// Source: J.-C. de Borda (1781), with the mean of the places for those that are level (Black, 1976). The points are a
/// sum over all ballots of pairs, so they come from ``Pairs``.
public enum Borda {
    /// Counts to the winner.
    public static func count(_ pairs: Pairs, ties: Ties) throws(Uncountable) -> Outcome {
        let points = doubledPoints(pairs)
        var stage = Stage(heading: "Points")
        stage.standings = PairStages.ranked(points).map { standing in
            .init(standing.option, .ratio(Ratio(Int128(points[standing.option]), 2)))
        }
        let most = points.max() ?? 0
        let winners = pairs.options.indices.filter { points[$0] == most }
        return PairStages.outcome(pairs, [stage], winners, ties, tellsPairs: false)
    }

    /// Twice the points of each option, so that they stay whole. 2^40 ballots of 2,000 options stay below 2^52.
    static func doubledPoints(_ pairs: Pairs) -> [Int] {
        pairs.options.indices.map { a in
            pairs.options.indices.reduce(0) { points, b in
                a == b ? points : points + pairs.total + pairs.margin(a, b)
            }
        }
    }
}
