import Storage

extension Contribution {
    /// The columns that `init(row:from:)` reads, of a table or alias named `contribution`: 18 of them.
    static let columns: SQL = """
        contribution.id, contribution.project, contribution.gathering, contribution.seat, contribution.receipt,
        contribution.scribe, contribution.words, contribution.language, contribution.direction, contribution.signed,
        contribution.on_wall, contribution.shared, contribution.said, contribution.mended, contribution.read_back,
        contribution.taken_back, contribution.changed, contribution.version
        """

    init(row: Row, from column: Int = 0) {
        let seat: ID<Seat>? = row[column + 3]
        let receipt: ID<Receipt>? = row[column + 4]
        self.init(
            id: row[column], project: row[column + 1], gathering: row[column + 2],
            giver: seat.map { .seat($0) } ?? receipt.map { .receipt($0) } ?? .nobody,
            scribe: row[column + 5], words: row[column + 6], language: row[column + 7], direction: row[column + 8],
            isSigned: row[column + 9], isOnWall: row[column + 10], shared: row[column + 11], said: row[column + 12],
            mended: row[column + 13], readBack: row[column + 14], takenBack: row[column + 15],
            changed: row[column + 16], version: row[column + 17])
    }
}
