/// Reads JSON piece by piece, as strictly as RFC 8259 has it, without copying what nobody asks for.
struct JSONReader {
    let bytes: [UInt8]
    private(set) var offset = 0
    private var depth = 0

    init(_ bytes: [UInt8]) throws(ExportTrouble) {
        self.bytes = bytes
        if bytes.starts(with: FileLayout.mark) { offset = FileLayout.mark.count }
        guard offset < bytes.count else { throw ExportTrouble(.empty, line: 1, column: 1) }
    }

    func trouble(_ kind: ExportTrouble.Kind, at offset: Int? = nil) -> ExportTrouble {
        ExportTrouble(kind, in: bytes, at: offset ?? self.offset)
    }

    // MARK: Lists and objects

    /// Reads a list; `each` reads one of its values.
    mutating func list(_ each: (inout JSONReader) throws(ExportTrouble) -> Void) throws(ExportTrouble) {
        try enter(UInt8(ascii: "["), needing: .list)
        guard !leaves(UInt8(ascii: "]")) else { return }
        repeat { try each(&self) } while try goesOn(to: UInt8(ascii: "]"))
    }

    /// Reads an object; `each` is given a name and reads its value.
    mutating func object(_ each: (inout JSONReader, String) throws(ExportTrouble) -> Void) throws(ExportTrouble) {
        try enter(UInt8(ascii: "{"), needing: .object)
        guard !leaves(UInt8(ascii: "}")) else { return }
        repeat {
            skipSpace()
            let name = try text()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw trouble(.notJSON(needed: .colon)) }
            try each(&self, name)
        } while try goesOn(to: UInt8(ascii: "}"))
    }

    private mutating func enter(_ opening: UInt8, needing token: ExportTrouble.Token) throws(ExportTrouble) {
        skipSpace()
        guard take(opening) else { throw trouble(.notJSON(needed: token)) }
        depth += 1
        guard depth <= ExportLimits.deepest else { throw trouble(.tooDeep(limit: ExportLimits.deepest)) }
    }

    private mutating func leaves(_ closing: UInt8) -> Bool {
        skipSpace()
        guard take(closing) else { return false }
        depth -= 1
        return true
    }

    /// Steps over a comma, or out of the list or object.
    private mutating func goesOn(to closing: UInt8) throws(ExportTrouble) -> Bool {
        guard !leaves(closing) else { return false }
        guard take(.comma) else { throw trouble(.notJSON(needed: .commaOrEnd)) }
        return true
    }

    /// Nothing but space may follow.
    mutating func end() throws(ExportTrouble) {
        skipSpace()
        guard offset == bytes.count else { throw trouble(.notJSON(needed: .end)) }
    }

    // MARK: Values

    /// The digits and signs of a number, as they stand.
    mutating func number() throws(ExportTrouble) -> Range<Int> {
        skipSpace()
        let start = offset
        _ = take(.minus)
        let whole = digits()
        let isWhole = whole == 1 || whole > 1 && bytes[offset - whole] != .zero
        var isRight = isWhole
        if take(UInt8(ascii: ".")) { isRight = digits() > 0 && isRight }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(.minus)
            isRight = digits() > 0 && isRight
        }
        guard isRight else { throw trouble(.notJSON(needed: .number), at: start) }
        return start..<offset
    }

    private mutating func digits() -> Int {
        let start = offset
        while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
        return offset - start
    }

    mutating func flag() throws(ExportTrouble) -> Bool {
        if takeWord("true") { return true }
        if takeWord("false") { return false }
        throw trouble(.notJSON(needed: .flag))
    }

    /// Steps over `null`, if it stands here.
    mutating func takeNull() -> Bool { takeWord("null") }

    /// Steps over any value.
    mutating func skip() throws(ExportTrouble) {
        skipSpace()
        switch offset < bytes.count ? bytes[offset] : 0 {
        case UInt8(ascii: "["): try list { reader throws(ExportTrouble) in try reader.skip() }
        case UInt8(ascii: "{"): try object { reader, _ throws(ExportTrouble) in try reader.skip() }
        case .quote: _ = try text()
        case .minus, UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
        default:
            guard takeNull() || takeWord("true") || takeWord("false") else { throw trouble(.notJSON(needed: .value)) }
        }
    }

    /// The next byte that is not space, without stepping over it.
    mutating func peek() -> UInt8? {
        skipSpace()
        return offset < bytes.count ? bytes[offset] : nil
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        skipSpace()
        let count = word.utf8CodeUnitCount
        let isHere = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        if isHere { offset += count }
        return isHere
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    }
}

// MARK: Texts

extension JSONReader {
    /// A text in quotes, with what was written by backslashes as it was meant.
    mutating func text() throws(ExportTrouble) -> String {
        skipSpaceBeforeText()
        let start = offset
        guard take(.quote) else { throw trouble(.notJSON(needed: .text)) }
        var meant: [UInt8] = []
        while !take(.quote) {
            guard offset < bytes.count else { throw trouble(.quoteNotClosed, at: start) }
            guard meant.count <= ExportLimits.longestValue else { throw trouble(.valueTooLong, at: start) }
            let byte = bytes[offset]
            guard byte >= 0x20 else { throw trouble(.notJSON(needed: .text)) }
            offset += 1
            if byte == UInt8(ascii: "\\") { meant += String(try escaped()).utf8 } else { meant.append(byte) }
        }
        guard let text = String(validating: meant, as: UTF8.self) else { throw trouble(.notText, at: start) }
        return text
    }

    private mutating func skipSpaceBeforeText() { _ = peek() }

    /// What stands after a backslash.
    private mutating func escaped() throws(ExportTrouble) -> Unicode.Scalar {
        guard offset < bytes.count else { throw trouble(.notJSON(needed: .text)) }
        offset += 1
        switch bytes[offset - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): return try scalar()
        case let byte where [.quote, UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte):
            return Unicode.Scalar(byte)
        default: throw trouble(.notJSON(needed: .text), at: offset - 1)
        }
    }

    /// Four digits after `\u`, or twice four for what lies beyond the first 65,536 characters.
    private mutating func scalar() throws(ExportTrouble) -> Unicode.Scalar {
        let start = offset - 2
        let high = try hexadecimal()
        guard (0xD800..<0xDC00).contains(high) else {
            guard let scalar = Unicode.Scalar(high) else { throw trouble(.notText, at: start) }
            return scalar
        }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw trouble(.notText, at: start) }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw trouble(.notText, at: start) }
        guard let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) else {
            throw trouble(.notText, at: start)
        }
        return scalar
    }

    private mutating func hexadecimal() throws(ExportTrouble) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count, let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
                throw trouble(.notJSON(needed: .text))
            }
            number = number << 4 + UInt32(digit)
            offset += 1
        }
        return number
    }
}
