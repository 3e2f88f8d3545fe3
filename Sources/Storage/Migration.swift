/// One step in the history of the tables. Steps only go forwards, and a step that has shipped never changes.
///
/// Tables are declared once for both engines, in plain SQL with three words of our own for types:
/// `text`, `bigint` (whole numbers, times in milliseconds, 0 or 1) and `bytes`; `real` holds a `Double`.
/// Each becomes what the engine calls it, tables are strict on SQLite, and text sorts by its bytes on both.
public struct Migration: Sendable {
    /// What it is remembered by in the table `migration`.
    public let name: String
    let shared: [SQL]
    let sqlite: [SQL]
    let postgres: [SQL]

    /// Statements for both engines, then those that only one of them has (a search index, little else).
    /// A shared literal may hold several statements with `;` between; the others are left exactly as they are.
    public init(_ name: String, _ shared: SQL..., sqlite: [SQL] = [], postgres: [SQL] = []) {
        self.name = name
        self.shared = shared
        self.sqlite = sqlite
        self.postgres = postgres
    }

    /// The scripts to run, as one engine spells them.
    func scripts(for engine: Engine) -> [String] {
        let own = engine == .sqlite ? sqlite : postgres
        return shared.flatMap { Dialect.statements($0.plainText).map { Dialect.spell($0, for: engine) } }
            + own.map(\.plainText)
    }
}

extension Migration {
    /// Runs what has not been run yet, inside one transaction for each.
    static func apply(_ migrations: [Migration], to store: any Store) async throws {
        precondition(Set(migrations.map(\.name)).count == migrations.count, "two migrations share a name")
        let known = Set(migrations.map(\.name))
        try await store.alone { session in
            try session.script(declaration(for: session.engine))
            if let stranger = try Self.applied(session).subtracting(known).min() {
                throw StorageTrouble.newer(migration: stranger)
            }
        }
        for migration in migrations {
            // Asked again inside each: another process may have started at the same moment.
            try await store.alone { session in
                guard try !Self.applied(session).contains(migration.name) else { return }
                try migration.take(session)
            }
        }
    }

    /// Runs this one and remembers it.
    func take(_ session: any Session) throws {
        for script in scripts(for: session.engine) { try session.script(script) }
        _ = try session.run("insert into migration (name) values (\(name))")
    }

    /// The table that remembers what has been run.
    static let record = "migration"

    /// What makes that table where it isn't there yet.
    static func declaration(for engine: Engine) -> String {
        Dialect.spell("create table if not exists migration (name text primary key not null)", for: engine)
    }

    private static func applied(_ session: any Session) throws -> Set<String> {
        var names: Set<String> = []
        try session.rows("select name from migration") { row in
            names.insert(row[0])
            return true
        }
        return names
    }
}

extension SQL {
    /// The words alone; a statement in a migration has no values.
    fileprivate var plainText: String {
        let (text, values) = spelled()
        precondition(values.isEmpty, "a migration's statement holds no values")
        return text
    }
}
