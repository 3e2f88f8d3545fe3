import Storage
import StorageTesting
import Testing

@Suite("Reading and writing")
struct ReadingAndWritingTests {
    struct Kept: Equatable, Sendable {
        var words: String?
        var number: Int64?
        var size: Double?
        var bytes: [UInt8]?
        var isKept: Bool?

        static let whole = Kept(
            words: "Rydw i’n clywed 👩🏽‍🦽 e\u{301} שלום", number: .min, size: 0.1, bytes: Array(0...255), isKept: true)
        static let plain = Kept(words: "", number: .max, size: -1e300, bytes: [], isKept: false)
        static let nothing = Kept()
    }

    @Test("what is read is what was written", arguments: Engine.available, [Kept.whole, .plain, .nothing])
    func roundTrip(engine: Engine, given: Kept) async throws {
        let database = try await Shelf.fresh(on: engine)
        let changed = try await database.write { db in
            try db.run(
                """
                insert into shelf (id, words, number, size, bytes, is_kept)
                values (\("one"), \(given.words), \(given.number), \(given.size), \(given.bytes), \(given.isKept))
                """)
        }
        #expect(changed == 1)
        let read = try await database.read { db in
            try db.one("select words, number, size, bytes, is_kept from shelf where id = \("one")") {
                Kept(words: $0[0], number: $0[1], size: $0[2], bytes: $0[3], isKept: $0[4])
            }
        }
        #expect(read == given)
        #expect(
            read?.words?.unicodeScalars.elementsEqual(given.words!.unicodeScalars) != false, "the very same letters")
    }

    @Test("text with a NUL and numbers that are none are refused alike", arguments: Engine.available)
    func unstorable(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        await #expect(throws: StorageTrouble.unstorable) {
            try await database.write { try $0.put("nul", "a\0b") }
        }
        await #expect(throws: StorageTrouble.unstorable) {
            try await database.write { try $0.run("insert into shelf (id, size) values (\("nan"), \(Double.nan))") }
        }
        #expect(try await database.read { try $0.ids() } == [])
    }

    @Test("text sorts alike, by its bytes", arguments: Engine.available)
    func sorting(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { db in
            for id in ["b", "ä", "Z", "a", "é", "B", "_", "10", "9"] { try db.put(id) }
        }
        #expect(try await database.read { try $0.ids() } == ["10", "9", "B", "Z", "_", "a", "b", "ä", "é"])
    }

    @Test("sums of whole numbers are whole, and averages are not", arguments: Engine.available)
    func sums(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { db in
            for number in [1, 2, 4] { try db.put("\(number)", number: number) }
        }
        let found = try await database.read { db in
            try db.one("select sum(number), avg(number), max(number), count(*) filter (where number > \(1)) from shelf")
            {
                ($0[0] as Int, $0[1] as Double, $0[2] as Int, $0[3] as Int)
            }
        }
        let (sum, average, largest, many) = try #require(found)
        #expect((sum, largest, many) == (7, 4, 2))
        #expect(abs(average - 7.0 / 3) < 1e-9)
    }

    @Test("the largest of none is counted as 0", arguments: Engine.available)
    func countOfNothing(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        #expect(try await database.read { try $0.count("select max(number) from shelf") } == 0)
        try await database.write { try $0.put("one", number: 3) }
        #expect(try await database.read { try $0.count("select max(number) from shelf") } == 3)
    }

    @Test("a rule that is broken says which sort of rule it was", arguments: Engine.available)
    func constraints(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { db in
            try db.put("one")
            try db.run("insert into label (id, shelf, words) values (\("l"), \("one"), \("here"))")
        }
        func broken(_ statement: SQL) async -> ConstraintViolation.Kind? {
            await #expect(throws: ConstraintViolation.self) { try await database.write { try $0.run(statement) } }?.kind
        }
        #expect(await broken("insert into shelf (id) values (\("one"))") == .unique)
        #expect(await broken("insert into label (id, shelf, words) values (\("m"), \("one"), \("here"))") == .unique)
        #expect(await broken("insert into label (id, shelf, words) values (\("m"), \("none"), \("x"))") == .foreignKey)
        #expect(await broken("delete from shelf where id = \("one")") == .foreignKey)
        #expect(await broken("insert into label (id, shelf, words) values (\("m"), \("one"), \(""))") == .check)
        let none: String? = nil
        #expect(await broken("insert into label (id, shelf, words) values (\("m"), \("one"), \(none))") == .notNull)
        #expect(try await database.read { try $0.count("select count(*) from label") } == 1)
    }

    @Test("a write that fails leaves nothing, even if it goes on after a failure", arguments: Engine.available)
    func allOrNothing(engine: Engine) async throws {
        struct Stop: Error {}
        let database = try await Shelf.fresh(on: engine)
        await #expect(throws: Stop.self) {
            try await database.write { db in
                try db.put("stopped")
                throw Stop()
            }
        }
        await #expect(throws: ConstraintViolation.self) {
            try await database.write { db in
                try db.put("twice")
                try? db.put("twice")
            }
        }
        #expect(try await database.read { try $0.ids() } == [])
        try await database.write { try $0.put("after") }
        #expect(try await database.read { try $0.ids() } == ["after"])
    }

    @Test("a fault in a query names what is wrong with it, and no value", arguments: Engine.available)
    func faults(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        let trouble = await #expect(throws: StorageTrouble.self) {
            try await database.read { try $0.count("select count(*) from nowhere where id = \("a secret")") }
        }
        guard case .fault(_, let message) = trouble else { throw trouble! }
        #expect(message.contains("nowhere"))
        #expect(!message.contains("secret"))
    }

    @Test("a search that can't be understood is a fault that does not repeat what was searched for")
    func searchFaults() async throws {
        let database = try await Engine.sqlite.fresh()
        try await database.migrate([Migration("search", sqlite: ["create virtual table page using fts5 (words)"])])
        for cruel in ["a secret: \"", "secret : tea", "(secret"] {
            let trouble = await #expect(throws: StorageTrouble.self) {
                try await database.read { try $0.count("select count(*) from page where page match \(cruel)") }
            }
            #expect(!"\(trouble!)".contains("secret"))
        }
    }

    @Test("a read sees one moment, whatever is written meanwhile", arguments: Engine.available)
    func oneMoment(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { try $0.put("before") }
        let gate = Gate()
        async let seen = database.read { db in
            let first = try db.ids()
            let isWritten = gate.wait()
            return (first, isWritten, try db.ids())
        }
        try await gate.reached()
        try await database.write { try $0.put("meanwhile") }
        gate.open()
        let (first, isWritten, second) = try await seen
        try #require(isWritten, "needs a write in the middle, or this test means nothing")
        #expect(first == ["before"])
        #expect(second == ["before"])
        #expect(try await database.read { try $0.ids() } == ["before", "meanwhile"])
    }

    @Test("a query may be asked again while its own rows are read", arguments: Engine.available)
    func nested(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { db in for id in ["a", "b", "c"] { try db.put(id) } }
        let pairs = try await database.read { db in
            try db.all("select id from shelf order by id") { row in
                let others: [String] = try db.all("select id from shelf order by id") { $0[0] }
                return (row[0] as String) + others.joined()
            }
        }
        #expect(pairs == ["aabc", "babc", "cabc"])
    }

    @Test("statements are counted", arguments: Engine.available)
    func counting(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        let before = database.statements
        let (ids, queries) = try await database.read { db in
            let ids = try db.ids()
            _ = try db.count("select count(*) from label")
            return (ids, db.queries)
        }
        #expect(ids == [])
        #expect(queries == 2)
        try await database.write { try $0.put("one") }
        #expect(database.statements - before == 3)
    }

    @Test("a wrong type in a select list stops the program")
    func wrongType() async throws {
        let folder = try TestFolder.make()
        await #expect(processExitsWith: .failure) { [folder = folder as String] in
            dieQuietly()
            let database = try Database.sqlite(at: folder + "/wrong.sqlite")
            try await database.migrate(Shelf.history)
            try await database.write { try $0.put("one", "words") }
            _ = try await database.read { try $0.one("select words from shelf") { $0[0] as Int } }
        }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let database = try Database.sqlite(at: folder + "/wrong.sqlite")
            _ = try await database.read { try $0.one("select words from shelf") { $0[0] as String } }
        }
    }

    @Test("a row kept after its time stops the program")
    func keptRow() async throws {
        let folder = try TestFolder.make()
        await #expect(processExitsWith: .failure) { [folder = folder as String] in
            dieQuietly()
            let database = try Database.sqlite(at: folder + "/kept.sqlite")
            try await database.migrate(Shelf.history)
            try await database.write { try $0.put("one", "words") }
            _ = try await database.read { db in
                let row = try db.one("select words from shelf") { $0 }
                return row?[0] as String?
            }
        }
    }

    @Test("a closed database says so", arguments: Engine.available)
    func closed(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        #expect(try await database.read { try $0.ids() } == [])
        await database.close()
        await #expect(throws: StorageTrouble.closed) { try await database.read { try $0.ids() } }
        await #expect(throws: StorageTrouble.closed) { try await database.write { try $0.put("late") } }
    }
}
