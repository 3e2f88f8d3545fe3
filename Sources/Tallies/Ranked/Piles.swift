/// Ballots sorted into a pile for each option, as on a counting table. The ballots are tidy.
///
/// A pile is a row of lines, those that came together in order, so that the processor can fetch the next ballots while
/// it looks at one.
struct Piles {
    let ballots: Ballots
    private let marks: [Mark]
    private let ends: [Int32]
    /// Whether each option can still be given ballots.
    var isContinuing: [Bool]
    /// The lines in each option's pile.
    private var piles: [[Int32]]
    /// The mark that each ballot will be asked for next.
    private var place: [Int32]

    /// Every ballot still in hand, no pile begun.
    init(_ ballots: Ballots) {
        (self.ballots, marks, ends) = (ballots, ballots.marks, ballots.ends)
        isContinuing = [Bool](repeating: true, count: ballots.options.count)
        piles = [[Int32]](repeating: [], count: ballots.options.count)
        place = [0] + ballots.ends.dropLast()
    }

    /// The option that a ballot counts for now, of those that continue, or −1 where it names none any more. A ballot
    /// that likes several who continue the same can't be told apart, and names none.
    @inline(__always)
    mutating func next(_ line: Int) -> Int {
        let end = Int(ends[line])
        var at = Int(place[line])
        while at < end {
            let option = marks[at].option
            at += 1
            if at < end, marks[at].isTied {
                let found = nextAmong(at - 1, end, &at)
                guard found == Self.others else {
                    place[line] = Int32(truncatingIfNeeded: found < 0 ? end : at)
                    return found
                }
            } else if isContinuing[option] {
                place[line] = Int32(truncatingIfNeeded: at)
                return option
            }
        }
        place[line] = Int32(truncatingIfNeeded: end)
        return -1
    }

    /// Where nobody who continues shares a rank: ask the next.
    private static let others = -2

    /// Who continues of those that share the rank beginning at a place: the one, −1 where there are several, and
    /// `others` where there are none. Leaves `at` after the rank.
    private func nextAmong(_ start: Int, _ end: Int, _ at: inout Int) -> Int {
        var found = Self.others
        at = start
        repeat {
            if isContinuing[marks[at].option] { found = found == Self.others ? marks[at].option : -1 }
            at += 1
        } while at < end && marks[at].isTied
        return found
    }

    /// Lays a ballot on an option's pile.
    @inline(__always)
    mutating func lay(_ line: Int, on option: Int) {
        piles[option].append(Int32(truncatingIfNeeded: line))
    }

    /// Takes up an option's pile: its lines.
    mutating func takeUp(_ option: Int) -> [Int32] {
        var taken: [Int32] = []
        swap(&taken, &piles[option])
        return taken
    }
}
