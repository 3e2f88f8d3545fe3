extension SharesRun {
    /// Who pays all they have for a project, and what a point costs the others, exactly.
    struct Partition {
        let share: Share
        /// The places of those who pay all they have, among the electorate's supporters.
        let poor: [Int]
        let poorPeople: Int64
    }

    /// Starts from those who certainly have less than their share and adds who else turns out to, until nobody does;
    /// the price only rises on the way. Nothing where all of them together can't pay.
    func partition(_ project: Int) -> Partition? {
        let (low, high): (Int64, Int64) =
            if case .between(let low, let high) = bounds(of: project) {
                (low, high)
            } else {
                (floors[project], Int64.max)
            }
        var coefficients = [UInt64](repeating: 0, count: ledger.amounts.count)
        var (had, people, rich): (UInt64, Int64, Int64) = (0, 0, electorate.points[project])
        var poor: [Int] = []
        func takeAll(_ place: Int) {
            let supporter = electorate.supporters[place]
            let (faction, weight) = (Int(supporter.index), electorate.weights[Int(supporter.index)])
            poor.append(place)
            people += weight
            rich -= weight * Int64(supporter.points)
            guard !isSpent[faction] else { return }
            had += UInt64(weight)
            for choice in electorate.ballots[electorate.range(ofFaction: faction)] {
                let entry = entries[Int(choice.index)]
                if entry > 0 { coefficients[entry] += UInt64(weight) * UInt64(choice.points) }
            }
        }
        var unsure: [Int] = []
        for place in electorate.range(of: project) {
            let supporter = electorate.supporters[place]
            let left = Int128(money[Int(supporter.index)])
            let points = Int128(supporter.points)
            if isSpent[Int(supporter.index)] && costs[project] > 0 || left + Int128(slack) < points * Int128(low) {
                takeAll(place)
            } else if left < points * Int128(high) {
                unsure.append(place)
            }
        }
        while rich > 0 {
            var owed = ledger.sum(UInt64(costs[project]), coefficients)
            owed.subtract(ledger.amounts[0], times: had)
            let share = Share(dividend: owed, divisor: UInt64(rich), multiple: multiples[project])
            let before = poor.count
            unsure.removeAll { place in
                let supporter = electorate.supporters[place]
                let isPoor =
                    balance(Int(supporter.index)).times(share.divisor) < owed.times(UInt64(supporter.points))
                if isPoor { takeAll(place) }
                return isPoor
            }
            if poor.count == before { return Partition(share: share, poor: poor, poorPeople: people) }
        }
        return nil
    }

    /// What each of a faction has left, exactly, over the ledger's denominator.
    private func balance(_ faction: Int) -> Natural {
        guard !isSpent[faction] else { return Natural(0) }
        var left = ledger.amounts[0]
        for choice in electorate.ballots[electorate.range(ofFaction: faction)] {
            let entry = entries[Int(choice.index)]
            if entry > 0 { left.subtract(ledger.amounts[entry], times: UInt64(choice.points)) }
        }
        return left
    }
}
