/// A `participants-votes.csv` as it comes: people in the order of their numbers, and what each said, four bytes a vote.
struct VoteTable: Sequence {
    /// Whose votes begin where.
    private var people: [(person: Int, start: Int)] = []
    /// The place of the statement times four, and the opinion plus one.
    private var cells: [UInt32] = []
    private let columns: [String]
    private let statements: [Int]
    /// Where each person's votes end, in the order of `people`.
    private var ends: [Int] = []

    /// Votes of a table that is exactly as Polis writes it; nothing for any other.
    init?(glancingAt bytes: [UInt8]) {
        guard var reader = try? CSVReader(bytes), !reader.layout.startsWithMark,
            let header = try? CSVHeader(&reader, most: ExportLimits.mostStatements + ExportLimits.mostColumns),
            let (columns, statements) = try? ParticipantsExport.columns(header, reader),
            columns.first == "participant", !statements.isEmpty
        else { return nil }
        (self.columns, self.statements) = (columns, statements)
        // A vote takes four bytes of a file at least where most say nothing; a fuller table only grows its list.
        cells.reserveCapacity(bytes.count / 8)
        var offset = reader.offset
        while offset < bytes.count {
            guard reads(bytes.span.bytes, &offset) else { return nil }
        }
        guard people.count <= ExportLimits.mostParticipants, order() else { return nil }
    }

    /// Puts people in the order of their numbers; false when one is there twice.
    private mutating func order() -> Bool {
        ends = people.dropFirst().map(\.start) + [cells.count]
        let places = people.indices.sorted { people[$0].person < people[$1].person }
        (people, ends) = (places.map { people[$0] }, places.map { ends[$0] })
        return zip(people, people.dropFirst()).allSatisfy { $0.person != $1.person }
    }

    // MARK: A line

    @inline(__always)
    private mutating func reads(_ bytes: RawSpan, _ offset: inout Int) -> Bool {
        guard let person = bytes.number(upTo: .comma, from: &offset), person <= Int32.max else { return false }
        for name in columns.dropFirst() where !skips(name, bytes, &offset) { return false }
        people.append((Int(person), cells.count))
        return readsAnswers(bytes, &offset)
    }

    private func skips(_ name: String, _ bytes: RawSpan, _ offset: inout Int) -> Bool {
        if name == "xid" { return bytes.skipsText(from: &offset) }
        if name == "group-id", bytes.byte(offset) == .comma {
            offset += 1
            return true
        }
        guard let number = bytes.number(upTo: .comma, from: &offset) else { return false }
        return number <= Int32.max
    }

    /// Reads what one person said to each statement: commas are counted, and between them stand votes.
    @inline(__always)
    private mutating func readsAnswers(_ bytes: RawSpan, _ offset: inout Int) -> Bool {
        var column = 0
        while true {
            let commas = bytes.commas(offset)
            column &+= commas
            offset &+= commas
            guard column < statements.count else { return false }
            if commas == 8 { continue }
            if !bytes.isLineEnd(offset) {
                guard let opinion = bytes.opinion(from: &offset) else { return false }
                cells.append(UInt32(truncatingIfNeeded: column &* 4 &+ Int(opinion) &+ 1))
            }
            if bytes.isLineEnd(offset) {
                offset &+= 1
                return column == statements.count - 1
            }
            guard bytes.byte(offset) == .comma else { return false }
        }
    }

    // MARK: Votes

    var underestimatedCount: Int { cells.count }

    func makeIterator() -> Iterator { Iterator(table: self) }

    struct Iterator: IteratorProtocol {
        let table: VoteTable
        private var (place, cell, end) = (-1, 0, 0)

        init(table: VoteTable) { self.table = table }

        mutating func next() -> Vote? {
            while cell == end {
                place += 1
                guard place < table.people.count else { return nil }
                (cell, end) = (table.people[place].start, table.ends[place])
            }
            let code = table.cells[cell]
            cell += 1
            return Vote(
                participant: table.people[place].person, statement: table.statements[Int(code >> 2)],
                opinion: Opinion(rawValue: Int8(truncatingIfNeeded: code & 3) - 1) ?? .pass)
        }
    }
}
