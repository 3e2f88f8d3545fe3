import Crypto
import Foundation
import Storage

/// The name of one thing, made by whoever makes the thing, so that sending it twice is sending it once.
///
/// Only a UUID is accepted, so what a page sends can be a duplicate but never mischief.
struct ID<Thing>: Sendable, Hashable, CustomStringConvertible {
    let text: String

    init?(_ text: some StringProtocol) {
        guard text.utf8.count == 36 else { return nil }
        var isLowercase = true
        for (place, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-"): guard Self.hasHyphen(at: place) else { return nil }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                guard !Self.hasHyphen(at: place) else { return nil }
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                guard !Self.hasHyphen(at: place) else { return nil }
                isLowercase = false
            default: return nil
            }
        }
        self.text = isLowercase ? String(text) : text.lowercased()
    }

    /// Where a UUID has its hyphens. It is read by hand: a page reads hundreds, and to make a `UUID` of each and
    /// write it out again took longer than everything else about its row.
    private static func hasHyphen(at place: Int) -> Bool { place == 8 || place == 13 || place == 18 || place == 23 }

    private init(bytes b: [UInt8]) {
        let uuid = UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
        text = uuid.uuidString.lowercased()
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
}
