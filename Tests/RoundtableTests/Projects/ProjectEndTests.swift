import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A project's last day")
struct ProjectEndTests {
    /// Asha and Ben at a table where both said something, with its address.
    private func table(_ engine: Engine) async throws -> (World, asha: Browser, ben: Browser, project: String) {
        let table = try await Table(engine)
        let (asha, ben, project) = (table.founder, try await table.join("Ben"), table.address)
        for (browser, words) in [(asha, "The car is late."), (ben, "Nobody rings.")] {
            try await browser.fill(
                "\(project)/contributions/new", sendingTo: "\(project)/contributions",
                ["words": words, "bearing": "name"])
        }
        return (table.world, asha, ben, project)
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

    @Test(
        "so is what came on paper, what was given with nothing, and what somebody left behind",
        arguments: Engine.available)
    func whoeverSaidIt(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben")
        let other = try await Group(world, "Olive")
        let card = try await group.deal().0
        let here = try await [
            group.said("On paper.", receipt: card), group.said("With nothing.", signed: false),
            group.said("Left behind.", by: "Ben"),
        ]
        _ = try await other.said("Elsewhere.", by: "Olive")
        let now = world.house.now()
        try await world.house.database.write { db in
            for piece in here { try db.give(Consent(name: "Somebody", given: now), to: piece, as: .anonymous()) }
        }
        try await group["Ben"].fill("/leaving")
        try await group["Asha"].fill("/projects/\(group.project)/end", ["day": "2026-06-01", "how": "takenBack"])
        try await pass(world, 60)
        #expect(try await words(world) == ["Elsewhere.", "Left behind.", "On paper.", "With nothing."])
        try await pass(world, 29)
        #expect(try await words(world) == ["", "", "", "Elsewhere."])
        let standing = try await world.house.database.read {
            try $0.count("select count(*) from consent where ended is null or name <> ''")
        }
        #expect(standing == 0)
        #expect(try await other["Olive"].get("/projects/\(other.project)").body.contains("Olive"))
    }

    @Test("names come off what somebody left behind with theirs, and the words stay", arguments: Engine.available)
    func leftBehind(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben")
        _ = try await group.said("Left behind.", by: "Ben")
        try await group["Ben"].fill("/leaving")
        try await group["Asha"].fill("/projects/\(group.project)/end", ["day": "2026-06-01", "how": "unsigned"])
        func names() async throws -> [String] {
            try await world.house.database.read { try $0.all("select name from seat order by name") { $0[0] } }
        }
        #expect(try await names() == ["Asha", "Ben"])
        for days in [60, 29] { try await pass(world, days) }
        #expect(try await names() == ["", ""])
        #expect(try await words(world) == ["Left behind."])
    }

    @Test(
        "nobody outside can read its page any more, and a backup put back lets go of it all again",
        arguments: Engine.available, ProjectEnd.How.allCases)
    func published(engine: Engine, how: ProjectEnd.How) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha")
        _ = try await group.said("With nothing.", signed: false)
        let (page, act, project, seat) = (
            ID<Publication>.anonymous(), ID<Act>.anonymous(), group.project, group.seat("Asha")
        )
        try await world.house.database.write { db in
            _ = try db.open(.publishing, as: act, in: project, by: seat, at: World.beginning)
            try db.run(
                "insert into publication (id, project, act, missing, began) values (\(page), \(project), \(act), '', 1)"
            )
        }
        try await group["Asha"].fill("/projects/\(project)/end", ["day": "2026-06-01", "how": how.rawValue])
        try await pass(world, 60)
        #expect(try await world.browser().get("/p/\(page)").code == 200)
        try await pass(world, 29)
        #expect(try await world.browser().get("/p/\(page)").code == 404)

        // As the house was before its end.
        let acts = try await world.house.database.read { try $0.letGo() }
        let first = try #require(acts.first { $0.kind == .ended }).number
        try await world.house.database.write { db in
            try db.run("update publication set began = 1")
            try db.run("update contribution set words = 'With nothing.', taken_back = null")
            try db.run("update seat set name = 'Asha', gone = null")
            try db.forgetLetGo(after: first - 1)
            _ = try LettingGoAgain(acts: acts).apply(db)
        }
        #expect(try await world.browser().get("/p/\(page)").code == 404)
        #expect(try await words(world) == [how == .takenBack ? "" : "With nothing."])
        let named = try await world.house.database.read { try $0.count("select count(*) from seat where name <> ''") }
        #expect(named == 0)
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

    @Test("a backup from before the day was set knows of it when it is put back", arguments: Engine.available)
    func putBack(engine: Engine) async throws {
        let (world, asha, ben, project) = try await table(engine)
        try await asha.fill("\(project)/end", ["day": "2026-06-01", "how": "takenBack"])
        /// Puts back a house in which nobody had set a day, with what was let go of since.
        func putBack(after kind: LetGo.Kind) async throws {
            try await world.house.database.write { db in
                let acts = try db.letGo()
                let first = try #require(acts.first { $0.kind == kind }).number
                try db.run("delete from project_end")
                try db.run("update contribution set words = 'Here again.', taken_back = null")
                try db.forgetLetGo(after: first - 1)
                _ = try LettingGoAgain(acts: acts).apply(db)
            }
        }
        try await putBack(after: .ends)
        #expect(try await ben.get("\(project)/end").body.contains("Monday 1 June 2026"))
        try await pass(world, 60)
        #expect(try await words(world) == ["Here again.", "Here again."])
        try await pass(world, 29)
        #expect(try await words(world) == ["", ""])
        try await putBack(after: .ended)
        #expect(try await words(world) == ["", ""])
        let ended = try await world.house.database.read { db in
            try db.end(of: #require(ID<Project>(project.split(separator: "/")[1])))?.ended
        }
        #expect(ended != nil, "nobody can take a seat there any more")
    }
}
