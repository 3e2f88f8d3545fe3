import Foundation
import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What this house holds about somebody")
struct HeldTests {
    /// The lines of the page for whoever must say yes.
    private static func page() throws -> [Substring] {
        try String(
            contentsOf: URL(filePath: #filePath + "/../../../../docs/data-protection.md").standardized, encoding: .utf8
        )
        .split(separator: "\n")
    }

    @Test(
        "the officer's page says of every table what people are told of it", arguments: Leaving.belongings.map(\.table))
    func written(table: String) async throws {
        let t = Words(try await World(.sqlite).house.catalogue, language: "en")
        let stay = try #require(Leaving.belongings.first { $0.table == table }).stay
        let (why, until) = (t("held.why.\(Parcel.name(of: table))"), t("held.stay.\(stay.rawValue)"))
        let line = "| `\(table)` | \(why) | \(until) |"
        #expect(try Self.page().contains { $0 == line }, "docs/data-protection.md should have: \(line)")
    }

    @Test("the officer's page names every other table too", arguments: Engine.available)
    func named(engine: Engine) async throws {
        let world = try await World(engine)
        let tables = try await world.house.database.read { try $0.tables() }
        let rows = try Self.page().filter { $0.hasPrefix("| `") }
        #expect(tables.count > 30)
        for table in tables where table != "migration" {
            #expect(rows.contains { $0.prefix(60).contains("`\(table)`") }, "it says nothing of \(table)")
        }
    }

    @Test(
        "everybody sees what is held about them, each kind with its reason, and nobody else's",
        arguments: Engine.available)
    func shown(engine: Engine) async throws {
        let scene = try await Scene.lay(in: World(engine))
        let t = Words(scene.world.house.catalogue, language: "en")
        let page = try await scene.member.get("/me/held").body
        for table in ["person", "device", "seat", "contribution", "card", "promise"] {
            #expect(page.contains(t("held.why.\(table)").replacing("'", with: "&#39;")), "\(table)")
        }
        #expect(page.firstMatch(of: /\d{4}-\d\d-\d\dT/) == nil, "days are said as people say them")
        let stranger = try await scene.world.person("Nobody")
        let little = try await stranger.get("/me/held").body
        #expect(little.contains(t("held.why.person")) && !little.contains(t("held.why.seat")))
    }

    @Test("what is said to be deleted when somebody leaves is, and what stays no longer leads to them")
    func kept() async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        let database = scene.world.house.database
        let now = scene.world.house.now()
        let device = try #require(scene.things["device"])
        let leaver = try await database.read { db in
            let person = try #require(
                try db.one("select person from device where id = \(device)") { $0[0] as ID<Person> })
            return try db.leaver(person, project: nil, wish: .takenBack, pieces: [:], at: now)
        }
        let before = try await Self.held(leaver, database)
        try await scene.member.fill("/leaving", ["wish": "takenBack"])
        let after = try await Self.held(leaver, database)
        for belonging in Leaving.belongings where before[belonging.table]! > 0 {
            let left = after[belonging.table]!
            if belonging.stay == .untilGone { #expect(left == 0, "\(belonging.table) is still there") }
        }
        #expect(before["device"]! > 0 && before["contribution"]! > 0 && before["notice"]! > 0)
        // By their seats what stays can still be found here; from the person nothing leads to the seats any more.
        #expect(
            try await database.read { try $0.count("select count(*) from seat where person = \(leaver.person)") } == 0)
    }

    /// How many things of theirs each table has, found by seats that they had before.
    private static func held(_ leaver: Leaver, _ database: Database) async throws -> [String: Int] {
        try await database.read { db in
            Dictionary(uniqueKeysWithValues: try Leaving.gather(leaver, db).map { ($0.table, $0.leaves.count) })
        }
    }
}
