/// How text becomes safe to stand anywhere in a page: between tags, and between quotes of either kind.
enum Escaping {
    /// Writes `text` with `& < > " '` spelled out, and with the control characters that a page may not hold shown
    /// as the replacement character.
    static func write(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        if text.utf8.withContiguousStorageIfAvailable({ write($0, to: &bytes) }) == nil {
            let copy = Array(text.utf8)
            copy.withUnsafeBufferPointer { write($0, to: &bytes) }
        }
    }

    /// Runs of ordinary bytes are copied whole; most of what people say is one run.
    static func write(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        var place = 0
        while place < text.count {
            let byte = text[place]
            guard needsCare(byte),
                let spelled = spelling(of: byte, before: place + 1 < text.count ? text[place + 1] : 0)
            else {
                place += 1
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
            bytes.append(spelled)
            place += byte == firstOfC1 ? 2 : 1
            start = place
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<text.count]))
    }

    /// The first of the two bytes of a C1 control character (U+0080 to U+009F), and of some letters.
    private static let firstOfC1: UInt8 = 0xC2

    @inline(__always)
    private static func needsCare(_ byte: UInt8) -> Bool {
        byte < 0x40 ? byte < 0x20 || careful & (1 << UInt64(byte)) != 0 : byte == 0x7F || byte == firstOfC1
    }

    /// One bit for each of `" & ' < >`, spelled as numbers so that the compiler works it out.
    private static let careful: UInt64 = 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    /// What is written in place of a byte, or nothing when the byte may stand.
    private static func spelling(of byte: UInt8, before next: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        case 0x09, 0x0A, 0x0C, 0x0D: nil
        case firstOfC1: (0x80...0x9F).contains(next) ? replacement : nil
        default: replacement
        }
    }

    private static let replacement: StaticString = "\u{FFFD}"
}

extension [UInt8] {
    /// Adds what stands in the source, without making a string of it.
    mutating func append(_ written: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: written.utf8Start, count: written.utf8CodeUnitCount))
    }
}
