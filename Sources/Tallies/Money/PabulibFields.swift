/// Walks through a `.pb` file line by line, field by field. A field may stand in quotes, in which a quote is doubled
/// and a line may end (RFC 4180, with `;` for the comma).
struct PabulibFields {
    let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte.
    var at = 0
    /// The line it is on, the first being 1.
    var line = 1

    /// No line has more fields: real files have fewer than twenty.
    static let mostFields = 1_000

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // Some programs put a mark before UTF-8 (EF BB BF), which is no part of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    var isAtEnd: Bool { at >= bytes.count }

    /// The fields of the next line that isn't empty, blanks at their ends left out; nothing at the end of the file.
    mutating func next() throws(Misread) -> (fields: [String], line: Int)? {
        while !isAtEnd {
            let begun = line
            let fields = try row()
            if fields.count > 1 || !(fields.first ?? "").isEmpty { return (fields, begun) }
        }
        return nil
    }

    private mutating func row() throws(Misread) -> [String] {
        var fields: [String] = []
        while true {
            guard fields.count < Self.mostFields else {
                throw Misread(line: line, "A line has at most \(Self.mostFields) fields; this one has more.")
            }
            fields.append(try field())
            guard !isAtEnd, bytes[at] == UInt8(ascii: ";") else { break }
            at += 1
        }
        endLine()
        return fields
    }

    private mutating func field() throws(Misread) -> String {
        while !isAtEnd, bytes[at] == UInt8(ascii: " ") || bytes[at] == 9 { at += 1 }
        if !isAtEnd, bytes[at] == UInt8(ascii: "\"") { return try quoted() }
        let begin = at
        while !isAtEnd, bytes[at] != UInt8(ascii: ";"), bytes[at] != 10, bytes[at] != 13 { at += 1 }
        var end = at
        while end > begin, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == 9 { end -= 1 }
        return try text(bytes[begin..<end])
    }

    private mutating func quoted() throws(Misread) -> String {
        let begun = line
        at += 1
        var kept: [UInt8] = []
        while true {
            guard !isAtEnd else { throw Misread(line: begun, "A quotation mark is opened here and never closed.") }
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") {
                guard !isAtEnd, bytes[at] == UInt8(ascii: "\"") else { break }
                at += 1
            }
            if byte == 10 { line += 1 }
            kept.append(byte)
        }
        while !isAtEnd, bytes[at] == UInt8(ascii: " ") || bytes[at] == 9 { at += 1 }
        guard isAtEnd || bytes[at] == UInt8(ascii: ";") || bytes[at] == 10 || bytes[at] == 13 else {
            throw Misread(line: line, "After a closing quotation mark comes “;” or the line's end; here is more text.")
        }
        return try text(kept)
    }

    private func text(_ bytes: some Collection<UInt8>) throws(Misread) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Misread(line: line, "This isn't UTF-8 text; save the file as UTF-8.")
        }
        return text
    }

    /// Steps over a line's end: a line feed, a carriage return, or both.
    mutating func endLine() {
        if !isAtEnd, bytes[at] == 13 { at += 1 }
        if !isAtEnd, bytes[at] == 10 { at += 1 }
        line += 1
    }
}

/// A decimal as it was written: `12.50` is 125 with one place.
struct WrittenDecimal {
    private(set) var units: Int
    private(set) var places: Int

    /// The most decimals that are read. Money has two.
    static let mostPlaces = 6

    /// Reads digits with perhaps a sign before and one point or comma among them; nothing where it is anything else,
    /// or has more than fifteen digits.
    init?(_ text: some Sequence<UInt8>) {
        var (units, digits, places, isNegative, hasPoint, isFirst) = (0, 0, 0, false, false, true)
        for byte in text {
            defer { isFirst = false }
            switch byte {
            case UInt8(ascii: "-") where isFirst: isNegative = true
            case UInt8(ascii: "+") where isFirst: continue
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard !hasPoint else { return nil }
                hasPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard units <= MoneyVote.largestAmount else { return nil }
                units = units * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                if hasPoint { places += 1 }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        // Noughts after the last decimal say nothing.
        while places > 0, units % 10 == 0 { (units, places) = (units / 10, places - 1) }
        guard places <= Self.mostPlaces, units <= MoneyVote.largestAmount else { return nil }
        (self.units, self.places) = (isNegative ? -units : units, places)
    }

    /// The value in units of more places; nothing where it is too large.
    func scaled(to more: Int) -> Int? {
        var units = units
        for _ in places..<more {
            let (larger, isTooLarge) = units.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return nil }
            units = larger
        }
        return units.magnitude <= MoneyVote.largestAmount ? units : nil
    }
}
