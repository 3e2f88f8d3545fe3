/// Ballots that give each option a figure: a score, some dots, or 1 for liking it and 0 for not.
public struct Scores: Sendable, Hashable {
    /// The largest figure on a ballot, above any scale or heap of dots that people use.
    public static let largest = 9_999

    /// The most figures in one file, ballots times options: a quarter of a gigabyte of them.
    static let mostFigures = 1 << 27

    /// The options' names.
    public let options: [String]
    /// What the ballots are about.
    public var title = ""
    /// Each ballot's figures, one after another, as many as there are options; ``none`` where there is no figure.
    public private(set) var figures: [Int16] = []
    /// How many people marked each ballot just so.
    public private(set) var counts: [Int] = []
    /// How many ballots there are, all together.
    public private(set) var total = 0

    /// Where a ballot says nothing of an option.
    public static let none = Int16(-1)

    /// No ballots yet.
    public init(options: [String]) {
        self.options = options
    }

    /// How many different lines of ballots there are.
    public var lines: Int { counts.count }

    /// Adds ballots, all marked the same: a figure for each option, from 0 to ``largest``, or nothing.
    public mutating func add(_ ballot: [Int?], count: Int = 1) {
        precondition(ballot.count == options.count, "a ballot has one place for each option")
        for figure in ballot { append(figure.map { Int16($0) } ?? Self.none) }
        close(count: count)
    }

    @inline(__always)
    mutating func append(_ figure: Int16) { figures.append(figure) }

    @inline(__always)
    mutating func append(_ ballot: UnsafeMutableBufferPointer<Int16>) { figures.append(contentsOf: ballot) }

    mutating func close(count: Int) {
        counts.append(count)
        total += count
    }

    /// One ballot's figures.
    public func ballot(_ line: Int) -> ArraySlice<Int16> {
        figures[line * options.count..<(line + 1) * options.count]
    }

    /// The sum of each option's figures, taking nothing for 0.
    public var sums: [Int] {
        var sums = [Int](repeating: 0, count: options.count)
        for line in 0..<lines {
            let (start, count) = (line * options.count, counts[line])
            for option in options.indices where figures[start + option] > 0 {
                sums[option] += Int(figures[start + option]) * count
            }
        }
        return sums
    }

    /// How many ballots give each option this figure or more.
    public func supporters(atLeast least: Int = 1) -> [Int] {
        var supporters = [Int](repeating: 0, count: options.count)
        for line in 0..<lines {
            for option in options.indices where figures[line * options.count + option] >= least {
                supporters[option] += counts[line]
            }
        }
        return supporters
    }

    /// Refuses to count what can't have a winner.
    func refuseNothing(seats: Int) throws(Uncountable) {
        guard !options.isEmpty else { throw .unanswerable("Nobody stands, so nobody can win.") }
        guard total > 0 else { throw .unanswerable("There are no ballots, so nobody can win.") }
        guard (1...options.count).contains(seats) else {
            throw .unanswerable("There can be 1 to \(options.count) seats, as many as stand.")
        }
    }

    /// The outcome of a rule by which the most of something wins.
    func outcome(_ figures: [Int], heading: String, seats: Int, ties: Ties) -> Outcome {
        var stage = Stage(heading: heading)
        stage.standings = figures.indices.sorted { (figures[$1], $0) < (figures[$0], $1) }
            .map { .init($0, .whole(figures[$0])) }
        stage.marks = [.init("Ballots", .whole(total))]
        var deciding = Deciding(ties)
        var (left, winners) = (Array(options.indices), [Int]())
        for _ in 0..<seats {
            let most = left.map { figures[$0] }.max()!
            let level = left.filter { figures[$0] == most }
            var winner = level[0]
            if level.count > 1 {
                let way: Event.Way
                (winner, way) = deciding.favoured(level)
                // Where all who are level win, their order is all that is decided.
                stage.events.append(.tie(level, chosen: [winner], way))
            }
            left.removeAll { $0 == winner }
            winners.append(winner)
            stage.events.append(.elected(winner))
        }
        return Outcome(options: options, winners: winners, stages: [stage])
    }
}
