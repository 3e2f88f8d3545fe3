/// Reading votes and nothing else, as fast as the bytes come.
///
/// A file as Polis writes it is glanced over, eight bytes at a time. Whatever is not quite so is read again with care,
/// by ``VotesExport`` or ``ParticipantsExport``, which either understands it or says what is wrong.
extension Votes {
    /// Reads a `votes.csv`: the last vote of each person on each statement, by its time; of votes at the same time
    /// the one further down.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(votesCSV bytes: [UInt8], limits: Limits = .wide) throws(ExportTrouble) {
        if let list = VoteList(glancingAt: bytes.span.bytes) {
            self.init(inOrder: list.inOrder(), limits: limits)
        } else {
            self.init(try VotesExport(reading: bytes).votes.map(\.vote), limits: limits)
        }
    }

    /// Reads a `participants-votes.csv`. It does not say when people voted: their numbers, which were given out as
    /// they came, decide the order.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(participantsCSV bytes: [UInt8], limits: Limits = .wide) throws(ExportTrouble) {
        if let table = VoteTable(glancingAt: bytes) {
            self.init(inOrder: table, limits: limits)
        } else {
            self.init(inOrder: try ParticipantsExport(reading: bytes).votes, limits: limits)
        }
    }

    /// Reads a `votes.json`, likewise by time.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(votesJSON bytes: [UInt8], limits: Limits = .wide) throws(ExportTrouble) {
        self.init(try VotesJSON(reading: bytes).votes.map(\.vote), limits: limits)
    }
}

/// Votes as they come out of a file, sixteen bytes each, before they are put in order.
struct VoteList: Sequence {
    private(set) var lines: [Line] = []
    private(set) var isInOrder = true

    /// One vote: when, and the rest in one number.
    struct Line {
        let time: UInt64
        /// 31 bits of the person, 31 of the statement, and two of the opinion plus one.
        let rest: UInt64

        init(time: Int64, participant: Int64, statement: Int64, opinion: Int8) {
            self.time = UInt64(truncatingIfNeeded: time)
            rest =
                UInt64(truncatingIfNeeded: participant) << 33 | UInt64(truncatingIfNeeded: statement) << 2
                | UInt64(truncatingIfNeeded: opinion + 1)
        }

        var vote: Vote {
            Vote(
                participant: Int(rest >> 33), statement: Int(rest >> 2 & 0x7FFF_FFFF),
                opinion: Opinion(rawValue: Int8(truncatingIfNeeded: rest & 3) - 1) ?? .pass, time: Int64(time))
        }
    }

    init(roughly count: Int = 0) { lines.reserveCapacity(count) }

    mutating func add(_ line: Line) {
        if let last = lines.last, last.time > line.time { isInOrder = false }
        lines.append(line)
    }

    func makeIterator() -> Iterator { Iterator(lines: lines) }
    var underestimatedCount: Int { lines.count }

    struct Iterator: IteratorProtocol {
        let lines: [Line]
        var place = 0

        mutating func next() -> Vote? {
            guard place < lines.count else { return nil }
            place += 1
            return lines[place - 1].vote
        }
    }
}

// MARK: votes.csv

extension VoteList {
    /// The first line of every `votes.csv` so far.
    private static let header = Array("timestamp,datetime,comment-id,voter-id,vote\n".utf8)
    /// Bytes of the shortest line of a real export; a file of shorter lines only grows its list more often.
    private static let usualLine = 50

    /// Votes of a file that is exactly as Polis writes it; nothing for any other.
    init?(glancingAt bytes: RawSpan) {
        for (offset, byte) in Self.header.enumerated() {
            guard bytes.byte(offset) == byte else { return nil }
        }
        self.init(roughly: bytes.byteCount / Self.usualLine)
        var (offset, unit): (Int, TimeUnit?) = (Self.header.count, nil)
        while offset < bytes.byteCount {
            guard let line = Self.line(bytes, &offset, &unit) else { return nil }
            add(line)
        }
    }

    @inline(__always)
    private static func line(_ bytes: RawSpan, _ offset: inout Int, _ unit: inout TimeUnit?) -> Line? {
        guard let time = bytes.number(upTo: .comma, from: &offset), time <= TimeUnit.latest, time > 0,
            bytes.skipsText(from: &offset),
            let statement = bytes.number(upTo: .comma, from: &offset), statement <= Int32.max,
            let participant = bytes.number(upTo: .comma, from: &offset), participant <= Int32.max,
            let opinion = bytes.opinion(from: &offset), bytes.isLineEnd(offset)
        else { return nil }
        offset &+= 1
        let here = TimeUnit(of: time)
        if unit == nil { unit = here }
        guard here == unit else { return nil }
        return Line(
            time: here.milliseconds(time), participant: participant, statement: statement, opinion: opinion)
    }
}

// MARK: Order

extension VoteList {
    /// The same votes, sorted by their times; those of the same time stay as they are.
    ///
    /// Two thousand piles at a time, from the lowest digits to the highest: as many rounds as the spread of the times
    /// needs, which for a conversation of two years is four.
    consuming func inOrder() -> VoteList {
        guard !isInOrder, let least = lines.lazy.map(\.time).min(), let most = lines.lazy.map(\.time).max() else {
            return self
        }
        var other = lines
        let digit: UInt64 = 11
        var shift: UInt64 = 0
        while (most - least) >> shift > 0 {
            Self.pile(lines, into: &other, by: { Int(truncatingIfNeeded: ($0.time &- least) >> shift & 0x7FF) })
            swap(&lines, &other)
            shift += digit
        }
        isInOrder = true
        return self
    }

    /// One round: counts what goes onto each pile, then puts it there.
    @inline(__always)
    private static func pile(_ lines: [Line], into other: inout [Line], by pile: (Line) -> Int) {
        var places = [Int](repeating: 0, count: 2048)
        for line in lines { places[pile(line)] += 1 }
        var place = 0
        for index in places.indices {
            let count = places[index]
            places[index] = place
            place += count
        }
        for line in lines {
            let index = pile(line)
            other[places[index]] = line
            places[index] += 1
        }
    }
}
