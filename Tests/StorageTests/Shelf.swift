import Foundation
import Storage
import StorageTesting
import Synchronization
import Testing

/// A table with a column of every kind, to try things on.
enum Shelf {
    static let history = [
        Migration(
            "shelf",
            """
            create table shelf (
                id text primary key not null,
                words text,
                number bigint,
                size real,
                bytes bytes,
                is_kept bigint
            );
            create table label (
                id text primary key not null,
                shelf text not null references shelf (id),
                words text not null check (length(words) > 0),
                unique (shelf, words)
            )
            """)
    ]

    static func fresh(on engine: Engine, connections: Int = 2) async throws -> Database {
        let database = try await engine.fresh(connections: connections)
        try await database.migrate(history)
        return database
    }
}

extension Writer {
    func put(_ id: String, _ words: String? = nil, number: Int? = nil) throws {
        try run("insert into shelf (id, words, number) values (\(id), \(words), \(number))")
    }
}

extension Reader {
    func ids() throws -> [String] {
        try all("select id from shelf order by id") { $0[0] }
    }
}

/// Holds a body of the database's still, on the database's own thread, until a test has seen what it came for.
final class Gate: Sendable {
    private let isReached = Mutex(false)
    private let opened = DispatchSemaphore(value: 0)

    /// Waits, half a minute at the most, for a test to open it; says whether one did.
    @discardableResult
    func wait() -> Bool {
        isReached.withLock { $0 = true }
        return opened.wait(timeout: .now() + 30) == .success
    }

    /// Waits until a body stands at the gate.
    func reached() async throws {
        try await eventually { isReached.withLock(\.self) }
    }

    func open() {
        opened.signal()
    }
}

/// Waits, half a minute at the most, for something to become true, keeping no thread.
func eventually(_ isTrue: () -> Bool) async throws {
    for _ in 0..<3000 where !isTrue() { try await Task.sleep(for: .milliseconds(10)) }
    try #require(isTrue(), "it never came to that")
}

/// Stops the runtime from drawing up a report of a crash that is meant to happen, which takes seconds.
func dieQuietly() {
    signal(SIGILL, SIG_DFL)
    signal(SIGTRAP, SIG_DFL)
}
