internal import CSQLite
internal import GRDB

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
///
/// GRDB opens the file and keeps the writer, on a queue of its own; those who read have connections that we keep.
final class SQLiteStore: Store {
    let engine = Engine.sqlite
    /// How long to wait for another program that is writing to the same file.
    static let busyWait = 10.0
    /// The write-ahead log is cut back to this many bytes once it has been copied into the file.
    static let keptLog = 16_000_000
    /// What a program that writes very much keeps of the file in memory, in KB. Ids of what is brought in are all
    /// chance, so that each piece of it changes nearly every page of their indexes: 2 MB, as usual, would have each of
    /// them read and written several times for a piece.
    static let muchKept = 64_000
    /// And after how many pages in the log it copies them into the file, which it does once for all that a page went
    /// through: 64 MB.
    static let muchLogged = 16_000

    private let readers: SQLiteReaders
    private let group: GroupCommit

    /// Once for the program.
    private static let isSet: Void = csqlite_count_no_memory()

    init(_ path: String, readers: Int, isDurable: Bool) throws {
        Self.isSet
        var configuration = Configuration()
        configuration.label = "storage"
        configuration.busyMode = .timeout(Self.busyWait)
        configuration.foreignKeysEnabled = true
        do {
            group = GroupCommit(try DatabasePool(path: path, configuration: configuration))
            // After the pool has turned the write-ahead log on, since that lowers `synchronous`.
            try group.settle { session in
                try session.script("pragma synchronous = \(isDurable ? "full" : "off")")
                try session.script("pragma secure_delete = on")
                try session.script("pragma journal_size_limit = \(Self.keptLog)")
                // What a savepoint would put back: some 60 KB, which SQLite would rather write to a file of its own.
                try session.script("pragma temp_store = memory")
            }
        } catch let error as DatabaseError {
            throw StorageTrouble(error)
        }
        self.readers = SQLiteReaders(path, most: readers, busyWait: Self.busyWait)
    }

    func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made {
        try await readers.read { connection in
            let session = SQLiteSession(connection, keeps: true)
            _ = try session.run("begin")
            // There is nothing to keep or to undo, so it makes no difference whether the end of it fails.
            defer { _ = try? session.run("commit") }
            return try session.whole { try body(Reader(session)) }
        }
    }

    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        defer { readers.letGo() }
        return try await group.write(body)
    }

    /// How many writes wait for the group before them.
    var waiting: Int { group.waiting }

    func alone(_ body: @escaping @Sendable (any Session) throws -> Void) async throws {
        // Group commit gives every write its place alone, between programs too (`begin immediate`).
        try await group.write { writer in try body(writer.session) }
    }

    func survey<Made: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Made) async throws -> Made {
        // A read is never run again here, and may take as long as it likes.
        try await read { try body($0.session) }
    }

    func expectMuch() async throws {
        try await group.write { writer in
            try writer.session.script(
                "pragma cache_size = -\(Self.muchKept); pragma wal_autocheckpoint = \(Self.muchLogged)")
        }
    }

    func takeStock() async throws {}

    func close() async {
        group.close()
        readers.close()
        // Where someone still reads, the file is whole all the same, and the log is copied when it is next opened.
        try? await group.finish()
    }
}
