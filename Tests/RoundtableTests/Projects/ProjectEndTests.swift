import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A project's last day")
struct ProjectEndTests {
    /// Asha and Ben at a table where both said something, with its address.
    private func table(_ engine: Engine) async throws -> (World, asha: Browser, ben: Browser, project: String) {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let begun = try await asha.fill("/projects/new", sendingTo: "/projects", ["name": "Getting home"])
        let project = try #require(begun.location)
        let ben = try await world.person("Ben")
        let (id, now) = (try #require(ID<Project>(project.split(separator: "/")[1])), world.house.now())
        _ = try await world.house.database.write { db in
            let person: ID<Person> = try #require(try db.one("select id from person where name = 'Ben'") { $0[0] })
            return try db.takeSeat(in: id, person: person, name: "Ben", asMember: true, at: now)
        }
        for (browser, words) in [(asha, "The car is late."), (ben, "Nobody rings.")] {
            try await browser.fill(
                "\(project)/contributions/new", sendingTo: "\(project)/contributions",
                ["words": words, "bearing": "name"])
        }
        return (world, asha, ben, project)
    }

    private func pass(_ world: World, _ days: Int) async throws {
        world.wait(.days(days))
        await Housekeeping(house: world.house).doAll()
        try await Post(house: world.house).deliverAll()
    }

    private func words(_ world: World) async throws -> [String] {
        try await world.house.database.read { db in
            try db.all("select words from contribution order by words") { $0[0] }
        }
    }

    @Test("everybody is told when it is set and when it is near, and then names come off", arguments: Engine.available)
    func unsigned(engine: Engine) async throws {
        let (world, asha, ben, project) = try await table(engine)
        #expect(try await asha.get(project).body.contains("\(project)/end"))
        #expect(try await asha.fill("\(project)/end", ["day": "2026-06-01", "how": "unsigned"]).code == 303)
        #expect(try await ben.get("\(project)/end").body.contains("Monday 1 June 2026"))
        func told() async throws -> Int {
            try await world.house.database.read {
                try $0.count("select count(*) from notice where kind = 'projectEnds'")
            }
        }
        try await pass(world, 0)
        #expect(try await told() == 2)
        try await pass(world, 50)
        #expect(try await told() == 2)
        try await pass(world, 10)
        #expect(try await told() == 4)
        try await pass(world, 26)
        #expect(try await ben.get(project).code == 200, "on its last day it is still there")
        try await pass(world, 2)
        for browser in [asha, ben] { #expect(try await browser.get(project).code == 404) }
        #expect(try await words(world) == ["Nobody rings.", "The car is late."])
        let named = try await world.house.database.read { try $0.count("select count(*) from seat where name <> ''") }
        #expect(named == 0)
    }

    @Test("where the group said so, what was said is deleted", arguments: Engine.available)
    func takenBack(engine: Engine) async throws {
        let (world, asha, _, project) = try await table(engine)
        try await asha.fill("\(project)/end", ["day": "2026-06-01", "how": "takenBack"])
        try await pass(world, 60)
        try await pass(world, 29)
        #expect(try await words(world) == ["", ""])
    }

    @Test("a house that was away on the day gives everybody their four weeks first", arguments: Engine.available)
    func away(engine: Engine) async throws {
        let (world, asha, ben, project) = try await table(engine)
        try await asha.fill("\(project)/end", ["day": "2026-06-01", "how": "takenBack"])
        try await pass(world, 200)
        #expect(try await ben.get(project).code == 200)
        try await pass(world, 27)
        #expect(try await ben.get(project).code == 200)
        try await pass(world, 1)
        #expect(try await ben.get(project).code == 404)
    }

    @Test("anybody may move the day, and a day too soon, too far or not there is told kindly")
    func moved() async throws {
        let (world, asha, ben, project) = try await table(.sqlite)
        for (day, words) in [("", "Say on which day."), ("2026-04-01", "four weeks"), ("2040-01-01", "five years")] {
            let answer = try await asha.fill("\(project)/end", ["day": day, "how": "unsigned"])
            #expect(answer.code == 422 && answer.body.contains(words), "\(day)")
        }
        #expect(try await asha.fill("\(project)/end", ["day": "2026-05-05"]).code == 422)
        try await asha.fill("\(project)/end", ["day": "2026-05-05", "how": "takenBack"])
        try await ben.fill("\(project)/end", ["day": "2027-05-05", "how": "unsigned"])
        try await pass(world, 90)
        #expect(try await ben.get(project).code == 200)
        #expect(try await words(world) == ["Nobody rings.", "The car is late."])
    }
}
