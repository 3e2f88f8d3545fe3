/// For every two options, how many ballots like the one better than the other.
///
/// An option that is not on a ballot is liked less than those that are, and as much as the others that are not. Every
/// rule that compares two and two reads this; it is made once for all of them.
public struct Pairs: Sendable, Hashable {
    /// The options by name.
    public let options: [String]
    /// Row by row: `wins[a * n + b]` ballots like a better than b.
    public let wins: [Int]
    /// How many ballots there are.
    public let total: Int

    /// The most options that are compared two and two: their square is held in memory, and its cube walked.
    public static let mostOptions = 2_000

    /// Compares every two options on every ballot.
    ///
    /// Cost: with up to 120 options a ballot is a row of places, and each option a few comparisons of vectors; above,
    /// the square of what a ballot names.
    public init(_ ballots: Ballots) throws(Uncountable) {
        let ballots = try Self.comparable(ballots)
        self.init(ballots, wins: Self.wins(ballots, 0..<ballots.lines))
    }

    /// The same on two cores: each compares half of the ballots. It pays from some thousands of them.
    public static func compared(_ ballots: Ballots) async throws(Uncountable) -> Pairs {
        let ballots = try comparable(ballots)
        let middle = ballots.lines / 2
        async let later = wins(ballots, middle..<ballots.lines)
        var wins = Self.wins(ballots, 0..<middle)
        for (place, more) in await later.enumerated() { wins[place] += more }
        return Pairs(ballots, wins: wins)
    }

    private init(_ ballots: Ballots, wins: [Int]) {
        (options, total, self.wins) = (ballots.options, ballots.total, wins)
    }

    private static func comparable(_ ballots: Ballots) throws(Uncountable) -> Ballots {
        let ballots = ballots.tidied()
        try ballots.refuseNothing()
        guard ballots.options.count <= mostOptions else {
            throw .unanswerable("At most \(mostOptions) options can be compared two and two.")
        }
        return ballots
    }

    private static func wins(_ ballots: Ballots, _ lines: Range<Int>) -> [Int] {
        ballots.options.count <= PairSums.mostOptions ? PairSums.sum(ballots, lines) : sum(ballots, lines)
    }

    /// How many ballots like `a` better than `b`.
    @inline(__always)
    public func wins(_ a: Int, _ b: Int) -> Int { wins[a * options.count + b] }

    /// How many more like `a` better than `b` than the other way round; below 0 where it is the other.
    @inline(__always)
    public func margin(_ a: Int, _ b: Int) -> Int { wins(a, b) - wins(b, a) }

    /// The option that beats every other, if there is one (Condorcet, 1785).
    public var condorcetWinner: Int? {
        options.indices.first { a in options.indices.allSatisfy { a == $0 || margin(a, $0) > 0 } }
    }

    /// The smallest group each of whom beats everybody outside it (Smith, 1973), in order.
    public var smithSet: [Int] {
        // Whoever beats or ties with most is in it; then everybody whom a member does not beat.
        let beaten = options.indices.map { a in options.indices.count { margin(a, $0) > 0 } }
        guard let most = beaten.max() else { return [] }
        var isIn = beaten.map { $0 == most }
        var grown = options.indices.filter { isIn[$0] }
        while let member = grown.popLast() {
            for other in options.indices where !isIn[other] && margin(member, other) <= 0 {
                isIn[other] = true
                grown.append(other)
            }
        }
        return options.indices.filter { isIn[$0] }
    }

    /// The plain way, for many options.
    private static func sum(_ ballots: Ballots, _ lines: Range<Int>) -> [Int] {
        let count = ballots.options.count
        var wins = [Int](repeating: 0, count: count * count)
        var isNamed = [Bool](repeating: false, count: count)
        for line in lines {
            let (range, weight) = (ballots.range(line), ballots.counts[line])
            for place in range { isNamed[ballots.marks[place].option] = true }
            var after = range.lowerBound
            for place in range {
                let row = ballots.marks[place].option * count
                // Those liked less begin where the next rank does.
                if place >= after {
                    after = place + 1
                    while after < range.upperBound, ballots.marks[after].isTied { after += 1 }
                }
                for other in after..<range.upperBound { wins[row + ballots.marks[other].option] += weight }
                for other in 0..<count where !isNamed[other] { wins[row + other] += weight }
            }
            for place in range { isNamed[ballots.marks[place].option] = false }
        }
        return wins
    }
}
