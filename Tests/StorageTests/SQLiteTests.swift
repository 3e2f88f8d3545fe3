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

    @Test("a file that is no database is refused, and says why")
    func notADatabase() throws {
        let place = try TestPlace(.sqlite)
        let path = place.name + "/letter.sqlite"
        try String(repeating: "Dear all, ", count: 1000).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StorageTrouble.damaged) { try Database.sqlite(at: path) }
        #expect(throws: StorageTrouble.away) { try Database.sqlite(at: place.name + "/nowhere/at/all.sqlite") }
    }
}
