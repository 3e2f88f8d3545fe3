import Foundation

/// A conversation as Polis exports it: what it was about, and every comment.
///
/// Older exports count time in milliseconds, newer ones in seconds; newer ones may leave the comment unquoted, and
/// say whether it was a seed or about the person who votes.
struct PolisExport: Sendable {
    /// What the conversation is known by, wherever it was exported: the last part of its address.
    let conversation: String
    let address: String
    let topic: String
    let about: String
    /// In the order in which they were made.
    let comments: [Comment]
    let refused: [Refused]

    struct Comment: Sendable, Equatable {
        let id: Int64
        let author: Int64
        let said: Moment
        let words: String
        let moderation: Moderation
        /// Put there by whoever began the conversation.
        let isSeed: Bool
        /// About the person who votes, and not an opinion.
        let isMeta: Bool
    }

    enum Moderation: Int, Sendable {
        case out = -1
        case waiting = 0
        case accepted = 1
    }

    /// A line of the comments that was left out, with a sentence that says why.
    struct Refused: Sendable, Equatable {
        let line: Int
        let reason: String
    }

    /// A number of seconds above this would be after the year 5100; in milliseconds it is 1973.
    private static let leastMilliseconds: Int64 = 100_000_000_000
    /// Polis began in 2012. A time outside these years is a mistake in the file.
    private static let sensible = Moment(1_262_304_000_000)..<Moment(4_102_444_800_000)

    /// Reads an export. A file without the columns that matter gives one refusal and no comment.
    ///
    /// - Parameters:
    ///   - folder: what the conversation is called when its summary has no address.
    init(comments: [UInt8], summary: [UInt8], folder: String) {
        let summary = Self.summary(summary)
        address = Text.line(summary["url"] ?? "")
        conversation = address.split(separator: "/").last.map(String.init) ?? folder
        topic = Text.line(summary["topic"] ?? "")
        about = Text.lines(summary["conversation-description"] ?? "")
        let table = CSV(comments, free: "comment-body")
        var refused = table.troubles.map { Refused(line: $0.line, reason: $0.reason.sentence) }
        var kept: [Int64: (comment: Comment, line: Int)] = [:]
        if let columns = Columns(table.columns) {
            for row in table.rows {
                do throws(Refused) {
                    let comment = try columns.read(row)
                    if let earlier = kept[comment.id] {
                        guard earlier.comment == comment else {
                            throw Refused(
                                line: row.line,
                                reason: "comment \(comment.id) stands on line \(earlier.line) too, and not the same")
                        }
                        continue
                    }
                    kept[comment.id] = (comment, row.line)
                } catch {
                    refused.append(error)
                }
            }
        } else if table.troubles.isEmpty {
            let missing = Columns.required.filter { !table.columns.contains($0) }
            refused = [Refused(line: 1, reason: "there is no column \(missing.joined(separator: ", "))")]
        }
        self.comments = kept.values.map(\.comment).sorted { ($0.said, $0.id) < ($1.said, $1.id) }
        self.refused = refused.sorted { $0.line < $1.line }
    }

    /// `summary.csv` has no header: a name and a value on each record.
    private static func summary(_ bytes: [UInt8]) -> [String: String] {
        let table = CSV(
            Array("name,value\n".utf8) + bytes.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }, free: "value")
        return Dictionary(table.rows.map { ($0.fields[0].lowercased(), $0.fields[1]) }) { first, _ in first }
    }
}

extension PolisExport.Refused: Error {}

extension PolisExport {
    /// Where each value stands in a row.
    private struct Columns {
        static let required = ["timestamp", "comment-id", "author-id", "comment-body"]
        let timestamp, comment, author, body: Int
        let moderated, seed, meta: Int?

        init?(_ names: [String]) {
            let places = Self.required.compactMap { names.firstIndex(of: $0) }
            guard places.count == Self.required.count else { return nil }
            (timestamp, comment, author, body) = (places[0], places[1], places[2], places[3])
            moderated = names.firstIndex(of: "moderated")
            seed = names.firstIndex(of: "is-seed")
            meta = names.firstIndex(of: "is-meta")
        }

        func read(_ row: CSV.Row) throws(Refused) -> Comment {
            let words = Text.lines(row.fields[body])
            guard !Text.isBlank(words) else { throw Refused(line: row.line, reason: "comment-body is empty") }
            guard Text.fits(words, letters: Contribution.longest) else {
                throw Refused(line: row.line, reason: "comment-body is longer than \(Contribution.longest) letters")
            }
            return Comment(
                id: try number(row, comment, "comment-id"), author: try number(row, author, "author-id"),
                said: try time(row), words: words, moderation: try moderation(row),
                isSeed: try flag(row, seed, "is-seed"), isMeta: try flag(row, meta, "is-meta"))
        }

        private func number(_ row: CSV.Row, _ place: Int, _ name: String) throws(Refused) -> Int64 {
            guard let number = Int64(row.fields[place]), number >= 0 else {
                throw Refused(line: row.line, reason: "\(name) is not a whole number")
            }
            return number
        }

        private func time(_ row: CSV.Row) throws(Refused) -> Moment {
            let number = try number(row, timestamp, "timestamp")
            let moment =
                number >= PolisExport.leastMilliseconds
                ? Moment(number) : Moment(number * 1000)
            guard PolisExport.sensible.contains(moment) else {
                throw Refused(line: row.line, reason: "timestamp is not a time between 2010 and 2100")
            }
            return moment
        }

        private func moderation(_ row: CSV.Row) throws(Refused) -> Moderation {
            guard let moderated, !row.fields[moderated].isEmpty else { return .waiting }
            guard let moderation = Int(row.fields[moderated]).flatMap(Moderation.init) else {
                throw Refused(line: row.line, reason: "moderated is not -1, 0 or 1")
            }
            return moderation
        }

        private func flag(_ row: CSV.Row, _ place: Int?, _ name: String) throws(Refused) -> Bool {
            switch place.map({ row.fields[$0].lowercased() }) {
            case nil, "", "false", "0": return false
            case "true", "1": return true
            default: throw Refused(line: row.line, reason: "\(name) is not true or false")
            }
        }
    }
}

extension CSV.Reason {
    /// For whoever brings the file in; it repeats nothing of what the line says.
    var sentence: String {
        switch self {
        case .notUTF8: "the letters are not UTF-8"
        case .columns(let found, let expected): "there are \(found) columns, not \(expected)"
        case .brokenQuotes: "a quotation mark is not closed, or not doubled"
        case .fieldTooLong: "a column is longer than \(CSV.longestField) bytes"
        case .noHeader: "the first line does not name the columns"
        }
    }
}
