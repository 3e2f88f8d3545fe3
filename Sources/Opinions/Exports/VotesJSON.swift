/// `votes.json`: the vote of each person on each statement, as Polis's own interface hands it out.
///
/// Agree is 1 here, as in every CSV.
public struct VotesJSON: Sendable, Equatable {
    public var votes: [Entry]
    public var names: Names
    public var unit: TimeUnit

    /// One vote.
    public struct Entry: Sendable, Equatable {
        /// The vote; its time is in milliseconds since 1970.
        public var vote: Vote
        /// `weight_x_32767`: how much somebody said that this matters to them; nearly always 0.
        public var weight: Int
        public var conversation: String

        public init(_ vote: Vote, weight: Int = 0, conversation: String) {
            (self.vote, self.weight, self.conversation) = (vote, weight, conversation)
        }
    }

    /// Two ways to write the same.
    public enum Names: Sendable {
        /// `pid` and `tid`, with the time as a text of digits.
        case short
        /// `participant_id` and `statement_id`, with the time as a number with `.0`, and an empty `datetime`.
        case long
    }

    public init(_ votes: [Entry], names: Names = .short, unit: TimeUnit = .milliseconds) {
        (self.votes, self.names, self.unit) = (votes, names, unit)
    }

    /// Reads a file. Names that nobody knows are passed over.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var (reader, entries, clock): (JSONReader, [Entry], Clock) = (try JSONReader(bytes), [], Clock())
        var names = Names.short
        try reader.list { reader throws(ExportTrouble) in
            entries.append(try Entry(&reader, &names, &clock))
        }
        try reader.end()
        self.init(entries, names: names, unit: clock.unit ?? .milliseconds)
    }

    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = JSONWriter()
        let isLong = names == .long
        writer.list(votes) { writer, entry in
            writer.field(isLong ? "participant_id" : "pid", "\(entry.vote.participant)")
            writer.field(isLong ? "statement_id" : "tid", "\(entry.vote.statement)")
            writer.field("vote", "\(entry.vote.opinion.rawValue)")
            writer.field("weight_x_32767", "\(entry.weight)")
            let time = unit.number(entry.vote.time)
            writer.field("modified", isLong ? "\(time).0" : "\"\(time)\"")
            writer.field("conversation_id", JSONWriter.text(entry.conversation))
            if isLong { writer.field("datetime", "null") }
        }
        return writer.bytes
    }
}

extension VotesJSON.Entry {
    fileprivate init(
        _ reader: inout JSONReader, _ names: inout VotesJSON.Names, _ clock: inout Clock
    ) throws(ExportTrouble) {
        _ = reader.peek()
        let start = reader.offset
        var (person, statement, opinion, seen): (Int?, Int?, Opinion?, Set<String>) = (nil, nil, nil, [])
        var (time, weight, conversation): (Int64, Int, String) = (0, 0, "")
        try reader.object { reader, name throws(ExportTrouble) in
            guard seen.insert(name).inserted else { throw reader.trouble(.nameTwice(name)) }
            switch name {
            case "pid", "participant_id":
                person = try reader.whole(name)
                names = name == "pid" ? .short : .long
            case "tid", "statement_id": statement = try reader.whole(name)
            case "vote": opinion = try reader.opinion()
            case "modified": time = try reader.time(&clock)
            case "weight_x_32767": weight = try reader.signed(name)
            case "conversation_id": conversation = try reader.text()
            default: try reader.skip()
            }
        }
        guard let person else { throw reader.trouble(.noName("pid"), at: start) }
        guard let statement else { throw reader.trouble(.noName("tid"), at: start) }
        guard let opinion else { throw reader.trouble(.noName("vote"), at: start) }
        let vote = Vote(participant: person, statement: statement, opinion: opinion, time: time)
        self.init(vote, weight: weight, conversation: conversation)
    }
}

extension JSONReader {
    /// A whole number from 0 to 2,147,483,647.
    mutating func whole(_ name: String) throws(ExportTrouble) -> Int {
        let range = try number()
        guard let number = WholeNumber.read(bytes[range]), number <= Int32.max else {
            throw trouble(.notNumber(name, found: quoted(range)), at: range.lowerBound)
        }
        return number
    }

    /// A whole number that may be below 0.
    fileprivate mutating func signed(_ name: String) throws(ExportTrouble) -> Int {
        let isBelow = peek() == .minus
        if isBelow { _ = take(.minus) }
        return try isBelow ? -whole(name) : whole(name)
    }

    /// 1, 0 or -1.
    mutating func sign(else kind: (String) -> ExportTrouble.Kind) throws(ExportTrouble) -> Int8 {
        let range = try number()
        guard let sign = Int8(quoted(range)), (-1...1).contains(sign), range.count == (sign < 0 ? 2 : 1) else {
            throw trouble(kind(quoted(range)), at: range.lowerBound)
        }
        return sign
    }

    private func quoted(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    fileprivate mutating func opinion() throws(ExportTrouble) -> Opinion {
        Opinion(rawValue: try sign { .notVote(found: $0) })!
    }

    /// A time: a number, with or without `.0`, or a text of digits.
    fileprivate mutating func time(_ clock: inout Clock) throws(ExportTrouble) -> Int64 {
        let isText = peek() == .quote
        let start = offset
        let written = isText ? try text() : quoted(try number())
        let digits = !isText && written.hasSuffix(".0") ? written.dropLast(2) : written[...]
        guard let number = WholeNumber.read(digits.utf8), number <= TimeUnit.latest else {
            throw trouble(.notNumber("modified", found: written), at: start)
        }
        guard let milliseconds = clock.milliseconds(Int64(number)) else { throw trouble(.mixedTimes, at: start) }
        return milliseconds
    }
}
