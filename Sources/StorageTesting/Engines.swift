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
        try TestPlace(self).open(connections: connections)
    }
}

/// Somewhere new for one database, which may be opened more than once, as two programs would.
public struct TestPlace: Sendable, Codable {
    /// Which engine it is for.
    public let engine: Engine
    /// The folder of the SQLite file, or the schema in PostgreSQL.
    public let name: String

    /// Somewhere that nothing has been kept yet.
    public init(_ engine: Engine) throws {
        self.engine = engine
        name = engine == .sqlite ? try TestFolder.make() : try TestServer.makeSchema()
    }

    /// Opens it. Tests don't wait for the disk, unless what they try is that very thing.
    public func open(connections: Int = 2, isDurable: Bool = false) throws -> Database {
        switch engine {
        case .sqlite: try .sqlite(at: name + "/roundtable.sqlite", readers: connections, isDurable: isDurable)
        case .postgres: try .postgres(TestServer.required(), connections: connections, schema: name)
        }
    }
}

/// Folders that are gone when the process ends.
public enum TestFolder {
    private static let made = Mutex<[String]>([])

    /// A new, empty folder's path.
    public static func make() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "roundtable-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let isFirst = made.withLock { made in
            made.append(folder.path())
            return made.count == 1
        }
        if isFirst { atexit { TestFolder.removeAll() } }
        return folder.path()
    }

    private static func removeAll() {
        for folder in made.withLock(\.self) { try? FileManager.default.removeItem(atPath: folder) }
    }
}

/// The PostgreSQL server that tests may use.
public enum TestServer {
    /// A test asked for PostgreSQL and there is none.
    public struct Missing: Error, CustomStringConvertible {
        public let description =
            "ROUNDTABLE_TEST_POSTGRES is not set: run bin/postgres start, and set it to what that prints"
    }

    /// Where it is, if anywhere.
    public static let url = ProcessInfo.processInfo.environment["ROUNDTABLE_TEST_POSTGRES"].flatMap {
        $0.isEmpty ? nil : $0
    }

    static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

    /// Where it is; an error that says what to do where there is none.
    public static func required() throws -> String {
        guard let url else { throw Missing() }
        return url
    }

    /// Ends a connection from the server's side, as a crash or a restart would.
    public static func cut(_ backend: Int) throws {
        try PostgresServerTools.run("select pg_terminate_backend(\(backend))", at: required())
    }

    /// A new schema: a database within the database, thrown away when the process ends.
    static func makeSchema() throws -> String {
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
