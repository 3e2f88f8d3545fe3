extension Database {
    /// Reads the whole of one moment of the database, however much it is, while people go on writing.
    ///
    /// The body is run once and takes as long as it takes, so it may write a file as it goes. On PostgreSQL the
    /// moment is one that a line of writes, one after another, would have come to (`deferrable`).
    public func survey<Made: Sendable>(_ body: @escaping @Sendable (Survey) throws -> Made) async throws -> Made {
        try await store.survey { try body(Survey($0)) }
    }
}

/// The whole of a database at one moment, read row by row: no more than a few rows are held at a time.
public final class Survey {
    /// How many rows are fetched from a server at once.
    static let fetched = 500
    /// The same where a row may hold a whole file.
    static let fetchedWithBytes = 4

    /// For questions about the same moment.
    public let reader: Reader
    private let session: any Session

    init(_ session: any Session) {
        self.session = session
        reader = Reader(session)
    }

    /// The migrations that the database has been through, by name.
    public func migrations() throws -> [String] {
        try reader.all("select name from migration order by name") { $0[0] }
    }

    /// Gives every row of a table in the order of its key, each as the values of its columns in theirs.
    public func rows(of table: Table, _ each: ([Value]) throws -> Void) throws {
        let columns = table.columns.map(\.name.quotedName).joined(separator: ", ")
        let key = table.key.map(\.quotedName).joined(separator: ", ")
        let question = "select \(columns) from \(table.name.quotedName) order by \(key)"
        func give(_ row: Row) throws -> Bool {
            try each((0..<row.count).map(row.value))
            return true
        }
        switch session.engine {
        case .sqlite:
            try session.rows(asWritten: question, give)
        case .postgres:
            let cursor = "whole_\(table.name)".quotedName
            let many = table.columns.contains { $0.kind == .blob } ? Self.fetchedWithBytes : Self.fetched
            try session.script("declare \(cursor) no scroll cursor for \(question)")
            var isOver = false
            while !isOver {
                isOver = true
                try session.rows(asWritten: "fetch forward \(many) from \(cursor)") { row in
                    isOver = false
                    return try give(row)
                }
            }
            try session.script("close \(cursor)")
        }
    }

    /// The last number that a counter gave: a sequence on PostgreSQL, a table of one row on SQLite.
    ///
    /// A sequence does not stand still with the moment, so this may be further on than the rows; never behind them.
    public func reached(_ counter: String) throws -> Int64 {
        let name = counter.quotedName
        let question =
            switch session.engine {
            case .sqlite: "select reached from \(name)"
            case .postgres: "select case when is_called then last_value else 0 end from \(name)"
            }
        var reached: Int64 = 0
        try session.rows(asWritten: question) { row in
            reached = row[0]
            return false
        }
        return reached
    }
}
