/// Rows as PostgreSQL's `copy … from stdin` reads them: a line each, values between tabs.
struct CopyLines {
    /// Sent to the server once they are this long: long enough for few sends, short enough to be nothing to hold.
    static let longest = 65_536

    private var bytes: [UInt8] = []

    var isLong: Bool { bytes.count >= Self.longest }

    /// Gives the lines so far, and begins anew.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Adds one row.
    mutating func add(_ values: [Value]) throws {
        for (place, value) in values.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: "\t")) }
            try add(value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func add(_ value: Value) throws {
        switch value {
        case .null: bytes += #"\N"#.utf8
        case .integer(let number): bytes += "\(number)".utf8
        case .real(let number): bytes += "\(try number.keepable)".utf8
        case .text(let text): add(escaping: try text.keepable)
        case .blob(let blob):
            bytes += #"\\x"#.utf8
            for byte in blob {
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            }
        }
    }

    private mutating func add(escaping text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
            default: bytes.append(byte)
            }
        }
    }

    private static func digit(_ half: UInt8) -> UInt8 {
        half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10
    }
}
