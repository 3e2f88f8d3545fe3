import Foundation
import Synchronization

extension Database {
    /// Opens a database on a PostgreSQL server. Connections are made when they are first needed, so this
    /// never waits; a server that isn't there shows as `StorageTrouble.away` on the first read.
    ///
    /// - Parameters:
    ///   - url: where it is, as libpq reads it. It may hold a password, and is never put in an error.
    ///   - connections: how many things may go on at once, each on a thread of its own.
    ///   - schema: the schema that holds the tables, where it is not the server's usual one; small letters,
    ///     digits and `_` only.
    public static func postgres(_ url: String, connections: Int = 8, schema: String? = nil) throws -> Database {
        precondition(schema?.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".contains($0) } != false)
        return Database(PostgresStore(url, connections: connections, schema: schema))
    }
}

/// A PostgreSQL server: a few connections, each with a thread, and a line of those who wait for one.
final class PostgresStore: Store {
    let engine = Engine.postgres
    /// How often a write is run again when others keep meeting it, before it says that it is busy.
    static let mostAttempts = 30
    /// How often a lost connection is made again before saying that the server is away.
    static let mostReconnections = 2
    /// The longest wait between attempts; each is a random part of a length that doubles up to this.
    static let longestPause = 0.1
    /// The number of the lock that migrating programs take. It only has to be the same in all of them.
    static let migrationLock = 7_205_759

    private let line: PostgresLine
    private let server: PostgresServer
    private let listening = Wakening()

    init(_ url: String, connections: Int, schema: String?) {
        let (server, line) = (PostgresServer(url, schema), PostgresLine(threads: connections))
        (self.server, self.line) = (server, line)
        for number in 1...connections {
            let thread = Thread { line.serve(PostgresSeat(server)) }
            thread.name = "postgres \(number)"
            thread.start()
        }
    }

    func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made {
        try await line.run { seat in
            try seat.attempt("begin isolation level repeatable read read only") { try body(Reader($0)) }
        }
    }

    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        try await line.run { seat in
            try seat.attempt("begin isolation level serializable") { try body(Writer($0)) }
        }
    }

    func alone(_ body: @escaping @Sendable (any Session) throws -> Void) async throws {
        try await line.run { seat in
            // The lock comes before the transaction, which then sees all that the lock's last holder did.
            let connection = try seat.ready()
            try connection.patiently {
                try connection.script("select pg_advisory_lock(\(Self.migrationLock))")
                defer { try? connection.script("select pg_advisory_unlock(\(Self.migrationLock))") }
                try connection.transaction("begin") { try body(connection) }
            }
        }
    }

    func survey<Made: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Made) async throws -> Made {
        try await line.run { seat in
            let connection = try seat.ready()
            return try connection.patiently {
                // Waits for a moment that no write still going on could make a lie of.
                try connection.transaction("begin isolation level serializable read only deferrable") {
                    try body(connection)
                }
            }
        }
    }

    /// How many wait for a connection.
    var waiting: Int { line.waiting }

    func expectMuch() async throws {}

    func takeStock() async throws {
        try await line.run { seat in
            let connection = try seat.ready()
            try connection.patiently {
                for table in try Reader(connection).tables() { try connection.script("analyze \(table.quotedName)") }
            }
        }
    }

    func announcements() -> AsyncStream<Announcement> { PostgresListening.begin(at: server, until: listening) }

    func close() async {
        listening.end()
        await line.close()
    }

    deinit {
        // Its threads would otherwise wait for work for ever.
        listening.end()
        line.shut()
    }
}

/// One thread's place at the server, with the connection it holds.
final class PostgresSeat {
    private let server: PostgresServer
    private var connection: PostgresConnection?

    init(_ server: PostgresServer) {
        self.server = server
    }

    /// A connection that was good when last used, or a new one.
    func ready() throws -> PostgresConnection {
        if let connection, !connection.isLost { return connection }
        if let connection { server.forget(connection.backend) }
        connection = nil
        let made = try server.connect()
        connection = made
        return made
    }

    /// Runs a body in a transaction: again when it met another, again on a new connection when its own was lost.
    func attempt<Made>(_ begin: String, _ body: (PostgresConnection) throws -> Made) throws -> Made {
        var reconnections = 0
        for attempt in 1...PostgresStore.mostAttempts {
            let connection = try ready()
            do {
                return try connection.transaction(begin) { try body(connection) }
            } catch is PostgresTrouble.Met {
                let length = min(PostgresStore.longestPause, 0.001 * Double(1 << min(attempt, 10)))
                Thread.sleep(forTimeInterval: .random(in: 0...length))
            } catch is LostWhileCommitting {
                throw StorageTrouble.away
            } catch _ where connection.isLost {
                reconnections += 1
                if reconnections > PostgresStore.mostReconnections { throw StorageTrouble.away }
            }
        }
        throw StorageTrouble.busy
    }
}

/// Where the server is, and whether it was there a moment ago.
final class PostgresServer: Sendable {
    /// After a failed connection nobody else tries for this long: a line of people should not each wait in turn.
    static let quiet = Duration.milliseconds(300)

    let url: String
    let schema: String?
    /// The connections of this program that read and write, by the server's numbers for them.
    private let backends = Mutex<Set<Int32>>([])
    private let quietUntil = Mutex<ContinuousClock.Instant?>(nil)

    init(_ url: String, _ schema: String?) {
        self.url = url
        self.schema = schema
    }

    func connect() throws -> PostgresConnection {
        if let until = quietUntil.withLock(\.self), ContinuousClock.now < until { throw StorageTrouble.away }
        do {
            let made = try PostgresConnection(url, schema: schema)
            quietUntil.withLock { $0 = nil }
            backends.withLock { _ = $0.insert(made.backend) }
            return made
        } catch {
            quietUntil.withLock { $0 = ContinuousClock.now + Self.quiet }
            throw error
        }
    }

    /// Whether a connection is this program's own, and what it announces no news here.
    func isOurs(_ backend: Int32) -> Bool { backends.withLock { $0.contains(backend) } }

    func forget(_ backend: Int32) { backends.withLock { _ = $0.remove(backend) } }
}
