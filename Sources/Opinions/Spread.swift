/// What two sides said to one statement, side by side.
public struct Spread: Sendable, Equatable {
    /// The number of the statement as it stands in the file.
    public let statement: Int
    /// What each side said. Nothing where the rule for small numbers holds either of them back: with one side and
    /// the tally of all, anybody could work out the other.
    public let sides: Sides?

    public struct Sides: Sendable, Equatable {
        public let one: Tally
        public let other: Tally

        /// How much likelier somebody of the one side is to agree than somebody of the other: between -1 and 1.
        public var difference: Double {
            Tally.probability(one.agree, of: one.seen) - Tally.probability(other.agree, of: other.seen)
        }

        /// How sure that difference is, in standard deviations.
        public var test: Double { Tally.test(one.agree, of: one.seen, against: other.agree, of: other.seen) }
    }
}

extension Votes {
    /// What two sides said to each statement, in the order of `statements`.
    ///
    /// - Parameters:
    ///   - one: the numbers of the people of one side, as they stand in the file. Strangers are no mistake.
    ///   - other: those of the other side. Whoever is on both counts on both.
    ///   - mayShow: the rule for small numbers: whether what one side said to one statement may be shown.
    public func spread(
        between one: Set<Int>, and other: Set<Int>, mayShow: (Tally) -> Bool
    ) -> [Spread] {
        let (ones, others) = (tallies(of: one), tallies(of: other))
        return statements.indices.map { column in
            let sides = Spread.Sides(one: ones[column], other: others[column])
            let isShown = mayShow(sides.one) && mayShow(sides.other)
            return Spread(statement: statements[column], sides: isShown ? sides : nil)
        }
    }

    /// What some people said, by statement.
    public func tallies(of participants: Set<Int>) -> [Tally] {
        var totals = [UInt32](repeating: 0, count: statementCount * 3)
        for row in participants.compactMap(row) {
            for index in span(row) { totals[Int(codes[index])] += 1 }
        }
        return (0..<statementCount).map { Tally(totals, column: $0) }
    }
}
