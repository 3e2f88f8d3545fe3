/// Sums who is liked better than whom, a ballot at a time: its options' places lie in one row of bytes, and for each
/// option one pass over that row, which the processor takes sixteen at a time, finds all whom it is liked better than.
/// Sums stay in bytes until a byte could overflow.
struct PairSums {
    /// The most options: a place is a signed byte, and what is not on a ballot comes after every place.
    static let mostOptions = 120
    private static let unnamed = Int8.max
    /// So many ballots a byte can count.
    private static let mostInBytes = 127
    private typealias Vector = SIMD16<Int8>

    private let count: Int
    /// How many vectors hold a byte for each option.
    private let vectors: Int
    /// Each option's place on the ballot at hand, and then, row by row, the wins that are held in bytes.
    private var rows: [Vector]
    private var wins: [Int]

    private init(_ count: Int) {
        self.count = count
        vectors = (count + Vector.scalarCount - 1) / Vector.scalarCount
        rows = [Vector](repeating: Vector(repeating: 0), count: vectors * (count + 1))
        wins = [Int](repeating: 0, count: count * count)
    }

    /// The wins of every option against every other, row by row, from some of the lines. The ballots are tidy.
    static func sum(_ ballots: Ballots, _ lines: Range<Int>) -> [Int] {
        var sums = PairSums(ballots.options.count)
        var held = 0
        for line in lines {
            let weight = ballots.counts[line]
            sums.place(ballots.marks, ballots.range(line))
            if weight > mostInBytes {
                sums.addWide(weight)
                continue
            }
            if held + weight > mostInBytes {
                sums.empty()
                held = 0
            }
            held += weight
            sums.add(Int8(truncatingIfNeeded: weight))
        }
        sums.empty()
        return sums.wins
    }

    /// Each option's place on one ballot, from 0.
    @inline(__always)
    private mutating func place(_ marks: [Mark], _ range: Range<Int>) {
        for vector in 0..<vectors { rows[vector] = Vector(repeating: Self.unnamed) }
        rows.withUnsafeMutableBytes { places in
            var rank: UInt8 = .max
            for at in range {
                if !marks[at].isTied { rank &+= 1 }
                places[marks[at].option] = rank
            }
        }
    }

    @inline(__always)
    private mutating func add(_ weight: Int8) {
        let (vectors, count, weights) = (vectors, count, Vector(repeating: weight))
        rows.withUnsafeMutableBufferPointer { rows in
            let places = UnsafeRawPointer(rows.baseAddress!)
            for option in 0..<count {
                let own = Vector(repeating: places.load(fromByteOffset: option, as: Int8.self))
                for vector in 0..<vectors {
                    // The sign of the difference, spread over the byte, is all ones where the other comes later.
                    let isWorse = (own &- rows[vector]) &>> Vector(repeating: 7)
                    rows[(option + 1) * vectors + vector] &+= weights & isWorse
                }
            }
        }
    }

    /// One line that many ballots were marked as.
    private mutating func addWide(_ weight: Int) {
        for one in 0..<count {
            for other in 0..<count where byte(0, other) > byte(0, one) { wins[one * count + other] += weight }
        }
    }

    private mutating func empty() {
        for one in 0..<count {
            for other in 0..<count { wins[one * count + other] += Int(byte(one + 1, other)) }
        }
        for vector in vectors..<rows.count { rows[vector] = Vector(repeating: 0) }
    }

    @inline(__always)
    private func byte(_ row: Int, _ option: Int) -> Int8 {
        rows[row * vectors + option / Vector.scalarCount][option % Vector.scalarCount]
    }
}
