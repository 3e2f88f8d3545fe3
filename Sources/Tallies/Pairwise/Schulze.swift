/// Schulze's rule, also called beatpath: one option is ahead of another if the strongest chain of wins from it to the
/// other is stronger than any chain back. A chain is as strong as its weakest win, a win as the margin.
///
/// Source: M. Schulze, *A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
/// election method*, Social Choice and Welfare 36 (2011). Where several are ahead of nobody and nobody of them, ties
/// decide.
public enum Schulze {
    /// Counts to the winner.
    public static func count(_ pairs: Pairs, ties: Ties) throws(Uncountable) -> Outcome {
        let chains = strongestChains(pairs)
        let count = pairs.options.count
        var stage = Stage(heading: "Strongest chains of wins")
        stage.standings = PairStages.ranked(
            pairs.options.indices.map { a in
                pairs.options.indices.count { a != $0 && chains[a * count + $0] > chains[$0 * count + a] }
            })
        stage.events = [.said("The figure is how many others each is ahead of.")]
        return PairStages.outcome(pairs, [stage], unbeaten(chains, count), ties)
    }

    /// Everybody who can win: ahead of each other option, or level with it.
    public static func winners(_ pairs: Pairs) -> [Int] { unbeaten(strongestChains(pairs), pairs.options.count) }

    private static func unbeaten(_ chains: [Int], _ count: Int) -> [Int] {
        (0..<count).filter { a in (0..<count).allSatisfy { chains[a * count + $0] >= chains[$0 * count + a] } }
    }

    /// The strength of the strongest chain from each option to each other, row by row; 0 where there is none. Cost: the
    /// cube of the options (Floyd and Warshall).
    static func strongestChains(_ pairs: Pairs) -> [Int] {
        let count = pairs.options.count
        var chains = [Int](repeating: 0, count: count * count)
        for a in 0..<count {
            for b in 0..<count where a != b { chains[a * count + b] = max(0, pairs.margin(a, b)) }
        }
        chains.withUnsafeMutableBufferPointer { chains in
            for through in 0..<count {
                for a in 0..<count where chains[a * count + through] > 0 {
                    let first = chains[a * count + through]
                    for b in 0..<count {
                        let weaker = min(first, chains[through * count + b])
                        if weaker > chains[a * count + b] { chains[a * count + b] = weaker }
                    }
                }
            }
        }
        return chains
    }
}
