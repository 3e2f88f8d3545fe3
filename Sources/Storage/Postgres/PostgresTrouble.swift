internal import CPostgres

/// What PostgreSQL's codes mean to us.
enum PostgresTrouble {
    /// Two writes met, and this one must be run again.
    struct Met: Error {}

    static func error(_ result: OpaquePointer) -> any Error {
        let code = field(.code, of: result) ?? "unknown"
        switch code {
        case "40001", "40P01":
            return Met()
        case "23505", "23503", "23502", "23514":
            return ConstraintViolation(kind: constraint(code), table: field(.table, of: result))
        // Space on the disk, and no more memory.
        case "53100", "53200":
            return StorageTrouble.full
        // Too many connections, a statement that took too long, a lock not given.
        case "53300", "57014", "55P03":
            return StorageTrouble.busy
        // Shutting down, crashed, starting up, or the connection itself.
        case "57P01", "57P02", "57P03":
            return StorageTrouble.away
        case _ where code.hasPrefix("08"):
            return StorageTrouble.away
        default:
            // Messages about the query (class 42) name tables and columns; others may repeat a value.
            let message = code.hasPrefix("42") ? field(.message, of: result) : nil
            return StorageTrouble.fault(code: "PostgreSQL \(code)", message: message ?? "")
        }
    }

    private static func constraint(_ code: String) -> ConstraintViolation.Kind {
        switch code {
        case "23505": .unique
        case "23503": .foreignKey
        case "23502": .notNull
        default: .check
        }
    }

    private static func field(_ field: Field, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, CInt(field.rawValue)).map { String(cString: $0) }
    }

    /// The parts of an error, by the letters of libpq's own header, whose names don't come through to Swift.
    private enum Field: UInt8 {
        case code = 67  // C
        case message = 77  // M
        case table = 116  // t
    }
}
