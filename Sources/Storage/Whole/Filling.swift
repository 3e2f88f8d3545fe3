/// Why a database could not be filled.
public enum FillingTrouble: Error, Equatable, Sendable {
    /// Something is kept there already, in the table named.
    case occupied(table: String)
    /// There are tables, and they are not of this program's making.
    case strange(table: String)
    /// Another program has this database open.
    case inUse
    /// What was to be put in was made by a newer program; the migration we don't know is named.
    case newer(migration: String)
    /// A row refers to nothing, or breaks a rule that the tables hold to.
    case broken(table: String?)
}

/// How a database is to be filled.
public struct FillingPlan: Sendable {
    let migrations: [Migration]
    let steps: Set<String>
    let counters: Set<String>
    let mayHold: Set<String>

    /// - Parameters:
    ///   - migrations: every step that this program knows.
    ///   - steps: those that the rows were kept under; the others are taken once the rows are in.
    ///   - counters: what is a sequence on PostgreSQL and a table of one row on SQLite.
    ///   - mayHold: tables that may hold rows in a database that counts as empty. The rows are lost.
    public init(migrations: [Migration], steps: Set<String>, counters: Set<String>, mayHold: Set<String>) {
        self.migrations = migrations
        self.steps = steps
        self.counters = counters
        self.mayHold = mayHold
    }
}

extension Database {
    /// Fills an empty database in one transaction: all of it, or nothing.
    ///
    /// Its tables are made anew as `steps` left them, `rows` fills them, the later steps are taken, and `after`
    /// changes what is then to be changed before anyone sees it. Throws `FillingTrouble`. Both bodies run once.
    public func fill(
        _ plan: FillingPlan, rows: @escaping @Sendable (Filling) throws -> Void,
        after: @escaping @Sendable (Writer) throws -> Void
    ) async throws {
        let known = Set(plan.migrations.map(\.name))
        if let stranger = plan.steps.subtracting(known).min() { throw FillingTrouble.newer(migration: stranger) }
        try await store.alone { session in
            let filling = Filling(session, plan)
            do {
                try filling.begin()
                try rows(filling)
                try filling.finish()
            } catch let violation as ConstraintViolation {
                throw FillingTrouble.broken(table: violation.table)
            }
            try after(Writer(session))
        }
        // All of it is there by now: a database that doesn't know how much it holds is only slower for a minute.
        try? await takeStock()
    }
}

/// An empty database being filled, table by table. What refers to what may come in any order.
public final class Filling {
    /// The tables to be filled, as they were when the rows were kept.
    public private(set) var tables: [Table] = []
    private let session: any Session
    private let plan: FillingPlan
    /// References taken away until every row is there, and what puts them back.
    private var references: [String] = []

    init(_ session: any Session, _ plan: FillingPlan) {
        self.session = session
        self.plan = plan
    }

    /// Fills one table with rows, each as the values of its columns, until there are no more.
    public func fill(_ table: Table, _ next: () throws -> [Value]?) throws {
        try session.fill(table.name, table.columns, next)
    }

    /// Has a counter go on from where it was.
    public func go(on counter: String, from reached: Int64) throws {
        precondition(plan.counters.contains(counter))
        switch session.engine {
        case .sqlite: try session.script("update \(counter.quotedName) set reached = \(reached)")
        case .postgres: try session.script("select setval('\(counter)', \(max(reached, 1)), \(reached > 0))")
        }
    }

    // MARK: Before and after

    fileprivate func begin() throws {
        if session.engine == .postgres, try !isOurs() { throw FillingTrouble.inUse }
        try clear()
        try session.script(Migration.declaration(for: session.engine))
        try take { plan.steps.contains($0) }
        tables = try Reader(session).wholeTables().filter { !plan.counters.contains($0.name) }
        // A migration may have put in a row of its own, which is among those to come.
        for table in tables { try session.script("delete from \(table.name.quotedName)") }
        try letGoOfReferences()
    }

    fileprivate func finish() throws {
        for reference in references { try session.script(reference) }
        if session.engine == .sqlite {
            var astray: String?
            try session.rows(asWritten: "select \"table\" from pragma_foreign_key_check limit 1") { row in
                astray = row[0]
                return false
            }
            if let astray { throw FillingTrouble.broken(table: astray) }
        }
        try take { !plan.steps.contains($0) }
    }

    private func take(_ isWanted: (String) -> Bool) throws {
        for migration in plan.migrations where isWanted(migration.name) { try migration.take(session) }
    }

    /// Whether no other program of ours is connected: each connection holds its place (`PostgresConnection.place`).
    private func isOurs() throws -> Bool {
        var isOurs = false
        try session.rows(asWritten: "select pg_try_advisory_xact_lock(\(PostgresConnection.place))") { row in
            isOurs = row[0]
            return false
        }
        return isOurs
    }

    /// Takes away the tables of a house that nobody has been in.
    private func clear() throws {
        let reader = Reader(session)
        let tables = try reader.tables()
        guard let first = tables.first else { return }
        guard tables.contains(Migration.record) else { throw FillingTrouble.strange(table: first) }
        let steps = Set(try reader.all("select name from migration") { $0[0] as String })
        if let stranger = steps.subtracting(plan.migrations.map(\.name)).min() {
            throw FillingTrouble.newer(migration: stranger)
        }
        if let occupied = try reader.occupied(except: plan.mayHold) { throw FillingTrouble.occupied(table: occupied) }
        switch session.engine {
        case .sqlite: for table in tables { try session.script("drop table \(table.quotedName)") }
        case .postgres:
            for table in tables { try session.script("drop table \(table.quotedName) cascade") }
            for counter in plan.counters { try session.script("drop sequence if exists \(counter.quotedName)") }
        }
    }

    /// References are checked all at once in the end, which is quicker, and lets a row come before what it refers to.
    private func letGoOfReferences() throws {
        guard session.engine == .postgres else { return try session.script("pragma defer_foreign_keys = on") }
        var found: [(table: String, name: String, declared: String)] = []
        try session.rows(
            asWritten: """
                select cast(o.relname as text), cast(k.conname as text), pg_get_constraintdef(k.oid)
                from pg_constraint k join pg_class o on o.oid = k.conrelid
                where k.contype = 'f' and o.relnamespace = cast(current_schema() as regnamespace)
                """
        ) { row in
            found.append((row[0], row[1], row[2]))
            return true
        }
        for (table, name, declared) in found {
            let table = table.quotedName
            try session.script("alter table \(table) drop constraint \(name.quotedName)")
            references.append("alter table \(table) add constraint \(name.quotedName) \(declared)")
        }
    }
}
