/// A whole number of 0 or more, as large as it needs to be.
///
/// Prices that people share are fractions of fractions: after fifty rounds their common denominator has hundreds of
/// digits. Rules compare and add them exactly with nothing but this: sums, differences, and products with a number of
/// 64 bits.
struct Natural: Sendable, Hashable {
    /// The digits in base 2⁶⁴, the lowest first, without leading noughts; none for 0.
    private(set) var words: [UInt64]

    init(_ value: UInt64) { words = value == 0 ? [] : [value] }

    var isZero: Bool { words.isEmpty }

    /// How many binary digits it has; 0 for 0.
    var bitWidth: Int { words.count * 64 - (words.last?.leadingZeroBitCount ?? 0) }

    mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for place in words.indices {
            let product = words[place].multipliedFullWidth(by: factor)
            let (low, hasCarried) = product.low.addingReportingOverflow(carry)
            words[place] = low
            carry = product.high + (hasCarried ? 1 : 0)
        }
        if carry > 0 { words.append(carry) }
        trim()
    }

    func times(_ factor: UInt64) -> Natural {
        var product = self
        product.multiply(by: factor)
        return product
    }

    /// Adds another number, so many times.
    mutating func add(_ other: Natural, times factor: UInt64 = 1) {
        var carry: UInt64 = 0
        var place = 0
        while place < other.words.count || carry > 0 {
            if place == words.count { words.append(0) }
            let product = (place < other.words.count ? other.words[place] : 0).multipliedFullWidth(by: factor)
            let (once, first) = product.low.addingReportingOverflow(carry)
            let (twice, second) = words[place].addingReportingOverflow(once)
            words[place] = twice
            carry = product.high + (first ? 1 : 0) + (second ? 1 : 0)
            place += 1
        }
        trim()
    }

    /// Takes away another number, so many times, which together are no more than this one.
    mutating func subtract(_ other: Natural, times factor: UInt64 = 1) {
        var borrow: UInt64 = 0
        var place = 0
        while place < other.words.count || borrow > 0 {
            let product = (place < other.words.count ? other.words[place] : 0).multipliedFullWidth(by: factor)
            let (once, first) = product.low.addingReportingOverflow(borrow)
            guard place < words.count else {
                precondition(once == 0 && product.high == 0 && !first, "no more is taken than is there")
                break
            }
            let (less, second) = words[place].subtractingReportingOverflow(once)
            words[place] = less
            borrow = product.high + (first ? 1 : 0) + (second ? 1 : 0)
            place += 1
        }
        trim()
    }

    /// The rest of a division. `divisor` is not 0.
    func remainder(by divisor: UInt64) -> UInt64 {
        words.reversed().reduce(0) { rest, word in divisor.dividingFullWidth((rest, word)).remainder }
    }

    /// A division that leaves no rest.
    mutating func divide(by divisor: UInt64) {
        var rest: UInt64 = 0
        for place in words.indices.reversed() {
            (words[place], rest) = divisor.dividingFullWidth((rest, words[place]))
        }
        trim()
    }

    private mutating func trim() {
        while words.last == 0 { words.removeLast() }
    }

    /// The 64 highest binary digits, the first of them a 1, and how many more stand below; `(0, 0)` for 0.
    /// A negative count says that noughts were put below.
    var top: (digits: UInt64, below: Int) {
        guard let last = words.last else { return (0, 0) }
        let empty = last.leadingZeroBitCount
        let next = words.count > 1 ? words[words.count - 2] : 0
        let digits = empty == 0 ? last : last << UInt64(empty) | next >> UInt64(64 - empty)
        return (digits, bitWidth - 64)
    }
}

extension Natural: Comparable {
    static func < (left: Natural, right: Natural) -> Bool {
        guard left.words.count == right.words.count else { return left.words.count < right.words.count }
        for place in left.words.indices.reversed() where left.words[place] != right.words[place] {
            return left.words[place] < right.words[place]
        }
        return false
    }
}

extension Natural {
    /// `dividend ÷ divisor × 2^bits`, rounded up, and at most four more than it is; the quotient is below 2⁶².
    static func roundedUp(_ dividend: Natural, over divisor: Natural, bits: Int) -> Int64 {
        guard !dividend.isZero else { return 0 }
        let (above, below) = (dividend.top, divisor.top)
        // What was cut off below is less than one more of the last digit kept.
        let quotient = ((UInt128(above.digits) + 1) << 63) / UInt128(below.digits) + 1
        let shift = 63 - (above.below - below.below + bits)
        return shift >= 127 ? 1 : Int64(quotient >> UInt128(shift)) + 1
    }

    /// About `dividend ÷ divisor × 2^bits`, within one part in 2⁵⁰.
    static func approximately(_ dividend: Natural, over divisor: Natural, bits: Int = 0) -> Double {
        guard !dividend.isZero else { return 0 }
        let (above, below) = (dividend.top, divisor.top)
        return Double(
            sign: .plus, exponent: above.below - below.below + bits,
            significand: Double(above.digits) / Double(below.digits))
    }
}
