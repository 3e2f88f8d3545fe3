/// How a file is written, beside what it says. Kept when it is read, so that it can be written again as it was.
public struct FileLayout: Sendable, Equatable {
    /// What stands between lines. Polis writes newlines; a spreadsheet may not.
    public var lineEnd = LineEnd.newline
    /// Whether the last line ends as the others do.
    public var endsWithLineEnd = true
    /// Whether it begins with a byte order mark, as some spreadsheets have it.
    public var startsWithMark = false

    /// As Polis writes: newlines, the last one too, and no mark.
    public init() {}

    public enum LineEnd: Sendable {
        case newline, returnAndNewline
    }

    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// Which texts are written in quotes.
public enum Quoting: Sendable, Equatable {
    /// Those with a comma, a quote or a line break in them: what most programs do.
    case whenNeeded
    /// Every one: what newer exports do.
    case always
    /// None, not even with commas in it, as some newer exports have it. Only what stands last on its line can be
    /// written so, and a text with a line break, or one that begins with a quote, still gets quotes.
    case never
}

/// Writes comma-separated values.
struct CSVWriter {
    private(set) var bytes: [UInt8] = []
    private let layout: FileLayout
    private var isFirstInLine = true

    init(_ layout: FileLayout, roughly capacity: Int = 0) {
        self.layout = layout
        bytes.reserveCapacity(capacity)
        if layout.startsWithMark { bytes += FileLayout.mark }
    }

    mutating func text(_ text: String, _ quoting: Quoting = .whenNeeded) {
        separate()
        switch quoting {
        case .always: quote(text)
        case .whenNeeded where text.utf8.contains(where: Self.needsQuotes): quote(text)
        case .never where text.utf8.first == .quote || text.utf8.contains(where: Self.breaksLine): quote(text)
        case .whenNeeded, .never: bytes += text.utf8
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool { byte == .comma || byte == .quote || breaksLine(byte) }

    private static func breaksLine(_ byte: UInt8) -> Bool { byte == .newline || byte == .carriageReturn }

    mutating func number(_ number: some BinaryInteger) {
        separate()
        if number < 0 { bytes.append(.minus) }
        digits(of: UInt64(number.magnitude))
    }

    /// Nothing between two commas.
    mutating func nothing() { separate() }

    mutating func endLine() {
        if layout.lineEnd == .returnAndNewline { bytes.append(.carriageReturn) }
        bytes.append(.newline)
        isFirstInLine = true
    }

    /// All that was written. The last line end is taken off again where the file had none.
    consuming func finished() -> [UInt8] {
        if !layout.endsWithLineEnd { bytes.removeLast(layout.lineEnd == .newline ? 1 : 2) }
        return bytes
    }

    private mutating func separate() {
        if isFirstInLine { isFirstInLine = false } else { bytes.append(.comma) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(.quote)
        for byte in text.utf8 {
            if byte == .quote { bytes.append(.quote) }
            bytes.append(byte)
        }
        bytes.append(.quote)
    }

    private mutating func digits(of magnitude: UInt64) {
        if magnitude >= 10 { digits(of: magnitude / 10) }
        bytes.append(.zero + UInt8(magnitude % 10))
    }
}
