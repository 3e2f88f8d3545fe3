import Synchronization

/// Which database keeps our words.
public enum Engine: String, Sendable, CaseIterable, Codable {
    case sqlite, postgres
}

/// The database: reads that see one moment, and writes that happen whole or not at all.
public final class Database: Sendable {
    /// Which engine keeps it.
    public let engine: Engine
    let store: any Store
    private let statementsRun = Atomic<Int>(0)

    init(_ store: any Store) {
        engine = store.engine
        self.store = store
    }

    /// How many statements have been run for reads and writes since it was opened.
    public var statements: Int { statementsRun.load(ordering: .relaxed) }

    /// How many wait for their turn to write (on PostgreSQL, to do anything).
    public var waiting: Int { store.waiting }

    /// Reads one moment of the database. The closure touches nothing else: it may be run again.
    public func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made {
        try await store.read { [self] reader in
            defer { statementsRun.add(reader.queries, ordering: .relaxed) }
            return try body(reader)
        }
    }

    /// Changes the database, wholly or not at all, and returns when the change is safe on disk.
    ///
    /// The closure touches nothing but the database, because it may be run again: on PostgreSQL when two
    /// writes meet, on SQLite when another's failure took the group's transaction with it.
    /// Cancelling takes back a write that has not begun.
    @discardableResult
    public func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        try await store.write { [self] writer in
            defer { statementsRun.add(writer.queries, ordering: .relaxed) }
            return try body(writer)
        }
    }

    /// Brings the tables up to date, forwards only. Safe when two programs start at once.
    /// Throws `StorageTrouble.newer` when the database knows a step that this program doesn't.
    public func migrate(_ migrations: [Migration]) async throws {
        try await Migration.apply(migrations, to: store)
    }

    /// Readies a program for writing very much and doing little else: it may take more memory and more of the disk for
    /// it from now on. PostgreSQL sees to that itself.
    public func expectMuch() async throws {
        try await store.expectMuch()
    }

    /// Looks over what has been written, after very much was: PostgreSQL chooses the ways that it goes by how much it
    /// thinks there is, and would find that out by itself a minute later, with pages that take seconds until then.
    /// SQLite goes by its indexes alone.
    public func takeStock() async throws {
        try await store.takeStock()
    }

    /// Lets what has begun finish, refuses the rest, and closes every connection.
    public func close() async {
        await store.close()
    }
}

/// What an engine does for `Database`.
protocol Store: Sendable {
    var engine: Engine { get }
    func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made
    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made
    /// How many wait for their turn; for writes alone on SQLite, for anything on PostgreSQL.
    var waiting: Int { get }
    /// One transaction that no other program's `alone` overlaps.
    func alone(_ body: @escaping @Sendable (any Session) throws -> Void) async throws
    /// One moment read by a body that runs once, and may take long.
    func survey<Made: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Made) async throws -> Made
    /// From now on very much is written.
    func expectMuch() async throws
    /// Very much has been written.
    func takeStock() async throws
    func announcements() -> AsyncStream<Announcement>
    func close() async
}
