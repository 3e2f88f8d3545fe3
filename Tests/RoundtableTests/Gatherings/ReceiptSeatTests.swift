import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A seat taken with a receipt")
struct ReceiptSeatTests {
    private static let words = "The car home comes too late."

    /// A guest who said something with their name and something for themself, their six words, and who else is there.
    private func guest(_ engine: Engine) async throws -> (World, Gathered, Browser, words: String) {
        let table = try await Table(engine)
        try await table.lay()
        let gathered = try await Gathered(table)
        let guest = try await gathered.guest("Ines")
        try await say(Self.words, by: guest, at: gathered)
        try await say("Only for me.", by: guest, at: gathered, also: [("private", "yes")])
        return (table.world, gathered, guest, try await words(of: guest))
    }

    private func say(
        _ words: String, by browser: Browser, at gathered: Gathered, also fields: [(String, String)] = []
    ) async throws {
        let page = try await browser.get("\(gathered.address)/room")
        let all = [("words", words), ("bearing", "name")] + fields
        try #require(try await browser.send(page, to: "\(gathered.address)/contributions", pairs: all).code == 303)
    }

    private func words(of browser: Browser) async throws -> String {
        let body = try await browser.get("/receipts").body
        let list = try #require(body.firstMatch(of: /<ol class="six-words"[^>]*>(.*?)<\/ol>/)).output.1
        return list.matches(of: /<li>([^<]*)<\/li>/).map { String($0.output.1) }.joined(separator: "-")
    }

    private func takeSeat(_ browser: Browser, _ words: String, _ name: String) async throws {
        try await browser.fill("/words/\(words)")
        try #require(
            try await browser.fill("/receipts", sendingTo: "/receipts/seat", ["name": name]).code == 303)
    }

    private func address(of words: String, _ world: World) async throws -> String {
        try await world.house.database.read { db in
            let id: ID<Contribution> = try #require(
                try db.one("select id from contribution where words = \(words)") { $0[0] })
            return "/contributions/\(id)"
        }
    }

    @Test(
        "what a guest said is theirs at home, and what they keep to themself stays theirs alone",
        arguments: Engine.available)
    func atHome(engine: Engine) async throws {
        let (world, gathered, guest, words) = try await guest(engine)
        let (said, own) = (try await address(of: Self.words, world), try await address(of: "Only for me.", world))
        let home = world.browser()
        try await takeSeat(home, words, "Ines at home")
        let page = try await home.get(gathered.table.address).body
        #expect(page.contains("Change it, or take it back") && page.contains("Ines at home"))
        #expect(!page.contains("Only for me."))
        #expect(try await home.get("/leaving/pieces").body.contains(Self.words))
        #expect(try await home.get(own).code == 404, "a receipt gives nothing else away")
        #expect(try await guest.get(own).code == 200)
        #expect(try await guest.get("\(gathered.address)/room").code == 200, "the chair is still theirs")
        #expect(try await guest.get("/receipts").body.contains(Self.words), "and so is the receipt in their hand")
        // The one after is for what they say from here on.
        try await say("One thing more.", by: guest, at: gathered)
        #expect(try await self.words(of: guest) != words)

        try await home.fill("/leaving", ["wish": "takenBack"])
        #expect(try await gathered.table.founder.get(said).body.contains("took it back"))
        #expect(try await !gathered.table.founder.get("\(gathered.address)/room").body.contains(Self.words))
    }

    @Test("what they asked for too, and what they say has reached them, goes along", arguments: Engine.available)
    func asked(engine: Engine) async throws {
        let (world, _, _, words) = try await guest(engine)
        let home = world.browser()
        try await world.house.database.write { db in
            let (project, founder) = try db.one("select project, id from seat where member is not null") {
                ($0[0] as String, $0[1] as String)
            }!
            let guest = try db.one("select id from seat where member is null") { $0[0] as ID<Seat> }!
            let ask = ID<Ask>.anonymous()
            try db.run(
                """
                insert into ask (id, project, seat, words, language, direction, drawn, changed, version)
                values (\(ask), \(project), \(founder), 'Tea', 'en', 'ltr', 1, 1, 1)
                """)
            try db.askToo(.seat(guest), ask, at: World.beginning)
        }
        try await takeSeat(home, words, "Ines at home")
        let asks = try await world.house.database.read { db in
            try db.all("select seat.name from also join seat on seat.id = also.seat") { $0[0] as String }
        }
        #expect(asks == ["Ines at home"])
    }

    @Test("a member's receipt gives nobody the member's seat or words", arguments: Engine.available)
    func members(engine: Engine) async throws {
        let (world, gathered, _, _) = try await guest(engine)
        let asha = gathered.table.founder
        try await say("Asha's own.", by: asha, at: gathered)
        let (words, own) = (try await words(of: asha), try await address(of: "Asha's own.", world))
        let finder = world.browser()
        try await takeSeat(finder, words, "Finder")
        #expect(try await !finder.get("/leaving/pieces").body.contains("Asha&#39;s own."))
        #expect(try await asha.get("/leaving/pieces").body.contains("Asha&#39;s own."))
        try await finder.fill("/leaving", ["wish": "takenBack"])
        #expect(try await asha.get(own).body.contains("Asha&#39;s own."))
    }

    @Test("whoever has a receipt here keeps it, and the guest's stays the guest's", arguments: Engine.available)
    func both(engine: Engine) async throws {
        let (world, gathered, guest, words) = try await guest(engine)
        let asha = gathered.table.founder
        try await say("Asha's own.", by: asha, at: gathered)
        let own = try await self.words(of: asha)
        try await takeSeat(asha, words, "")
        #expect(try await !asha.get("/leaving/pieces").body.contains(Self.words))
        #expect(try await guest.get("/leaving/pieces").body.contains(Self.words))
        #expect(try await world.browser().get("/words/\(own)").code == 200)
    }

    @Test("from the seat's page a member gets new words for their card, and the old ones stop")
    func renewed() async throws {
        let (world, gathered, _, _) = try await guest(.sqlite)
        let asha = gathered.table.founder
        try await say("Asha's own.", by: asha, at: gathered)
        let old = try await words(of: asha)
        let seat = "\(gathered.table.address)/seat"
        let page = try await asha.get(seat)
        #expect(page.body.contains("action=\"\(gathered.table.address)/receipt\""))
        let answer = try await asha.send(page, to: "\(gathered.table.address)/receipt")
        #expect(answer.location == "/receipts?next=\(gathered.table.address)")
        #expect(try await world.browser().get("/words/\(old)").code == 422)
        #expect(try await world.browser().get("/words/\(self.words(of: asha))").code == 200)
    }
}
