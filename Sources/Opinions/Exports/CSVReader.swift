/// Reads comma-separated values as RFC 4180 writes them, one record at a time, without copying.
///
/// It remembers only where it is. Lines and columns are counted when something is wrong, and not before.
struct CSVReader {
    let bytes: [UInt8]
    /// Where the next record begins.
    private(set) var offset = 0
    /// Where the present record begins.
    private(set) var start = 0
    /// The values of the present record.
    private(set) var values: [Value] = []
    private(set) var layout = FileLayout()
    private var isFirst = true

    /// Where a value lies in the file, without the quotes around it.
    struct Value: Equatable {
        var range: Range<Int>
        var isQuoted = false
        /// Whether quotes in it are written twice.
        var hasDoubles = false
    }

    init(_ bytes: [UInt8]) throws(ExportTrouble) {
        self.bytes = bytes
        if bytes.starts(with: FileLayout.mark) {
            layout.startsWithMark = true
            offset = FileLayout.mark.count
        }
        guard offset < bytes.count else { throw ExportTrouble(.empty, line: 1, column: 1) }
        layout.endsWithLineEnd = bytes.last == .newline
    }

    /// Reads the next record; false at the end of the file.
    ///
    /// - Parameter open: the column, if there is one, that may hold commas and quotes without quotes around it. It
    ///   must be the last: everything to the end of its line is its value.
    mutating func next(open: Int? = nil) throws(ExportTrouble) -> Bool {
        guard offset < bytes.count else { return false }
        start = offset
        values.removeAll(keepingCapacity: true)
        guard !isAtLineEnd else { throw trouble(.emptyLine, at: start) }
        repeat {
            if byte == .quote { try quoted() } else { try plain(toLineEnd: values.count == open) }
        } while try !endsRecord()
        isFirst = false
        return true
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// At a line break, of one byte or of two, or at the end of the file.
    private var isAtLineEnd: Bool {
        switch byte {
        case nil, .newline: true
        case .carriageReturn: offset + 1 < bytes.count && bytes[offset + 1] == .newline
        default: false
        }
    }

    /// A value without quotes around it.
    private mutating func plain(toLineEnd isOpen: Bool) throws(ExportTrouble) {
        let start = offset
        while let byte, byte != .newline, isOpen || byte != .comma {
            if byte == .carriageReturn {
                guard !isAtLineEnd else { break }
                throw trouble(.strayReturn, at: offset)
            }
            guard isOpen || byte != .quote else { throw trouble(.quoteInside, at: offset) }
            offset += 1
        }
        try keep(Value(range: start..<offset))
    }

    private mutating func quoted() throws(ExportTrouble) {
        let opening = offset
        var value = Value(range: opening..<opening, isQuoted: true)
        offset += 1
        while true {
            guard let byte, offset - opening <= ExportLimits.longestValue + 1 else {
                throw trouble(byte == nil ? .quoteNotClosed : .valueTooLong, at: opening)
            }
            offset += 1
            guard byte == .quote else { continue }
            guard self.byte == .quote else { break }
            value.hasDoubles = true
            offset += 1
        }
        guard isAtLineEnd || byte == .comma else { throw trouble(.afterQuote, at: offset) }
        value.range = opening + 1..<offset - 1
        try keep(value)
    }

    private mutating func keep(_ value: Value) throws(ExportTrouble) {
        guard value.range.count <= ExportLimits.longestValue else { throw trouble(.valueTooLong, of: value) }
        values.append(value)
    }

    /// Steps over the comma or the line break after a value; true after a line break and at the end of the file.
    private mutating func endsRecord() throws(ExportTrouble) -> Bool {
        guard let byte else { return true }
        offset += byte == .carriageReturn ? 2 : 1
        if isFirst, byte == .carriageReturn { layout.lineEnd = .returnAndNewline }
        return byte != .comma
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
    static let minus = UInt8(ascii: "-")
    static let zero = UInt8(ascii: "0")

    var isDigit: Bool { self &- .zero < 10 }
}

// MARK: What a value says

extension CSVReader {
    /// The text of a value, with its quotes as they were meant.
    func text(_ value: Value) throws(ExportTrouble) -> String {
        let meant = value.hasDoubles ? undoubled(value.range) : Array(bytes[value.range])
        guard let text = String(validating: meant, as: UTF8.self) else { throw trouble(.notText, of: value) }
        return text
    }

    private func undoubled(_ range: Range<Int>) -> [UInt8] {
        var (meant, isSecond): ([UInt8], Bool) = ([], false)
        meant.reserveCapacity(range.count)
        for byte in bytes[range] {
            isSecond = byte == .quote && !isSecond
            if !isSecond { meant.append(byte) }
        }
        return meant
    }

    /// A whole number from 0 to a limit.
    func number(
        _ value: Value, of column: String, upTo limit: Int = Int(Int32.max)
    ) throws(ExportTrouble) -> Int {
        guard let number = WholeNumber.read(bytes[value.range]), number <= limit else {
            throw trouble(.notNumber(column, found: try text(value)), of: value)
        }
        return number
    }

    /// 1, 0 or -1; nil where there is nothing.
    func sign(_ value: Value, else kind: (String) -> ExportTrouble.Kind) throws(ExportTrouble) -> Int8? {
        switch (value.range.count, bytes[value.range].first, bytes[value.range].last) {
        case (0, _, _): return nil
        case (1, UInt8(ascii: "0"), _): return 0
        case (1, UInt8(ascii: "1"), _): return 1
        case (2, UInt8.minus, UInt8(ascii: "1")): return -1
        default: throw trouble(kind(try text(value)), of: value)
        }
    }

    func trouble(_ kind: ExportTrouble.Kind, of value: Value) -> ExportTrouble {
        trouble(kind, at: value.range.lowerBound)
    }

    /// Something wrong at a place in the file.
    func trouble(_ kind: ExportTrouble.Kind, at offset: Int) -> ExportTrouble {
        ExportTrouble(kind, in: bytes, at: offset)
    }
}

extension ExportTrouble {
    /// Something wrong at a byte: counts its line and column.
    init(_ kind: Kind, in bytes: [UInt8], at offset: Int) {
        let before = bytes[..<min(offset, bytes.count)]
        let begin = before.lastIndex(of: .newline).map { $0 + 1 } ?? (before.starts(with: FileLayout.mark) ? 3 : 0)
        let characters = before[begin...].count { $0 & 0b1100_0000 != 0b1000_0000 }
        self.init(kind, line: before.count { $0 == .newline } + 1, column: characters + 1)
    }
}

/// Whole numbers, digit by digit.
enum WholeNumber {
    /// The number that digits alone make; nil when anything else is there, or nothing, or more than 18 digits.
    ///
    /// A number is written in one way only: 007 would be lost when it is written again.
    static func read(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.count == 1 || digits.first != .zero else { return nil }
        var number = 0
        for digit in digits {
            guard digit.isDigit else { return nil }
            number = number * 10 + Int(digit &- .zero)
        }
        return number
    }
}
