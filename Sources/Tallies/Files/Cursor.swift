/// A place in a file that is read byte by byte. Readers share it, so that they count lines and refuse alike.
///
/// It reads memory that its maker holds, and is used only while the maker does.
struct Cursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte to be read.
    private(set) var at: Int
    /// The line that it stands in, from 1.
    private(set) var line = 1

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // A mark of byte order at the beginning says nothing.
        let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        at = hasMark ? 3 : 0
    }

    @inline(__always)
    var isAtEnd: Bool { at >= bytes.count }

    /// The byte here, or 0 at the end.
    @inline(__always)
    var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

    /// The byte after the one here, or 0.
    var next: UInt8 { at + 1 < bytes.count ? bytes[at + 1] : 0 }

    /// Whether a space, a tab or the end of a line is here.
    @inline(__always)
    var isAtSpace: Bool { at < bytes.count && bytes[at] <= 32 }

    /// How many bytes are left.
    var left: Int { bytes.count - at }

    /// The byte at a place that was read before.
    @inline(__always)
    subscript(place: Int) -> UInt8 { bytes[place] }

    /// Four bytes from a place, the first the lowest; nothing where fewer are left.
    @inline(__always)
    func word(at place: Int) -> UInt32? {
        guard place &+ 4 <= bytes.count else { return nil }
        return UInt32(littleEndian: UnsafeRawPointer(bytes.baseAddress! + place).loadUnaligned(as: UInt32.self))
    }

    /// Steps on to a place in the same line.
    @inline(__always)
    mutating func move(to place: Int) { at = place }

    /// Steps to this byte or the end of the line; what was passed, without spaces at its end.
    @inline(__always)
    mutating func skip(to stop: UInt8) -> Range<Int> {
        let start = at
        while at < bytes.count, bytes[at] != stop, bytes[at] != 10, bytes[at] != 13 { at += 1 }
        var end = at
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        return start..<end
    }

    /// Steps on while a byte is of a kind that ends of lines are not.
    @inline(__always)
    mutating func skip(while isKind: (UInt8) -> Bool) {
        while at < bytes.count, isKind(bytes[at]) { at += 1 }
    }

    /// Steps over one byte that is no end of line.
    @inline(__always)
    mutating func step() { at += 1 }

    /// Whether a line ends here, or the file.
    @inline(__always)
    var isAtLineEnd: Bool { isAtEnd || bytes[at] == 10 || bytes[at] == 13 }

    /// Steps over the end of a line, as Unix, Windows or an old Macintosh writes it. At the end of the file it stays.
    @inline(__always)
    mutating func endLine() {
        guard !isAtEnd else { return }
        if bytes[at] == 13, at + 1 < bytes.count, bytes[at + 1] == 10 { at += 1 }
        at += 1
        line += 1
    }

    /// Steps over spaces and tabs.
    @inline(__always)
    mutating func skipSpaces() {
        while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
    }

    /// Steps over spaces, tabs and ends of lines.
    mutating func skipSpace() {
        while !isAtEnd {
            skipSpaces()
            guard !isAtEnd, isAtLineEnd else { return }
            endLine()
        }
    }

    /// Steps over what is left of the line, and its end.
    mutating func skipLine() {
        while !isAtLineEnd { at += 1 }
        endLine()
    }

    /// Steps over a byte, if it is this one.
    @inline(__always)
    mutating func take(_ expected: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == expected else { return false }
        at += 1
        return true
    }

    /// A whole number of digits alone, below a million million; nothing where no digit stands here.
    @inline(__always)
    mutating func number() throws(Misread) -> Int? {
        guard at < bytes.count else { return nil }
        var digit = bytes[at] &- 48
        guard digit < 10 else { return nil }
        var number = 0
        repeat {
            number = number * 10 + Int(digit)
            guard number < Self.mostNumber else { throw refusal("This number is too large to be a count of ballots.") }
            at += 1
            digit = at < bytes.count ? bytes[at] &- 48 : 255
        } while digit < 10
        return number
    }

    /// Above every count of people on Earth, and so small that sums of many stay inside 64 bits.
    static let mostNumber = 1_000_000_000_000

    /// What is left of the line, without spaces at either end.
    mutating func restOfLine() -> String {
        skipSpaces()
        let start = at
        while !isAtLineEnd { at += 1 }
        var end = at
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        return text(start..<end)
    }

    /// What stands between two places, as text; what is no UTF-8 becomes a question mark in a diamond.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// A short piece of what stands here, to be shown in a refusal.
    var glimpse: String {
        guard !isAtEnd else { return "the end of the file" }
        guard !isAtLineEnd else { return "the end of the line" }
        var end = at
        while end < bytes.count, end - at < Self.longestGlimpse, bytes[end] > 32 { end += 1 }
        return "“\(text(at..<max(end, at + 1)))”"
    }

    /// Enough to find the place by, and not a whole file of one line.
    static let longestGlimpse = 24

    /// A refusal of the line that it stands in.
    func refusal(_ sentence: String) -> Misread { Misread(line: line, sentence) }
}

extension Array where Element == UInt8 {
    /// Reads these bytes from the first.
    func read<Made>(_ reading: (inout Cursor) throws(Misread) -> Made) throws(Misread) -> Made {
        // `withUnsafeBufferPointer` keeps the kind of error where the closure names it.
        try withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) throws(Misread) -> Made in
            guard bytes.count <= Int(Int32.max) else {
                throw Misread(
                    line: 0, "This file is larger than two thousand million bytes, which is more than can be read.")
            }
            var cursor = Cursor(bytes)
            return try reading(&cursor)
        }
    }
}
