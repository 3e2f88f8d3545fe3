import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What helps me")
struct NeedTests {
    private func put(_ words: String, on browser: Browser) async throws -> Answer {
        try await browser.fill("/me/helps", ["words": words])
    }

    /// A gathering that Asha called; Ben says he'll come, and Cleo comes in with the code.
    private func gathered(_ engine: Engine) async throws -> (gathered: Gathered, ben: Browser, cleo: Browser) {
        let table = try await Table(engine)
        try await table.lay()
        let gathered = try await Gathered(table)
        let ben = try await table.join("Ben", by: table.invitation("join"))
        return (gathered, ben, try await gathered.guest("Cleo"))
    }

    private func needs(_ gathered: Gathered, by browser: Browser) async throws -> String {
        try await browser.get("\(gathered.address)/needs").body
    }

    private func tick(
        _ words: String, _ outcome: String, at gathered: Gathered, by browser: Browser
    ) async throws -> Answer {
        let page = try await browser.get("\(gathered.address)/needs")
        let need = try await gathered.table.world.house.database.read { db in
            try #require(try db.one("select id from need where words = \(words)") { $0[0] as String })
        }
        return try await browser.send(page, to: "\(gathered.address)/needs/\(need)", ["outcome": outcome])
    }

    @Test(
        "a card goes to each gathering that its person joins or will come to, and to no other",
        arguments: Engine.available)
    func carried(engine: Engine) async throws {
        let (gathered, ben, cleo) = try await gathered(engine)
        #expect(try await put("Large print", on: ben).location == "/me/helps#card")
        #expect(try await put("A chair with arms", on: cleo).code == 303)
        let asha = gathered.table.founder
        #expect(try await needs(gathered, by: asha).contains("A chair with arms"))
        #expect(try await !needs(gathered, by: asha).contains("Large print"), "Ben has not said that he comes")
        for (answer, goes) in [("maybe", false), ("coming", true), ("not", false), ("bringing", true)] {
            try await ben.fill(gathered.address, sendingTo: gathered.address + "/coming", ["coming": answer])
            #expect(try await needs(gathered, by: asha).contains("Large print") == goes, "\(answer)")
        }
        #expect(try await needs(gathered, by: asha).contains("For Ben"))
        // Each sees their own, and nobody else who doesn't convene sees more.
        let bens = try await needs(gathered, by: ben)
        #expect(bens.contains("Large print") && !bens.contains("A chair with arms") && !bens.contains("Cleo"))
        #expect(try await !needs(gathered, by: cleo).contains("Large print"))
        let page = try await asha.get(gathered.address).body
        #expect(!page.contains("Large print"), "a page that is handed round names no needs")
    }

    @Test("words to pick are put on the card by one tap, and are offered no longer", arguments: Engine.available)
    func picked(engine: Engine) async throws {
        let ben = try await World(engine).person("Ben")
        let page = try await ben.get("/me/helps")
        #expect(page.body.contains("value=\"A break every half hour\""))
        #expect(try await ben.send(page, to: "/me/helps", ["picked": "A break every half hour"]).code == 303)
        let after = try await ben.get("/me/helps").body
        #expect(!after.contains("value=\"A break every half hour\"") && after.contains("A break every half hour"))
        #expect(try await put("a break every half-hour", on: ben).code == 303, "the same is there once")
        #expect(try await ben.get("/me/helps").body.matches(of: /\/me\/helps\/[0-9a-f-]+\/off/).count == 1)
        let long = String(repeating: "n", count: 101)
        let refused = try await put(long, on: ben)
        #expect(refused.code == 422 && refused.body.contains(long))
        #expect(try await put("  ", on: ben).code == 422)
        for number in 1...11 { #expect(try await put("Need \(number)", on: ben).code == 303) }
        #expect(try await put("Need 12", on: ben).code == 422)
    }

    @Test("met or not is for its person alone to say, from the beginning on", arguments: Engine.available)
    func ticked(engine: Engine) async throws {
        let (gathered, ben, cleo) = try await gathered(engine)
        let (asha, world) = (gathered.table.founder, gathered.table.world)
        _ = try await put("Large print", on: cleo)
        #expect(try await tick("Large print", "met", at: gathered, by: cleo).code == 422, "it has not begun")
        world.wait(.days(7) + .hours(5))
        #expect(try await tick("Large print", "met", at: gathered, by: asha).code == 404)
        #expect(try await tick("Large print", "met", at: gathered, by: ben).code == 404)
        #expect(try await tick("Large print", "perhaps", at: gathered, by: cleo).code == 400)
        #expect(try await tick("Large print", "met", at: gathered, by: cleo).code == 303)
        #expect(try await needs(gathered, by: asha).contains("For Cleo, who says that it was met"))
        #expect(try await tick("Large print", "unmet", at: gathered, by: cleo).code == 303)
        #expect(try await needs(gathered, by: asha).contains("For Cleo, who says that it was not met"))
        #expect(try await tick("Large print", "back", at: gathered, by: cleo).code == 303)
        #expect(try await needs(gathered, by: asha).contains("For Cleo<"))
    }

    @Test("what was not met is told to whoever convenes, once, and only while it stands", arguments: Engine.available)
    func told(engine: Engine) async throws {
        let (gathered, ben, cleo) = try await gathered(engine)
        let (asha, world) = (gathered.table.founder, gathered.table.world)
        _ = try await put("Large print", on: cleo)
        _ = try await put("A quiet room", on: cleo)
        world.wait(.days(7) + .hours(5))
        try await Post(house: world.house).deliverAll()
        let sentence = "Somebody needed something at a gathering that was not there."
        func told(_ browser: Browser) async throws -> Int {
            try await Post(house: world.house).deliverAll()
            return try await world.house.database.read { db in
                try db.count("select count(*) from notice where kind = 'needUnmet'")
            }
        }
        _ = try await tick("Large print", "unmet", at: gathered, by: cleo)
        _ = try await tick("Large print", "met", at: gathered, by: cleo)
        #expect(try await told(asha) == 0, "it was met after all, before anybody was told")
        _ = try await tick("Large print", "unmet", at: gathered, by: cleo)
        _ = try await tick("A quiet room", "unmet", at: gathered, by: cleo)
        #expect(try await told(asha) == 1)
        let news = gathered.table.address + "/news"
        #expect(try await asha.get(news).body.contains(sentence))
        #expect(try await asha.get(news).body.contains("\(gathered.address)/needs"))
        #expect(try await !ben.get(news).body.contains(sentence))
    }

    @Test("taken off the card it is off everywhere, with what was said of it", arguments: Engine.available)
    func takenOff(engine: Engine) async throws {
        let (gathered, ben, cleo) = try await gathered(engine)
        let (asha, world) = (gathered.table.founder, gathered.table.world)
        _ = try await put("Large print", on: cleo)
        world.wait(.days(7) + .hours(5))
        _ = try await tick("Large print", "unmet", at: gathered, by: cleo)
        let page = try await cleo.get("/me/helps")
        let need = try #require(page.body.firstMatch(of: /\/me\/helps\/([0-9a-f-]+)\/off/)).output.1
        #expect(try await ben.fill("/me/helps", sendingTo: "/me/helps/\(need)/off").code == 404)
        #expect(try await cleo.send(page, to: "/me/helps/\(need)/off").location == "/me/helps#card")
        #expect(try await !needs(gathered, by: asha).contains("Large print"))
        for table in ["need", "need_met"] {
            let left = try await world.house.database.read { db in
                table == "need"
                    ? try db.count("select count(*) from need") : try db.count("select count(*) from need_met")
            }
            #expect(left == 0, "\(table)")
        }
    }

    @Test("what is written after a gathering is for the next", arguments: Engine.available)
    func later(engine: Engine) async throws {
        let (gathered, _, cleo) = try await gathered(engine)
        _ = try await put("Large print", on: cleo)
        gathered.table.world.wait(.days(9))
        _ = try await put("A quiet room", on: cleo)
        let asked = try await needs(gathered, by: gathered.table.founder)
        #expect(asked.contains("Large print") && !asked.contains("A quiet room"))
    }

    @Test("whoever leaves takes their card, their words and their answer along", arguments: Engine.available)
    func left(engine: Engine) async throws {
        let (gathered, ben, cleo) = try await gathered(engine)
        let world = gathered.table.world
        _ = try await put("Large print", on: cleo)
        _ = try await ben.fill("/me/known", sendingTo: "/me/words", ["words": "sufferer", "seat": ""])
        _ = try await ben.fill(gathered.table.address + "/table", ["side": "uses"])
        world.wait(.days(7) + .hours(5))
        _ = try await tick("Large print", "unmet", at: gathered, by: cleo)
        for browser in [ben, cleo] {
            #expect(try await browser.fill("/leaving", ["wish": "takenBack"]).code == 303)
        }
        let left = try await world.house.database.read { db in
            [
                try db.count("select count(*) from need"), try db.count("select count(*) from need_met"),
                try db.count("select count(*) from unwelcome"), try db.count("select count(*) from side"),
            ]
        }
        #expect(left == [0, 0, 0, 0])
    }
}
