/// One run of Phragmén's sequential rule, round by round.
///
/// Money flows to everybody at the same steady rate. As soon as the supporters of a project have its cost between
/// them they buy it, and begin again with nothing. What somebody has been given since the start when they last paid
/// is their *load*; a project is bought when all its supporters reach the load `(cost + what they carry) ÷ how many
/// they are`, and the lowest comes first. (Phragmén 1894; with costs in Los, Christoff and Grossi, *Proportional
/// budget allocations*, IJCAI 2022.)
///
/// Loads are kept and compared as in ``SharesRun``: bounds that are certain, and exact fractions where they overlap.
/// Loads only grow, so a project whose last bound is above the best isn't looked at.
struct PhragmenRun {
    /// One project that was bought.
    struct Purchase {
        let project: Int
        /// The load of its supporters from now on, exactly.
        let load: (dividend: Natural, divisor: Natural)
        let tie: Event?
    }

    private let electorate: Electorate
    private let costs: [Int]
    private let bits: Int
    /// No load is more than this above what is kept.
    private let slack: Int64
    /// What each of a faction carries, in units of the last digit, rounded down.
    private var loads: [Int64]
    /// Which entry of the ledger is the load of each faction; 0 where it carries what it began with.
    private var levels: [Int]
    private var ledger: Ledger
    /// What was spent before, where this continues another rule.
    private let before: SharesRun?
    private var open: [Int] = []
    private var keys: [Double]
    private(set) var purchases: [Purchase] = []

    private static let doubt = 0x1p-49

    /// Begins with nobody carrying anything. Only what is `eligible` can be bought.
    init(_ electorate: Electorate, costs: [Int], budget: Int, eligible: [Int]) {
        (self.electorate, self.costs, before) = (electorate, costs, nil)
        // The costs of all that is bought, and one more, stay below 2⁶².
        bits = max(0, 60 - (Int.bitWidth - max(budget, 1).leadingZeroBitCount))
        slack = 5
        loads = .init(repeating: 0, count: electorate.factions)
        levels = .init(repeating: 0, count: electorate.factions)
        ledger = Ledger(0, over: 1)
        keys = .init(repeating: 0, count: costs.count)
        open = eligible.filter { electorate.support[$0] > 0 }
    }

    /// Continues where equal shares have ended: what people have left counts towards what comes next, so that
    /// everybody begins with the load of what they have spent. (The completion that Peters and Skowron give in
    /// *Proportionality and the limits of welfarism*, EC 2020.)
    init(after shares: SharesRun, costs: [Int], eligible: [Int]) {
        (electorate, self.costs, before) = (shares.electorate, costs, shares)
        (bits, slack) = (shares.bits - 1, shares.slack + 6)
        loads = shares.money.map { max(0, shares.beginning - $0 - shares.slack) / 2 }
        levels = .init(repeating: 0, count: electorate.factions)
        ledger = shares.ledger
        keys = .init(repeating: 0, count: costs.count)
        open = eligible.filter { shares.electorate.support[$0] > 0 }
    }

    /// Those that would be bought next, in the order of the input; none where nobody supports what is left.
    mutating func next() -> [Int] {
        open.sort { (keys[$0], $0) < (keys[$1], $1) }
        var ceiling = Double.infinity
        var contenders: [Int] = []
        for project in open {
            if keys[project] > ceiling { break }
            let floor = (costs[project] << Int64(bits)) &+ Int(carried(by: project))
            let people = Double(electorate.support[project])
            keys[project] = Double(floor) / people * (1 - Self.doubt)
            ceiling = min(ceiling, (Double(floor) / people + Double(slack)) * (1 + Self.doubt))
            contenders.append(project)
        }
        contenders.removeAll { keys[$0] > ceiling }
        guard contenders.count > 1 else { return contenders }
        var best: [Int] = []
        var lowest: Share?
        for project in contenders {
            let share = exactly(project)
            if let low = lowest, !Share.isLess(share, low) {
                if !Share.isLess(low, share) { best.append(project) }
            } else {
                (best, lowest) = ([project], share)
            }
        }
        return best.sorted()
    }

    /// Buys a project that ``next()`` gave.
    mutating func buy(_ project: Int, _ tie: Event?) {
        let share = exactly(project)
        var divisor = ledger.denominator
        divisor.multiply(by: share.divisor)
        let load = max(0, Natural.roundedUp(share.dividend, over: divisor, bits: bits) - 4)
        let entry = ledger.append(share.dividend, over: share.divisor)
        for place in electorate.range(of: project) {
            let faction = Int(electorate.supporters[place].index)
            (loads[faction], levels[faction]) = (load, entry)
        }
        open.removeAll { $0 == project }
        purchases.append(Purchase(project: project, load: (share.dividend, divisor), tie: tie))
    }

    /// What all supporters of a project carry, rounded down.
    private func carried(by project: Int) -> Int64 {
        electorate.supporters.withUnsafeBufferPointer { supporters in
            loads.withUnsafeBufferPointer { loads in
                electorate.weights.withUnsafeBufferPointer { weights in
                    var sum: Int64 = 0
                    for place in electorate.range(of: project) {
                        let faction = Int(supporters[place].index)
                        sum &+= weights[faction] &* loads[faction]
                    }
                    return sum
                }
            }
        }
    }

    /// The load at which a project is bought, exactly.
    private func exactly(_ project: Int) -> Share {
        var coefficients = [UInt64](repeating: 0, count: ledger.amounts.count)
        for place in electorate.range(of: project) {
            let faction = Int(electorate.supporters[place].index)
            let weight = UInt64(electorate.weights[faction])
            guard levels[faction] == 0 else {
                coefficients[levels[faction]] += weight
                continue
            }
            guard let before else { continue }
            if before.isSpent[faction] {
                coefficients[0] += weight
                continue
            }
            for choice in electorate.ballots[electorate.range(ofFaction: faction)] {
                let entry = before.entries[Int(choice.index)]
                if entry > 0 { coefficients[entry] += weight * UInt64(choice.points) }
            }
        }
        return Share(
            dividend: ledger.sum(UInt64(costs[project]), coefficients), divisor: UInt64(electorate.support[project]))
    }
}
