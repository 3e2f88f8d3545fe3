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
        var place = firstOfCare(in: text, from: 0)
        while place < text.count {
            let byte = text[place]
            if let spelled = spelling(of: byte, before: place + 1 < text.count ? text[place + 1] : 0) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
                bytes.append(spelled)
                place += byte == firstOfC1 ? 2 : 1
                start = place
            } else {
                place += 1
            }
            place = firstOfCare(in: text, from: place)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<text.count]))
    }

    /// Where the next byte stands that may not go as it is. Eight are looked at together, since nearly all may.
    private static func firstOfCare(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        let raw = UnsafeRawBufferPointer(text)
        func areOrdinary(_ place: Int) -> Bool {
            !needsCare(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        while place + 8 <= text.count, areOrdinary(place) { place += 8 }
        // Fewer than eight are left: looked at together with those before them.
        if place > start, place + 8 > text.count, areOrdinary(text.count - 8) { return text.count }
        while place < text.count, !needsCare(text[place]) { place += 1 }
        return place
    }

    /// Whether any of eight bytes needs care. A byte that is what is looked for is 0 once that is taken out of it, and
    /// only below 0 does taking 1 away set a highest bit that was not set (Hacker's Delight, 6-1).
    @inline(__always)
    private static func needsCare(_ some: UInt64) -> Bool {
        func zeros(_ bytes: UInt64) -> UInt64 { (bytes &- each(0x01)) & ~bytes }
        let quotes = zeros(some ^ each(0x22)) | zeros((some | each(0x01)) ^ each(0x27))
        let angles = zeros((some | each(0x02)) ^ each(0x3E))
        let unseen = zeros(some ^ each(0x7F)) | zeros(some ^ each(firstOfC1)) | ((some &- each(0x20)) & ~some)
        return (quotes | angles | unseen) & each(0x80) != 0
    }

    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

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
