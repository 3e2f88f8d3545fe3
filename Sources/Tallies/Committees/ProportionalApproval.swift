/// Proportional approval: of all committees, the one with which people are best served. To each person the first
/// member that they approve counts 1, the second ½, the third ⅓, and so on; the committee with the largest sum wins.
///
/// Source: T. N. Thiele, 1895. A group that agrees and is large enough for some seats gets them on average (Aziz and
/// others, *Justified representation*, 2017). The best committee is found by branch and bound: a branch is left where
/// even the best of what each option would still add could not reach what was already found.
public enum ProportionalApproval {
    /// The most committees, whole or begun, that are looked at before the count is given up as too large.
    public static let mostSteps = 5_000_000
    /// The most best committees that are told apart; more than that means that the ballots hardly decide.
    public static let mostBest = 100_000

    /// Finds the best committee. Refuses where fewer stand than there are seats, and where it would take too long
    /// (``mostSteps``): ``SequentialProportionalApproval`` always answers.
    public static func count(_ approvals: Approvals, seats: Int, ties: Ties) throws(Uncountable) -> Outcome {
        try count(approvals, seats: seats, ties: ties, steps: mostSteps)
    }

    static func count(
        _ approvals: Approvals, seats: Int, ties: Ties, steps: Int
    ) throws(Uncountable) -> Outcome {
        let (best, score) = try everyBest(approvals, seats: seats, steps: steps)
        var outcome = Outcome(options: approvals.options)
        var stage = Stage()
        let (chosen, events) = choose(best, ties)
        stage.marks = [.init("How well people are served, added up", .ratio(score))]
        if best.count > 1 { stage.events = [.said("\(best.count) committees are equally good.")] + events }
        stage.events += chosen.map { .elected($0) }
        outcome.winners = chosen
        outcome.stages = [stage]
        return outcome
    }

    /// Every best committee, each in order, and how well people are served by it.
    static func everyBest(
        _ approvals: Approvals, seats: Int, steps: Int = mostSteps
    ) throws(Uncountable) -> (committees: [[Int]], score: Ratio) {
        try approvals.check(seats: seats)
        var search = Search(try Gains(approvals.electorate, seats: seats), seats: seats, mostSteps: steps)
        try search.begin()
        return (search.best.sorted { $0.lexicographicallyPrecedes($1) }, Ratio(search.most, search.gains.harmonic.one))
    }

    /// Of the committees that are left, keeps those with the option that is favoured among all in which they differ,
    /// until one is left.
    private static func choose(_ best: [[Int]], _ ties: Ties) -> ([Int], [Event]) {
        var (left, ties, events) = (best, Deciding(ties), [Event]())
        while left.count > 1 {
            let differing = Set(left.joined()).filter { option in !left.allSatisfy { $0.contains(option) } }.sorted()
            let (chosen, way) = ties.favoured(differing)
            events.append(.tie(differing, chosen: [chosen], way))
            left.removeAll { !$0.contains(chosen) }
        }
        return (left[0], events)
    }

    private struct Search {
        var gains: Gains
        let seats: Int
        /// The options, those with most support first: good committees are found early, and cut off the rest.
        let order: [Int]
        var chosen: [Int] = []
        var score: Int128 = 0
        var most: Int128 = -1
        var best: [[Int]] = []
        var steps = 0
        let mostSteps: Int

        init(_ gains: Gains, seats: Int, mostSteps: Int) {
            (self.gains, self.seats, self.mostSteps) = (gains, seats, mostSteps)
            let support = gains.electorate.support
            order = support.indices.sorted { (support[$1], $0) < (support[$0], $1) }
        }

        /// Looks first along the sequential rule, whose score is close to the best, and then everywhere.
        mutating func begin() throws(Uncountable) {
            var (trial, reached): (Gains, Int128) = (gains, 0)
            var left = order
            for _ in 0..<seats {
                let next = left.max { trial.gains[$0] < trial.gains[$1] }!
                reached += trial.gains[next]
                trial.choose(next)
                left.removeAll { $0 == next }
            }
            most = reached
            try look(from: 0)
        }

        /// Every committee that has what is chosen, and for the rest of its seats options from a place of the order.
        mutating func look(from place: Int) throws(Uncountable) {
            steps += 1
            guard steps <= mostSteps else {
                throw .unanswerable(
                    "There are too many committees to try them all. Sequential proportional approval can count this.")
            }
            let open = seats - chosen.count
            guard open > 0 else { return try keep() }
            guard order.count - place >= open, score + ceiling(from: place, open) >= most else { return }
            let option = order[place]
            let gain = gains.gains[option]
            chosen.append(option)
            score += gain
            gains.choose(option)
            try look(from: place + 1)
            gains.takeBack(option)
            score -= gain
            chosen.removeLast()
            try look(from: place + 1)
        }

        private mutating func keep() throws(Uncountable) {
            guard score >= most else { return }
            if score > most { (most, best) = (score, []) }
            guard best.count < ProportionalApproval.mostBest else {
                throw .unanswerable("More than \(ProportionalApproval.mostBest) committees are equally good.")
            }
            best.append(chosen.sorted())
        }

        /// No more can be added by so many: nobody adds more later than now.
        private func ceiling(from place: Int, _ open: Int) -> Int128 {
            var top = [Int128](repeating: 0, count: open)
            for option in order[place...] {
                var gain = gains.gains[option]
                guard gain > top[open - 1] else { continue }
                for rank in top.indices where gain > top[rank] { swap(&gain, &top[rank]) }
            }
            return top.reduce(0, +)
        }
    }
}
