/// Amounts of money that came out of a run, each exact, all over one denominator.
///
/// A rule asks for sums of them with whole-number coefficients: what a group of people have left is what they began
/// with, less so many times each price they paid. So nobody's exact balance is ever kept.
struct Ledger: Sendable {
    /// What all amounts are parts of.
    private(set) var denominator: Natural
    /// The amounts, as multiples of one part.
    private(set) var amounts: [Natural]

    /// A ledger whose first amount is `whole ÷ parts`.
    init(_ whole: UInt64, over parts: UInt64) {
        (denominator, amounts) = (Natural(parts), [Natural(whole)])
    }

    /// Adds the amount `dividend ÷ (denominator × divisor)` and gives its place.
    mutating func append(_ dividend: Natural, over divisor: UInt64) -> Int {
        let common = UInt64.commonDivisor(dividend.remainder(by: divisor), divisor)
        var amount = dividend
        amount.divide(by: common)
        let factor = divisor / common
        if factor > 1 {
            denominator.multiply(by: factor)
            for place in amounts.indices { amounts[place].multiply(by: factor) }
        }
        amounts.append(amount)
        return amounts.count - 1
    }

    /// A sum over the denominator: so much in whole units, and so many of each amount.
    func sum(_ whole: UInt64, _ coefficients: [UInt64]) -> Natural {
        var sum = denominator.times(whole)
        for (place, coefficient) in coefficients.enumerated() where coefficient > 0 {
            sum.add(amounts[place], times: coefficient)
        }
        return sum
    }
}

extension UInt64 {
    /// The greatest number that divides both (Euclid); the other where one is 0.
    static func commonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }
}

/// An exact fraction to compare with others of the same ledger: `dividend ÷ (denominator × divisor × multiple)`.
struct Share: Sendable {
    let dividend: Natural
    let divisor: UInt64
    /// What it is divided by once more: what a point is worth.
    var multiple: UInt64 = 1

    static func isLess(_ left: Share, _ right: Share) -> Bool {
        left.dividend.times(right.divisor).times(right.multiple)
            < right.dividend.times(left.divisor).times(left.multiple)
    }
}
