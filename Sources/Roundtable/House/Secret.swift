import Crypto
import Foundation
import Synchronization

/// The key that keyed hashes and forgery tokens use. It lies in the data folder, never in the database,
/// so that the file alone opens nothing.
struct Secret: Sendable {
    static let length = 32
    /// Its file's name in the data folder.
    static let name = "secret"
    let key: SymmetricKey
    /// Seals the words that a device keeps for itself (`Keepsake`).
    let keepsakes: SymmetricKey
    /// The beginning of every keyed hash, which only depends on the key.
    private let begun: HMAC<SHA256>
    private let marks = Marks()

    /// Reads the secret of a data folder, or makes one the first time. Only its owner may read it.
    init(in folder: URL) throws { self.init(key: try Self.key(in: folder)) }

    private static func key(in folder: URL) throws -> SymmetricKey {
        let file = folder.appending(path: name)
        if let bytes = try? Data(contentsOf: file) {
            guard bytes.count == length else { throw Spoiled() }
            return SymmetricKey(data: bytes)
        }
        let fresh = SymmetricKey(size: .bits256)
        let bytes = fresh.withUnsafeBytes { Data($0) }
        // Made under a name of its own and then linked, so that two processes starting at once agree.
        let draft = folder.appending(path: "secret.\(UUID().uuidString)")
        guard
            FileManager.default.createFile(atPath: draft.path, contents: bytes, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? FileManager.default.removeItem(at: draft) }
        return link(draft.path, file.path) == 0 ? fresh : SymmetricKey(data: try Data(contentsOf: file))
    }

    /// A secret for tests, or for a house that keeps nothing.
    init(key: SymmetricKey = SymmetricKey(size: .bits256)) {
        self.key = key
        keepsakes = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("keepsake".utf8), outputByteCount: 32)
        begun = HMAC(key: key)
    }

    /// A keyed hash, apart for each purpose, as 64 hexadecimal digits.
    func hash(_ text: String, for purpose: String) -> String {
        var code = begun
        var said = "\(purpose)\n\(text)"
        said.withUTF8 { code.update(data: $0) }
        return code.finalize().withUnsafeBytes { hexadecimal($0) }
    }

    /// The same for what pages ask for again and again and opens nothing: remembered for a while.
    func mark(_ text: String, for purpose: String) -> String {
        marks.mark(text, for: purpose) { hash(text, for: purpose) }
    }

    /// Marks that were made lately.
    private final class Marks: Sendable {
        /// As many as sit in a few halls. Each takes some 200 bytes.
        private static let most = 1_000

        private struct Key: Hashable {
            let text: String
            let purpose: String
        }

        private let known = Mutex<[Key: String]>([:])

        func mark(_ text: String, for purpose: String, make: () -> String) -> String {
            let key = Key(text: text, purpose: purpose)
            if let mark = known.withLock({ $0[key] }) { return mark }
            let mark = make()
            known.withLock { known in
                if known.count >= Self.most { known.removeAll() }
                known[key] = mark
            }
            return mark
        }
    }

    struct Spoiled: Error, CustomStringConvertible {
        var description: String { "the file named secret in the data folder is not \(Secret.length) bytes long" }
    }
}

/// Random letters for a cookie: 256 bits.
func freshToken() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { hexadecimal($0) }
}

/// Bytes as lower-case hexadecimal digits, two a byte. Every request has hashes to write.
func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> String {
    func digit(_ half: UInt8) -> UInt8 { half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "a") + half - 10 }
    return String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
        for (place, byte) in bytes.enumerated() {
            digits[place * 2] = digit(byte >> 4)
            digits[place * 2 + 1] = digit(byte & 15)
        }
        return bytes.count * 2
    }
}
