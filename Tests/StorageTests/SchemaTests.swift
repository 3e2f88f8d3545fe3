import Storage
import StorageTesting
import Testing

@Suite("What the database says of itself")
struct SchemaTests {
    @Test("tables, columns and references are the same on both engines", arguments: Engine.available)
    func schema(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        let (tables, columns, keys, referring) = try await database.read { db in
            (
                try db.tables(), try db.columns(of: "shelf"), try db.foreignKeys(), try db.tables(referringTo: "shelf")
            )
        }
        #expect(tables == ["label", "migration", "shelf"])
        #expect(
            columns == [
                Column(name: "id", kind: .text, isRequired: true),
                Column(name: "words", kind: .text, isRequired: false),
                Column(name: "number", kind: .integer, isRequired: false),
                Column(name: "size", kind: .real, isRequired: false),
                Column(name: "bytes", kind: .blob, isRequired: false),
                Column(name: "is_kept", kind: .integer, isRequired: false),
            ])
        #expect(keys == [ForeignKey(table: "label", column: "shelf", refersTo: "shelf", refersToColumn: "id")])
        #expect(referring == ["label"])
    }

    @Test("a reference that names no column, and one of two columns, are told whole", arguments: Engine.available)
    func references(engine: Engine) async throws {
        let database = try await engine.fresh()
        try await database.migrate([
            Migration(
                "rooms",
                """
                create table room (house text not null, name text not null, primary key (house, name));
                create table chair (
                    id text primary key not null,
                    house text, room text,
                    beside text references chair,
                    foreign key (house, room) references room (house, name)
                )
                """)
        ])
        #expect(
            try await database.read { Set(try $0.foreignKeys()) } == [
                ForeignKey(table: "chair", column: "beside", refersTo: "chair", refersToColumn: "id"),
                ForeignKey(table: "chair", column: "house", refersTo: "room", refersToColumn: "house"),
                ForeignKey(table: "chair", column: "room", refersTo: "room", refersToColumn: "name"),
            ])
    }

    @Test("a well database says so, and looking leaves nothing behind", arguments: Engine.available)
    func health(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine)
        let health = await database.check(thoroughly: true)
        #expect(health.isWell)
        #expect(health.engine == engine)
        #expect(try #require(health.version).first?.isNumber == true)
        #expect(try await database.read { try $0.count("select count(*) from migration") } == 1)
    }
}
