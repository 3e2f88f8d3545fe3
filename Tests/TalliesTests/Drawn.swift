import Tallies

/// Random elections for properties that must hold in every one.
enum Drawn {
    /// Ballots by a few people over a few options, so that ties, circles and majorities all come up.
    static func ballots(
        _ seed: Int, options: ClosedRange<Int> = 2...6, people: ClosedRange<Int> = 1...25, ties: Bool = false,
        truncated: Bool = true
    ) -> Ballots {
        var lot = Lot(seed: UInt64(seed) &* 0x9E37_79B9)
        let count = options.lowerBound + lot.draw(below: options.count)
        var ballots = Ballots(options: (0..<count).map { "Option \($0)" })
        for _ in 0..<people.lowerBound + lot.draw(below: people.count) {
            var order = lot.order(of: count)
            if truncated { order = Array(order.prefix(1 + lot.draw(below: count))) }
            var ranks: [[Int]] = []
            for option in order {
                if ties, !ranks.isEmpty, lot.draw(below: 4) == 0 {
                    ranks[ranks.count - 1].append(option)
                } else {
                    ranks.append([option])
                }
            }
            ballots.add(ranks: ranks, count: 1 + lot.draw(below: 3))
        }
        return ballots
    }

    /// The same ballots with one option moved to the top of one line.
    static func raising(_ option: Int, on line: Int, of ballots: Ballots) -> Ballots {
        var raised = Ballots(options: ballots.options)
        for other in 0..<ballots.lines {
            guard other == line else {
                raised.add(ballots.marks(of: other), count: ballots.counts[other])
                continue
            }
            let rest = ballots.marks(of: other).filter { $0.option != option }.map(\.option)
            raised.add(order: [option] + rest, count: ballots.counts[other])
        }
        return raised
    }
}
