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
        for row in isIn.indices where Int(votes.counts[row]) >= wanted { isIn[row] = true }
        fill(votes, method)
        rows = isIn.indices.filter { isIn[$0] }
    }

    /// Takes in one person who has now voted enough. Whether they weren't in before.
    mutating func add(_ row: Int, _ votes: Votes, _ method: Method) -> Bool {
        isIn += [Bool](repeating: false, count: votes.participantCount - isIn.count)
        let wanted = min(method.votesToBeIncluded, votes.statementCount)
        guard !isIn[row], Int(votes.counts[row]) >= wanted else { return false }
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
