/// Who has voted enough to be put in a group (step 3). Once in, always in.
struct Included: Sendable {
    /// By row.
    private(set) var isIn: [Bool] = []
    /// Rows of those who are in, ascending.
    private(set) var rows: [Int] = []

    init() {}

    /// Exactly these rows, of so many.
    init(rows: [Int], of count: Int) {
        isIn = [Bool](repeating: false, count: count)
        for row in rows { isIn[row] = true }
        self.rows = rows
    }

    /// Takes in whoever has voted enough by now.
    mutating func update(_ votes: Votes, _ method: Method) {
        let wanted = min(method.votesToBeIncluded, votes.statementCount)
        isIn += [Bool](repeating: false, count: votes.participantCount - isIn.count)
        let zeroed = method.countsModeratedOut ? (0..<votes.statementCount).map(votes.isZeroed) : []
        for row in isIn.indices where Self.count(row, votes, zeroed) >= wanted { isIn[row] = true }
        fill(votes, method)
        rows = isIn.indices.filter { isIn[$0] }
    }

    /// How many votes count for a person: their own, and those that zeroed statements give to everybody.
    private static func count(_ row: Int, _ votes: Votes, _ zeroed: [Bool]) -> Int {
        guard zeroed.contains(true) else { return Int(votes.counts[row]) }
        return zeroed.count { $0 } + votes.span(row).count { !zeroed[Int(votes.codes[$0]) / 3] }
    }

    /// Takes in one person who has now voted enough. Whether they weren't in before.
    mutating func add(_ row: Int, _ votes: Votes, _ method: Method) -> Bool {
        isIn += [Bool](repeating: false, count: votes.participantCount - isIn.count)
        let wanted = min(method.votesToBeIncluded, votes.statementCount)
        let zeroed = method.countsModeratedOut ? (0..<votes.statementCount).map(votes.isZeroed) : []
        guard !isIn[row], Self.count(row, votes, zeroed) >= wanted else { return false }
        isIn[row] = true
        rows.insert(row, at: rows.partitioned(before: row))
        return true
    }

    /// Those with most votes come too, the earlier first, where few have voted enough.
    private mutating func fill(_ votes: Votes, _ method: Method) {
        let missing = method.fewestIncluded - isIn.count { $0 }
        guard missing > 0 else { return }
        let others = isIn.indices.filter { !isIn[$0] }
        let most = others.sorted { (votes.counts[$1], $0) < (votes.counts[$0], $1) }
        for row in most.prefix(missing) { isIn[row] = true }
    }
}
