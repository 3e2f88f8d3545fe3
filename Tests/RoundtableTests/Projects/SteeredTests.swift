import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("This feels steered")
struct SteeredTests {
    @Test(
        "it is raised where it is felt, told to all, and answered by name by somebody else", arguments: Engine.available
    )
    func raised(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben", "Mair")
        let said = try await group.said("I wait in the rain.", by: "Ben")
        let ask = try await group.draw("A bell by the door", from: [said], by: "Asha")
        let project = "/projects/\(group.project.text)"
        let id = try #require(ask.split(separator: "/").last)
        let empty = try await group["Ben"].fill(
            ask, sendingTo: project + "/steered", ["about-ask": String(id), "steered": " "])
        #expect(empty.code == 422 && empty.body.contains("Say what feels steered."))
        let raised = try await group["Ben"].fill(
            ask, sendingTo: project + "/steered",
            ["about-ask": String(id), "steered": "The bell was bought last week."])
        #expect(raised.location == "\(ask)#feels-steered")
        let page = try await group["Mair"].get(ask).body
        #expect(page.contains("The bell was bought last week.") && page.contains("Nobody has answered this yet."))
        #expect(!page.contains("Ben, on"), "he put no name to it")
        try await Post(house: world.house).deliverAll()
        #expect(try await group["Asha"].get(project + "/news").body.contains("feels steered"))

        let concern = try await world.house.database.read {
            try $0.one("select id from concern") { $0[0] as ID<Concern> }
        }
        let replies = "\(project)/steered/\(try #require(concern).text)/replies"
        let field = "reply-\(try #require(concern).text)"
        let own = try await group["Ben"].fill(project + "/steered", sendingTo: replies, [field: "Never mind."])
        #expect(own.code == 422 && own.body.contains("Never mind."))
        #expect(
            try await group["Asha"].fill(
                project + "/steered", sendingTo: replies, [field: "It was, and I should have said."]
            )
            .code == 303)
        let answered = try await group["Mair"].get(ask).body
        #expect(answered.contains("Asha answered on") && answered.contains("It was, and I should have said."))
        try await Post(house: world.house).deliverAll()
        #expect(try await group["Ben"].get(project + "/news").body.contains("has an answer"))
        let wrong = try await group["Mair"].get(project + "/concerns").body
        #expect(!wrong.contains("bought last week"), "it is not what an organisation says is wrong")
    }

    @Test("a card can feel steered too; nothing of another project can", arguments: Engine.available)
    func elsewhere(engine: Engine) async throws {
        let table = try await Table(engine)
        let card = try await table.card("We can pay fares.")
        let id = try #require(card.split(separator: "/").last)
        let words: [(String, String)] = [("steered", "It came ready made."), ("signed", "yes")]
        let page = try await table.founder.get(card)
        let raised = try await table.founder.send(
            page, to: table.address + "/steered", pairs: words + [("about-card", String(id))])
        #expect(raised.location == "\(card)#feels-steered")
        #expect(try await table.founder.get(card).body.contains("Asha, on Friday 6 March 2026"))
        let other = try await Table(table.world, by: table.world.person("Olu"), name: "Another")
        let theirs = try await other.founder.get(other.address + "/offer/new")
        for about in ["card", "ask", "gathering", "seat"] {
            let answer = try await other.founder.send(
                theirs, to: other.address + "/steered", pairs: words + [("about-\(about)", String(id))])
            #expect(answer.code == 404, "\(about)")
        }
    }

    @Test("no door takes it away, and whoever raised it leaves the place where it was", arguments: Engine.available)
    func stays(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben")
        let said = try await group.said("I wait in the rain.", by: "Ben")
        let ask = try await group.draw("A bell by the door", from: [said], by: "Asha")
        let (project, id) = ("/projects/\(group.project.text)", try #require(ask.split(separator: "/").last))
        try await group["Ben"].fill(
            ask, sendingTo: project + "/steered",
            ["about-ask": String(id), "steered": "It was bought last week.", "signed": "yes"])
        for door in world.doors where door.method == "POST" && door.path.contains("steered") {
            #expect(door.path.hasSuffix("/steered") || door.path.hasSuffix("/replies"), "\(door.path)")
        }
        try await group["Asha"].fill("/leaving", ["wish": "takenBack"])
        #expect(try await group["Ben"].get(project + "/steered").body.contains("bought last week"))
        let mair = try await world.person("Mair")
        let person = try await Group.person("Mair", world)
        try await world.house.database.write { db in
            _ = try db.takeSeat(in: group.project, person: person, name: "Mair", asMember: true, at: World.beginning)
        }
        try await group["Ben"].fill("/leaving", ["wish": "takenBack"])
        let page = try await mair.get(project + "/steered").body
        #expect(page.contains("Whoever said this took their words back.") && !page.contains("bought last week"))
    }
}
