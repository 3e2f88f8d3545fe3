/// How one group speaks of one statement beside all the others (step 12).
struct Figures: Sendable {
    /// For agree, and for disagree.
    let agree: Side
    let disagree: Side
    let trials: Int

    struct Side: Sendable {
        let successes: Int
        let probability: Double
        let probabilityTest: Double
        let ratio: Double
        let ratioTest: Double

        init(_ successes: Int, of trials: Int, others: Int, of all: Int) {
            self.successes = successes
            probability = Tally.probability(successes, of: trials)
            probabilityTest = Tally.test(successes, of: trials)
            ratio = probability / Tally.probability(others, of: all)
            ratioTest = Tally.test(successes, of: trials, against: others, of: all)
        }

        func isSufficient(_ significance: Double) -> Bool {
            ratioTest > significance && probabilityTest > significance
        }

        var weight: Double { ratio * ratioTest * probability * probabilityTest }
    }

    init(_ group: Tally, others: Tally) {
        trials = group.seen
        agree = Side(group.agree, of: group.seen, others: others.agree, of: others.seen)
        disagree = Side(group.disagree, of: group.seen, others: others.disagree, of: others.seen)
    }

    var isAgree: Bool { agree.ratioTest > disagree.ratioTest }
    /// The side that tells the group apart.
    var side: Side { isAgree ? agree : disagree }

    func isSufficient(_ significance: Double) -> Bool {
        agree.isSufficient(significance) || disagree.isSufficient(significance)
    }
}

/// The statements that tell a group from the others.
struct Telling {
    private var sufficient: [Int] = []
    private var best: Int?
    private var bestAgree: Int?

    /// Columns of a group's most telling statements, in order, and which of them it agrees on best.
    ///
    /// - Parameter skipped: by column, whether it is left out: moderated out.
    static func columns(_ figures: [Figures], skipped: [Bool], _ method: Method) -> (columns: [Int], best: Int?) {
        var telling = Telling()
        figures.withUnsafeBufferPointer { figures in
            for column in figures.indices where !skipped[column] { telling.take(column, figures, method) }
        }
        return (telling.order(figures, method), telling.bestAgree)
    }

    private mutating func take(_ column: Int, _ figures: UnsafeBufferPointer<Figures>, _ method: Method) {
        let now = figures[column]
        if sufficient.isEmpty, best.map({ now.side.ratioTest > figures[$0].side.ratioTest }) ?? true { best = column }
        if now.isSufficient(method.significance) { sufficient.append(column) }
        if isBetterAgree(now, bestAgree.map { figures[$0] }, method) { bestAgree = column }
    }

    private func isBetterAgree(_ now: Figures, _ stored: Figures?, _ method: Method) -> Bool {
        guard now.agree.successes > 0 || now.disagree.successes > 0 else { return false }
        let agree = now.agree
        guard let stored = stored?.agree else {
            return agree.probabilityTest > method.significance || (agree.ratio > 1 && agree.probability > 0.5)
        }
        if stored.ratio > 1 { return agree.weight > stored.weight }
        return agree.probability * agree.probabilityTest > stored.probability * stored.probabilityTest
    }

    private func order(_ figures: [Figures], _ method: Method) -> [Int] {
        guard !sufficient.isEmpty else { return (bestAgree ?? best).map { [$0] } ?? [] }
        var sorted: [(column: Int, weight: Double)] = []
        for column in sufficient where column != bestAgree {
            let weight = figures[column].side.weight
            guard sorted.count < method.listed || weight > sorted[sorted.count - 1].weight else { continue }
            sorted.insert((column, weight), at: sorted.firstIndex { $0.weight < weight } ?? sorted.count)
            if sorted.count > method.listed { sorted.removeLast() }
        }
        let first = Array(((bestAgree.map { [$0] } ?? []) + sorted.map(\.column)).prefix(method.listed))
        return first.filter { figures[$0].isAgree } + first.filter { !figures[$0].isAgree }
    }
}

extension TellingStatement {
    init(_ statement: Int, _ figures: Figures, isBestAgree: Bool) {
        let side = figures.side
        self.init(
            statement: statement, side: figures.isAgree ? .agree : .disagree, successes: side.successes,
            trials: figures.trials, probability: side.probability, probabilityTest: side.probabilityTest,
            ratio: side.ratio, ratioTest: side.ratioTest, bestAgree: isBestAgree ? figures.agree.successes : nil)
    }
}
