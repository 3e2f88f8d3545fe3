import HTTPTypes
import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A project from a blank page")
struct StartingTests {
    @Test("a name is enough to start, and it stands in its founder's place", arguments: Engine.available)
    func start(engine: Engine) async throws {
        let table = try await Table(engine)
        #expect(try await table.founder.get("/me").body.contains(table.address))
        #expect(try await table.founder.get("/projects").body.contains("Getting home"))
        let other = try await table.world.person("Olu")
        #expect(try await !other.get("/projects").body.contains("Getting home"))
        #expect(try await table.world.browser().get("/projects/new").code == 303)
    }

    @Test("no name is refused, and the rest of what was typed is still there", arguments: Engine.available)
    func noName(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let answer = try await asha.fill(
            "/projects/new", sendingTo: "/projects",
            ["name": " \u{200D} ", "organisation": "Elms Trust", "words": "We miss our own target."])
        #expect(answer.code == 422)
        #expect(answer.body.contains("We miss our own target."))
        #expect(try await !asha.get("/projects").body.contains("Elms"))
    }

    @Test("the form sent twice is one project; with another name it is refused", arguments: Engine.available)
    func sentTwice(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let page = try await asha.get("/projects/new")
        let first = try await asha.send(page, to: "/projects", ["name": "Getting home"])
        let second = try await asha.send(page, to: "/projects", ["name": "Getting home"])
        #expect(first.location == second.location)
        #expect(try await asha.send(page, to: "/projects", ["name": "Something else"]).code == 422)
        let olu = try await world.person("Olu")
        let once = try #require(page.value("once"))
        let stolen = try await olu.send(
            olu.get("/projects/new"), to: "/projects", ["name": "Getting home", "once": once])
        #expect(stolen.code == 404)
        #expect(try await world.house.database.read { try $0.count("select count(*) from seat") } == 1)
    }

    @Test("what is wrong is added to and never changed, and says who wrote it", arguments: Engine.available)
    func concerns(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let started = try await asha.fill(
            "/projects/new", sendingTo: "/projects",
            ["name": "Getting home", "organisation": "Elms Trust", "words": "We miss our own target."])
        let address = try #require(started.location)
        let half = try await asha.fill("\(address)/concerns", ["organisation": "", "words": "And nobody rings."])
        #expect(half.code == 422)
        #expect(half.body.contains("And nobody rings."))
        let added = try await asha.fill(
            "\(address)/concerns", ["organisation": "Elms Trust", "words": "And nobody rings."])
        #expect(added.code == 303)
        let page = try await asha.get("\(address)/concerns")
        #expect(page.body.contains("We miss our own target."))
        #expect(page.body.contains("And nobody rings."))
        #expect(page.body.contains("Asha wrote it here"))
        #expect(!world.doors.contains { $0.method == "POST" && $0.path.contains("concerns/") }, "no door changes one")
    }

    @Test("to those without a seat it isn't there", arguments: Engine.available)
    func strangers(engine: Engine) async throws {
        let table = try await Table(engine)
        let olu = try await table.world.person("Olu")
        for path in ["concerns", "seat", "offer", "offer/new", "offer/sheet", "topics/money", "invitations"] {
            #expect(try await olu.get("\(table.address)/\(path)").code == 404, "\(path)")
            #expect(try await table.world.browser().get("\(table.address)/\(path)").code == 303, "\(path)")
            #expect(try await table.founder.get("\(table.address)/\(path)").code == 200, "\(path)")
        }
    }

    @Test("what stands beside a new project's page has no headings", arguments: Engine.available)
    func noHeadings(engine: Engine) async throws {
        let table = try await Table(engine)
        let asha = table.founder
        try await asha.fill("\(table.address)/concerns", ["organisation": "Elms Trust", "words": "Nobody rings."])
        let id = try #require(ID<Project>(table.address.suffix(36)))
        let t = Words(table.world.house.catalogue, language: "en")
        let (aside, statements) = try await table.world.house.database.read { db in
            let seat = try db.seats(in: id)[0]
            let project = Project(id: id, name: "", began: World.beginning, laid: nil, version: 1)
            let before = db.queries
            let around = try db.surroundings(of: id)
            return (projectContext(project, around, news: try db.news(for: seat.id), t).string, db.queries - before)
        }
        #expect(statements == 3)
        #expect(aside.contains("Nobody rings."))
        #expect(aside.contains("1 person has a seat."))
        #expect(aside.firstMatch(of: /<h[1-6]/) == nil)
    }

    @Test("the name one goes by is each project's own", arguments: Engine.available)
    func rename(engine: Engine) async throws {
        let table = try await Table(engine)
        let seat = "\(table.address)/seat"
        #expect(try await table.founder.fill(seat, sendingTo: "\(seat)/name", ["name": "Aunty"]).code == 303)
        #expect(try await table.founder.get(seat).body.contains("Aunty"))
        #expect(try await table.founder.get("/me").body.contains("Hello, "))
        #expect(try await !table.founder.get("/me").body.contains("Aunty"))
        #expect(try await table.founder.fill(seat, sendingTo: "\(seat)/name", ["name": "  "]).code == 422)
    }

    @Test("a guest who becomes a member keeps the one seat, and a name that they gave", arguments: Engine.available)
    func widening(engine: Engine) async throws {
        let table = try await Table(engine)
        let olu = try await table.world.person("Olu")
        let project = try #require(ID<Project>(table.address.suffix(36)))
        let seats = try await table.world.house.database.write { db in
            let person = try db.one("select id from person where name = 'Olu'") { $0[0] as ID<Person> }!
            let guest = try db.takeSeat(in: project, person: person, name: "", asMember: false, at: World.beginning)
            let named = try db.takeSeat(in: project, person: person, name: "Olu", asMember: false, at: World.beginning)
            let member = try db.takeSeat(
                in: project, person: person, name: "Other", asMember: true, at: World.beginning)
            let again = try db.takeSeat(
                in: project, person: person, name: "Other", asMember: false, at: World.beginning)
            return [guest, named, member, again]
        }
        #expect(Set(seats.map(\.id)).count == 1)
        #expect(seats.map(\.isMember) == [false, false, true, true])
        #expect(seats.map(\.name) == ["", "Olu", "Olu", "Olu"])
        #expect(try await olu.get("\(table.address)/offer").code == 200)
    }
}
