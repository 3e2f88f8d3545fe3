/// Ranked ballots, as they were marked: each an order of some options, with how many were marked just so.
///
/// All marks lie one after another in one flat row, so that a million ballots are one array. Options are named by
/// their places, from 0.
public struct Ballots: Sendable, Hashable {
    /// The most options that can stand: a mark has fifteen bits for one, and the last few say something else.
    public static let mostOptions = 32_000
    /// The most ballots, all together: sums of points and products of pairs stay far inside 64 bits.
    public static let mostBallots = 1 << 40

    /// The options' names, in the order of the file or of the ballot paper.
    public private(set) var options: [String]
    /// What the ballots are about.
    public var title = ""
    /// How many are to be elected, where the file says.
    public var seats: Int?
    /// Options that stood down before the count: they are passed over wherever they are marked.
    public var withdrawn: [Int] = []

    /// The marks of all ballots, in order.
    public private(set) var marks: [Mark] = []
    /// Where the marks of each ballot end; they begin where those of the ballot before end.
    public private(set) var ends: [Int32] = []
    /// How many people marked each ballot just so.
    public private(set) var counts: [Int] = []
    /// How many ballots there are, all together.
    public private(set) var total = 0
    /// Whether some rank was skipped or spoilt, or some option marked twice on one ballot.
    public internal(set) var hasOddMarks = false

    /// No ballots yet.
    public init(options: [String]) {
        precondition(options.count <= Self.mostOptions, "a ballot has at most \(Self.mostOptions) options")
        self.options = options
    }

    /// How many different lines of ballots there are.
    public var lines: Int { ends.count }

    /// The places of a ballot's marks.
    @inline(__always)
    public func range(_ line: Int) -> Range<Int> {
        (line == 0 ? 0 : Int(ends[line - 1]))..<Int(ends[line])
    }

    /// One ballot's marks.
    public func marks(of line: Int) -> ArraySlice<Mark> { marks[range(line)] }

    /// Adds ballots, all marked the same. The marks name options that there are; the first is not tied to anything.
    public mutating func add(_ ballot: some Sequence<Mark>, count: Int = 1) {
        let start = marks.count
        for mark in ballot {
            if !mark.isOption || marks[start...].contains(where: { $0.option == mark.option }) { hasOddMarks = true }
            append(mark)
        }
        close(count: count)
    }

    /// Adds a ballot that ranks options from the most liked, each above the next.
    public mutating func add(order: [Int], count: Int = 1) {
        add(order.lazy.map { Mark($0) }, count: count)
    }

    /// Adds a ballot of ranks, in each of which options are liked the same.
    public mutating func add(ranks: [[Int]], count: Int = 1) {
        let marks = ranks.flatMap { rank in
            rank.enumerated().map { place, option in Mark(option, isTied: place > 0) }
        }
        add(marks, count: count)
    }

    @inline(__always)
    mutating func append(_ mark: Mark) { marks.append(mark) }

    @inline(__always)
    mutating func append(_ line: borrowing LineOfMarks) { marks.append(contentsOf: line.all) }

    /// Ends the ballot whose marks were appended.
    @inline(__always)
    mutating func close(count: Int) {
        ends.append(Int32(truncatingIfNeeded: marks.count))
        counts.append(count)
        total += count
    }

    /// So many more marked a ballot just as this line has it.
    mutating func raise(_ line: Int, by count: Int) {
        counts[line] += count
        total += count
    }

    /// The same with these names, for files that name the options last. There are as many as the marks need.
    consuming func named(_ names: [String]) -> Ballots {
        options = names
        return self
    }

    mutating func reserve(marks: Int, lines: Int) {
        self.marks.reserveCapacity(marks)
        ends.reserveCapacity(lines)
        counts.reserveCapacity(lines)
    }
}

/// One mark on a ranked ballot.
public struct Mark: Sendable, Hashable {
    /// The option, or one of the two that stand for none; the highest bit says that it shares the rank before it.
    let bits: UInt16

    @inline(__always)
    init(bits: UInt16) { self.bits = bits }

    /// An option; tied if it is liked as much as the mark before it.
    @inline(__always)
    public init(_ option: Int, isTied: Bool = false) {
        bits = UInt16(truncatingIfNeeded: option) | (isTied ? 0x8000 : 0)
    }

    /// A rank that was left empty though a later one is not.
    public static let skipped = Mark(bits: 0x7FFF)
    /// A rank at which more was marked than can be told apart, where the file says no more than that.
    public static let overvote = Mark(bits: 0x7FFE)

    /// The option's place. Means something only where `isOption`.
    @inline(__always)
    public var option: Int { Int(bits & 0x7FFF) }
    /// Whether it names an option, and not a rank with none.
    @inline(__always)
    public var isOption: Bool { bits & 0x7FFF < 0x7FFE }
    /// Whether it shares the rank of the mark before it.
    @inline(__always)
    public var isTied: Bool { bits & 0x8000 != 0 }
}
