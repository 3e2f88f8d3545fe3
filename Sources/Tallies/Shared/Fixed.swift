/// A decimal number with a fixed number of places, held exactly as a whole number of its smallest units.
///
/// Every step that could leave 128 bits throws ``Uncountable/tooLarge(_:)``; none wraps or loses a digit unasked.
public struct Fixed: Sendable, Hashable {
    /// The value in units of the last place: 1.50 with two places is 150.
    public let units: Int128
    /// How many places stand after the point, 0 to ``most``.
    public let places: Int

    /// The most places that are kept: with eighteen, a million million votes still fit beside a product's double
    /// width.
    public static let most = 18

    /// What becomes of what lies beneath the last place.
    public enum Rounding: Sendable, Hashable {
        /// It is left away (towards nothing).
        case down
        /// Anything at all raises the last place by one (away from nothing).
        case up
        /// The nearer one; a half goes to the even one (as banks do).
        case halfEven
    }

    /// A value of so many units of the last place.
    public init(units: Int128, places: Int) {
        precondition((0...Self.most).contains(places), "a decimal has 0 to \(Self.most) places")
        (self.units, self.places) = (units, places)
    }

    /// A whole number, with so many places after it.
    public init(_ whole: Int, places: Int) {
        self.init(units: Int128(whole) * Self.unit(places), places: places)
    }

    /// Ten to the power of `places`: how many units make one.
    public static func unit(_ places: Int) -> Int128 {
        (0..<places).reduce(Int128(1)) { unit, _ in unit * 10 }
    }

    /// The sum. Both have the same number of places.
    public func adding(_ other: Fixed) throws(Uncountable) -> Fixed {
        try settled(units.addingReportingOverflow(other.units), with: other)
    }

    /// The difference. Both have the same number of places.
    public func subtracting(_ other: Fixed) throws(Uncountable) -> Fixed {
        try settled(units.subtractingReportingOverflow(other.units), with: other)
    }

    /// The product, brought back to this number of places.
    public func times(_ other: Fixed, _ rounding: Rounding) throws(Uncountable) -> Fixed {
        let (product, isTooLarge) = units.multipliedReportingOverflow(by: other.units)
        guard !isTooLarge else { throw .tooLarge("A product") }
        return Fixed(units: Self.quotient(product, Self.unit(other.places), rounding), places: places)
    }

    /// The quotient, to this number of places. `other` is not nothing.
    public func over(_ other: Fixed, _ rounding: Rounding) throws(Uncountable) -> Fixed {
        guard other.units != 0 else { throw .unanswerable("Nothing can be shared out among nobody.") }
        let (scaled, isTooLarge) = units.multipliedReportingOverflow(by: Self.unit(other.places))
        guard !isTooLarge else { throw .tooLarge("A quotient") }
        return Fixed(units: Self.quotient(scaled, other.units, rounding), places: places)
    }

    private func settled(
        _ result: (partialValue: Int128, overflow: Bool), with other: Fixed
    ) throws(Uncountable) -> Fixed {
        precondition(places == other.places, "decimals are added with the same number of places")
        guard !result.overflow else { throw .tooLarge("A sum") }
        return Fixed(units: result.partialValue, places: places)
    }

    /// A whole quotient, rounded. `divisor` is not 0.
    public static func quotient(_ dividend: Int128, _ divisor: Int128, _ rounding: Rounding) -> Int128 {
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        guard rest != 0 else { return quotient }
        let away: Int128 = (dividend < 0) == (divisor < 0) ? 1 : -1
        switch rounding {
        case .down: return quotient
        case .up: return quotient + away
        case .halfEven:
            let twice = rest.magnitude * 2
            if twice == divisor.magnitude { return quotient % 2 == 0 ? quotient : quotient + away }
            return twice > divisor.magnitude ? quotient + away : quotient
        }
    }
}

extension Fixed: Comparable, CustomStringConvertible {
    /// Both have the same number of places.
    public static func < (left: Fixed, right: Fixed) -> Bool {
        precondition(left.places == right.places, "decimals are compared with the same number of places")
        return left.units < right.units
    }

    /// As it is written: `-1.50`, every place shown.
    public var description: String {
        let digits = String(units.magnitude)
        let sign = units < 0 ? "-" : ""
        guard places > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: Swift.max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
