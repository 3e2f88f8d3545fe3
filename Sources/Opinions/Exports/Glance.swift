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
    /// it or with more than 18 digits, which would not fit.
    @inline(__always)
    func number(upTo end: UInt8, from offset: inout Int) -> Int64? {
        let start = offset
        var number: Int64 = 0
        var next = byte(offset)
        while next.isDigit {
            number = number &* 10 &+ Int64(next &- .zero)
            offset &+= 1
            next = byte(offset)
        }
        let length = offset &- start
        guard next == end, length > 0, length <= 18, length == 1 || byte(start) != .zero else { return nil }
        offset &+= 1
        return number
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
}

extension UInt64 {
    /// A one in each byte, and the highest bit of each.
    fileprivate static let ones: UInt64 = 0x0101_0101_0101_0101
    fileprivate static let highs: UInt64 = 0x8080_8080_8080_8080
}
