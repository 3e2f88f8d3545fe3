extension SharesRun {
    enum Bounds {
        case unaffordable
        /// Perhaps it can be paid for, to the last fraction of a coin.
        case uncertain
        /// The price of a point, in units of the last digit.
        case between(Int64, Int64)
    }

    /// Between what a project's price certainly lies. With any group taken as giving all it has, the rest's price is
    /// no more than the true one; it is the true one where the group is those who have less than their share.
    func bounds(of project: Int) -> Bounds {
        let cost = costs[project] << Int64(bits)
        let everybody = electorate.points[project]
        var price = floors[project]
        var last: Int64 = -1
        while true {
            let poor = electorate.isPlain ? poorPlain(project, price) : poorWeighed(project, price)
            let rich = everybody - poor.points
            guard rich > 0 else {
                let most = Int128(poor.money) + Int128(slack) * Int128(poor.people)
                return most < Int128(cost) ? .unaffordable : .uncertain
            }
            let rest = cost - poor.money
            let top = rest <= 0 ? price : (rest + rich - 1) / rich
            if poor.people == last || top <= price {
                let least = Int128(rest) - Int128(slack) * Int128(poor.people)
                return .between(least <= 0 ? 0 : Int64(least / Int128(rich)), max(top, price))
            }
            (price, last) = (top, poor.people)
        }
    }

    private typealias Poor = (money: Int64, people: Int64, points: Int64)

    /// Those who have less than a price, where everybody gives one point: their money, their number.
    private func poorPlain(_ project: Int, _ price: Int64) -> Poor {
        electorate.supporters.withUnsafeBufferPointer { supporters in
            money.withUnsafeBufferPointer { money in
                electorate.weights.withUnsafeBufferPointer { weights in
                    var (sum, people): (Int64, Int64) = (0, 0)
                    for place in electorate.range(of: project) {
                        let faction = Int(supporters[place].index)
                        let left = money[faction]
                        let weight = left < price ? weights[faction] : 0
                        sum &+= weight &* left
                        people &+= weight
                    }
                    return (sum, people, people)
                }
            }
        }
    }

    /// Those who have less than a price for each of their points: their money, their number, their points.
    private func poorWeighed(_ project: Int, _ price: Int64) -> Poor {
        electorate.supporters.withUnsafeBufferPointer { supporters in
            money.withUnsafeBufferPointer { money in
                var (sum, people, points): Poor = (0, 0, 0)
                for place in electorate.range(of: project) {
                    let supporter = supporters[place]
                    let left = money[Int(supporter.index)]
                    let share = Int64(supporter.points).multipliedReportingOverflow(by: price)
                    guard share.overflow || left < share.partialValue else { continue }
                    let weight = electorate.weights[Int(supporter.index)]
                    sum &+= weight &* left
                    people &+= weight
                    points &+= weight &* Int64(supporter.points)
                }
                return (sum, people, points)
            }
        }
    }
}
