import Crypto
import Foundation
import Hummingbird

/// Six words that this device was given, kept by the device alone, sealed so that only this house can read them.
///
/// The house stores no words, only their keyed hashes; so it can show them again to the device that was given
/// them, until they are written down or the device is passed on, and to nobody else.
enum Keepsake {
    /// The cookie that holds the words for one purpose: `pass`, `receipts`, an invitation's id.
    static func cookie(_ name: String) -> String { "words-\(name)" }

    static func seal(_ words: [SixWords], _ secret: Secret) -> String? {
        let slugs = words.map(\.slug).joined(separator: " ")
        return (try? AES.GCM.seal(Data(slugs.utf8), using: secret.keepsakes).combined)?.base64EncodedString()
    }

    static func open(_ text: String, _ secret: Secret) -> [SixWords] {
        guard let data = Data(base64Encoded: text), let box = try? AES.GCM.SealedBox(combined: data),
            let bytes = try? AES.GCM.open(box, using: secret.keepsakes)
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { SixWords(reading: String($0)) }
    }
}

extension House {
    /// How long a device keeps words that it was given for a pass: time to write them down. A receipt's stay longer.
    static let keepsakeMinutes = 60

    /// The words that this device was given for `name`, if it still has them.
    func keepsake(_ name: String, in request: Request) -> SixWords? {
        keepsakes(name, in: request).first
    }

    /// All the words that this device was given for `name`, the latest first.
    func keepsakes(_ name: String, in request: Request) -> [SixWords] {
        request.cookie(Keepsake.cookie(name)).map { Keepsake.open($0, secret) } ?? []
    }

    /// Has the device keep the words for `name`, for `seconds`.
    func keep(_ words: SixWords, as name: String, for seconds: Int = keepsakeMinutes * 60, in response: inout Response)
    {
        keep([words], as: name, for: seconds, in: &response)
    }

    func keep(_ words: [SixWords], as name: String, for seconds: Int, in response: inout Response) {
        guard let sealed = Keepsake.seal(words, secret) else { return }
        response.setCookie(cookie(Keepsake.cookie(name), sealed, maxAge: seconds))
    }

    func forget(_ name: String, in response: inout Response) {
        response.setCookie(cookie(Keepsake.cookie(name), "", maxAge: 0))
    }
}
