/// One run of the method of equal shares, round by round.
///
/// Everybody begins with the same money. In each round every project that its supporters can still pay for has a
/// price: what each of them pays for one point of satisfaction when those with less left give all they have. The
/// project with the lowest price is bought. (Peters, Pierczyński and Skowron, *Proportional participatory budgeting
/// with additive utilities*, NeurIPS 2021.)
///
/// **Exact and fast.** Balances are kept as whole numbers in units of 2^-`bits`, rounded down, and never off by more
/// than `slack` of them; so each price lies between two bounds that are certain. Where the bounds of two projects
/// overlap, or a supporter could be on either side of a price, the question is answered from the ``Ledger`` instead,
/// without any rounding. A price only ever rises, so a project whose last lower bound is above the best upper bound
/// isn't looked at in that round.
struct SharesRun {
    /// One project that was bought.
    struct Purchase {
        let project: Int
        /// What a supporter paid for each point (each supporter, where all points are one), exactly.
        let price: (dividend: Natural, divisor: Natural)
        /// How many people supported it.
        let supporters: Int64
        /// How many of them gave all that they had left, and it was less than their share.
        let short: Int64
        /// What to say of a tie that it came out of.
        let tie: Event?
    }

    let electorate: Electorate
    let costs: [Int64]
    /// What one point is worth, by project: its cost where satisfaction goes by cost, else 1.
    let multiples: [UInt64]

    /// How many binary digits after the point balances are kept with.
    let bits: Int
    /// No balance is off by more, in units of the last digit.
    let slack: Int64
    /// What everybody began with, rounded down.
    let beginning: Int64
    /// What each faction's people have left each, rounded down.
    private(set) var money: [Int64]
    /// Whose money is all gone.
    private(set) var isSpent: [Bool]
    private(set) var ledger: Ledger
    /// The place of each project's price in the ledger; 0 where it wasn't bought.
    private(set) var entries: [Int]
    private(set) var purchases: [Purchase] = []

    /// The projects that may still be bought, by their last lower bounds.
    private var open: [Int] = []
    /// A certain lower bound of each one's price for a point, in units of the last digit.
    private(set) var floors: [Int64]
    /// The same, for one unit of worth: what projects are compared by.
    private var keys: [Double]

    /// A little more than what a double can be off by after two divisions.
    private static let doubt = 0x1p-49

    /// Begins a run in which all have `total` between them.
    init(_ electorate: Electorate, costs: [Int], byCost: Bool, total: Int) {
        self.electorate = electorate
        self.costs = costs.map { Int64($0) }
        multiples = costs.map { byCost && $0 > 0 ? UInt64($0) : 1 }
        // All the money, and a project's cost beside it, stay below 2⁶².
        bits = max(0, 61 - (Int.bitWidth - max(total, 1).leadingZeroBitCount))
        let people = Int64(max(1, electorate.voters))
        beginning = (Int64(total) << Int64(bits)) / people
        slack = 1 + 4 * electorate.mostOnABallot
        money = .init(repeating: beginning, count: electorate.factions)
        isSpent = .init(repeating: false, count: electorate.factions)
        ledger = Ledger(UInt64(total), over: UInt64(people))
        entries = .init(repeating: 0, count: costs.count)
        floors = .init(repeating: 0, count: costs.count)
        keys = .init(repeating: 0, count: costs.count)
        for project in costs.indices where electorate.support[project] > 0 && costs[project] <= total {
            floors[project] = (self.costs[project] << Int64(bits)) / electorate.points[project]
            keys[project] = Double(floors[project]) / Double(multiples[project]) * (1 - Self.doubt)
            open.append(project)
        }
    }

    /// Buys until nothing more can be paid for.
    mutating func finish(_ ties: inout TieBreaker) {
        while buyNext(&ties) {}
    }

    /// Buys one project; false when none can be paid for.
    mutating func buyNext(_ ties: inout TieBreaker) -> Bool {
        let best = cheapest()
        guard !best.isEmpty else { return false }
        let (chosen, tie) = ties.choose(among: best)
        buy(chosen, tie)
        return true
    }

    // MARK: The cheapest

    /// Those with exactly the lowest price for what they are worth, in the order of the input.
    private mutating func cheapest() -> [Int] {
        sortOpen()
        var ceiling = Double.infinity
        var contenders: [(project: Int, key: Double, isCertain: Bool)] = []
        var gone: [Int] = []
        for project in open {
            if keys[project] > ceiling { break }
            switch bounds(of: project) {
            case .unaffordable: gone.append(project)
            case .between(let floor, let top):
                floors[project] = max(floors[project], floor)
                keys[project] = Double(floors[project]) / Double(multiples[project]) * (1 - Self.doubt)
                ceiling = min(ceiling, Double(top) / Double(multiples[project]) * (1 + Self.doubt))
                contenders.append((project, keys[project], true))
            case .uncertain:
                contenders.append((project, keys[project], false))
            }
        }
        if !gone.isEmpty { open.removeAll { gone.contains($0) } }
        contenders.removeAll { $0.key > ceiling }
        if contenders.count == 1, contenders[0].isCertain { return [contenders[0].project] }
        return settle(contenders.map(\.project))
    }

    /// Answers exactly what bounds left open.
    private mutating func settle(_ contenders: [Int]) -> [Int] {
        var best: [Int] = []
        var lowest: Share?
        for project in contenders {
            guard let share = partition(project)?.share else {
                open.removeAll { $0 == project }
                continue
            }
            if let low = lowest, !Share.isLess(share, low) {
                if !Share.isLess(low, share) { best.append(project) }
            } else {
                (best, lowest) = ([project], share)
            }
        }
        // All who were uncertain may be gone, while others wait behind them.
        return best.isEmpty && !contenders.isEmpty ? cheapest() : best.sorted()
    }

    /// Nearly in order already: those that were looked at have moved back a little.
    private mutating func sortOpen() {
        for place in open.indices.dropFirst() {
            var back = place
            while back > 0, keys[open[back]] < keys[open[back - 1]] {
                open.swapAt(back, back - 1)
                back -= 1
            }
        }
    }

    // MARK: Buying

    private mutating func buy(_ project: Int, _ tie: Event?) {
        guard let partition = partition(project) else { preconditionFailure("what is bought can be paid for") }
        var divisor = ledger.denominator
        divisor.multiply(by: partition.share.divisor)
        let price = Natural.roundedUp(partition.share.dividend, over: divisor, bits: bits)
        entries[project] = ledger.append(partition.share.dividend, over: partition.share.divisor)
        for place in partition.poor {
            let faction = Int(electorate.supporters[place].index)
            (money[faction], isSpent[faction]) = (0, true)
        }
        for place in electorate.range(of: project) {
            let supporter = electorate.supporters[place]
            let faction = Int(supporter.index)
            guard !isSpent[faction] else { continue }
            money[faction] = max(0, money[faction] - Int64(supporter.points) * price)
        }
        open.removeAll { $0 == project }
        purchases.append(
            Purchase(
                project: project, price: (partition.share.dividend, divisor),
                supporters: electorate.support[project], short: partition.poorPeople, tie: tie))
    }
}
