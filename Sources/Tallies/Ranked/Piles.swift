/// Ballots sorted into a pile for each option, as on a counting table. The ballots are tidy.
///
/// A pile is a chain of lines, so that moving a ballot from pile to pile moves two numbers and nothing is allocated.
struct Piles {
    let ballots: Ballots
    /// Whether each option can still be given ballots.
    var isContinuing: [Bool]
    /// The first line of each option's pile, or −1.
    private var first: [Int32]
    /// The line after each line in its pile, or −1.
    private(set) var after: [Int32]
    /// The mark that each ballot will be asked for next.
    private var place: [Int32]

    /// Every ballot still in hand, no pile begun.
    init(_ ballots: Ballots) {
        self.ballots = ballots
        isContinuing = [Bool](repeating: true, count: ballots.options.count)
        first = [Int32](repeating: -1, count: ballots.options.count)
        after = [Int32](repeating: -1, count: ballots.lines)
        place = [0] + ballots.ends.dropLast()
    }

    /// The option that a ballot counts for now, of those that continue, or −1 where it names none any more. A ballot
    /// that likes several who continue the same can't be told apart, and names none.
    @inline(__always)
    mutating func next(_ line: Int) -> Int {
        let end = ballots.ends[line]
        var at = place[line]
        while at < end {
            var (found, alike) = (-1, 0)
            repeat {
                let option = ballots.marks[Int(at)].option
                if isContinuing[option] { (found, alike) = (option, alike + 1) }
                at += 1
            } while at < end && ballots.marks[Int(at)].isTied
            guard alike == 0 else {
                place[line] = alike == 1 ? at : end
                return alike == 1 ? found : -1
            }
        }
        place[line] = end
        return -1
    }

    /// Lays a ballot on an option's pile.
    @inline(__always)
    mutating func lay(_ line: Int, on option: Int) {
        after[line] = first[option]
        first[option] = Int32(truncatingIfNeeded: line)
    }

    /// Takes up an option's pile: its first line, after which the others follow by `after`.
    mutating func takeUp(_ option: Int) -> Int {
        defer { first[option] = -1 }
        return Int(first[option])
    }
}
