internal import CPostgres

/// How PostgreSQL's types, by their fixed numbers in its catalogue, become our values.
enum PostgresType {
    static let boolean: Oid = 16
    static let bytes: Oid = 17
    static let bigint: Oid = 20
    static let smallint: Oid = 21
    static let integer: Oid = 23
    static let text: Oid = 25
    static let real: Oid = 700
    static let double: Oid = 701
    static let numeric: Oid = 1700

    /// A value out of the text that PostgreSQL sends for it.
    static func value(_ sent: UnsafeRawBufferPointer, of type: Oid) -> Value {
        switch type {
        case bigint, integer, smallint:
            return .integer(wholeNumber(sent))
        case boolean:
            return .integer(sent.first == UInt8(ascii: "t") ? 1 : 0)
        case double, real:
            return .real(Double(String(decoding: sent, as: UTF8.self)) ?? .nan)
        case numeric:
            // What `sum` and `avg` make of whole numbers: whole where it is whole, as SQLite gives it.
            let text = String(decoding: sent, as: UTF8.self)
            return Int64(text).map(Value.integer) ?? .real(Double(text) ?? .nan)
        case bytes:
            return .blob(fromHex(sent.dropFirst(2)))
        default:
            return .text(String(decoding: sent, as: UTF8.self))
        }
    }

    /// Whether what PostgreSQL sends for a type is kept as text.
    static func isText(_ type: Oid) -> Bool {
        switch type {
        case bigint, integer, smallint, boolean, double, real, numeric, bytes: false
        default: true
        }
    }

    private static func wholeNumber(_ digits: UnsafeRawBufferPointer) -> Int64 {
        // Counted downwards, since there is one more number below nought than above it.
        let isNegative = digits.first == UInt8(ascii: "-")
        let below = digits.dropFirst(isNegative ? 1 : 0).reduce(Int64(0)) { $0 * 10 - Int64($1 - UInt8(ascii: "0")) }
        return isNegative ? below : -below
    }

    private static func fromHex(_ digits: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digits.count / 2) { bytes, count in
            var high: UInt8?
            for digit in digits {
                let half = digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
                if let first = high {
                    bytes[count] = first << 4 | half
                    count += 1
                    high = nil
                } else {
                    high = half
                }
            }
        }
    }
}

extension Value.Kind {
    var postgresType: Oid {
        switch self {
        case .integer: PostgresType.bigint
        case .real: PostgresType.double
        case .text: PostgresType.text
        case .blob: PostgresType.bytes
        }
    }
}

/// Values laid out in one stretch of memory, as libpq wants to be given them.
struct Parameters {
    private var bytes: [CChar] = []
    private var starts: [Int?] = []
    private var lengths: [CInt] = []
    private var formats: [CInt] = []

    init(_ values: [Bound]) throws {
        for bound in values { try add(bound.value) }
    }

    private mutating func add(_ value: Value) throws {
        switch value {
        case .null:
            starts.append(nil)
            lengths.append(0)
            formats.append(0)
        case .integer(let number):
            add("\(number)")
        case .real(let number):
            add("\(try number.keepable)")
        case .text(let text):
            add(try text.keepable)
        case .blob(let blob):
            starts.append(bytes.count)
            lengths.append(CInt(blob.count))
            formats.append(1)
            bytes += blob.lazy.map { CChar(bitPattern: $0) }
            bytes.append(0)
        }
    }

    private mutating func add(_ text: String) {
        starts.append(bytes.count)
        lengths.append(0)
        formats.append(0)
        bytes += text.utf8.lazy.map { CChar(bitPattern: $0) }
        bytes.append(0)
    }

    func withPointers<Made>(
        _ use: ([UnsafePointer<CChar>?], [CInt], [CInt]) throws -> Made
    ) rethrows -> Made {
        try bytes.withUnsafeBufferPointer { all in
            try use(starts.map { start in start.map { all.baseAddress! + $0 } }, lengths, formats)
        }
    }
}

/// Strings as C reads a list of them: one after another, ended by nothing.
func withCStrings<Made>(
    _ strings: [String], _ use: (UnsafePointer<UnsafePointer<CChar>?>) throws -> Made
) rethrows -> Made {
    let bytes = strings.flatMap { $0.utf8CString }
    return try bytes.withUnsafeBufferPointer { all in
        var start = 0
        var pointers: [UnsafePointer<CChar>?] = strings.map { string in
            defer { start += string.utf8.count + 1 }
            return all.baseAddress! + start
        }
        pointers.append(nil)
        return try use(pointers)
    }
}
