/// Sums who is liked better than whom, a ballot at a time: its options' places lie in one vector, and for each option
/// one comparison finds all whom it is liked better than. Sums stay in bytes until a byte could overflow.
enum PairSums<Places: SIMD & Sendable> where Places.Scalar == Int8 {
    /// What is not on a ballot comes after everything that is: the largest place that a signed byte holds.
    private static var unnamed: Int8 { .max }
    /// So many ballots a byte can count.
    private static var mostInBytes: Int { 127 }

    /// The wins of every option against every other, row by row, from some of the lines.
    static func sum(_ ballots: Ballots, _ lines: Range<Int>) -> [Int] {
        let count = ballots.options.count
        var wins = [Int](repeating: 0, count: count * count)
        var bytes = [Places](repeating: Places(repeating: 0), count: count)
        var held = 0
        ballots.marks.withUnsafeBufferPointer { marks in
            bytes.withUnsafeMutableBufferPointer { bytes in
                for line in lines {
                    let places = places(marks, ballots.range(line))
                    let weight = ballots.counts[line]
                    if weight > mostInBytes {
                        add(places, weight, to: &wins, count)
                        continue
                    }
                    if held + weight > mostInBytes {
                        empty(bytes, into: &wins, count)
                        held = 0
                    }
                    held += weight
                    let weights = Places(repeating: Int8(truncatingIfNeeded: weight))
                    for option in 0..<count {
                        let isWorse = places .> Places(repeating: places[option])
                        bytes[option] &+= Places(repeating: 0).replacing(with: weights, where: isWorse)
                    }
                }
                empty(bytes, into: &wins, count)
            }
        }
        return wins
    }

    /// Each option's place on one ballot, from 0.
    @inline(__always)
    private static func places(_ marks: UnsafeBufferPointer<Mark>, _ range: Range<Int>) -> Places {
        var places = Places(repeating: unnamed)
        var rank: Int8 = -1
        for at in range {
            if !marks[at].isTied { rank &+= 1 }
            places[marks[at].option] = rank
        }
        return places
    }

    /// One line that many ballots were marked as.
    private static func add(_ places: Places, _ weight: Int, to wins: inout [Int], _ count: Int) {
        for a in 0..<count {
            for b in 0..<count where places[a] < places[b] { wins[a * count + b] += weight }
        }
    }

    private static func empty(_ bytes: UnsafeMutableBufferPointer<Places>, into wins: inout [Int], _ count: Int) {
        for a in 0..<count {
            for b in 0..<count { wins[a * count + b] += Int(bytes[a][b]) }
            bytes[a] = Places(repeating: 0)
        }
    }
}
