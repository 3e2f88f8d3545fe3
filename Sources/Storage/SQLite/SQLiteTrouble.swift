internal import GRDB
internal import GRDBSQLite

/// What SQLite's codes mean to us.
enum SQLiteTrouble {
    static func error(code: CInt, message: String) -> any Error {
        switch code & 0xFF {
        case SQLITE_FULL: StorageTrouble.full
        case SQLITE_BUSY, SQLITE_LOCKED: StorageTrouble.busy
        case SQLITE_CORRUPT, SQLITE_NOTADB: StorageTrouble.damaged
        case SQLITE_CANTOPEN: StorageTrouble.away
        case SQLITE_MISUSE: StorageTrouble.closed
        case SQLITE_INTERRUPT: CancellationError()
        case SQLITE_CONSTRAINT: constraint(code, message)
        default: StorageTrouble.fault(code: "SQLite \(code)", message: message)
        }
    }

    /// What went wrong last. SQLite's own words are only told where they can be about nothing but the query.
    static func last(on connection: OpaquePointer, isTold: Bool = true) -> any Error {
        let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        let code = sqlite3_extended_errcode(connection)
        // Where a rule was broken, the message is the only place that names its table.
        let isRule = code & 0xFF == SQLITE_CONSTRAINT
        return error(code: code, message: isTold || isRule ? message : "")
    }

    private static func constraint(_ code: CInt, _ message: String) -> any Error {
        let kind: ConstraintViolation.Kind
        switch ResultCode(rawValue: code) {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: kind = .unique
        case .SQLITE_CONSTRAINT_FOREIGNKEY: kind = .foreignKey
        case .SQLITE_CONSTRAINT_NOTNULL: kind = .notNull
        case .SQLITE_CONSTRAINT_CHECK: kind = .check
        default: return StorageTrouble.fault(code: "SQLite \(code)", message: "")
        }
        let namesTable = kind == .unique || kind == .notNull
        return ConstraintViolation(kind: kind, table: namesTable ? table(in: message) : nil)
    }

    /// "UNIQUE constraint failed: person.name" names the table before the dot.
    private static func table(in message: String) -> String? {
        guard let named = message.split(separator: " ").last, named.contains(".") else { return nil }
        return named.split(separator: ".").first.map(String.init)
    }
}

extension StorageTrouble {
    /// What GRDB reports is SQLite's own code and words.
    init(_ error: GRDB.DatabaseError) {
        let ours = SQLiteTrouble.error(
            code: error.extendedResultCode.rawValue, message: error.message ?? "no message")
        self = ours as? StorageTrouble ?? .fault(code: "SQLite \(error.extendedResultCode.rawValue)", message: "")
    }
}

extension Double {
    /// A number both engines keep: SQLite would quietly make "not a number" a null.
    var keepable: Double {
        get throws {
            guard !isNaN else { throw StorageTrouble.unstorable }
            return self
        }
    }
}

extension String {
    /// Text both engines keep: PostgreSQL has no NUL in text.
    var keepable: String {
        get throws {
            var text = self
            guard text.withUTF8({ !$0.contains(0) }) else { throw StorageTrouble.unstorable }
            return text
        }
    }
}
