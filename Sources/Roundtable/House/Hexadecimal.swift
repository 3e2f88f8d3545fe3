/// Eight hexadecimal digits at a time, as the bytes of one number: every page reads and writes a thousand digits of
/// ids, and one after another they took longer than everything else about their rows.
enum Hexadecimal {
    /// The 32 bits that eight digits spell, the first digit in the lowest byte as it is loaded; nothing when any of
    /// them is no digit.
    @inline(__always)
    static func read(_ digits: UInt64) -> UInt32? {
        let isLetter = (digits >> 6) & each(0x01)
        let halves = (digits & each(0x0F)) &+ isLetter &* 9
        // What is spelled anew must be what was read, but for the letters' size.
        guard halves & each(0xF0) == 0, spell(halves) == digits | isLetter << 5 else { return nil }
        var packed = halves.byteSwapped
        packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: packed | packed >> 16)
    }

    /// The eight digits of 32 bits, small, the first in the lowest byte.
    @inline(__always)
    static func write(_ bits: UInt32) -> UInt64 {
        var halves = UInt64(bits)
        halves = (halves | halves << 16) & 0x0000_FFFF_0000_FFFF
        halves = (halves | halves << 8) & 0x00FF_00FF_00FF_00FF
        halves = (halves | halves << 4) & each(0x0F)
        return spell(halves.byteSwapped)
    }

    /// `0` to `9` and `a` to `f` for eight numbers below 16.
    @inline(__always)
    private static func spell(_ halves: UInt64) -> UInt64 {
        let isLetter = (halves &+ each(0x06)) >> 4 & each(0x01)
        return halves &+ each(UInt8(ascii: "0")) &+ isLetter &* 39
    }

    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
}
