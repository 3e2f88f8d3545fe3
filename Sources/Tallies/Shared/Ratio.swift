/// An exact fraction of two whole numbers of 128 bits, always in lowest terms, the lower one above 0.
///
/// Every step that could leave 128 bits throws ``Uncountable/tooLarge(_:)``.
public struct Ratio: Sendable, Hashable {
    /// The upper number.
    public let numerator: Int128
    /// The lower number, above 0.
    public let denominator: Int128

    /// A whole number.
    public init(_ whole: Int) {
        (numerator, denominator) = (Int128(whole), 1)
    }

    /// A fraction, brought to lowest terms. `denominator` is not 0, and neither is the smallest of all numbers.
    public init(_ numerator: Int128, _ denominator: Int128) {
        precondition(denominator != 0, "nothing is a part of nothing")
        let common = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / Int128(common)
        self.denominator = sign * denominator / Int128(common)
    }

    /// The sum.
    public func adding(_ other: Ratio) throws(Uncountable) -> Ratio {
        // Over the least common multiple, which keeps the numbers small (Knuth 4.5.1).
        let common = Int128(Self.commonDivisor(denominator.magnitude, other.denominator.magnitude))
        let left = try Self.product(numerator, other.denominator / common)
        let right = try Self.product(other.numerator, denominator / common)
        let (sum, isTooLarge) = left.addingReportingOverflow(right)
        guard !isTooLarge else { throw .tooLarge("A sum") }
        return Ratio(sum, try Self.product(denominator, other.denominator / common))
    }

    /// The difference.
    public func subtracting(_ other: Ratio) throws(Uncountable) -> Ratio { try adding(other.negated) }

    /// The product.
    public func times(_ other: Ratio) throws(Uncountable) -> Ratio {
        let (across, back) = (Ratio(numerator, other.denominator), Ratio(other.numerator, denominator))
        return Ratio(
            try Self.product(across.numerator, back.numerator),
            try Self.product(across.denominator, back.denominator))
    }

    /// The quotient. `other` is not 0.
    public func over(_ other: Ratio) throws(Uncountable) -> Ratio {
        guard other.numerator != 0 else { throw .unanswerable("Nothing can be shared out among nobody.") }
        return try times(Ratio(other.denominator, other.numerator))
    }

    /// The same, the other side of nothing.
    public var negated: Ratio { Ratio(-numerator, denominator) }

    /// The nearest binary number, for what is only shown.
    public var approximate: Double { Double(numerator) / Double(denominator) }

    private static func product(_ left: Int128, _ right: Int128) throws(Uncountable) -> Int128 {
        let (product, isTooLarge) = left.multipliedReportingOverflow(by: right)
        guard !isTooLarge, product != .min else { throw .tooLarge("A product") }
        return product
    }

    /// The greatest number that divides both (Euclid); 1 where both are 0.
    static func commonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger == 0 ? 1 : larger
    }
}

extension Ratio: Comparable, CustomStringConvertible {
    /// Exact for whatever two fractions: the products are compared in double width.
    public static func < (left: Ratio, right: Ratio) -> Bool {
        let ours = left.numerator.multipliedFullWidth(by: right.denominator)
        let theirs = right.numerator.multipliedFullWidth(by: left.denominator)
        return ours.high != theirs.high ? ours.high < theirs.high : ours.low < theirs.low
    }

    /// As it is written: `3`, or `7/2`.
    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
