import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Inviting, and taking a seat")
struct InvitationTests {
    @Test("somebody reads the whole offer, takes a seat by an invitation, and is a member", arguments: Engine.available)
    func joining(engine: Engine) async throws {
        let table = try await Table(engine)
        _ = try await table.card("We can change who books the cars.")
        try await table.lay()
        let words = try await table.invitation("join")

        let stranger = table.world.browser()
        let door = try await stranger.get(words)
        #expect(door.body.contains("Asha invites you to Getting home"))
        #expect(door.body.contains("We can change who books the cars."))
        #expect(door.body.contains("£25 and your fares"))
        #expect(try await stranger.get("\(table.address)/offer").code == 303, "looking gives no seat")

        let ben = try await table.join("Ben", by: words)
        #expect(try await ben.get("\(table.address)/offer").code == 200)
        #expect(try await ben.get("/me").body.contains("Getting home"))
        let mair = try await table.join("Mair", by: words)
        #expect(try await mair.get("\(table.address)/seat").body.contains("Mair"), "one to join is for many")
    }

    @Test(
        "nobody is invited to join before the offer is laid, and the page says what is missing",
        arguments: Engine.available)
    func joiningWaits(engine: Engine) async throws {
        let table = try await Table(engine)
        let refused = try await table.founder.fill("\(table.address)/invitations", ["kind": "join", "days": "14"])
        #expect(refused.code == 422)
        #expect(refused.body.contains("Somewhere quiet"))
        #expect(refused.body.contains("offer#think-quiet"))

        try await table.think()
        let still = try await table.founder.fill("\(table.address)/invitations", ["kind": "join", "days": "14"])
        #expect(still.code == 422, "answered is not yet laid")
        try await table.founder.fill("\(table.address)/offer", sendingTo: "\(table.address)/offer/laid")
        #expect(
            try await table.founder.fill("\(table.address)/invitations", ["kind": "join", "days": "14"]).code == 303)
    }

    @Test("an invitation to help is for one person, before anything is laid", arguments: Engine.available)
    func helping(engine: Engine) async throws {
        let table = try await Table(engine)
        let words = try await table.invitation("help")
        let ben = try await table.join("Ben", by: words)
        #expect(try await ben.get("\(table.address)/offer").code == 200)

        let late = table.world.browser()
        let door = try await late.get(words)
        #expect(door.code == 200)
        #expect(door.body.contains("This invitation has ended"))
        #expect(!door.body.contains("Take a seat"))
        #expect(try await late.send(door, to: words, ["name": "Late"]).code != 303)
        #expect(try await late.get("/me").code == 303, "nobody came in")
    }

    @Test("an invitation ends on its day, and whenever a member says so", arguments: Engine.available)
    func ending(engine: Engine) async throws {
        let table = try await Table(engine)
        try await table.lay()
        let (one, other) = (try await table.invitation("join"), try await table.invitation("join"))
        let ben = try await table.join("Ben", by: one)
        let end = try #require(
            try await ben.get("\(table.address)/invitations").body.firstMatch(of: /action="([^"]*\/ended)"/)
        ).output.1
        #expect(try await ben.fill("\(table.address)/invitations", sendingTo: String(end)).code == 303)
        let open = try await [one, other].asyncCount {
            try await table.world.browser().get($0).body.contains("Take a seat")
        }
        #expect(open == 1, "one was ended and the other was not")
        table.world.wait(.days(15))
        let later = try await [one, other].asyncCount {
            try await table.world.browser().get($0).body.contains("Take a seat")
        }
        #expect(later == 0)
    }

    @Test("somebody who is seated already keeps their one seat", arguments: Engine.available)
    func seatedAlready(engine: Engine) async throws {
        let table = try await Table(engine)
        let words = try await table.invitation("help")
        let door = try await table.founder.get(words)
        #expect(door.body.contains("You have a seat here already"))
        #expect(!door.body.contains("Take a seat"))
        try await table.founder.send(door, to: words)
        _ = try await table.join("Ben", by: words)
        let seats = try await table.world.house.database.read { try $0.count("select count(*) from seat") }
        #expect(seats == 2, "the founder's press neither took a second seat nor used the invitation up")
    }

    @Test("only those with a seat see or make invitations", arguments: Engine.available)
    func strangers(engine: Engine) async throws {
        let table = try await Table(engine)
        let other = try await Table(table.world, by: table.world.person("Olu"), name: "Another")
        let page = try await other.founder.get("\(other.address)/invitations")
        #expect(try await other.founder.get("\(table.address)/invitations").code == 404)
        let made = try await other.founder.send(
            page, to: "\(table.address)/invitations", ["kind": "help", "days": "14"])
        #expect(made.code == 404)
        #expect(try await table.world.browser().get("\(table.address)/invitations").code == 303)
    }

    @Test("the words are shown to the device that made them and to no other", arguments: Engine.available)
    func shownOnce(engine: Engine) async throws {
        let table = try await Table(engine)
        let made = try await table.founder.fill("\(table.address)/invitations", ["kind": "help", "days": "7"])
        let page = try #require(made.location)
        #expect(try await table.founder.get(page).body.contains("six-words"))
        let ben = try await table.join("Ben")
        let seen = try await ben.get(page)
        #expect(seen.code == 200)
        #expect(!seen.body.contains("six-words"))
    }
}

extension Sequence {
    func asyncCount(where holds: (Element) async throws -> Bool) async rethrows -> Int {
        var count = 0
        for element in self where try await holds(element) { count += 1 }
        return count
    }
}
