/// `comments.json`: the statements that go with a `votes.json`. Only what grouping people needs is read.
public struct CommentsJSON: Sendable, Equatable {
    public var comments: [Entry]

    /// One statement.
    public struct Entry: Sendable, Equatable {
        public var statement: Int
        public var text: String
        public var moderation: ExportedComment.Moderation
        /// About the person who votes, and not an opinion.
        public var isMeta: Bool

        /// Left out of the sums that group people: moderated out, or about the voter.
        public var isLeftOut: Bool { moderation == .out || isMeta }
    }

    /// Reads a file. Names that are not needed are passed over.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var (reader, entries, seen): (JSONReader, [Entry], [Int: Int]) = (try JSONReader(bytes), [], [:])
        try reader.list { reader throws(ExportTrouble) in
            _ = reader.peek()
            let start = reader.offset
            let entry = try Entry(&reader)
            if let earlier = seen.updateValue(start, forKey: entry.statement) {
                let line = reader.trouble(.empty, at: earlier).line
                throw reader.trouble(.repeated(.statement, entry.statement, line: line), at: start)
            }
            entries.append(entry)
        }
        try reader.end()
        comments = entries
    }
}

extension CommentsJSON.Entry {
    fileprivate init(_ reader: inout JSONReader) throws(ExportTrouble) {
        let start = reader.offset
        var (statement, text): (Int?, String?) = (nil, nil)
        var (moderation, isMeta, seen): (ExportedComment.Moderation, Bool, Set<String>) = (.waiting, false, [])
        try reader.object { reader, name throws(ExportTrouble) in
            guard seen.insert(name).inserted else { throw reader.trouble(.nameTwice(name)) }
            switch name {
            case "tid", "statement_id": statement = try reader.whole(name)
            case "txt": text = try reader.text()
            case "mod", "moderated":
                let sign = try reader.sign { .notModeration(found: $0) }
                moderation = ExportedComment.Moderation(rawValue: sign)!
            case "is_meta": isMeta = try reader.takeNull() ? false : reader.flag()
            default: try reader.skip()
            }
        }
        guard let statement else { throw reader.trouble(.noName("tid"), at: start) }
        guard let text else { throw reader.trouble(.noName("txt"), at: start) }
        (self.statement, self.text, self.moderation, self.isMeta) = (statement, text, moderation, isMeta)
    }
}
