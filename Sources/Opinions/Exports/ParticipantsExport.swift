/// `participants-votes.csv`: one line a person, with what they said to each statement and which group they were in.
public struct ParticipantsExport: Sendable, Equatable {
    public var participants: [ExportedParticipant]
    /// The numbers of the statements, in the order of their columns.
    public var statements: [Int]
    /// The columns before those of the statements, in their order.
    public var columns: [String]
    public var layout: FileLayout

    /// The columns of the oldest exports, and again of the newest.
    public static let usual = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    /// With the number that the conversation's host knows somebody by.
    public static let withHostsNumber = ["participant", "xid"] + usual.dropFirst()

    public init(
        _ participants: [ExportedParticipant], statements: [Int], columns: [String] = usual,
        layout: FileLayout = FileLayout()
    ) {
        (self.participants, self.statements) = (participants, statements)
        (self.columns, self.layout) = (columns, layout)
    }

    /// Every vote, person by person in the order of their numbers, which is that in which they came.
    public var votes: [Vote] {
        participants.sorted { $0.participant < $1.participant }.flatMap { person in
            person.answers.map {
                Vote(participant: person.participant, statement: statements[$0.column], opinion: $0.opinion)
            }
        }
    }
}

/// One line of `participants-votes.csv`. The counts are what the export says, which need not be what it shows.
public struct ExportedParticipant: Sendable, Equatable {
    public var participant: Int
    /// What the conversation's host knows them by.
    public var hostsNumber: String?
    /// The group that they were in; nil for those in none.
    public var group: Int?
    /// How many statements of the conversation are theirs.
    public var comments: Int
    public var votes: Int
    public var agrees: Int
    public var disagrees: Int
    /// What they said, by place in the list of statements, ascending. Where they said nothing there is nothing.
    public var answers: [Answer]

    /// What somebody said to the statement of one column.
    public struct Answer: Sendable, Equatable {
        /// The place in ``ParticipantsExport/statements``.
        public var column: Int
        public var opinion: Opinion

        public init(column: Int, opinion: Opinion) { (self.column, self.opinion) = (column, opinion) }
    }

    /// Somebody whose counts of votes, agreements and disagreements are those of their answers.
    public init(
        participant: Int, hostsNumber: String? = nil, group: Int? = nil, comments: Int = 0, answers: [Answer] = []
    ) {
        (self.participant, self.hostsNumber, self.group) = (participant, hostsNumber, group)
        (self.comments, self.answers) = (comments, answers)
        votes = answers.count
        agrees = answers.count { $0.opinion == .agree }
        disagrees = answers.count { $0.opinion == .disagree }
    }
}

// MARK: Reading

extension ParticipantsExport {
    /// Reads a file.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var reader = try CSVReader(bytes)
        let header = try CSVHeader(&reader, most: ExportLimits.mostStatements + ExportLimits.mostColumns)
        let (columns, statements) = try Self.columns(header, reader)
        var (people, seen): ([ExportedParticipant], [Int: Int]) = ([], [:])
        while try header.next(&reader) {
            let person = try ExportedParticipant(reader, columns)
            if let earlier = seen.updateValue(reader.start, forKey: person.participant) {
                let line = reader.trouble(.empty, at: earlier).line
                throw reader.trouble(.repeated(.participant, person.participant, line: line), at: reader.start)
            }
            guard people.count < ExportLimits.mostParticipants else {
                throw reader.trouble(.tooMany(.participant, limit: ExportLimits.mostParticipants), at: reader.start)
            }
            people.append(person)
        }
        self.init(people, statements: statements, columns: columns, layout: reader.layout)
    }

    /// The columns that come first, and the numbers of the statements that follow.
    static func columns(
        _ header: CSVHeader, _ reader: CSVReader
    ) throws(ExportTrouble) -> (first: [String], statements: [Int]) {
        _ = try header.needed("participant")
        let first = Array(header.names.prefix { WholeNumber.read($0.utf8) == nil })
        var statements: [Int] = []
        for (index, name) in header.names.enumerated() {
            let value = reader.values[index]
            if index >= first.count {
                guard let number = WholeNumber.read(name.utf8), number <= Int32.max else {
                    throw reader.trouble(.notNumber(name, found: name), of: value)
                }
                statements.append(number)
            } else if !withHostsNumber.contains(name) {
                throw reader.trouble(.unknownColumn(name), of: value)
            }
        }
        return (first, statements)
    }
}

extension ExportedParticipant {
    fileprivate init(_ reader: CSVReader, _ columns: [String]) throws(ExportTrouble) {
        self.init(participant: 0)
        for (name, value) in zip(columns, reader.values) {
            switch name {
            case "participant": participant = try reader.number(value, of: name)
            case "xid": hostsNumber = try reader.text(value)
            case "group-id": group = value.range.isEmpty ? nil : try reader.number(value, of: name)
            case "n-comments": comments = try reader.number(value, of: name)
            case "n-votes": votes = try reader.number(value, of: name)
            case "n-agree": agrees = try reader.number(value, of: name)
            default: disagrees = try reader.number(value, of: name)
            }
        }
        for (column, value) in reader.values[columns.count...].enumerated() where !value.range.isEmpty {
            answers.append(Answer(column: column, opinion: try reader.opinion(value)))
        }
    }
}

// MARK: Writing

extension ParticipantsExport {
    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = CSVWriter(layout, roughly: participants.count * (statements.count * 3 / 2 + 24))
        for name in columns { writer.text(name) }
        for statement in statements { writer.number(statement) }
        writer.endLine()
        for person in participants {
            for name in columns { write(person, name, into: &writer) }
            var answers = person.answers.makeIterator()
            var answer = answers.next()
            for column in statements.indices {
                if let opinion = answer?.opinion, answer?.column == column {
                    writer.number(opinion.rawValue)
                    answer = answers.next()
                } else {
                    writer.nothing()
                }
            }
            writer.endLine()
        }
        return writer.finished()
    }

    private func write(_ person: ExportedParticipant, _ name: String, into writer: inout CSVWriter) {
        switch name {
        case "participant": writer.number(person.participant)
        case "xid": writer.text(person.hostsNumber ?? "")
        case "group-id": if let group = person.group { writer.number(group) } else { writer.nothing() }
        case "n-comments": writer.number(person.comments)
        case "n-votes": writer.number(person.votes)
        case "n-agree": writer.number(person.agrees)
        default: writer.number(person.disagrees)
        }
    }
}
