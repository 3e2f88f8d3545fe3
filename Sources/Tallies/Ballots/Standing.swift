extension Ballots {
    /// The same ballots without the options that stood down before the count, and without what says nothing to a
    /// rule that only compares options: ranks left empty, ranks spoilt, and an option's second mark.
    ///
    /// A second mark is passed over because the first already says how much the option is liked.
    public func tidied() -> Ballots {
        guard !isTidy else { return self }
        var kept = [Int?](repeating: nil, count: options.count)
        let gone = Set(withdrawn)
        var names: [String] = []
        for option in options.indices where !gone.contains(option) {
            kept[option] = names.count
            names.append(options[option])
        }
        var tidied = Ballots(options: names)
        (tidied.title, tidied.seats) = (title, seats)
        tidied.reserve(marks: marks.count, lines: lines)
        var seen = [Int](repeating: -1, count: names.count)
        for line in 0..<lines {
            // Whether the rank before has an option in the tidied ballot that a tied mark can share it with.
            var isOpen = false
            for mark in marks(of: line) {
                if !mark.isTied { isOpen = false }
                guard mark.isOption, let option = kept[mark.option], seen[option] != line else { continue }
                seen[option] = line
                tidied.append(Mark(option, isTied: isOpen))
                isOpen = true
            }
            tidied.close(count: counts[line])
        }
        return tidied
    }

    /// Whether everything on them is an option that stands, marked once: there is nothing to tidy.
    public var isTidy: Bool { withdrawn.isEmpty && !hasOddMarks }

    /// Whether a line of ballots has no mark on it.
    @inline(__always)
    public func isBlank(_ line: Int) -> Bool { range(line).isEmpty }

    /// Whether any ballot likes two options the same.
    public var hasTies: Bool { marks.contains { $0.isTied } }
}
