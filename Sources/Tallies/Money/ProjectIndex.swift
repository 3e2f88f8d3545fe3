/// Finds a project by the bytes of its id, as fast as they can be read.
///
/// Up to eight bytes are one number, which is compared as it is; a longer id is folded into one, and its bytes are
/// compared as well. The table is open and at most half full.
struct ProjectIndex {
    private var keys: [UInt64]
    private var places: [Int32]
    private var lengths: [Int32]
    private let mask: Int
    /// The ids themselves, one after another, for those that are longer than eight bytes.
    private var text: [UInt8] = []
    private var textStarts: [Int] = []

    init(_ projects: [MoneyVote.Project]) {
        var size = 16
        while size < projects.count * 2 { size *= 2 }
        mask = size - 1
        keys = .init(repeating: 0, count: size)
        places = .init(repeating: -1, count: size)
        lengths = .init(repeating: 0, count: size)
        for (place, project) in projects.enumerated() {
            textStarts.append(text.count)
            text += project.id.utf8
            let key = project.id.utf8.reduce(UInt64(0)) { Self.adding($1, to: $0) }
            var slot = first(key)
            while places[slot] >= 0 { slot = (slot + 1) & mask }
            (keys[slot], places[slot], lengths[slot]) = (key, Int32(place), Int32(project.id.utf8.count))
        }
    }

    /// The key of an id with one more byte. Eight bytes lie side by side; what a ninth pushes out is mixed back in.
    @inline(__always)
    static func adding(_ byte: UInt8, to key: UInt64) -> UInt64 {
        (key << 8 | UInt64(byte)) ^ ((key >> 56) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The place of the project whose id has this key and these bytes.
    @inline(__always)
    func place(_ key: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
        var slot = first(key)
        while places[slot] >= 0 {
            if keys[slot] == key, Int(lengths[slot]) == to - from {
                let place = Int(places[slot])
                if to - from <= 8 || isSame(place, bytes, from, to) { return place }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func first(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }

    private func isSame(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Bool {
        (0..<(to - from)).allSatisfy { text[textStarts[place] + $0] == bytes[from + $0] }
    }
}
