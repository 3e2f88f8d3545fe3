/// Walks through the bytes of a table, one record at a time.
struct CSVReader {
    /// How many fields a record has, and which of them may hold anything.
    struct Shape {
        let columns: Int
        let free: Int?
    }

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1
    /// Nothing while the header is read: it says how many columns there are.
    var shape: Shape?

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    }

    /// The next record, or why it can't be read; nothing at the end. Empty lines are passed over.
    mutating func next() -> Result<CSV.Row, CSV.Trouble>? {
        while position < bytes.count, let length = lineEnd(at: position) { step(over: length) }
        guard position < bytes.count else { return nil }
        let begins = line
        switch record() {
        case .success(let fields):
            guard fields.count <= CSV.mostColumns else {
                return refused(begins, .columns(fields.count, of: CSV.mostColumns))
            }
            let texts = fields.compactMap { text($0) }
            guard texts.count == fields.count else { return refused(begins, .notUTF8) }
            return .success(CSV.Row(line: begins, fields: texts))
        case .failure(let broken): return refused(begins, broken.reason)
        }
    }

    private func refused(_ line: Int, _ reason: CSV.Reason) -> Result<CSV.Row, CSV.Trouble> {
        .failure(CSV.Trouble(line: line, reason: reason))
    }

    private struct Broken: Error {
        let reason: CSV.Reason
    }

    /// Where a field stands in the file, quotes included, and whether it is quoted.
    private struct Field {
        var range: Range<Int>
        var isQuoted: Bool
    }

    /// Reads as the standard says; where that fails, or gives too many fields, by counting columns.
    private mutating func record() -> Result<[Field], Broken> {
        let start = position
        switch strict(from: start) {
        case .success(let (fields, end)):
            guard let shape, fields.count != shape.columns else {
                leave(at: end)
                return .success(fields)
            }
            leave(at: end)
            guard let joined = join(fields, shape) else {
                return .failure(Broken(reason: .columns(fields.count, of: shape.columns)))
            }
            return .success(joined)
        case .failure(let broken):
            let end = endOfLine(from: start)
            leave(at: end)
            guard let shape, shape.free != nil, end - start <= CSV.longestField else { return .failure(broken) }
            let pieces = split(start..<end)
            guard let joined = pieces.count == shape.columns ? pieces : join(pieces, shape) else {
                return .failure(broken)
            }
            return .success(joined)
        }
    }

    private func strict(from start: Int) -> Result<(fields: [Field], end: Int), Broken> {
        var fields: [Field] = []
        var at = start
        while true {
            let begins = at
            let isQuoted = at < bytes.count && bytes[at] == Self.quote
            if isQuoted {
                guard let closed = afterQuotes(at) else { return .failure(Broken(reason: .brokenQuotes)) }
                at = closed
            } else {
                while at < bytes.count, bytes[at] != Self.comma, lineEnd(at: at) == nil { at += 1 }
            }
            guard at - begins <= CSV.longestField else { return .failure(Broken(reason: .fieldTooLong)) }
            fields.append(Field(range: begins..<at, isQuoted: isQuoted))
            if at == bytes.count || lineEnd(at: at) != nil { return .success((fields, at)) }
            guard bytes[at] == Self.comma else { return .failure(Broken(reason: .brokenQuotes)) }
            at += 1
        }
    }

    /// The place after the quote that closes the one at `start`; nothing when none does within the longest field.
    private func afterQuotes(_ start: Int) -> Int? {
        var at = start + 1
        let furthest = min(bytes.count, start + CSV.longestField)
        while at < furthest {
            if bytes[at] == Self.quote {
                guard at + 1 < bytes.count, bytes[at + 1] == Self.quote else { return at + 1 }
                at += 1
            }
            at += 1
        }
        return nil
    }

    /// Every comma counts: no quoting at all.
    private func split(_ range: Range<Int>) -> [Field] {
        var fields: [Field] = []
        var begins = range.lowerBound
        for at in range where bytes[at] == Self.comma {
            fields.append(Field(range: begins..<at, isQuoted: false))
            begins = at + 1
        }
        return fields + [Field(range: begins..<range.upperBound, isQuoted: false)]
    }

    /// Makes one field of those that the free one fell into, by counting from both ends.
    private func join(_ fields: [Field], _ shape: Shape) -> [Field]? {
        let surplus = fields.count - shape.columns
        guard let free = shape.free, surplus > 0 else { return nil }
        let whole = fields[free].range.lowerBound..<fields[free + surplus].range.upperBound
        return fields[..<free] + [Field(range: whole, isQuoted: false)] + fields[(free + surplus + 1)...]
    }

    private func text(_ field: Field) -> String? {
        guard field.isQuoted else { return String(validating: bytes[field.range], as: UTF8.self) }
        let inside = bytes[(field.range.lowerBound + 1)..<(field.range.upperBound - 1)]
        guard inside.contains(Self.quote) else { return String(validating: inside, as: UTF8.self) }
        var kept: [UInt8] = []
        kept.reserveCapacity(inside.count)
        var wasQuote = false
        for byte in inside {
            wasQuote = byte == Self.quote && !wasQuote
            if !wasQuote { kept.append(byte) }
        }
        return String(validating: kept, as: UTF8.self)
    }

    /// How many bytes end a line here: LF, CR LF or CR; nothing when none does.
    private func lineEnd(at place: Int) -> Int? {
        switch bytes[place] {
        case Self.lineFeed: 1
        case Self.carriageReturn: place + 1 < bytes.count && bytes[place + 1] == Self.lineFeed ? 2 : 1
        default: nil
        }
    }

    private func endOfLine(from start: Int) -> Int {
        var at = start
        while at < bytes.count, lineEnd(at: at) == nil { at += 1 }
        return at
    }

    /// Goes on from the end of a record, counting the lines that it took.
    private mutating func leave(at end: Int) {
        while position < end {
            if let length = lineEnd(at: position) { step(over: length) } else { position += 1 }
        }
        if position < bytes.count, let length = lineEnd(at: position) { step(over: length) }
    }

    private mutating func step(over length: Int) {
        position += length
        line += 1
    }
}
