/// STAR, *score then automatic run-off*: the two with the largest sums of scores are compared, and the one that more
/// people scored higher wins.
///
/// Source: M. Frohnmayer and others (2014), with the tie rules of the Equal Vote Coalition: level in scores, the one
/// that beats more of those level goes on, then the one with more of the highest scores; level in the run-off, the
/// larger sum wins, then more of the highest scores; then ties decide.
public enum STAR {
    /// Counts to the winner.
    public static func count(_ scores: Scores, ties: Ties) throws(Uncountable) -> Outcome {
        try scores.refuseNothing(seats: 1)
        let sums = scores.sums
        var deciding = Deciding(ties)
        var first = Stage(heading: "Scores, all together")
        first.standings = sums.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }.map { .init($0, .whole(sums[$0])) }
        var finalists: [Int] = []
        for _ in 0..<min(2, scores.options.count) {
            let left = scores.options.indices.filter { !finalists.contains($0) }
            let most = left.map { sums[$0] }.max()!
            finalists.append(finalist(scores, left.filter { sums[$0] == most }, &deciding, &first.events))
        }
        guard finalists.count == 2 else {
            first.events.append(.elected(finalists[0]))
            return Outcome(options: scores.options, winners: finalists, stages: [first])
        }
        let names = finalists.map { scores.options[$0] }
        first.events.append(.said("\(names[0]) and \(names[1]) go on to the run-off."))
        let (last, winner) = runOff(scores, sums, finalists, &deciding)
        return Outcome(options: scores.options, winners: [winner], stages: [first, last])
    }

    private static func runOff(
        _ scores: Scores, _ sums: [Int], _ finalists: [Int], _ deciding: inout Deciding
    ) -> (Stage, Int) {
        let (one, other) = (finalists[0], finalists[1])
        let (better, worse) = (preferring(one, to: other, scores), preferring(other, to: one, scores))
        var stage = Stage(heading: "Run-off: who scored each higher than the other")
        stage.standings = [.init(one, .whole(better)), .init(other, .whole(worse))]
        stage.marks = [.init("The same", .whole(scores.total - better - worse))]
        var winner = better >= worse ? one : other
        if better == worse {
            if sums[one] != sums[other] {
                stage.events.append(.tie(finalists, chosen: [winner], .own("by their scores, all together")))
            } else {
                winner = tiebreakByTop(scores, finalists, &deciding, &stage.events)
            }
        }
        stage.events.append(.elected(winner))
        return (stage, winner)
    }

    private static func finalist(
        _ scores: Scores, _ level: [Int], _ deciding: inout Deciding, _ events: inout [Event]
    ) -> Int {
        guard level.count > 1 else { return level[0] }
        let beaten = level.map { one in
            level.count { $0 != one && preferring(one, to: $0, scores) > preferring($0, to: one, scores) }
        }
        let best = zip(level, beaten).filter { $0.1 == beaten.max()! }.map(\.0)
        guard best.count > 1 else {
            events.append(.tie(level, chosen: best, .own("by how many of the others each beats")))
            return best[0]
        }
        return tiebreakByTop(scores, best, &deciding, &events)
    }

    private static func tiebreakByTop(
        _ scores: Scores, _ level: [Int], _ deciding: inout Deciding, _ events: inout [Event]
    ) -> Int {
        let top = Int(scores.figures.max() ?? 0)
        let tops = scores.supporters(atLeast: top)
        let most = level.map { tops[$0] }.max()!
        let best = level.filter { tops[$0] == most }
        guard best.count > 1 else {
            events.append(.tie(level, chosen: best, .own("by how many of the highest scores each has")))
            return best[0]
        }
        let (chosen, way) = deciding.favoured(best)
        events.append(.tie(level, chosen: [chosen], way))
        return chosen
    }

    private static func preferring(_ one: Int, to other: Int, _ scores: Scores) -> Int {
        let width = scores.options.count
        return (0..<scores.lines).reduce(0) { sum, line in
            let (a, b) = (scores.figures[line * width + one], scores.figures[line * width + other])
            return max(a, 0) > max(b, 0) ? sum + scores.counts[line] : sum
        }
    }
}
