/// Who voted what: one row a person, in the order in which they first voted; one column a statement, likewise.
///
/// The last vote of a person on a statement counts. Votes lie row after row in one flat array, two bytes a vote: three
/// times the column, and 0, 1 or 2 for disagree, pass or agree (its *code*). Whatever is wanted of a vote is then one
/// look into a table by code. A row that outgrows its room moves to the end with room to spare, so that one more vote
/// costs no more where there are millions.
///
/// Source of the order, of *last vote wins* and of the limits: opinions as Polis finds them, step 1.
public struct Votes: Sendable {
    /// How many of each are taken in. Votes of whoever, or on whatever, comes after that are left out and counted.
    public struct Limits: Sendable, Hashable {
        public var participants: Int
        /// 21,845 at most: the code of a vote takes two bytes.
        public var statements: Int

        public init(participants: Int, statements: Int) {
            self.participants = max(0, min(participants, Limits.mostParticipants))
            self.statements = max(0, min(statements, Int(UInt16.max) / 3))
        }

        /// Ten times what has been measured, and far from where a row's place would no longer fit in four bytes.
        private static let mostParticipants = 10_000_000
        /// Where Polis stops.
        public static let polis = Limits(participants: 100_000, statements: 10_000)
        /// Ours: every person, and as many statements as Polis takes.
        public static let wide = Limits(participants: mostParticipants, statements: 10_000)
    }

    public let limits: Limits
    /// Statements that count for nothing in the axes and are never told of, by number: moderated out.
    public var moderatedOut: Set<Int> = []
    /// Statements about the person who votes, by number: they count for nothing in the axes, and are asked first.
    public var meta: Set<Int> = []
    /// How many votes were left out because there were too many people or statements before them.
    public internal(set) var ignored = 0

    var people = Numbering()
    var items = Numbering()
    /// Where each row begins in `codes`, how many votes it has, and how many it has room for.
    var starts: [UInt32] = []
    var counts: [UInt16] = []
    var rooms: [UInt16] = []
    var codes: [UInt16] = []
    /// How many votes there are of each code.
    var totals: [UInt32] = []

    /// Numbers of the people as they stand in the file, in the order in which they first voted (the order of rows).
    public var participants: [Int] { people.numbers }
    /// Numbers of the statements as they stand in the file, in the order of their first vote (the order of columns).
    public var statements: [Int] { items.numbers }
    /// How many votes count: one for each person and statement that they voted on.
    public private(set) var count = 0

    public init(limits: Limits = .wide) { self.limits = limits }

    /// Takes votes in the order of their times; those of the same time in the order in which they stand.
    public init(_ votes: [Vote], limits: Limits = .wide) {
        let isOrdered = zip(votes, votes.dropFirst()).allSatisfy { $0.time <= $1.time }
        // The sort of the standard library keeps the order of equals.
        self.init(inOrder: isOrdered ? votes : votes.sorted { $0.time < $1.time }, limits: limits)
    }

    /// Takes votes in the order in which they stand, whatever their times. Those that come person by person, as in a
    /// table, are laid down as they come; else eight bytes a vote are kept meanwhile.
    public init(inOrder votes: [Vote], limits: Limits = .wide) {
        self.init(limits: limits)
        votes.withUnsafeBufferPointer { take($0) }
    }

    /// The same, out of votes that need not all be there at once.
    public init(inOrder votes: some Sequence<Vote>, limits: Limits = .wide) {
        self.init(limits: limits)
        codes.reserveCapacity(votes.underestimatedCount)
        var gathered: [Gathered] = []
        var isByPerson = true
        // Whose the last vote was: often the next is theirs too, and nobody needs to be looked for.
        var (person, last) = (0, -1)
        for vote in votes {
            guard let (row, column) = place(of: vote, ifTheSame: person, last) else { continue }
            if isByPerson, row < last {
                isByPerson = false
                gathered = rowByRow(atLeast: votes.underestimatedCount)
                codes = []
            }
            (person, last) = (vote.participant, row)
            let code = Self.code(column, vote.opinion)
            if isByPerson { codes.append(code) } else { gathered.append(Gathered(row: UInt32(row), code: code)) }
        }
        if isByPerson { keepLast(Array(starts.dropFirst()) + [UInt32(codes.count)]) } else { lay(gathered) }
    }

    /// Takes a list, the same way and more quickly: nobody is looked for whose vote follows one of theirs, and a
    /// statement that is known is one look into a table.
    private mutating func take(_ votes: UnsafeBufferPointer<Vote>) {
        let room = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: votes.count)
        defer { room.deallocate() }
        var (next, laid) = (0, 0)
        var (person, last) = (0, -1)
        while next < votes.count {
            let (vote, rows) = (votes[next], starts.count)
            if let (row, column) = place(of: vote, ifTheSame: person, last) {
                guard row >= last else { break }
                if starts.count > rows { starts[row] = UInt32(laid) }
                (person, last) = (vote.participant, row)
                room[laid] = Self.code(column, vote.opinion)
                laid += 1
            }
            next += 1
            guard last >= 0 else { continue }
            items.withTable { table in
                while next < votes.count, votes[next].participant == person {
                    let vote = votes[next]
                    guard table.indices.contains(vote.statement), table[vote.statement] >= 0 else { break }
                    room[laid] = Self.code(Int(table[vote.statement]), vote.opinion)
                    (next, laid) = (next + 1, laid + 1)
                }
            }
        }
        codes = Array(room[..<laid])
        guard next < votes.count else { return keepLast(Array(starts.dropFirst()) + [UInt32(laid)]) }
        // They don't come person by person.
        var gathered = rowByRow(atLeast: votes.count)
        codes = []
        for vote in votes[next...] {
            guard let (row, column) = place(of: vote, ifTheSame: person, last) else { continue }
            (person, last) = (vote.participant, row)
            gathered.append(Gathered(row: UInt32(row), code: Self.code(column, vote.opinion)))
        }
        lay(gathered)
    }

    /// What a vote changed.
    public struct Change: Sendable, Hashable {
        /// The row and the column of the vote.
        public let row: Int
        public let column: Int
        /// What that person had said to that statement before, if anything.
        public let before: Opinion?
        public let after: Opinion
        /// Whether it was the person's first vote of all, or the statement's.
        public let isNewParticipant: Bool
        public let isNewStatement: Bool
    }

    /// Takes one more vote, which counts instead of any earlier one of that person on that statement.
    ///
    /// - Returns: what it changed; nothing if it was beyond the limits.
    @discardableResult
    public mutating func cast(_ vote: Vote) -> Change? {
        let (people, items) = (participantCount, statementCount)
        guard let (row, column) = place(of: vote) else { return nil }
        let (code, before) = (Self.code(column, vote.opinion), index(row, column))
        let earlier = before.map { Self.opinion(codes[$0]) }
        totals[Int(code)] += 1
        if let before {
            totals[Int(codes[before])] -= 1
            codes[before] = code
        } else {
            append(code, row)
        }
        return Change(
            row: row, column: column, before: earlier, after: vote.opinion, isNewParticipant: row == people,
            isNewStatement: column == items)
    }

    /// What a person said to a statement, by row and column.
    public func opinion(row: Int, column: Int) -> Opinion? {
        guard starts.indices.contains(row) else { return nil }
        return index(row, column).map { Self.opinion(codes[$0]) }
    }

    /// The votes of a row, in the order in which that person first voted on each statement.
    public func votes(row: Int) -> [(column: Int, opinion: Opinion)] {
        guard starts.indices.contains(row) else { return [] }
        return span(row).map { (Int(codes[$0]) / 3, Self.opinion(codes[$0])) }
    }

    /// The row of a person by number, and the column of a statement.
    public func row(of participant: Int) -> Int? { people.place(of: participant) }
    public func column(of statement: Int) -> Int? { items.place(of: statement) }

    public var participantCount: Int { people.count }
    public var statementCount: Int { items.count }

    /// What everybody said, by statement.
    public var tallies: [Tally] { (0..<statementCount).map { Tally(totals, column: $0) } }

    /// How many statements a person voted on, by row.
    public func voteCount(row: Int) -> Int { counts.indices.contains(row) ? Int(counts[row]) : 0 }

    /// Whether a column counts as 0 for everybody in the axes (step 2).
    func isZeroed(_ column: Int) -> Bool {
        let statement = items.numbers[column]
        return moderatedOut.contains(statement) || meta.contains(statement)
    }

    // MARK: Where things lie

    static func code(_ column: Int, _ opinion: Opinion) -> UInt16 { UInt16(column * 3 + 1 + Int(opinion.rawValue)) }
    static func opinion(_ code: UInt16) -> Opinion { Opinion(rawValue: Int8(code % 3) - 1) ?? .pass }

    func span(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row]) + Int(counts[row]) }

    private func index(_ row: Int, _ column: Int) -> Int? {
        span(row).first { Int(codes[$0]) / 3 == column }
    }

    /// The row and the column of a vote; new ones if need be, as far as the limits go.
    private mutating func place(of vote: Vote) -> (Int, Int)? { place(of: vote, ifTheSame: 0, -1) }

    /// The same, where somebody's row is known already; -1 where nobody's is.
    @inline(__always)
    private mutating func place(of vote: Vote, ifTheSame person: Int, _ known: Int) -> (Int, Int)? {
        let row = known >= 0 && vote.participant == person ? known : people.place(of: vote.participant)
        let column = items.place(of: vote.statement)
        if let row, let column { return (row, column) }
        guard row != nil || people.count < limits.participants, column != nil || items.count < limits.statements
        else {
            ignored += 1
            return nil
        }
        if row == nil {
            starts.append(UInt32(codes.count))
            counts.append(0)
            rooms.append(0)
        }
        if column == nil { totals += [0, 0, 0] }
        return (row ?? people.add(vote.participant), column ?? items.add(vote.statement))
    }

    private mutating func append(_ code: UInt16, _ row: Int) {
        if counts[row] == rooms[row] { move(row) }
        codes[Int(starts[row]) + Int(counts[row])] = code
        counts[row] += 1
        count += 1
    }

    /// Moves a row to the end, with room for half as many votes again.
    private mutating func move(_ row: Int) {
        let old = span(row)
        let room = min(Int(UInt16.max), old.count + old.count / 2 + 4)
        starts[row] = UInt32(codes.count)
        rooms[row] = UInt16(room)
        for index in old { codes.append(codes[index]) }
        for _ in old.count..<room { codes.append(0) }
    }

    /// A vote on its way to its row.
    private struct Gathered {
        let row: UInt32
        let code: UInt16
    }

    /// The votes that were laid down so far, to be gathered with others.
    private func rowByRow(atLeast count: Int) -> [Gathered] {
        var gathered: [Gathered] = []
        gathered.reserveCapacity(max(count, codes.count))
        for row in starts.indices {
            let end = row + 1 < starts.count ? Int(starts[row + 1]) : codes.count
            for index in Int(starts[row])..<end { gathered.append(Gathered(row: UInt32(row), code: codes[index])) }
        }
        return gathered
    }

    /// Lays votes row after row, in the order in which they came; then keeps the last on each statement.
    private mutating func lay(_ gathered: [Gathered]) {
        var ends = [UInt32](repeating: 0, count: people.count)
        for vote in gathered { ends[Int(vote.row)] += 1 }
        var end: UInt32 = 0
        for row in ends.indices {
            starts[row] = end
            end += ends[row]
            ends[row] = starts[row]
        }
        codes = [UInt16](repeating: 0, count: gathered.count)
        for vote in gathered {
            codes[Int(ends[Int(vote.row)])] = vote.code
            ends[Int(vote.row)] += 1
        }
        keepLast(ends)
    }

    /// Leaves one vote for each statement in every row, where the first of them lay, saying what the last one says.
    private mutating func keepLast(_ ends: [UInt32]) {
        guard !starts.isEmpty else { return }
        var seen = [Int32](repeating: -1, count: items.count)
        var places = [Int](repeating: 0, count: items.count)
        var kept = 0
        for row in ends.indices {
            let first = kept
            for index in Int(starts[row])..<Int(ends[row]) {
                let column = Int(codes[index]) / 3
                if seen[column] == Int32(row) {
                    codes[places[column]] = codes[index]
                } else {
                    seen[column] = Int32(row)
                    places[column] = kept
                    codes[kept] = codes[index]
                    kept += 1
                }
            }
            for index in first..<kept { totals[Int(codes[index])] += 1 }
            starts[row] = UInt32(first)
            counts[row] = UInt16(clamping: kept - first)
            rooms[row] = counts[row]
        }
        codes.removeLast(codes.count - kept)
        count = kept
    }
}
