internal import GRDB
import Synchronization

extension Database {
    /// Opens the file, making it if it is not there.
    ///
    /// - Parameters:
    ///   - readers: how many reads may go on at once.
    ///   - isDurable: whether a write waits until it is safe on the disk. Only tests say no.
    public static func sqlite(at path: String, readers: Int = 4, isDurable: Bool = true) throws -> Database {
        Database(try SQLiteStore(path, readers: readers, isDurable: isDurable))
    }
}

/// One SQLite file: several readers, one writer.
final class SQLiteStore: Store {
    let engine = Engine.sqlite
    /// How long to wait for another program that is writing to the same file.
    static let busyWait = 10.0
    /// The write-ahead log is cut back to this many bytes once it has been copied into the file.
    static let keptLog = 16_000_000

    /// Past this many reading or waiting to read, it is kinder to say so at once.
    static let mostReading = 5_000

    private let pool: DatabasePool
    private let reading = Atomic<Int>(0)
    private let group: GroupCommit

    init(_ path: String, readers: Int, isDurable: Bool) throws {
        var configuration = Configuration()
        configuration.label = "storage"
        configuration.busyMode = .timeout(Self.busyWait)
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // After the pool has turned the write-ahead log on, since that lowers `synchronous`.
            try pool.writeWithoutTransaction { database in
                let session = SQLiteSession(database)
                try session.script("pragma synchronous = \(isDurable ? "full" : "off")")
                try session.script("pragma secure_delete = on")
                try session.script("pragma journal_size_limit = \(Self.keptLog)")
            }
        } catch let error as DatabaseError {
            throw StorageTrouble(error)
        }
        group = GroupCommit(pool)
    }

    func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made {
        defer { reading.subtract(1, ordering: .relaxed) }
        guard reading.add(1, ordering: .relaxed).newValue <= Self.mostReading else { throw StorageTrouble.busy }
        do {
            return try await pool.read { database in
                let session = SQLiteSession(database)
                return try session.whole { try body(Reader(session)) }
            }
        } catch let error as DatabaseError {
            throw StorageTrouble(error)
        }
    }

    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        try await group.write(body)
    }

    /// How many writes wait for the group before them.
    var waiting: Int { group.waiting }

    func alone(_ body: @escaping @Sendable (any Session) throws -> Void) async throws {
        // Group commit gives every write its place alone, between programs too (`begin immediate`).
        try await group.write { writer in try body(writer.session) }
    }

    func close() async {
        group.close()
        do {
            // Waits for the writes that have begun, and copies what the log holds into the file.
            try await pool.writeWithoutTransaction { try SQLiteSession($0).script("pragma wal_checkpoint(truncate)") }
            try pool.close()
        } catch {
            // Someone still reads: the file is whole all the same, and the log is copied when it is next opened.
        }
    }
}
