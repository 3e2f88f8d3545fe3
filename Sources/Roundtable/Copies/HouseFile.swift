import Foundation
import Storage

/// A whole house in one file, the same whichever database it was kept in (`docs/decisions/0009`).
///
/// After the first line come records: a byte that says what it is, four bytes that say how long, least first, and
/// what it says. In the end stand a SHA-256 digest of all before it, and a last line.
enum HouseFile {
    /// How a house file begins, and how a file that was written to its end ends.
    static let firstLine = Array("Roundtable house file 1\n".utf8)
    static let lastLine = Array("\nEnd of house file\n".utf8)
    static let digestLength = 32
    /// Files are copied in pieces of this many bytes.
    static let piece = 65_536
    /// No record is longer: a parcel is one value, and is held whole while it is read. A longer length is harm.
    static let longestRecord = 256_000_000

    enum Kind: UInt8 {
        case heading = 1
        case table, row, counter, secret, file, piece, ending
    }

    /// Who made the file, and of what.
    struct Heading: Codable, Equatable, Sendable {
        let program: String
        let made: Int64
        /// The migrations that the tables have been through, by name.
        let steps: [String]
    }

    struct Counter: Codable, Equatable, Sendable {
        let name: String
        let reached: Int64
    }

    /// A file of the house's own, by its path in the folder `files`.
    struct File: Codable, Equatable, Sendable {
        let path: String
        let length: Int64
    }

    /// What should have been read by the time that the end is.
    public struct Ending: Codable, Equatable, Sendable {
        var rows: [String: Int] = [:]
        var files = 0
    }

    enum Record {
        case heading(Heading)
        case table(Table)
        case row([Value])
        case counter(Counter)
        case secret([UInt8])
        case file(File)
        case piece([UInt8])
        case ending(Ending)
    }
}

/// Where a copy's bytes go, in order.
protocol CopySink: AnyObject {
    func write(_ bytes: [UInt8]) throws
    /// Everything has been written: it is safe when this returns.
    func finish() throws
}

/// Where a copy's bytes come from, in order.
protocol CopySource: AnyObject {
    /// The next bytes: as many as asked for, or fewer where there are no more.
    func read(_ count: Int) throws -> [UInt8]
}

extension HouseFile {
    /// A row's values, one after another: a letter for what each is, and what it holds.
    static func append(_ values: [Value], to bytes: inout [UInt8]) {
        for value in values {
            switch value {
            case .null: bytes.append(UInt8(ascii: "n"))
            case .integer(let number):
                bytes.append(UInt8(ascii: "i"))
                append(UInt64(bitPattern: number), to: &bytes)
            case .real(let number):
                bytes.append(UInt8(ascii: "r"))
                append(number.bitPattern, to: &bytes)
            case .text(let text):
                bytes.append(UInt8(ascii: "t"))
                append(UInt32(text.utf8.count), to: &bytes)
                bytes += text.utf8
            case .blob(let blob):
                bytes.append(UInt8(ascii: "b"))
                append(UInt32(blob.count), to: &bytes)
                bytes += blob
            }
        }
    }

    static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    /// The values of a row of so many columns.
    static func values(in bytes: [UInt8], columns: Int) throws(CopyTrouble) -> [Value] {
        var rest = bytes[...]
        var values: [Value] = []
        values.reserveCapacity(columns)
        while let kind = rest.popFirst() {
            switch kind {
            case UInt8(ascii: "n"): values.append(.null)
            case UInt8(ascii: "i"): values.append(.integer(Int64(bitPattern: try number(&rest))))
            case UInt8(ascii: "r"): values.append(.real(Double(bitPattern: try number(&rest))))
            case UInt8(ascii: "t"):
                guard let text = String(validating: try stretch(&rest), as: UTF8.self) else { throw .harmed }
                values.append(.text(text))
            case UInt8(ascii: "b"): values.append(.blob(Array(try stretch(&rest))))
            default: throw .harmed
            }
        }
        guard values.count == columns else { throw .harmed }
        return values
    }

    private static func stretch(_ rest: inout ArraySlice<UInt8>) throws(CopyTrouble) -> ArraySlice<UInt8> {
        let length = Int(try number(&rest) as UInt32)
        guard rest.count >= length else { throw .harmed }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    static func number<Number: FixedWidthInteger>(_ rest: inout ArraySlice<UInt8>) throws(CopyTrouble) -> Number {
        let length = Number.bitWidth / 8
        guard rest.count >= length else { throw .harmed }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length).reversed().reduce(0) { $0 << 8 | Number($1) }
    }
}
