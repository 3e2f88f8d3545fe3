/// Which option a name stands for, by how it is spelt in a file: found from the bytes, with no text made of them.
///
/// It is a memory of what was looked up with care before. What it does not know is looked up with care again.
struct Spellings: ~Copyable {
    /// One spelling: where it first stood in the file, its hash, and what it stands for.
    private struct Known {
        let start: Int32
        let length: Int32
        let hash: UInt64
        let meaning: Int32
    }

    private var known: [Known] = []
    /// Places in `known`, by hash (open addressing); -1 where there is none.
    private let slots: UnsafeMutableBufferPointer<Int32>

    /// More spellings than this are no names of options: they are looked up with care each time.
    private static let most = 1 << 16

    init() {
        // At most half full, so that a search is short.
        slots = .allocate(capacity: Self.most * 2)
        slots.initialize(repeating: -1)
    }

    deinit { slots.deallocate() }

    /// What the bytes there stand for, if that was said before.
    @inline(__always)
    func meaning(of range: Range<Int>, _ cursor: borrowing Cursor) -> Int? {
        let hash = cursor.hash(of: range)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let one = known[Int(slots[slot])]
            if one.hash == hash, Int(one.length) == range.count, cursor.isSame(Int(one.start), range) {
                return Int(one.meaning)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Keeps what bytes stand for, which was not known yet.
    mutating func keep(_ meaning: Int, for range: Range<Int>, _ cursor: borrowing Cursor) {
        guard known.count < Self.most else { return }
        let hash = cursor.hash(of: range)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(known.count)
        known.append(
            Known(start: Int32(range.lowerBound), length: Int32(range.count), hash: hash, meaning: Int32(meaning)))
    }
}

extension Cursor {
    /// A number that bytes make, four at a time; others hardly ever make the same.
    @inline(__always)
    fileprivate func hash(of range: Range<Int>) -> UInt64 {
        var (hash, place) = (UInt64(truncatingIfNeeded: range.count), range.lowerBound)
        while place + 4 <= range.upperBound {
            hash = Self.mixed(hash, word(at: place) ?? 0)
            place += 4
        }
        var rest: UInt32 = 0
        while place < range.upperBound {
            rest = rest << 8 | UInt32(self[place])
            place += 1
        }
        return Self.mixed(hash, rest)
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt32) -> UInt64 {
        let mixed = (hash ^ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 32
    }

    /// Whether the same bytes stand at a place that was read before.
    @inline(__always)
    fileprivate func isSame(_ start: Int, _ range: Range<Int>) -> Bool {
        for offset in 0..<range.count where self[start + offset] != self[range.lowerBound + offset] { return false }
        return true
    }
}
