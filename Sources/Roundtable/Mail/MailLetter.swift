import Foundation
import Markup

/// A letter as mail: plain text, in its reader's language.
struct MailLetter: Sendable {
    /// The same however often it is sent, so that what comes twice is known to be one (RFC 5322, 3.6.4).
    let id: String
    let to: String
    let subject: String
    let text: String
    let language: String
    /// Where one tap stops these letters.
    let stop: String
    let made: Moment

    /// Characters of a line of base64 (RFC 2045, 6.8).
    private static let lineLength = 76
    /// Bytes to an encoded word, so that it stays below 75 characters (RFC 2047, 2).
    private static let wordLength = 42

    /// As it goes to a mail server.
    func written(from sender: String) -> String {
        let headers = [
            ("Date", Self.time(made)),
            ("From", sender),
            ("To", to),
            ("Message-ID", "<\(id)>"),
            ("Subject", Self.encoded(subject)),
            ("Auto-Submitted", "auto-generated"),
            // One tap in the mail program, with nothing to open or to confirm (RFC 2369, RFC 8058).
            ("List-Unsubscribe", "<\(stop)>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Language", language),
            ("Content-Transfer-Encoding", "base64"),
        ]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let body = Data(lines.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n\(body)\r\n"
    }

    /// `Fri, 06 Mar 2026 10:00:00 +0000`
    private static func time(_ moment: Moment) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return format.string(from: moment.date)
    }

    /// A header's words as plain letters, in pieces that break between letters.
    private static func encoded(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ (32..<127).contains($0) }) || text.utf8.count > lineLength else { return text }
        var (pieces, piece): ([String], String) = ([], "")
        for letter in text {
            if piece.utf8.count + letter.utf8.count > wordLength {
                pieces.append(piece)
                piece = ""
            }
            piece.append(letter)
        }
        return (pieces + [piece]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(
            separator: "\r\n ")
    }
}
