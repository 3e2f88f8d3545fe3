import Storage
import StorageTesting
import Testing

/// What reads made of a database is kept where nothing in it has changed, and never one moment longer.
@Suite("What reads make, and keep")
struct KeepingTests {
    private struct Key: Hashable, Sendable { var of = "shelf" }

    private struct Counted: Equatable {
        let found: Int
        let isMade: Bool
        let queries: Int

        init(_ found: Int, _ isMade: Bool, _ queries: Int) {
            (self.found, self.isMade, self.queries) = (found, isMade, queries)
        }
    }

    /// How many there are, by a reader that may know it already.
    private func counted(_ database: Database, _ key: Key = Key()) async throws -> Counted {
        try await database.read { db in
            var isMade = false
            let found = try db.kept(for: key) {
                isMade = true
                return try db.count("select count(*) from shelf")
            }
            return Counted(found, isMade, db.queries)
        }
    }

    @Test("it is made once for each key until something is written, and counts its statements each time")
    func untilWritten() async throws {
        let database = try await Shelf.fresh(on: .sqlite, connections: 1)
        try await database.write { try $0.put("one") }
        #expect(try await counted(database) == Counted(1, true, 1))
        #expect(try await counted(database) == Counted(1, false, 1))
        #expect(try await counted(database, Key(of: "another")) == Counted(1, true, 1))
        try await database.write { try $0.put("two") }
        #expect(try await counted(database) == Counted(2, true, 1))
        #expect(try await counted(database) == Counted(2, false, 1))
    }

    @Test("on PostgreSQL, which can't say that nothing has changed, it is made each time")
    func postgres() async throws {
        guard Engine.available.contains(.postgres) else { return }
        let database = try await Shelf.fresh(on: .postgres)
        #expect(try await counted(database) == Counted(0, true, 1))
        #expect(try await counted(database) == Counted(0, true, 1))
    }

    @Test("what another program writes to the same file is seen")
    func anotherProgram() async throws {
        let place = try TestPlace(.sqlite)
        let here = try Database.sqlite(at: place.name + "/shared.sqlite", readers: 1, isDurable: false)
        try await here.migrate(Shelf.history)
        let there = try Database.sqlite(at: place.name + "/shared.sqlite", readers: 1, isDurable: false)
        #expect(try await counted(here) == Counted(0, true, 1))
        try await there.write { try $0.put("one") }
        #expect(try await counted(here) == Counted(1, true, 1))
    }

    @Test("a writer always sees what it has written itself", arguments: Engine.available)
    func writer(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        let found = try await database.write { db in
            try (0..<3).map { number in
                try db.put("\(number)")
                return try db.kept(for: Key()) { try db.count("select count(*) from shelf") }
            }
        }
        #expect(found == [1, 2, 3])
    }

    @Test("nothing that was made before a write is held after it, though nobody reads again")
    func letGo() async throws {
        final class Words: Sendable {}
        let database = try await Shelf.fresh(on: .sqlite, connections: 3)
        weak let held = try await database.read { db in try db.kept(for: Key()) { Words() } }
        #expect(held != nil)
        try await database.write { try $0.put("one") }
        #expect(held == nil)
    }

    @Test("while many read and one writes, what is kept is what the same read finds")
    func together() async throws {
        let database = try await Shelf.fresh(on: .sqlite, connections: 4)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        let (kept, now) = try await database.read { db in
                            (
                                try db.kept(for: Key()) { try db.count("select count(*) from shelf") },
                                try db.count("select count(*) from shelf")
                            )
                        }
                        #expect(kept == now)
                    }
                }
            }
            group.addTask {
                for number in 0..<200 { try await database.write { try $0.put("\(number)") } }
            }
            try await group.waitForAll()
        }
        #expect(try await counted(database).found == 200)
    }
}
