import Foundation
public import Storage
import Synchronization

/// The engines that tests run on, and new databases on each.
///
/// PostgreSQL is at the address in `ROUNDTABLE_TEST_POSTGRES` (`bin/postgres start` prints one). Without it
/// tests run on SQLite alone and say so; where `CI=true` they fail, so that nothing is quietly left out.
extension Engine {
    /// For `@Test(arguments: Engine.available)`.
    public static let available: [Engine] = {
        if TestServer.url != nil || TestServer.isRequired { return [.sqlite, .postgres] }
        FileHandle.standardError.write(
            Data("Notice: tests run on SQLite alone. For PostgreSQL too, set ROUNDTABLE_TEST_POSTGRES.\n".utf8))
        return [.sqlite]
    }()

    /// A new, empty database of its own, gone when the tests are over.
    public func fresh(connections: Int = 2) async throws -> Database {
        switch self {
        case .sqlite:
            return try .temporary()
        case .postgres:
            return try .postgres(
                TestServer.required(), connections: connections, schema: TestServer.makeSchema())
        }
    }
}

/// The PostgreSQL server that tests may use.
public enum TestServer {
    /// A test asked for PostgreSQL and there is none.
    public struct Missing: Error, CustomStringConvertible {
        public let description = "ROUNDTABLE_TEST_POSTGRES is not set: run bin/postgres start and set it to the URL printed"
    }

    /// Where it is, if anywhere.
    public static let url = ProcessInfo.processInfo.environment["ROUNDTABLE_TEST_POSTGRES"].flatMap {
        $0.isEmpty ? nil : $0
    }

    static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

    public static func required() throws -> String {
        guard let url else { throw Missing() }
        return url
    }

    /// A new schema: a database within the database, thrown away when the process ends.
    public static func makeSchema() throws -> String {
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        try PostgresServerTools.run("create schema \(name)", at: required())
        let isFirst = made.withLock { made in
            made.append(name)
            return made.count == 1
        }
        if isFirst { atexit { TestServer.dropAll() } }
        return name
    }

    private static let made = Mutex<[String]>([])

    private static func dropAll() {
        guard let url else { return }
        for name in made.withLock(\.self) {
            // The server may be gone before we are, and its schemas with it.
            try? PostgresServerTools.run("drop schema \(name) cascade", at: url)
        }
    }
}
