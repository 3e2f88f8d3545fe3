/// What a read may do. Everything it reads is one moment of the database.
public class Reader {
    let session: any Session

    /// How many statements this reader has run. Tests hold pages to a number.
    public private(set) var queries = 0

    /// Which engine answers, for the few queries that must be spelled differently.
    public var engine: Engine { session.engine }

    init(_ session: any Session) {
        self.session = session
    }

    /// Every row, made into something.
    public func all<Made>(_ query: SQL, _ make: (Row) throws -> Made) throws -> [Made] {
        var made: [Made] = []
        try ask(query) { row in
            made.append(try make(row))
            return true
        }
        return made
    }

    /// The first row, made into something; nothing when there is none.
    public func one<Made>(_ query: SQL, _ make: (Row) throws -> Made) throws -> Made? {
        var made: Made?
        try ask(query) { row in
            made = try make(row)
            return false
        }
        return made
    }

    /// The number in the first column of the first row, as `select count(*) …` gives it; 0 when there is none.
    public func count(_ query: SQL) throws -> Int {
        try one(query) { $0[0] as Int? ?? 0 } ?? 0
    }

    /// What a body makes of the database; where nothing in it has changed since the same key was last asked for, what
    /// was made then. The key names everything else that the body goes by: the database is all it may read besides.
    ///
    /// Only SQLite can say that nothing has changed. A body's statements count as run, so that a page always takes as
    /// many.
    public func kept<Made: Sendable>(for key: some Equatable & Sendable, _ make: () throws -> Made) throws -> Made {
        guard let keeping = try session.keeping() else { return try make() }
        if let kept = keeping.made(for: key, as: Made.self) {
            queries += kept.queries
            return kept.made
        }
        let before = queries
        let made = try make()
        keeping.keep(made, for: key, queries: queries - before)
        return made
    }

    /// Counts a statement, and refuses one that holds more values than any engine takes.
    fileprivate func note(_ statement: SQL) throws {
        queries += 1
        guard statement.holdsFewEnough else { throw StorageTrouble.fault(code: "too many values", message: "") }
    }

    private func ask(_ query: SQL, _ each: (Row) throws -> Bool) throws {
        try note(query)
        try session.rows(query, each)
    }
}

/// What a write may do: all that a read may, and change things. It all happens, or none of it.
///
/// A statement that fails fails the whole write, even if its error is caught: PostgreSQL works so, and
/// SQLite is held to it. To put up with something that is there already, say `on conflict do nothing`.
public final class Writer: Reader {
    /// Runs a statement and says how many rows it changed.
    @discardableResult
    public func run(_ statement: SQL) throws -> Int {
        try note(statement)
        return try session.run(statement)
    }
}

/// One connection, inside a transaction, on the thread that holds it.
protocol Session: AnyObject {
    var engine: Engine { get }
    /// Gives each row in turn until told to stop.
    func rows(_ query: SQL, _ each: (Row) throws -> Bool) throws
    /// The same for a question of our own that takes no values, such as which plan the engine has for another.
    func rows(asWritten text: String, _ each: (Row) throws -> Bool) throws
    /// Runs one statement and says how many rows it changed.
    func run(_ statement: SQL) throws -> Int
    /// Puts rows into a table, each as the values of the columns given, until there are no more.
    func fill(_ table: String, _ columns: [Column], _ next: () throws -> [Value]?) throws
    /// Runs statements of our own, one after another, that take no values.
    func script(_ text: String) throws
    /// What was made of the very database that this session sees, where it can tell.
    func keeping() throws -> Keeping?
}

extension Session {
    func keeping() throws -> Keeping? { nil }
}
