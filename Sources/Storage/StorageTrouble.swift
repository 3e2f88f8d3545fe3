/// Why the database could not do what was asked. None holds a value, a name or an address.
public enum StorageTrouble: Error, Equatable, Sendable {
    /// The database server cannot be reached, or the connection was lost.
    case away
    /// There is no room left to write. Reads go on.
    case full
    /// Too much is waiting, or something else held what was needed for too long.
    case busy
    /// This database has been changed by a newer program; the migration we don't know is named.
    case newer(migration: String)
    /// The file is not a database, or it has been harmed.
    case damaged
    /// The database has been closed.
    case closed
    /// A value that neither engine can keep alike: text that holds a NUL, a number that is not a number.
    case unstorable
    /// A fault of ours or of the machine: the engine's code, and what it says where that names no value.
    case fault(code: String, message: String)
}

/// The database refused a row because of a rule in the schema.
public struct ConstraintViolation: Error, Equatable, Sendable {
    /// The sorts of rule that a schema can hold.
    public enum Kind: String, Sendable {
        case unique, foreignKey, notNull, check
    }

    /// Which sort of rule was broken.
    public let kind: Kind
    /// The table whose rule it is, where the engine says.
    public let table: String?
}
