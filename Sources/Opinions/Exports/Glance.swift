/// A quick look over bytes, for readers that must be fast. Whatever is not as usual gives nothing, which means: read
/// this file with care instead. Every access is held to the bounds.
extension RawSpan {
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 {
        offset < byteCount ? unsafeLoad(fromByteOffset: offset, as: UInt8.self) : 0
    }

    /// Eight bytes, the first of them lowest; past the end there are zeros.
    @inline(__always)
    func eight(_ offset: Int) -> UInt64 {
        if offset &+ 8 <= byteCount {
            return UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var word: UInt64 = 0
        for place in 0..<8 { word |= UInt64(byte(offset + place)) << (8 * UInt64(place)) }
        return word
    }

    /// The whole number before a byte that must follow it; steps over both. Nothing for a number with a zero before
    /// it or with more than 16 digits, which no export has.
    @inline(__always)
    func number(upTo end: UInt8, from offset: inout Int) -> Int64? {
        var (digits, length) = (eight(offset) ^ (.ones * UInt64(UInt8.zero))).leadingDigits
        guard length > 0, length == 1 || digits & 0xFF != 0 else { return nil }
        var number = digits.asNumber(of: length)
        if length == 8 {
            let (more, count) = (eight(offset &+ 8) ^ (.ones * UInt64(UInt8.zero))).leadingDigits
            if count > 0 { number = number &* UInt64.powersOfTen[count] &+ more.asNumber(of: count) }
            length &+= count
        }
        guard byte(offset &+ length) == end else { return nil }
        offset &+= length &+ 1
        return Int64(truncatingIfNeeded: number)
    }

    /// Steps over plain text and the comma after it: no quotes, nothing but ASCII, no line break.
    @inline(__always)
    func skipsText(from offset: inout Int) -> Bool {
        while offset < byteCount {
            let word = eight(offset)
            let comma = word ^ (.ones * UInt64(UInt8.comma))
            let found = (comma &- .ones) & ~comma & .highs
            // Bits below those of the first comma, or all.
            let before = found == 0 ? UInt64.max : (found & (0 &- found)) &- 1
            let quote = word ^ (.ones * UInt64(UInt8.quote))
            let odd = word | ((word &- .ones * 0x20) & ~word) | ((quote &- .ones) & ~quote)
            // A false alarm only sends the file to be read with care.
            guard odd & .highs & before == 0 else { return false }
            guard found == 0 else {
                offset += found.trailingZeroBitCount / 8 + 1
                return true
            }
            offset += 8
        }
        return false
    }

    /// 1, 0 or -1.
    @inline(__always)
    func opinion(from offset: inout Int) -> Int8? {
        let isBelow = byte(offset) == .minus
        let digit = byte(isBelow ? offset &+ 1 : offset) &- .zero
        guard digit <= 1, !isBelow || digit == 1 else { return nil }
        offset &+= isBelow ? 2 : 1
        return isBelow ? -1 : Int8(bitPattern: digit)
    }

    /// At a newline, or at the end.
    @inline(__always)
    func isLineEnd(_ offset: Int) -> Bool { offset == byteCount || byte(offset) == .newline }

    /// How many commas stand next to one another, eight at most.
    @inline(__always)
    func commas(_ offset: Int) -> Int {
        let others = eight(offset) ^ (.ones * UInt64(UInt8.comma))
        return others == 0 ? 8 : others.trailingZeroBitCount / 8
    }
}

extension UInt64 {
    /// A one in each byte, and the highest bit of each.
    fileprivate static let ones: UInt64 = 0x0101_0101_0101_0101
    fileprivate static let highs: UInt64 = 0x8080_8080_8080_8080

    fileprivate static let powersOfTen: InlineArray<9, UInt64> = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]

    /// Of eight bytes, each less the character 0: themselves, and how many there are before the first that was no
    /// digit.
    @inline(__always)
    fileprivate var leadingDigits: (UInt64, Int) {
        let others = (self | ((self & ~.highs) &+ .ones &* 0x76)) & .highs
        return (self, others == 0 ? 8 : others.trailingZeroBitCount / 8)
    }

    /// The number that the first bytes make, each a digit, the lowest byte first. Pairs are put together, then pairs
    /// of pairs, then those.
    @inline(__always)
    fileprivate func asNumber(of length: Int) -> UInt64 {
        let digits = self << UInt64(64 &- 8 &* length)
        let pairs = (digits &* 10 &+ (digits >> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ (fours >> 32)) & 0xFFFF_FFFF
    }
}
