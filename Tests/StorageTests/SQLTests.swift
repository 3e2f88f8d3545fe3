import StorageTesting
import Testing

@testable import Storage

@Suite("Queries whose values travel apart")
struct SQLTests {
    static let cruel = "'); drop table shelf; -- \" $1 \\ ; %_"

    @Test("a value is never part of the words")
    func valuesAreBound() {
        let query: SQL = "select * from shelf where id = \(Self.cruel) and number > \(3)"
        let (text, values) = query.spelled()
        #expect(text == "select * from shelf where id = $1 and number > $2")
        #expect(values.map(\.value) == [.text(Self.cruel), .integer(3)])
    }

    @Test("a fragment joins with its values, numbered anew")
    func fragments() {
        let conditions: [SQL] = ["a = \(1)", "b = \("two")"]
        let query: SQL = "select 1 where c = \(0) and \(conditions.joined(by: " and ")) limit \(9)"
        let (text, values) = query.spelled()
        #expect(text == "select 1 where c = $1 and a = $2 and b = $3 limit $4")
        #expect(values.map(\.value) == [.integer(0), .integer(1), .text("two"), .integer(9)])
    }

    @Test("a missing value keeps the kind that it would have had")
    func missing() {
        let none: Int? = nil
        let bound = ("\(none)" as SQL).spelled().values
        #expect(bound.map(\.value) == [.null])
        #expect(bound.map(\.kind) == [.integer])
    }

    @Test("lists of nearly the same length share one statement", arguments: [5, 6, 7, 8])
    func listsAreFilledUp(length: Int) {
        let query: SQL = "id in \(list: Array(1...length))"
        let (text, values) = query.spelled()
        #expect(text == "id in ($1,$2,$3,$4,$5,$6,$7,$8)")
        #expect(Set(values.map(\.value)) == Set((1...Int64(length)).map(Value.integer)))
    }

    @Test("queries that differ in their values alone are of one shape, and others are not")
    func shapes() {
        func asked(_ id: String, _ number: Int?) -> SQL {
            "select * from shelf where id = \(id) and number > \(number)"
        }
        #expect(asked("a", 1).shape == asked("b", nil).shape)
        let other: SQL = "select * from shelf where id = \("a") and number < \(1)"
        #expect(asked("a", 1).shape != other.shape)
        #expect(("id in \(list: [1, 2, 3])" as SQL).shape != ("id in \(list: [1, 2])" as SQL).shape)
    }

    @Test("what people say stays what they said", arguments: Engine.available)
    func cruelWordsAreData(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { try $0.put("cruel", Self.cruel) }
        let found = try await database.read { db in
            try db.one("select words from shelf where words = \(Self.cruel)") { $0[0] as String }
        }
        #expect(found == Self.cruel)
        #expect(try await database.read { try $0.count("select count(*) from shelf") } == 1)
    }

    @Test("a very long list is answered, and one past the limit is a fault and no crash", arguments: Engine.available)
    func longLists(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { try $0.put("one", number: 20_000) }
        func found(_ length: Int) async throws -> Int {
            try await database.read { db in
                try db.count("select count(*) from shelf where number in \(list: Array(1...length))")
            }
        }
        #expect(try await found(SQL.mostValues) == 1)
        #expect(try await found(19_999) == 0)
        await #expect(throws: StorageTrouble.fault(code: "too many values", message: "")) {
            try await found(SQL.mostValues + 1)
        }
    }

    @Test("a list finds what is in it, and an empty one nothing", arguments: Engine.available)
    func lists(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { db in
            for number in 1...5 { try db.put("\(number)", number: number) }
        }
        let (some, none, notNone): ([String], Int, Int) = try await database.read { db in
            let nothing: [Int] = []
            return (
                try db.all("select id from shelf where number in \(list: [2, 4, 9]) order by id") { $0[0] },
                try db.count("select count(*) from shelf where number in \(list: nothing)"),
                try db.count("select count(*) from shelf where number not in \(list: nothing)")
            )
        }
        #expect(some == ["2", "4"])
        #expect(none == 0)
        #expect(notNone == 5)
    }
}
