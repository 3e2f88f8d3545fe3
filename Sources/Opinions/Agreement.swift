/// What people agree on, with no regard to groups and with it (steps 11 and 13), and what divides groups.
extension Consensus {
    /// The statements most say a side to, the surest first.
    ///
    /// - Parameter skipped: by column, whether it is left out.
    static func list(
        _ side: Opinion, _ tallies: [Tally], _ statements: [Int], skipped: [Bool], _ method: Method
    ) -> [ConsensusStatement] {
        var best: [(column: Int, weight: Double)] = []
        for column in tallies.indices where !skipped[column] {
            let (successes, trials) = (tallies[column].count(side), tallies[column].seen)
            // Above a half only where more than half said so: spares the root for most.
            guard 2 * successes > trials else { continue }
            let test = Tally.test(successes, of: trials)
            guard test > method.significance else { continue }
            let weight = Tally.probability(successes, of: trials) * test
            guard best.count < method.listed || weight > best[best.count - 1].weight else { continue }
            best.insert((column, weight), at: best.firstIndex { $0.weight < weight } ?? best.count)
            if best.count > method.listed { best.removeLast() }
        }
        return best.map { ConsensusStatement(statements[$0.column], tallies[$0.column], side) }
    }

    /// How likely it is that one person out of each group would all agree: from 0 to 1.
    static func acrossGroups(_ tallies: [[Tally]], _ column: Int) -> Double {
        tallies.reduce(1) { $0 * Tally.probability($1[column].agree, of: $1[column].seen) }
    }
}

extension ConsensusStatement {
    init(_ statement: Int, _ tally: Tally, _ side: Opinion) {
        let successes = tally.count(side)
        self.init(
            statement: statement, successes: successes, trials: tally.seen,
            probability: Tally.probability(successes, of: tally.seen),
            probabilityTest: Tally.test(successes, of: tally.seen))
    }
}

extension DivisiveStatement {
    /// The statements on which two groups differ most in how likely they are to agree, where the difference is
    /// significant. Ours: Polis shows divisive statements only by where they stand.
    static func list(
        _ groups: [[Tally]], _ statements: [Int], skipped: [Bool], _ method: Method
    ) -> [DivisiveStatement] {
        guard groups.count > 1 else { return [] }
        var best: [DivisiveStatement] = []
        for column in statements.indices where !skipped[column] {
            let least = best.count < method.listed ? 0 : best[best.count - 1].difference
            guard let found = DivisiveStatement(groups, statements[column], column, above: least, method) else {
                continue
            }
            best.insert(found, at: best.firstIndex { $0.difference < found.difference } ?? best.count)
            if best.count > method.listed { best.removeLast() }
        }
        return best
    }

    /// Nothing where the difference is no larger than that, or not significant.
    private init?(
        _ groups: [[Tally]], _ statement: Int, _ column: Int, above difference: Double, _ method: Method
    ) {
        var (most, least) = ((place: 0, chance: -1.0), (place: 0, chance: 2.0))
        for place in groups.indices {
            let tally = groups[place][column]
            let chance = Tally.probability(tally.agree, of: tally.seen)
            if chance > most.chance { most = (place, chance) }
            if chance < least.chance { least = (place, chance) }
        }
        guard most.chance - least.chance > difference else { return nil }
        let (above, below) = (groups[most.place][column], groups[least.place][column])
        guard Tally.test(above.agree, of: above.seen, against: below.agree, of: below.seen) > method.significance
        else { return nil }
        self.init(statement: statement, most: most.place, least: least.place, difference: most.chance - least.chance)
    }
}
