internal import GRDBSQLite

/// One open connection to the file, with the statements that it has prepared. One thread at a time uses it.
///
/// A page asks the same dozen questions each time. So a statement is found again by where its words stand in the
/// program, and neither spelled nor looked up as text.
final class SQLiteConnection {
    /// How much of the file a reader keeps in memory, in KB: a page's share of the tables and their indexes. What it
    /// lets go of is still in the machine's own memory of the disk.
    static let keptPages = 500

    /// Statements kept prepared; past this they are all forgotten and made again. A house has about 250.
    static let mostPrepared = 400

    let pointer: OpaquePointer
    /// What those who read by it have made.
    let keeping = Keeping()
    private let isOurs: Bool
    private var prepared: [SQL.Shape: OpaquePointer] = [:]

    /// A connection for reading, which whoever holds this must `close`.
    init(reading path: String, busyWait: Double) throws {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close(opened)
            throw SQLiteTrouble.error(code: code, message: "")
        }
        sqlite3_busy_timeout(opened, CInt(busyWait * 1000))
        sqlite3_exec(opened, "pragma cache_size = -\(Self.keptPages)", nil, nil, nil)
        pointer = opened
        isOurs = true
    }

    /// A connection that somebody else opened and closes.
    init(of pointer: OpaquePointer) {
        self.pointer = pointer
        isOurs = false
    }

    /// A connection that somebody else closes stays open for as long as a statement of it is left.
    deinit { forget() }

    /// A prepared statement, and whether it is kept for the next time.
    typealias Ready = (statement: OpaquePointer, isKept: Bool)

    /// A statement that is ready to be given its values; whoever has it must hand it back (`done`).
    func ready(_ statement: SQL) throws -> Ready {
        let shape = statement.shape
        if let kept = prepared[shape] {
            // The same query asked again while its rows are being read needs a statement of its own.
            guard sqlite3_stmt_busy(kept) == 0 else { return (try prepare(statement.spelled().text), false) }
            return (kept, true)
        }
        if prepared.count >= Self.mostPrepared { forget() }
        let made = try prepare(statement.spelled().text)
        prepared[shape] = made
        return (made, true)
    }

    /// Takes a statement back, ready for the next time.
    func done(_ ready: Ready) {
        guard ready.isKept else {
            sqlite3_finalize(ready.statement)
            return
        }
        sqlite3_reset(ready.statement)
        sqlite3_clear_bindings(ready.statement)
    }

    /// A new statement, which whoever has it must hand back (`done`) as one that is not kept.
    func prepare(_ text: String) throws -> OpaquePointer {
        var made: OpaquePointer?
        let code = sqlite3_prepare_v3(pointer, text, -1, CUnsignedInt(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK, let made else { throw SQLiteTrouble.last(on: pointer) }
        return made
    }

    /// Lets go of every statement that nothing is reading from.
    func forget() {
        for (shape, statement) in prepared where sqlite3_stmt_busy(statement) == 0 {
            sqlite3_finalize(statement)
            prepared[shape] = nil
        }
    }

    /// Closes the file, if this opened it.
    func close() {
        forget()
        if isOurs { sqlite3_close_v2(pointer) }
    }
}
