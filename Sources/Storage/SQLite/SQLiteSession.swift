internal import GRDB
internal import GRDBSQLite

/// One SQLite connection at work, inside a transaction.
///
/// GRDB opens the connection, keeps it on its own queue and remembers the prepared statements; the values go in
/// and out through SQLite's own functions, by position, with nothing in between.
final class SQLiteSession: Session {
    let engine = Engine.sqlite
    private let database: GRDB.Database
    /// The first statement that failed. Caught or not, it fails the write, as PostgreSQL would.
    private(set) var failure: (any Error)?

    init(_ database: GRDB.Database) {
        self.database = database
    }

    /// Whether a transaction is open. After some failures (a full disk) SQLite ends it by itself.
    var isInTransaction: Bool {
        sqlite3_get_autocommit(database.sqliteConnection) == 0
    }

    func rows(_ text: String, _ values: [Bound], _ each: (Row) throws -> Bool) throws {
        try prepared(text, values) { statement in
            let cursor = SQLiteCursor(statement)
            defer { cursor.number = 0 }
            var number = 0
            while try step(statement) {
                number += 1
                cursor.number = number
                if try !each(Row(cursor: cursor, number: number)) { return }
            }
        }
    }

    func run(_ text: String, _ values: [Bound]) throws -> Int {
        try prepared(text, values) { statement in
            let before = sqlite3_total_changes64(database.sqliteConnection)
            while try step(statement) {}
            let isChanged = sqlite3_total_changes64(database.sqliteConnection) != before
            return isChanged ? Int(sqlite3_changes64(database.sqliteConnection)) : 0
        }
    }

    func script(_ text: String) throws {
        guard sqlite3_exec(database.sqliteConnection, text, nil, nil, nil) == SQLITE_OK else { throw trouble() }
    }

    /// Runs a body and fails if any of its statements did.
    func whole<Made>(_ body: () throws -> Made) throws -> Made {
        failure = nil
        let made = try body()
        if let failure { throw failure }
        return made
    }

    private func prepared<Made>(
        _ text: String, _ values: [Bound], _ use: (OpaquePointer) throws -> Made
    ) throws -> Made {
        let statement = try prepare(text)
        let pointer = statement.sqliteStatement
        defer {
            sqlite3_reset(pointer)
            sqlite3_clear_bindings(pointer)
        }
        precondition(
            sqlite3_bind_parameter_count(pointer) == values.count,
            "a placeholder was written by hand: \(text)"
        )
        for (place, bound) in values.enumerated() { try bind(bound.value, at: CInt(place + 1), in: pointer) }
        return try withExtendedLifetime(statement) { try use(pointer) }
    }

    private func prepare(_ text: String) throws -> GRDB.Statement {
        do {
            let kept = try database.cachedStatement(sql: text)
            // The same query asked again while its rows are being read needs a statement of its own.
            guard sqlite3_stmt_busy(kept.sqliteStatement) != 0 else { return kept }
            return try database.makeStatement(sql: text)
        } catch let error as GRDB.DatabaseError {
            throw noted(StorageTrouble(error))
        }
    }

    private func bind(_ value: Value, at place: CInt, in statement: OpaquePointer) throws {
        let result =
            switch value {
            case .null:
                sqlite3_bind_null(statement, place)
            case .integer(let number):
                sqlite3_bind_int64(statement, place, number)
            case .real(let number):
                sqlite3_bind_double(statement, place, try number.keepable)
            case .text(let text):
                try bind(text.keepable, at: place, in: statement)
            case .blob(let bytes) where bytes.isEmpty:
                sqlite3_bind_zeroblob(statement, place, 0)
            case .blob(let bytes):
                sqlite3_bind_blob64(statement, place, bytes, UInt64(bytes.count), Self.copied)
            }
        guard result == SQLITE_OK else { throw trouble() }
    }

    private func bind(_ text: String, at place: CInt, in statement: OpaquePointer) -> CInt {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                // An empty string may have no address, and SQLite would take that for a null.
                sqlite3_bind_text64(
                    statement, place, $0.baseAddress ?? Self.nothing, UInt64($0.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
    }

    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        // What is said while a statement runs may repeat a value: a search index quotes what was searched for.
        default: throw trouble(isTold: false)
        }
    }

    /// What went wrong last. SQLite's own words are only told where they can be about nothing but the query.
    private func trouble(isTold: Bool = true) -> any Error {
        let connection = database.sqliteConnection
        let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        let code = sqlite3_extended_errcode(connection)
        // Where a rule was broken, the message is the only place that names its table.
        let isRule = code & 0xFF == SQLITE_CONSTRAINT
        return noted(SQLiteTrouble.error(code: code, message: isTold || isRule ? message : ""))
    }

    private func noted(_ error: any Error) -> any Error {
        if failure == nil { failure = error }
        return error
    }

    /// Asks SQLite to take a copy of what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    nonisolated(unsafe) private static let nothing = UnsafePointer(UnsafeMutablePointer<CChar>.allocate(capacity: 1))
}

/// Where SQLite stands in an answer.
private final class SQLiteCursor: Cursor {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) {
        self.statement = statement
        super.init(columns: Int(sqlite3_column_count(statement)))
    }

    override func value(_ column: Int) -> Value {
        let column = CInt(column)
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT:
            return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            return .blob([UInt8](bytes))
        default:
            return .null
        }
    }
}
