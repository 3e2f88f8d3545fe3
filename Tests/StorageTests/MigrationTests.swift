import StorageTesting
import Testing

@testable import Storage

@Suite("The history of the tables")
struct MigrationTests {
    static let more = Migration("more", "alter table shelf add column colour text not null default 'cream'")

    @Test("what has been done is not done again, and what is new is", arguments: Engine.available)
    func twice(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        try await database.write { try $0.put("one") }
        try await database.migrate(Shelf.history)
        try await database.migrate(Shelf.history + [Self.more])
        #expect(try await database.read { try $0.one("select colour from shelf") { $0[0] as String } } == "cream")
        let names: [String] = try await database.read {
            try $0.all("select name from migration order by name") { $0[0] }
        }
        #expect(names == ["more", "shelf"])
    }

    @Test("programs that start at once do it once between them", arguments: Engine.available)
    func atOnce(engine: Engine) async throws {
        let place = try TestPlace(engine)
        try await withThrowingTaskGroup { group in
            for _ in 1...6 {
                group.addTask {
                    let database = try place.open()
                    try await database.migrate(Shelf.history + [Self.more])
                    _ = try await database.read { try $0.ids() }
                    await database.close()
                }
            }
            try await group.waitForAll()
        }
        let database = try place.open()
        #expect(try await database.read { try $0.count("select count(*) from migration") } == 2)
    }

    @Test("an older program refuses what a newer one has changed", arguments: Engine.available)
    func newer(engine: Engine) async throws {
        let place = try TestPlace(engine)
        try await place.open().migrate(Shelf.history + [Self.more])
        let older = try place.open()
        await #expect(throws: StorageTrouble.newer(migration: "more")) { try await older.migrate(Shelf.history) }
        try await older.migrate(Shelf.history + [Self.more])
    }

    @Test("a step that fails leaves nothing of itself, and those before it stay", arguments: Engine.available)
    func halfDone(engine: Engine) async throws {
        let database = try await engine.fresh()
        let wrong = Migration(
            "wrong", "create table half (id text primary key not null); insert into nowhere values (1)")
        await #expect(throws: StorageTrouble.self) { try await database.migrate(Shelf.history + [wrong]) }
        #expect(try await database.read { try $0.tables() } == ["label", "migration", "shelf"])
    }

    @Test("each engine's own statements are run on it alone", arguments: Engine.available)
    func own(engine: Engine) async throws {
        let database = try await engine.fresh()
        let search = Migration(
            "search",
            "create table page (id bigint primary key not null, words text not null)",
            sqlite: [
                "create virtual table page_search using fts5 (words, content = page, content_rowid = id)",
                """
                create trigger page_added after insert on page begin
                    insert into page_search (rowid, words) values (new.id, new.words);
                end
                """,
            ],
            postgres: ["create index page_search on page using gin (to_tsvector('simple', words))"]
        )
        try await database.migrate([search])
        try await database.write { try $0.run("insert into page (id, words) values (\(7), \("a cup of tea"))") }
        let found: Int? = try await database.read { db in
            switch db.engine {
            case .sqlite:
                try db.one("select rowid from page_search where page_search match \("tea")") { $0[0] }
            case .postgres:
                try db.one("select id from page where to_tsvector('simple', words) @@ to_tsquery('simple', \("tea"))") {
                    $0[0]
                }
            }
        }
        #expect(found == 7)
        #expect(
            try await database.read { try $0.tables() }.filter { !$0.hasPrefix("page_search") } == [
                "migration", "page",
            ])
    }

    @Test(
        "type words become the engine's own, and only where a type stands",
        arguments: [
            (
                "create table file (bytes bigint not null, body bytes, name text, size real)",
                "create table file (bytes integer not null, body blob, name text, size real) strict",
                "create table file (bytes bigint not null, body bytea, name text collate \"C\", size double precision)"
            ),
            (
                "create index i on file (bytes)",
                "create index i on file (bytes)",
                "create index i on file (bytes)"
            ),
            (
                "alter table file add column mark bytes",
                "alter table file add column mark blob",
                "alter table file add column mark bytea"
            ),
            (
                "create table a (\n    -- the text itself; in bytes\n    b text default 'x, bytes bytes'\n)",
                "create table a (\n    -- the text itself; in bytes\n    b text default 'x, bytes bytes'\n) strict",
                "create table a (\n    -- the text itself; in bytes\n    b text collate \"C\" default 'x, bytes bytes'\n)"
            ),
        ])
    func dialect(written: String, sqlite: String, postgres: String) {
        #expect(Dialect.spell(written, for: .sqlite) == sqlite)
        #expect(Dialect.spell(written, for: .postgres) == postgres)
    }

    @Test("statements part at a semicolon, but not inside quotes or comments")
    func parting() {
        let parted = Dialect.statements("a ';' ; -- no; not here\n b \";\";\n -- the end;\n")
        #expect(parted == ["a ';' ", " -- no; not here\n b \";\""])
    }
}
