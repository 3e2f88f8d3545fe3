import StorageTesting
import Synchronization

@testable import Roundtable
@testable import Storage

/// A database that tells which statements are asked of it, for tests that hold pages to how they read.
final class ListeningStore: Store {
    let inner: any Store
    private let heard = Mutex<[SQL]>([])

    init(_ database: Database) { inner = database.store }

    /// What has been asked since this was last called.
    func takeHeard() -> [SQL] {
        heard.withLock { heard in
            defer { heard = [] }
            return heard
        }
    }

    var engine: Engine { inner.engine }
    var waiting: Int { inner.waiting }

    func read<Made: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Made) async throws -> Made {
        try await inner.read { reader in try body(Reader(ListeningSession(reader.session, self.hear))) }
    }

    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        try await inner.write { writer in try body(Writer(ListeningSession(writer.session, self.hear))) }
    }

    func alone(_ body: @escaping @Sendable (any Session) throws -> Void) async throws { try await inner.alone(body) }
    func survey<Made: Sendable>(_ body: @escaping @Sendable (any Session) throws -> Made) async throws -> Made {
        try await inner.survey(body)
    }

    func expectMuch() async throws { try await inner.expectMuch() }
    func takeStock() async throws { try await inner.takeStock() }
    func close() async { await inner.close() }

    @Sendable private func hear(_ statement: SQL) { heard.withLock { $0.append(statement) } }

    /// How SQLite goes about a statement, a line for each table that it reads.
    func plan(_ statement: SQL) async throws -> [String] {
        try await inner.read { reader in
            var lines: [String] = []
            try reader.session.rows(asWritten: "explain query plan \(statement.spelled().text)") { row in
                lines.append(row[3])
                return true
            }
            return lines
        }
    }
}

private final class ListeningSession: Session {
    let inner: any Session
    let hear: @Sendable (SQL) -> Void

    init(_ inner: any Session, _ hear: @escaping @Sendable (SQL) -> Void) { (self.inner, self.hear) = (inner, hear) }

    var engine: Engine { inner.engine }

    func rows(_ query: SQL, _ each: (Row) throws -> Bool) throws {
        hear(query)
        try inner.rows(query, each)
    }

    func run(_ statement: SQL) throws -> Int {
        hear(statement)
        return try inner.run(statement)
    }

    func rows(asWritten text: String, _ each: (Row) throws -> Bool) throws { try inner.rows(asWritten: text, each) }
    func script(_ text: String) throws { try inner.script(text) }

    func fill(_ table: String, _ columns: [Column], _ next: () throws -> [Value]?) throws {
        try inner.fill(table, columns, next)
    }
}
