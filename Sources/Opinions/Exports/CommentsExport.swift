/// `comments.csv`: every statement of a conversation, and what was made of it.
///
/// Columns that an export does not have are nil in each comment; columns that nobody knows are kept as they are.
public struct CommentsExport: Sendable, Equatable {
    public var comments: [ExportedComment]
    /// The columns in their order. The oldest exports have ``oldest``, newer ones have more.
    public var columns: [String]
    public var unit: TimeUnit
    /// How `comment-body` is written. Newer exports quote all of them; some quote none, whatever is in them.
    public var quoting: Quoting
    public var layout: FileLayout

    /// The columns of the oldest exports, and again of the newest.
    public static let oldest = [
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    ]
    /// The columns of some in between, which say what was about the voter, and what was there from the start.
    public static let fullest = [
        "timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-meta", "is-seed",
        "group-informed-consensus", "comment-body",
    ]

    public init(
        _ comments: [ExportedComment], columns: [String] = oldest, unit: TimeUnit = .seconds,
        quoting: Quoting = .always, layout: FileLayout = FileLayout()
    ) {
        (self.comments, self.columns, self.unit) = (comments, columns, unit)
        (self.quoting, self.layout) = (quoting, layout)
    }
}

/// One statement, as an export has it.
public struct ExportedComment: Sendable, Equatable {
    public var statement: Int
    public var author: Int
    /// When it was made, in milliseconds since 1970.
    public var milliseconds: Int64
    /// The same for people to read, as the export wrote it.
    public var datetime: String?
    public var agrees: Int
    public var disagrees: Int
    public var moderation: Moderation
    /// About the person who votes, and not an opinion.
    public var isMeta: Bool?
    /// Put there by whoever began the conversation.
    public var isSeed: Bool?
    /// `group-informed-consensus` as the export wrote it, digit by digit, because programs write the same
    /// number in different ways.
    public var groupConsensus: String?
    public var text: String
    /// The values of columns that nobody knows, in the order of those columns.
    public var others: [String]

    /// Whether a statement is shown to people who vote.
    public enum Moderation: Int8, Sendable {
        case out = -1
        case waiting = 0
        case shown = 1
    }

    public init(
        statement: Int, author: Int, milliseconds: Int64, datetime: String? = nil, agrees: Int = 0,
        disagrees: Int = 0, moderation: Moderation = .shown, isMeta: Bool? = nil, isSeed: Bool? = nil,
        groupConsensus: String? = nil, text: String, others: [String] = []
    ) {
        (self.statement, self.author, self.milliseconds, self.datetime) = (statement, author, milliseconds, datetime)
        (self.agrees, self.disagrees, self.moderation) = (agrees, disagrees, moderation)
        (self.isMeta, self.isSeed, self.groupConsensus) = (isMeta, isSeed, groupConsensus)
        (self.text, self.others) = (text, others)
    }

    /// Left out of the sums that group people: moderated out, or about the voter.
    public var isLeftOut: Bool { moderation == .out || isMeta == true }
}

// MARK: Reading

extension CommentsExport {
    /// The columns without which a file is not a list of statements.
    private static let needed = ["timestamp", "comment-id", "author-id", "agrees", "disagrees", "comment-body"]
    private static let body = "comment-body"

    /// Reads a file.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var reader = try CSVReader(bytes)
        let header = try CSVHeader(&reader)
        for name in Self.needed { _ = try header.needed(name) }
        let body = header.names.count - 1
        let open = header.names[body] == Self.body ? body : nil
        var (clock, quoting, lines): (Clock, QuotingSeen, [Int: Int]) = (Clock(), QuotingSeen(), [:])
        var comments: [ExportedComment] = []
        while try header.next(&reader, open: open) {
            let comment = try ExportedComment(reader, header.names, &clock)
            if let earlier = lines.updateValue(reader.start, forKey: comment.statement) {
                let line = reader.trouble(.empty, at: earlier).line
                throw reader.trouble(.repeated(.statement, comment.statement, line: line), at: reader.start)
            }
            guard comments.count < ExportLimits.mostStatements else {
                throw reader.trouble(.tooMany(.statement, limit: ExportLimits.mostStatements), at: reader.start)
            }
            if let open { quoting.see(reader.values[open], in: bytes) }
            comments.append(comment)
        }
        self.init(
            comments, columns: header.names, unit: clock.unit ?? .seconds, quoting: quoting.kind,
            layout: reader.layout)
    }
}

/// Which quoting explains all the values that were seen.
private struct QuotingSeen {
    private var (quoted, plain, bare) = (0, 0, 0)

    mutating func see(_ value: CSVReader.Value, in bytes: [UInt8]) {
        if value.isQuoted {
            quoted += 1
        } else if bytes[value.range].contains(where: { $0 == .comma || $0 == .quote }) {
            bare += 1
        } else {
            plain += 1
        }
    }

    var kind: Quoting { bare > 0 ? .never : quoted > 0 && plain == 0 ? .always : .whenNeeded }
}

extension ExportedComment {
    fileprivate init(_ reader: CSVReader, _ names: [String], _ clock: inout Clock) throws(ExportTrouble) {
        self.init(statement: 0, author: 0, milliseconds: 0, moderation: .waiting, text: "")
        for (name, value) in zip(names, reader.values) {
            switch name {
            case "timestamp": milliseconds = try clock.read(value, of: reader)
            case "datetime": datetime = try reader.text(value)
            case "comment-id": statement = try reader.number(value, of: name)
            case "author-id": author = try reader.number(value, of: name)
            case "agrees": agrees = try reader.number(value, of: name)
            case "disagrees": disagrees = try reader.number(value, of: name)
            case "moderated":
                let sign = try reader.sign(value) { .notModeration(found: $0) }
                moderation = Moderation(rawValue: sign ?? 0)!
            case "is-meta": isMeta = try reader.flag(value, of: name)
            case "is-seed": isSeed = try reader.flag(value, of: name)
            case "group-informed-consensus": groupConsensus = try reader.text(value)
            case "comment-body": text = try reader.text(value)
            default: others.append(try reader.text(value))
            }
        }
    }
}

extension CSVReader {
    fileprivate func flag(_ value: Value, of name: String) throws(ExportTrouble) -> Bool {
        switch try text(value) {
        case "true": true
        case "false": false
        case let found: throw trouble(.notFlag(name, found: found), of: value)
        }
    }
}

// MARK: Writing

extension CommentsExport {
    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = CSVWriter(layout, roughly: comments.count * 200)
        for name in columns { writer.text(name) }
        writer.endLine()
        for comment in comments {
            var others = comment.others.makeIterator()
            for name in columns { write(comment, name, &others, into: &writer) }
            writer.endLine()
        }
        return writer.finished()
    }

    private func write(
        _ comment: ExportedComment, _ name: String, _ others: inout IndexingIterator<[String]>,
        into writer: inout CSVWriter
    ) {
        switch name {
        case "timestamp": writer.number(unit.number(comment.milliseconds))
        case "datetime": writer.text(comment.datetime ?? ExportedVote.datetime(comment.milliseconds))
        case "comment-id": writer.number(comment.statement)
        case "author-id": writer.number(comment.author)
        case "agrees": writer.number(comment.agrees)
        case "disagrees": writer.number(comment.disagrees)
        case "moderated": writer.number(comment.moderation.rawValue)
        case "is-meta": writer.text(comment.isMeta == true ? "true" : "false")
        case "is-seed": writer.text(comment.isSeed == true ? "true" : "false")
        case "group-informed-consensus": writer.text(comment.groupConsensus ?? "")
        case "comment-body":
            writer.text(comment.text, quoting == .never && name != columns.last ? .whenNeeded : quoting)
        default: writer.text(others.next() ?? "")
        }
    }
}
