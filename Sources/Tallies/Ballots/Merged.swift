extension Ballots {
    /// The same ballots with those that are marked alike in one line, in the order in which each was first seen.
    ///
    /// A hash of the marks finds the line (open addressing); the marks themselves decide.
    public func merged() -> Ballots {
        var merged = Ballots(options: options)
        (merged.title, merged.seats, merged.withdrawn) = (title, seats, withdrawn)
        merged.hasOddMarks = hasOddMarks
        merged.reserve(marks: marks.count, lines: lines)
        var slots = Slots(for: lines)
        for line in 0..<lines {
            let range = range(line)
            let hash = Self.hash(marks, range)
            let found = slots.find(hash) { other in
                let theirs = merged.range(other)
                return theirs.count == range.count && zip(theirs, range).allSatisfy { merged.marks[$0] == marks[$1] }
            }
            if let found {
                merged.raise(found, by: counts[line])
            } else {
                slots.keep(merged.lines)
                for place in range { merged.append(marks[place]) }
                merged.close(count: counts[line])
            }
        }
        return merged
    }

    @inline(__always)
    static func hash(_ marks: [Mark], _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in range {
            hash = (hash ^ UInt64(marks[place].bits)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        return hash
    }
}

/// Which line lies where, by hash.
private struct Slots {
    private var lines: [Int32]
    private var place = 0

    init(for count: Int) {
        // At most half full, so that a search is short.
        var size = 16
        while size < count * 2 { size *= 2 }
        lines = [Int32](repeating: -1, count: size)
    }

    /// The line that is the same, by hash and then by `isSame`; where there is none, the place to keep a new one.
    mutating func find(_ hash: UInt64, isSame: (Int) -> Bool) -> Int? {
        let mask = lines.count - 1
        place = Int(truncatingIfNeeded: hash) & mask
        while lines[place] >= 0 {
            if isSame(Int(lines[place])) { return Int(lines[place]) }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Keeps a line in the place that was last looked for in vain.
    mutating func keep(_ line: Int) { lines[place] = Int32(line) }
}
