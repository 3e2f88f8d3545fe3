/// Ranked pairs, or Tideman's rule: wins are locked in from the largest, unless one would close a circle with those
/// that are; whoever nothing is locked in against wins.
///
/// Source: T. N. Tideman, *Independence of clones as a criterion for voting rules*, Social Choice and Welfare 4 (1987);
/// T. M. Zavist and T. N. Tideman (1989) for ties: of wins as large, and of options that are level, that comes first
/// which is first in an order of all options, drawn by lot or given.
public enum RankedPairs {
    /// Counts to the winner.
    public static func count(_ pairs: Pairs, ties: Ties) throws(Uncountable) -> Outcome {
        let (order, way) = ties.order(of: pairs.options.count)
        let wins = sorted(pairs, order)
        let (locked, skipped) = lock(wins, pairs.options.count)
        var stage = Stage(heading: "Wins, the largest first")
        let places = order.enumerated().reduce(into: [Int](repeating: 0, count: order.count)) {
            $0[$1.element] = $1.offset
        }
        let beaten = locked.reduce(into: [Int](repeating: 0, count: order.count)) { $0[$1.winner] += 1 }
        stage.standings = PairStages.ranked(beaten)
        let isAgainst = locked.reduce(into: [Bool](repeating: false, count: order.count)) { $0[$1.loser] = true }
        let free = pairs.options.indices.filter { !isAgainst[$0] }.sorted { places[$0] < places[$1] }
        if hasTies(wins, pairs) || free.count > 1 {
            stage.events.append(.tie(order, chosen: order, way))
        }
        for win in skipped where win.margin > 0 {
            let (winner, loser) = (pairs.options[win.winner], pairs.options[win.loser])
            stage.events.append(
                .said("\(winner) over \(loser) (\(win.margin)) would close a circle, so it is passed over."))
        }
        stage.events += free.prefix(1).map { .elected($0) }
        return Outcome(
            options: pairs.options, winners: Array(free.prefix(1)), stages: PairStages.first(pairs) + [stage])
    }

    struct Win: Sendable {
        let winner: Int
        let loser: Int
        let margin: Int
    }

    /// Every win, the largest first; as large, by the order of the winners and then, backwards, of the losers.
    private static func sorted(_ pairs: Pairs, _ order: [Int]) -> [Win] {
        var wins: [Win] = []
        for (place, a) in order.enumerated() {
            for (other, b) in order.enumerated() where place != other {
                let margin = pairs.margin(a, b)
                if margin > 0 || (margin == 0 && place < other) {
                    wins.append(Win(winner: a, loser: b, margin: margin))
                }
            }
        }
        let places = order.enumerated().reduce(into: [Int](repeating: 0, count: order.count)) {
            $0[$1.element] = $1.offset
        }
        return wins.sorted {
            ($1.margin, places[$0.winner], places[$1.loser]) < ($0.margin, places[$1.winner], places[$0.loser])
        }
    }

    private static func hasTies(_ wins: [Win], _ pairs: Pairs) -> Bool {
        wins.contains { $0.margin == 0 } || zip(wins, wins.dropFirst()).contains { $0.margin == $1.margin }
    }

    /// Those that are locked in, and those that are passed over. What can be reached from where is kept as rows of
    /// bits, so that a win is judged at once.
    private static func lock(_ wins: [Win], _ count: Int) -> (locked: [Win], skipped: [Win]) {
        let words = (count + 63) / 64
        var reaches = [UInt64](repeating: 0, count: count * words)
        for option in 0..<count { reaches[option * words + option / 64] |= 1 << UInt64(option % 64) }
        var (locked, skipped): ([Win], [Win]) = ([], [])
        for win in wins {
            let closes = reaches[win.loser * words + win.winner / 64] >> UInt64(win.winner % 64) & 1 == 1
            guard !closes else {
                skipped.append(win)
                continue
            }
            locked.append(win)
            let isKnown = reaches[win.winner * words + win.loser / 64] >> UInt64(win.loser % 64) & 1 == 1
            guard !isKnown else { continue }
            for option in 0..<count where reaches[option * words + win.winner / 64] >> UInt64(win.winner % 64) & 1 == 1
            {
                for word in 0..<words { reaches[option * words + word] |= reaches[win.loser * words + word] }
            }
        }
        return (locked, skipped)
    }
}
