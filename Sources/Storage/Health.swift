/// What a look at the database found.
public struct Health: Sendable, Equatable {
    /// Which engine was looked at.
    public let engine: Engine
    /// The engine's version, as it says it; nothing when it could not be asked.
    public let version: String?
    /// Why it could not be read, if it could not.
    public let reading: StorageTrouble?
    /// Why it could not be written, if it could not. What is tried is rolled back.
    public let writing: StorageTrouble?
    /// What is wrong inside the file, in SQLite's words, a line each. Always empty on PostgreSQL, which looks
    /// after itself, and where nobody asked for a thorough look.
    public let harm: [String]

    /// Whether nothing at all was found.
    public var isWell: Bool { reading == nil && writing == nil && harm.isEmpty }
}

extension Database {
    /// Looks at whether a database that has been migrated can be read and written; thoroughly, whether the file is whole as well,
    /// which reads every page of it. Never throws: what is wrong is in the answer.
    public func check(thoroughly: Bool = false) async -> Health {
        var version: String?
        var harm: [String] = []
        let reading = await trouble { [self] in
            version = try await read { db in
                try db.one(db.engine == .sqlite ? "select sqlite_version()" : "show server_version") { $0[0] }
            }
            if thoroughly && engine == .sqlite { harm = try await read { try $0.harm() } }
        }
        let writing = await trouble { [self] in
            do {
                try await write { db in
                    try db.run("insert into migration (name) values (\("a look at whether this can be written"))")
                    throw TakenBack()
                }
            } catch is TakenBack {}
        }
        return Health(engine: engine, version: version, reading: reading, writing: writing, harm: harm)
    }

    private func trouble(_ body: () async throws -> Void) async -> StorageTrouble? {
        do {
            try await body()
            return nil
        } catch let trouble as StorageTrouble {
            return trouble
        } catch {
            return .fault(code: "check", message: "")
        }
    }
}

/// Thrown to undo what was only tried.
private struct TakenBack: Error {}

extension Reader {
    /// What SQLite finds wrong with its file, and references that lead nowhere.
    fileprivate func harm() throws -> [String] {
        let found: [String] = try all("pragma quick_check(20)") { $0[0] }
        let astray: [String] = try all("select distinct \"table\" from pragma_foreign_key_check") { row in
            let table: String = row[0]
            return "a row of \(table) refers to nothing"
        }
        return found.filter { $0 != "ok" } + astray
    }
}
