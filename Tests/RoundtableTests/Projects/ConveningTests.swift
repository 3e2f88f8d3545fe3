import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Who looks after the gatherings")
struct ConveningTests {
    private func table(_ engine: Engine, connections: Int = 2) async throws -> (Table, ben: Browser, cath: Browser) {
        let table = try await Table(engine, connections: connections)
        let words = try await table.invitation("help")
        let ben = try await table.join("Ben", by: words)
        return (table, ben, try await table.join("Cath"))
    }

    private func say(_ answer: String, _ browser: Browser, _ table: Table) async throws -> Int {
        try await browser.fill("\(table.address)/convening", ["convening": answer]).code
    }

    /// Asks somebody by the name that they go by there.
    private func ask(_ name: String, by browser: Browser, _ table: Table) async throws -> Int {
        let page = try await browser.get("\(table.address)/convening")
        let seats = page.body.matches(of: /value="([0-9a-f-]{36})"[^>]*><span>([A-Za-z]+)/)
        let seat = try #require(seats.first { $0.output.2 == name }).output.1
        return try await browser.send(page, to: "\(table.address)/convening", ["seat": String(seat)]).code
    }

    private func news(of browser: Browser, _ table: Table) async throws -> String {
        try await Post(house: table.world.house).deliverAll()
        return try await browser.get("\(table.address)/news").body
    }

    /// Whether they may set words of somebody else's aside.
    private func maySetAside(_ browser: Browser, _ table: Table) async throws -> Bool {
        let id: ID<Contribution> = try #require(
            try await table.world.house.database.read { db in
                try db.one("select id from contribution where signed = 0") { $0[0] }
            })
        return try await browser.get("/contributions/\(id)").body.contains("/setting-aside")
    }

    @Test(
        "who convenes asks another, who convenes when they say yes and not before; everybody is told who",
        arguments: Engine.available)
    func shared(engine: Engine) async throws {
        let (table, ben, cath) = try await table(engine)
        let said = try await cath.fill(
            table.address, sendingTo: "\(table.address)/contributions", ["words": "From Cath", "bearing": "card"])
        try #require(said.code == 303)
        #expect(try await ask("Ben", by: table.founder, table) == 303)
        #expect(try await table.founder.get("\(table.address)/convening").body.contains("not answered yet: Ben."))
        #expect(try await news(of: ben, table).contains("You are asked to look after our gatherings too."))
        #expect(try await !news(of: cath, table).contains("look after our gatherings"))
        #expect(try await !maySetAside(ben, table), "he has not said yes")

        #expect(try await say("yes", ben, table) == 303)
        #expect(try await maySetAside(ben, table))
        #expect(try await cath.get("\(table.address)/convening").body.contains("Now: Asha and Ben."))
        for browser in [table.founder, ben, cath] {
            let told = try await news(of: browser, table)
            #expect(told.contains("Somebody new looks after our gatherings.") && told.contains(">Ben</p>"))
        }
        #expect(try await say("yes", ben, table) == 303, "sent twice")
        let letters = try await table.world.house.database.read { db in
            try db.count("select count(*) from letter where kind = 'convening'")
        }
        #expect(letters == 1)
    }

    @Test(
        "nobody else asks, says yes unasked, or is asked twice; who says no is left alone", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let (table, ben, cath) = try await table(engine)
        let page = "\(table.address)/convening"
        let unasked = try await cath.fill(page, ["convening": "yes"])
        #expect(unasked.code == 422 && unasked.body.contains("Now: Asha."))
        #expect(try await cath.fill(page, ["seat": ID<Seat>.anonymous().text]).code == 404, "she convenes nothing")
        #expect(try await table.founder.fill(page, ["seat": ID<Seat>.anonymous().text]).code == 422)
        #expect(try await table.founder.fill(page).code == 422, "nobody was chosen")
        #expect(try await ask("Ben", by: table.founder, table) == 303)
        #expect(try await say("no", ben, table) == 303)
        #expect(try await say("yes", ben, table) == 422, "no is an answer")
        #expect(try await table.founder.get(page).body.contains("Now: Asha."))
    }

    @Test(
        "who convenes stops when they like; the place is free then, and the first with a seat who will has it",
        arguments: Engine.available)
    func stopped(engine: Engine) async throws {
        let (table, ben, cath) = try await table(engine)
        let way = "Nobody looks after our gatherings. Could you?"
        #expect(try await !ben.get(table.address).body.contains(way))
        #expect(try await say("no", table.founder, table) == 303)
        #expect(try await ben.get(table.address).body.contains(way))
        #expect(try await news(of: cath, table).contains("Nobody looks after our gatherings now."))
        #expect(try await say("yes", ben, table) == 303)
        #expect(try await news(of: cath, table).contains(">Ben</p>"))
        #expect(try await say("yes", cath, table) == 422)
        #expect(try await say("yes", table.founder, table) == 422, "founding it gives nothing")
        #expect(try await !ben.get(table.address).body.contains(way))
    }

    @Test("when the founder leaves the place is free, and everybody who stays is told", arguments: Engine.available)
    func left(engine: Engine) async throws {
        let (table, ben, cath) = try await table(engine)
        #expect(try await ask("Cath", by: table.founder, table) == 303)
        table.world.wait(.hours(1))
        try await #require(table.founder.fill("/leaving", ["wish": "unsigned"]).code == 303)
        let told = try await news(of: ben, table)
        #expect(told.contains("Nobody looks after our gatherings now."))
        #expect(try await say("yes", ben, table) == 303)
        #expect(try await say("yes", cath, table) == 303, "she was asked before")
        #expect(try await cath.get("\(table.address)/convening").body.contains("Now: Ben and Cath."))
        try await #require(ben.fill("/leaving", ["wish": "unsigned"]).code == 303)
        let after = try await news(of: cath, table)
        #expect(after.ranges(of: "Nobody looks after our gatherings now.").count == 1, "she still does")
        #expect(!after.contains(">Ben</p>"), "who left unsigned is named no more")
    }

    @Test("nobody convenes a project that was brought in, until one with a seat will", arguments: Engine.available)
    func imported(engine: Engine) async throws {
        let world = try await World(engine)
        let (project, source) = (ID<Project>.anonymous(), ID<Seat>.anonymous())
        let olu = try await world.person("Olu")
        try await world.house.database.write { db in
            let person: ID<Person> = try db.one("select id from person where name = 'Olu'") { $0[0] }!
            try db.addImported(project, named: "Bakery", at: World.beginning)
            let place = ImportPlace(project: project, seat: source, gathering: .anonymous())
            try db.addSource(place, named: "Polis", at: World.beginning)
            _ = try db.takeSeat(in: project, person: person, name: "Olu", asMember: true, at: World.beginning)
        }
        let page = "/projects/\(project)/convening"
        #expect(try await olu.get(page).body.contains("Nobody does at the moment."))
        #expect(try await olu.fill(page, ["convening": "yes"]).code == 303)
        #expect(try await olu.get(page).body.contains("Now: Olu."))
    }

    @Test("of two who take it up at the same moment one has it", arguments: Engine.available)
    func race(engine: Engine) async throws {
        let (table, ben, cath) = try await table(engine, connections: 4)
        try await #require(say("no", table.founder, table) == 303)
        async let one = say("yes", ben, table)
        async let other = say("yes", cath, table)
        #expect(try await [one, other].sorted() == [303, 422])
    }
}
