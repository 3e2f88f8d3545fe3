internal import GRDBSQLite

/// One SQLite connection at work, inside a transaction.
///
/// The values go in and out through SQLite's own functions, by position, with nothing in between.
final class SQLiteSession: Session {
    let engine = Engine.sqlite
    private let connection: SQLiteConnection
    /// The first statement that failed. Caught or not, it fails the write, as PostgreSQL would.
    private(set) var failure: (any Error)?
    /// Whether what was kept is known to be of this moment.
    private var isSeen = false
    private let keeps: Bool

    /// - Parameter keeps: whether it only reads, all of it one moment, so that what it makes may be kept.
    init(_ connection: SQLiteConnection, keeps: Bool = false) {
        (self.connection, self.keeps) = (connection, keeps)
    }

    /// Whether a transaction is open. After some failures (a full disk) SQLite ends it by itself.
    var isInTransaction: Bool {
        sqlite3_get_autocommit(connection.pointer) == 0
    }

    func rows(_ query: SQL, _ each: (Row) throws -> Bool) throws {
        try bound(query) { try rows(of: $0, each) }
    }

    func rows(asWritten text: String, _ each: (Row) throws -> Bool) throws {
        let statement = try connection.prepare(text)
        defer { connection.done((statement, isKept: false)) }
        try rows(of: statement, each)
    }

    private func rows(of statement: OpaquePointer, _ each: (Row) throws -> Bool) throws {
        let cursor = SQLiteCursor(statement)
        defer { cursor.number = 0 }
        var number = 0
        while try step(statement) {
            number += 1
            cursor.number = number
            if try !each(Row(cursor: cursor, number: number)) { return }
        }
    }

    func fill(_ table: String, _ columns: [Column], _ next: () throws -> [Value]?) throws {
        let names = columns.map(\.name.quotedName).joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        var statement: OpaquePointer?
        let text = "insert into \(table.quotedName) (\(names)) values (\(places))"
        guard sqlite3_prepare_v2(connection.pointer, text, -1, &statement, nil) == SQLITE_OK, let statement
        else { throw trouble() }
        defer { sqlite3_finalize(statement) }
        while let values = try next() {
            for (place, value) in values.enumerated() { try bind(value, at: CInt(place + 1), in: statement) }
            _ = try step(statement)
            sqlite3_reset(statement)
        }
    }

    func run(_ statement: SQL) throws -> Int {
        try bound(statement) { statement in
            let before = sqlite3_total_changes64(connection.pointer)
            while try step(statement) {}
            let isChanged = sqlite3_total_changes64(connection.pointer) != before
            return isChanged ? Int(sqlite3_changes64(connection.pointer)) : 0
        }
    }

    func script(_ text: String) throws {
        guard sqlite3_exec(connection.pointer, text, nil, nil, nil) == SQLITE_OK else { throw trouble() }
    }

    func keeping() throws -> Keeping? {
        guard keeps else { return nil }
        if !isSeen {
            // It counts what anybody writes, this program or another; asking is part of the moment that is read.
            try rows("pragma data_version") { row in
                connection.keeping.see(version: row[0])
                return true
            }
            isSeen = true
        }
        return connection.keeping
    }

    /// Runs a body and fails if any of its statements did.
    func whole<Made>(_ body: () throws -> Made) throws -> Made {
        failure = nil
        let made = try body()
        if let failure { throw failure }
        return made
    }

    private func bound<Made>(_ statement: SQL, _ use: (OpaquePointer) throws -> Made) throws -> Made {
        let ready: SQLiteConnection.Ready
        do { ready = try connection.ready(statement) } catch { throw noted(error) }
        defer { connection.done(ready) }
        var place: CInt = 0
        for case .value(let bound) in statement.pieces {
            place += 1
            try bind(bound.value, at: place, in: ready.statement)
        }
        precondition(
            sqlite3_bind_parameter_count(ready.statement) == place,
            "a placeholder was written by hand: \(statement.spelled().text)")
        return try use(ready.statement)
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

    private func trouble(isTold: Bool = true) -> any Error {
        noted(SQLiteTrouble.last(on: connection.pointer, isTold: isTold))
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

    // SQLite's way to a value is taken once, and its text is read as it lies: to ask for a string instead would have
    // each copied to end it with a NUL.

    override func isNull(_ column: Int) -> Bool { sqlite3_value_type(place(column)) == SQLITE_NULL }

    override func integer(_ column: Int) -> Int64? {
        let place = place(column)
        return sqlite3_value_type(place) == SQLITE_INTEGER ? sqlite3_value_int64(place) : nil
    }

    override func text(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        let place = place(column)
        guard sqlite3_value_type(place) == SQLITE_TEXT else { return nil }
        return bytes(place).assumingMemoryBound(to: UInt8.self)
    }

    override func value(_ column: Int) -> Value {
        let place = place(column)
        return switch sqlite3_value_type(place) {
        case SQLITE_INTEGER: .integer(sqlite3_value_int64(place))
        case SQLITE_FLOAT: .real(sqlite3_value_double(place))
        case SQLITE_TEXT: .text(String(decoding: bytes(place), as: UTF8.self))
        case SQLITE_BLOB: .blob([UInt8](bytes(place)))
        default: .null
        }
    }

    private func place(_ column: Int) -> OpaquePointer? { sqlite3_column_value(statement, CInt(column)) }

    private func bytes(_ place: OpaquePointer?) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: sqlite3_value_blob(place), count: Int(sqlite3_value_bytes(place)))
    }
}
