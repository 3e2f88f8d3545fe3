import Foundation
import Storage
import StorageTesting
import Testing

@Suite("SQLite's own troubles")
struct SQLiteTests {
    @Test("a full disk refuses writes, reads go on, and room brings writes back")
    func full() async throws {
        let database = try await Shelf.fresh(on: .sqlite)
        try await database.write { try $0.put("before") }
        try await database.write { try $0.run("pragma max_page_count = 20") }
        await #expect(throws: StorageTrouble.full) {
            try await database.write { db in
                let large = [UInt8](repeating: 7, count: 500_000)
                try db.run("insert into shelf (id, bytes) values (\("large"), \(large))")
            }
        }
        #expect(try await database.read { try $0.ids() } == ["before"])
        #expect(await database.check(thoroughly: true).isWell)
        try await database.write { try $0.run("pragma max_page_count = 100000") }
        try await database.write { try $0.put("after") }
        #expect(try await database.read { try $0.ids() } == ["after", "before"])
    }

    @Test("one that fills the disk is refused alone, and those in its group are kept")
    func fullInAGroup() async throws {
        let database = try await Shelf.fresh(on: .sqlite)
        try await database.write { try $0.run("pragma max_page_count = 40") }
        let outcomes = try await WritingAtOnceTests.writing(20, behindOne: database) { db, number in
            let size = number == 10 ? 500_000 : 1
            try db.run(
                "insert into shelf (id, bytes) values (\("\(number)"), \([UInt8](repeating: 7, count: size)))")
        }
        #expect(outcomes.filter { $0.value != nil }.keys.sorted() == [10])
        #expect(outcomes[10] as? StorageTrouble == .full)
        #expect(try await database.read { try $0.count("select count(*) from shelf") } == 20)
    }

    @Test("the file is kept as we say: logged ahead, flushed, erased, with its rules on")
    func settings() async throws {
        let place = try TestPlace(.sqlite)
        let database = try Database.sqlite(at: place.name + "/durable.sqlite")
        let settings = try await database.write { db in
            [
                try db.one("pragma journal_mode") { $0[0] as String },
                try db.one("pragma synchronous") { "\($0[0] as Int)" },
                try db.one("pragma secure_delete") { "\($0[0] as Int)" },
                try db.one("pragma foreign_keys") { "\($0[0] as Int)" },
            ]
        }
        #expect(settings == ["wal", "2", "1", "1"])
    }

    @Test("more who read than there are connections are each answered in their turn")
    func readersInLine() async throws {
        let database = try await Engine.sqlite.fresh(connections: 1)
        try await database.migrate(Shelf.history)
        try await database.write { try $0.put("one") }
        let found = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<40 { group.addTask { try await database.read { try $0.ids() } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: ["one"], count: 40))
    }

    @Test("a read that throws gives its connection back, out of its transaction")
    func readerThatThrows() async throws {
        struct Enough: Error {}
        let database = try await Engine.sqlite.fresh(connections: 1)
        try await database.migrate(Shelf.history)
        await #expect(throws: Enough.self) {
            try await database.read { db in
                _ = try db.ids()
                throw Enough()
            }
        }
        try await database.write { try $0.put("since") }
        #expect(try await database.read { try $0.ids() } == ["since"])
    }

    @Test("a file that is no database is refused, and says why")
    func notADatabase() throws {
        let place = try TestPlace(.sqlite)
        let path = place.name + "/letter.sqlite"
        try String(repeating: "Dear all, ", count: 1000).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StorageTrouble.damaged) { try Database.sqlite(at: path) }
        #expect(throws: StorageTrouble.away) { try Database.sqlite(at: place.name + "/nowhere/at/all.sqlite") }
    }
}
