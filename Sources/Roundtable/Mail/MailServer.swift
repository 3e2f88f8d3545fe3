internal import CCurl
import Foundation
import NIOPosix

/// A mail server that takes letters for other places, spoken to by libcurl.
struct MailServer: Sendable {
    /// Where it is, with its name and password: `smtp://name:password@mail.example.org:587`, or `smtps://…`.
    let url: String
    /// The address that letters come from.
    let from: String
    /// A file of certificates that the server's is to be signed by; nothing where the system's are meant.
    let trust: String?
    /// The name by which this house introduces itself.
    let name: String

    /// All of one letter, from the first word to the server to its last. What takes longer is tried again later.
    static let longestSending = 60
    static let longestConnecting = 15

    /// Why a letter did not go. None holds an address.
    enum Trouble: Error, Equatable {
        /// The server can't be reached, or says *not now*: to be tried again.
        case later(code: Int)
        /// The server says that it will never take this one.
        case never(code: Int)
    }

    /// Hands a letter over, and returns when the server has taken it.
    func send(_ letter: MailLetter) async throws {
        let text = letter.written(from: from)
        try await NIOThreadPool.singleton.runIfActive { try hand(over: Array(text.utf8), to: letter.to) }
    }

    /// On a thread that may wait.
    private func hand(over bytes: [UInt8], to address: String) throws {
        guard let curl = curl_easy_init() else { throw Trouble.later(code: 0) }
        defer { curl_easy_cleanup(curl) }
        let receivers = curl_slist_append(nil, "<\(address)>")
        defer { curl_slist_free_all(receivers) }
        let source = Source(bytes)
        curl_set_text(curl, CURLOPT_URL, "\(url)/\(name)")
        curl_set_text(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl_set_number(curl, CURLOPT_USE_SSL, Int(encryption.rawValue))
        if let trust { curl_set_text(curl, CURLOPT_CAINFO, trust) }
        curl_set_text(curl, CURLOPT_MAIL_FROM, "<\(from)>")
        curl_set_list(curl, CURLOPT_MAIL_RCPT, receivers)
        curl_set_number(curl, CURLOPT_UPLOAD, 1)
        curl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        curl_set_number(curl, CURLOPT_CONNECTTIMEOUT, Self.longestConnecting)
        curl_set_number(curl, CURLOPT_TIMEOUT, Self.longestSending)
        curl_set_source(
            curl,
            { place, size, count, source in
                guard let place, let source else { return 0 }
                return Unmanaged<Source>.fromOpaque(source).takeUnretainedValue().read(into: place, most: size * count)
            }, Unmanaged.passUnretained(source).toOpaque())
        let outcome = withExtendedLifetime(source) { curl_easy_perform(curl) }
        guard outcome != CURLE_OK else { return }
        let answer = Int(curl_answer(curl))
        // 5xx is for ever; but a server that refuses us, and not the letter, may be set right tomorrow.
        let isOfLetter = outcome == CURLE_SEND_ERROR || outcome == CURLE_UPLOAD_FAILED || outcome == CURLE_RECV_ERROR
        if (550...559).contains(answer), isOfLetter || outcome == CURLE_WEIRD_SERVER_REPLY {
            throw Trouble.never(code: answer)
        }
        throw Trouble.later(code: answer == 0 ? Int(outcome.rawValue) : answer)
    }

    /// A letter goes over the network encrypted or not at all. To this very machine it need not be.
    private var encryption: curl_usessl {
        let host = URL(string: url)?.host() ?? ""
        return ["127.0.0.1", "::1", "localhost"].contains(host) && trust == nil ? CURLUSESSL_TRY : CURLUSESSL_ALL
    }

    /// The letter, as libcurl asks for it.
    private final class Source {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func read(into target: UnsafeMutablePointer<CChar>, most: Int) -> Int {
            let count = min(most, bytes.count - place)
            bytes.withUnsafeBytes { bytes in
                UnsafeMutableRawPointer(target).copyMemory(from: bytes.baseAddress! + place, byteCount: count)
            }
            place += count
            return count
        }
    }
}
