/// A sheet of comma-separated values, read row by row (RFC 4180): a field in quotation marks may hold commas, ends of
/// lines, and quotation marks written twice. Rows of nothing are passed over.
struct Sheet {
    /// The fields of the row that was read last, without spaces around those that stood bare.
    private(set) var fields: [Field] = []
    /// The line at which that row begins, from 1.
    private(set) var line = 1

    /// One field: where its text stands, and whether quotation marks in it are doubled.
    struct Field {
        let range: Range<Int>
        let isDoubled: Bool
        var isEmpty: Bool { range.isEmpty }
    }

    /// A row has at most so many fields: options, and what stands beside them.
    static let mostFields = 40_000

    /// Reads the next row; false where there is none.
    mutating func next(_ cursor: inout Cursor) throws(Misread) -> Bool {
        repeat {
            fields.removeAll(keepingCapacity: true)
            guard !cursor.isAtEnd else { return false }
            line = cursor.line
            repeat {
                fields.append(try field(&cursor))
                guard fields.count <= Self.mostFields else {
                    throw cursor.refusal("This row has more than \(Self.mostFields) fields.")
                }
            } while cursor.take(UInt8(ascii: ","))
            guard cursor.isAtLineEnd else {
                throw cursor.refusal("After a closing quotation mark comes a comma; here is \(cursor.glimpse).")
            }
            cursor.endLine()
        } while fields.allSatisfy(\.isEmpty)
        return true
    }

    @inline(__always)
    private func field(_ cursor: inout Cursor) throws(Misread) -> Field {
        cursor.skipSpaces()
        guard cursor.take(UInt8(ascii: "\"")) else {
            return Field(range: cursor.skip(to: UInt8(ascii: ",")), isDoubled: false)
        }
        let (start, begun) = (cursor.at, cursor.line)
        var isDoubled = false
        while true {
            guard !cursor.isAtEnd else {
                throw Misread(line: begun, "A field that begins with a quotation mark should end with one.")
            }
            if cursor.take(UInt8(ascii: "\"")) {
                guard cursor.take(UInt8(ascii: "\"")) else { break }
                isDoubled = true
            } else if cursor.isAtLineEnd {
                cursor.endLine()
            } else {
                cursor.step()
            }
        }
        let range = start..<cursor.at - 1
        cursor.skipSpaces()
        return Field(range: range, isDoubled: isDoubled)
    }

    /// A field's text.
    func text(_ place: Int, _ cursor: Cursor) -> String {
        guard place < fields.count else { return "" }
        let text = cursor.text(fields[place].range)
        guard fields[place].isDoubled else { return text }
        var plain = ""
        var wasMark = false
        for letter in text.unicodeScalars {
            wasMark = letter == "\"" && !wasMark
            if !wasMark || letter != "\"" { plain.unicodeScalars.append(letter) }
        }
        return plain
    }

    /// Every field's text.
    func texts(_ cursor: Cursor) -> [String] { fields.indices.map { text($0, cursor) } }

    /// A whole number of at most four digits in a field; nothing where it is empty, and `bad` where it is no such.
    @inline(__always)
    func number(_ place: Int, _ cursor: Cursor) -> SmallNumber {
        guard place < fields.count, !fields[place].isEmpty else { return .none }
        let range = fields[place].range
        guard range.count <= 4 else { return .bad }
        var number = 0
        for at in range {
            let digit = cursor[at] &- 48
            guard digit < 10 else { return .bad }
            number = number * 10 + Int(digit)
        }
        return .some(number)
    }

    enum SmallNumber: Equatable {
        case none, bad
        case some(Int)
    }

    /// A text as a field, in quotation marks where it needs them.
    static func quoted(_ text: String) -> String {
        let needs = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        guard needs || text.hasPrefix(" ") || text.hasSuffix(" ") || text.hasPrefix("\t") || text.hasSuffix("\t") else {
            return text
        }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
