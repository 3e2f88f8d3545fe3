/// `votes.csv`: every vote as it was cast, also those that were changed later.
///
/// This keeps each line as it is, to be written again. Whoever only wants to know who voted what reads the same file
/// into ``Votes``, many times faster.
public struct VotesExport: Sendable, Equatable {
    public var votes: [ExportedVote]
    /// The columns in their order.
    public var columns: [String]
    public var unit: TimeUnit
    public var layout: FileLayout

    /// The columns of every export so far.
    public static let usual = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]

    public init(
        _ votes: [ExportedVote], columns: [String] = usual, unit: TimeUnit = .seconds,
        layout: FileLayout = FileLayout()
    ) {
        (self.votes, self.columns, self.unit, self.layout) = (votes, columns, unit, layout)
    }
}

/// One line of `votes.csv`.
public struct ExportedVote: Sendable, Equatable {
    /// The vote; its time is in milliseconds since 1970.
    public var vote: Vote
    /// The time as the export wrote it for people to read, where that is not how newer exports would write it.
    public var datetime: String?
    /// The values of columns that nobody knows, in the order of those columns.
    public var others: [String]

    public init(_ vote: Vote, datetime: String? = nil, others: [String] = []) {
        (self.vote, self.datetime, self.others) = (vote, datetime, others)
    }
}

// MARK: Reading

extension VotesExport {
    static let needed = ["timestamp", "comment-id", "voter-id", "vote"]

    /// Reads a file.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var (reader, clock, votes): (CSVReader, Clock, [ExportedVote]) = (try CSVReader(bytes), Clock(), [])
        let header = try CSVHeader(&reader)
        for name in Self.needed { _ = try header.needed(name) }
        while try header.next(&reader) {
            var vote = ExportedVote(Vote(participant: 0, statement: 0, opinion: .pass))
            for (name, value) in zip(header.names, reader.values) {
                try vote.take(value, of: name, from: reader, &clock)
            }
            if vote.datetime == ExportedVote.datetime(vote.vote.time) { vote.datetime = nil }
            votes.append(vote)
        }
        self.init(votes, columns: header.names, unit: clock.unit ?? .seconds, layout: reader.layout)
    }
}

extension ExportedVote {
    fileprivate mutating func take(
        _ value: CSVReader.Value, of name: String, from reader: CSVReader, _ clock: inout Clock
    ) throws(ExportTrouble) {
        switch name {
        case "timestamp": vote.time = try clock.read(value, of: reader)
        case "datetime": datetime = try reader.text(value)
        case "comment-id": vote.statement = try reader.number(value, of: name)
        case "voter-id": vote.participant = try reader.number(value, of: name)
        case "vote": vote.opinion = try reader.opinion(value)
        default: others.append(try reader.text(value))
        }
    }
}

extension CSVReader {
    /// What somebody said; nothing is not a vote.
    func opinion(_ value: Value) throws(ExportTrouble) -> Opinion {
        guard let sign = try sign(value, else: { .notVote(found: $0) }), let opinion = Opinion(rawValue: sign)
        else { throw trouble(.notVote(found: ""), of: value) }
        return opinion
    }
}

// MARK: Writing

extension VotesExport {
    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = CSVWriter(layout, roughly: votes.count * 96)
        for name in columns { writer.text(name) }
        writer.endLine()
        for vote in votes {
            var others = vote.others.makeIterator()
            for name in columns {
                switch name {
                case "timestamp": writer.number(unit.number(vote.vote.time))
                case "datetime": writer.text(vote.datetime ?? ExportedVote.datetime(vote.vote.time))
                case "comment-id": writer.number(vote.vote.statement)
                case "voter-id": writer.number(vote.vote.participant)
                case "vote": writer.number(vote.vote.opinion.rawValue)
                default: writer.text(others.next() ?? "")
                }
            }
            writer.endLine()
        }
        return writer.finished()
    }
}
