import Crypto
import Foundation
import Markup
import Storage

/// The name of one thing, made by whoever makes the thing, so that sending it twice is sending it once.
///
/// Only a UUID is accepted, so what a page sends can be a duplicate but never mischief.
struct ID<Thing>: Sendable, Hashable, CustomStringConvertible {
    /// The 128 bits. They are kept as numbers, since a page holds hundreds of ids and writes few of them.
    private let first: UInt64
    private let second: UInt64

    /// How many characters its text has, the four hyphens included.
    static var length: Int { 36 }

    init?(_ text: some StringProtocol) {
        let read = text.utf8.withContiguousStorageIfAvailable { ID(utf8: $0) }
        guard let id = read ?? Array(text.utf8).withUnsafeBufferPointer({ ID(utf8: $0) }) else { return nil }
        self = id
    }

    /// Reads the text of a UUID, in letters of either size.
    init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count == Self.length else { return nil }
        let hyphen = UInt8(ascii: "-")
        guard text[8] == hyphen, text[13] == hyphen, text[18] == hyphen, text[23] == hyphen else { return nil }
        let bytes = UnsafeRawBufferPointer(text)
        func four(_ place: Int) -> UInt64 {
            UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        }
        func eight(_ place: Int) -> UInt64 { four(place) | four(place + 4) << 32 }
        guard let a = Hexadecimal.read(eight(0)), let b = Hexadecimal.read(four(9) | four(14) << 32),
            let c = Hexadecimal.read(four(19) | four(24) << 32), let d = Hexadecimal.read(eight(28))
        else { return nil }
        first = UInt64(a) << 32 | UInt64(b)
        second = UInt64(c) << 32 | UInt64(d)
    }

    private init(bytes: [UInt8]) {
        first = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        second = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The text of it, in small letters.
    var text: String {
        String(unsafeUninitializedCapacity: Self.length) { characters in
            write(to: UnsafeMutableRawBufferPointer(characters))
            return Self.length
        }
    }

    /// Writes its text into room for `length` bytes.
    func write(to room: UnsafeMutableRawBufferPointer) {
        func put(_ digits: UInt64, _ low: Int, _ high: Int) {
            room.storeBytes(of: UInt32(truncatingIfNeeded: digits).littleEndian, toByteOffset: low, as: UInt32.self)
            room.storeBytes(of: UInt32(digits >> 32).littleEndian, toByteOffset: high, as: UInt32.self)
        }
        let hyphen = UInt8(ascii: "-")
        (room[8], room[13], room[18], room[23]) = (hyphen, hyphen, hyphen, hyphen)
        put(Hexadecimal.write(UInt32(first >> 32)), 0, 4)
        put(Hexadecimal.write(UInt32(truncatingIfNeeded: first)), 9, 14)
        put(Hexadecimal.write(UInt32(second >> 32)), 19, 24)
        put(Hexadecimal.write(UInt32(truncatingIfNeeded: second)), 28, 32)
    }

    /// A version 7 id (RFC 9562, 5.7): time first, so that what is signed is stored in the order it was made.
    static func signed(at now: Moment) -> ID {
        var bytes = [UInt8](repeating: 0, count: 16)
        for place in 0..<6 { bytes[place] = UInt8(truncatingIfNeeded: now.milliseconds >> (40 - 8 * place)) }
        for place in 6..<16 { bytes[place] = .random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ID(bytes: bytes)
    }

    /// A version 8 id (RFC 9562, 5.8): the first 128 bits of a keyed hash.
    static func made(from hash: String) -> ID {
        var digits = Array(hash.prefix(32))
        (digits[12], digits[16]) = ("8", "8")
        for place in [20, 16, 12, 8] { digits.insert("-", at: place) }
        return ID(String(digits))!
    }

    /// A version 4 id, all chance, for what is anonymous: it says nothing of when it was made.
    static func anonymous() -> ID { ID(UUID().uuidString)! }

    /// A version 8 id (RFC 9562, 5.8) that the same text always gives, for what was made elsewhere and may be brought
    /// in twice. Whoever knows the text knows the id.
    static func derived(from text: String) -> ID {
        var bytes = Array(SHA256.hash(data: Data(text.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ID(bytes: bytes)
    }

    var description: String { text }
}

extension ID: Storable {
    var stored: Value { text.stored }

    init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }

    init?(_ cell: Cell) {
        guard let text = cell.text else { return nil }
        self.init(utf8: text)
    }
}

extension HTML.StringInterpolation {
    /// An id as it stands in an address or an attribute.
    mutating func appendInterpolation<Thing>(_ id: ID<Thing>) {
        appendInterpolation(plain: ID<Thing>.length) { id.write(to: $0) }
    }
}
