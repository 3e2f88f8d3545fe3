/// What most lines of most files are, small whole numbers with one byte between them, four bytes at a time.
///
/// Readers try these first. Where a line is anything else nothing is stepped over, and the line is read again with care
/// by whoever asked, who either understands it or says what is wrong: there is one place that refuses, and it is not
/// here.
extension Cursor {
    /// A whole number of at most three digits, and what stands after it. Where no digit stands here, `length` is 0;
    /// where there are more, or the file is about to end, it is 4, and the rest means nothing.
    struct Small {
        let number: Int
        let length: Int
        let after: UInt8
    }

    /// The small number at a place; nothing is stepped over.
    @inline(__always)
    func small(at place: Int) -> Small {
        guard let word = word(at: place) else { return Small(number: 0, length: 4, after: 0) }
        let digits = word ^ 0x3030_3030
        // The highest bit of a byte is set in the first that is no digit; after that one it may say anything.
        let others = ((digits &+ 0x7676_7676) | digits) & 0x8080_8080
        let length = others.trailingZeroBitCount >> 3
        let shifted = UInt64(digits) << (32 - 8 * UInt64(length))
        let number = (shifted >> 24 & 0xFF) &+ (shifted >> 16 & 0xFF) &* 10 &+ (shifted >> 8 & 0xFF) &* 100
        return Small(
            number: Int(truncatingIfNeeded: number), length: length,
            after: UInt8(truncatingIfNeeded: UInt64(word) >> (8 * UInt64(length))))
    }

    /// Steps over numbers from 1 to as many as there are options, each once, parted by a byte, to the end of the line;
    /// the last is followed by a 0, or it is not.
    @inline(__always)
    mutating func takePlainMarks(_ marks: inout LineOfMarks, partedBy separator: UInt8, endsInZero: Bool) -> Bool {
        marks.begin()
        var place = at
        while true {
            let small = small(at: place)
            guard small.length &- 1 < 3 else { return false }
            place += small.length
            let isMarked = marks.add(small.number)
            if isMarked, small.after == separator {
                place += 1
                continue
            }
            // Here the line should be at its end.
            let isEnded = small.after == 10 || small.after == 13
            guard isEnded, endsInZero ? small.number == 0 : isMarked else { return false }
            move(to: place)
            return true
        }
    }

    /// Steps over a row of so many numbers parted by commas, and its line's end. Each is handed over with its column,
    /// -1 where one is left out; who takes them may refuse.
    @inline(__always)
    mutating func takePlainRow(of columns: Int, _ take: (_ column: Int, _ number: Int) -> Bool) -> Bool {
        var (place, isBlank) = (at, true)
        for column in 0..<columns {
            let small = small(at: place)
            guard small.length < 4, take(column, small.length == 0 ? -1 : small.number) else { return false }
            isBlank = isBlank && small.length == 0
            place += small.length
            let isLast = column + 1 == columns
            guard isLast ? small.after == 10 || small.after == 13 : small.after == UInt8(ascii: ",") else {
                return false
            }
            if !isLast { place += 1 }
        }
        // A row of nothing is no ballot.
        guard !isBlank else { return false }
        move(to: place)
        endLine()
        return true
    }

    /// Steps over a small number and the comma after it; nothing where there is anything else.
    @inline(__always)
    mutating func takePlainCount() -> Int? {
        let small = small(at: at)
        guard small.length &- 1 < 3, small.number > 0, small.after == UInt8(ascii: ",") else { return nil }
        move(to: at + small.length + 1)
        return small.number
    }
}

/// The options that one line marks, gathered apart until the line is known to be plain.
struct LineOfMarks: ~Copyable {
    private let marks: UnsafeMutableBufferPointer<Mark>
    /// By option, or by rank where these are what is named: the last line that it was marked on.
    private let lines: UnsafeMutableBufferPointer<Int32>
    private var line: Int32 = -1
    private var count = 0
    private var lowest = 0

    init(options: Int) {
        marks = .allocate(capacity: options)
        lines = .allocate(capacity: options)
        lines.initialize(repeating: -1)
    }

    deinit {
        marks.deallocate()
        lines.deallocate()
    }

    /// Begins another line.
    @inline(__always)
    mutating func begin() {
        line &+= 1
        (count, lowest) = (0, 0)
    }

    /// Marks an option, by its number from 1, below all before it; false where there is none of that number, or it is
    /// on the line already.
    @inline(__always)
    mutating func add(_ number: Int) -> Bool {
        guard UInt(bitPattern: number &- 1) < UInt(bitPattern: lines.count), lines[number &- 1] != line else {
            return false
        }
        lines[number &- 1] = line
        marks[count] = Mark(number &- 1)
        count += 1
        return true
    }

    /// Marks an option at a rank from 1; false where there is no such rank, or it is marked already.
    @inline(__always)
    mutating func add(_ option: Int, at rank: Int) -> Bool {
        guard UInt(bitPattern: rank &- 1) < UInt(bitPattern: lines.count), lines[rank &- 1] != line else {
            return false
        }
        lines[rank &- 1] = line
        marks[rank &- 1] = Mark(option)
        count += 1
        lowest = max(lowest, rank)
        return true
    }

    /// Whether no rank was left out above the lowest that was marked.
    @inline(__always)
    var hasEveryRank: Bool { lowest == count }

    /// The marks of the line.
    @inline(__always)
    var all: UnsafeBufferPointer<Mark> { UnsafeBufferPointer(rebasing: marks[..<count]) }
}
