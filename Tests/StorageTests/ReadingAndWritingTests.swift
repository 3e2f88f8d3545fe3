import Storage
import StorageTesting
import Testing

@Suite("Reading and writing")
struct ReadingAndWritingTests {
    static let shelf = Migration("shelf", "create table shelf (id text primary key not null, words text, number bigint, size real, bytes bytes, is_kept bigint)")

    static func shelf(on engine: Engine) async throws -> Database {
        let database = try await engine.fresh()
        try await database.migrate([shelf])
        return database
    }

    struct Kept: Equatable, Sendable {
        var words: String?
        var number: Int64?
        var size: Double?
        var bytes: [UInt8]?
        var isKept: Bool?

        static let whole = Kept(words: "Rydw i’n clywed 👩🏽‍🦽 e\u{301}", number: .min, size: 0.1, bytes: Array(0...255), isKept: true)
        static let plain = Kept(words: "", number: .max, size: -1e300, bytes: [], isKept: false)
        static let nothing = Kept()
    }

    @Test("what is kept is what was given", arguments: Engine.available, [Kept.whole, .plain, .nothing])
    func roundTrip(engine: Engine, given: Kept) async throws {
        let database = try await Self.shelf(on: engine)
        let changed = try await database.write { db in
            try db.run("insert into shelf (id, words, number, size, bytes, is_kept) values (\("one"), \(given.words), \(given.number), \(given.size), \(given.bytes), \(given.isKept))")
        }
        #expect(changed == 1)
        let kept = try await database.read { db in
            try db.one("select words, number, size, bytes, is_kept from shelf where id = \("one")") {
                Kept(words: $0[0], number: $0[1], size: $0[2], bytes: $0[3], isKept: $0[4])
            }
        }
        #expect(kept == given)
    }
}
