/// What a table is told of how many come to it in which way.
///
/// A count must lead to nobody. So there are no counts of few, and none that differ from the last by so little that
/// whoever came, left or changed their mind in between could be told from the difference. Sides are never put together
/// or taken apart, and no total is shown: either would give a small side away.
struct Balance: Sendable, Equatable {
    /// The sides that are shown, with how many. A side that isn't here has too few, or nobody.
    let shown: Sides

    /// Answers that there must be in all.
    static let fewestInAll = 5
    /// Answers on every side that is shown.
    static let fewestOnASide = 3
    /// Answers that must have changed since the counts that were shown last.
    static let fewestChanged = 3

    /// What may be shown of a table, whatever was shown before; nothing when it may not be counted.
    init?(of table: Sides) {
        guard table.values.reduce(0, +) >= Self.fewestInAll else { return nil }
        let shown = table.filter { $0.value >= Self.fewestOnASide }
        guard !shown.isEmpty else { return nil }
        self.shown = shown
    }

    /// Counts as they were kept.
    init(shown: Sides) { self.shown = shown }

    /// What is shown from a gathering on, given what was shown before it: new counts, or else the
    /// old ones as they were.
    static func refreshed(_ last: Balance?, by table: Sides) -> Balance? {
        guard let new = Balance(of: table) else { return last }
        guard let last else { return new }
        return last.leastChanged(to: table) >= fewestChanged ? new : last
    }

    /// The fewest people who can have come, gone or said otherwise between these counts and a table: who and from what
    /// to what is kept nowhere, so it is told from the counts alone.
    ///
    /// Each changes at most one side by one more and one by one fewer. Of a side that was not shown nothing is known
    /// but that it had fewer than `fewestOnASide`, and as many of its people as can be are taken to have been there.
    func leastChanged(to table: Sides) -> Int {
        var (more, fewer) = (0, 0)
        for side in Side.allCases {
            let now = table[side] ?? 0
            if let before = shown[side] {
                more += max(0, now - before)
                fewer += max(0, before - now)
            } else {
                more += max(0, now - (Self.fewestOnASide - 1))
            }
        }
        return max(more, fewer)
    }
}

/// What is kept of a table's counts: those shown last, and up to which gathering it has been looked.
struct KeptBalance: Sendable {
    /// When the last gathering began for which it was looked whether there are new counts.
    let looked: Moment
    /// When the gathering began at which the counts that are shown were made.
    let counted: Moment?
    let balance: Balance?
}
