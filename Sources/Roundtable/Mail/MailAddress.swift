import Crypto
import Foundation
import Storage

/// Where somebody wants to be written to by mail: theirs to give, and to take back with one tap. Nobody else sees it.
struct MailAddress: Sendable {
    /// All chance: whoever holds it can stop the letters, and nothing else.
    let id: ID<MailAddress>
    let person: ID<Person>
    /// As the database keeps it; only the house's secret opens it.
    let sealed: String
    /// When its owner showed that they read it.
    let proven: Moment?
    /// When the last letter was given up.
    let failed: Moment?

    /// How long an address may be (RFC 5321, 4.5.3.1.3).
    static let longest = 254
    /// Words in a letter that asks whether an address is right open nothing after this.
    static let longestProof = Duration.hours(7 * 24)
    /// One a day at the most.
    static let between = Duration.hours(24)

    /// An address that a mail server would take, or why not. Nothing in it can begin another line of a letter.
    static func read(_ text: String) throws(Refusal) -> String {
        let address = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let isPlain = address.utf8.allSatisfy { (33..<127).contains($0) && !"<>()[]\\,;:\"".utf8.contains($0) }
        let sides = address.split(separator: "@", omittingEmptySubsequences: false)
        guard isPlain, address.utf8.count <= longest, sides.count == 2, !sides[0].isEmpty, sides[1].contains("."),
            !sides[1].hasPrefix("."), !sides[1].hasSuffix("."), !sides[1].contains("..")
        else { throw .noMailAddress }
        return address
    }

    static func seal(_ address: String, _ secret: Secret) -> String {
        let bytes = Data(address.utf8)
        return (try? AES.GCM.seal(bytes, using: key(secret)).combined)?.base64EncodedString() ?? ""
    }

    static func open(_ sealed: String, _ secret: Secret) -> String? {
        guard let data = Data(base64Encoded: sealed), let box = try? AES.GCM.SealedBox(combined: data),
            let bytes = try? AES.GCM.open(box, using: key(secret))
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func key(_ secret: Secret) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret.key, info: Data("mail".utf8), outputByteCount: 32)
    }
}

extension Refusal {
    static let noMailAddress = Refusal("mail.refusal.address", field: "address")
}
