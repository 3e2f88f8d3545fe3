import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Saying something")
struct ContributionTests {
    /// A laid project with its founder Asha, and Ben, who took a seat.
    private func scene(_ engine: Engine) async throws -> (Table, ben: Browser) {
        let table = try await Table(engine, connections: 4)
        try await table.lay()
        return (table, try await table.join("Ben", by: table.invitation("join")))
    }

    @discardableResult
    private func say(
        _ words: String, at address: String, by browser: Browser, _ other: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        let page = try await browser.get(
            address.contains("/gatherings/") ? "\(address)/room" : "\(address)/contributions/new")
        let chosen = other.contains { $0.key == "bearing" } ? [] : [("bearing", "name")]
        return try await browser.send(
            page, to: "\(address)/contributions", pairs: [("words", words)] + chosen + other.map { ($0.key, $0.value) })
    }

    private func pieceAddress(_ words: String, _ table: Table) async throws -> String {
        let id = try await table.world.house.database.read {
            try $0.one("select id from contribution where words = \(words)") { $0[0] as ID<Contribution> }
        }
        return "/contributions/\(try #require(id))"
    }

    @Test("a new project's page is blank, and who writes first shows", arguments: Engine.available)
    func whoWroteFirst(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        let blank = try await table.founder.get(table.address).body
        let main = try #require(blank.firstMatch(of: /(?s)<main.*<div class="two"><div>(.*?)<aside/)).output.1
        #expect(!main.contains("<h2"), "no headings")
        try await say("I wait three hours", at: table.address, by: ben)
        let page = try await table.founder.get(table.address).body
        #expect(page.contains("I wait three hours"))
        #expect(page.contains("Ben wrote first"))
    }

    @Test(
        "sent twice is said once; the same id with other words is refused, and they are kept",
        arguments: Engine.available)
    func once(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        let page = try await ben.get("\(table.address)/contributions/new")
        let address = "\(table.address)/contributions"
        for _ in 0..<2 {
            #expect(try await ben.send(page, to: address, ["words": "Once", "bearing": "name"]).code == 303)
        }
        let other = try await ben.send(page, to: address, ["words": "Something else entirely", "bearing": "name"])
        #expect(other.code == 422)
        #expect(other.body.contains("Something else entirely"))
        let count = try await table.world.house.database.read { try $0.count("select count(*) from contribution") }
        #expect(count == 1)
    }

    @Test("what is kept to oneself is nobody else's to see until it is shared", arguments: Engine.available)
    func keptToOneself(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("Not yet", at: table.address, by: ben, ["bearing": "name", "private": "yes"])
        let piece = try await pieceAddress("Not yet", table)
        #expect(try await ben.get(table.address).body.contains("Not yet"))
        #expect(try await !table.founder.get(table.address).body.contains("Not yet"))
        #expect(try await table.founder.get(piece).code == 404)
        try await ben.fill(piece, sendingTo: "\(piece)/sharing")
        #expect(try await table.founder.get(table.address).body.contains("Not yet"))
    }

    @Test("with nothing, nobody can find it again, its giver included", arguments: Engine.available)
    func withNothing(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("From nobody", at: table.address, by: ben, ["bearing": "nothing"])
        let piece = try await pieceAddress("From nobody", table)
        let page = try await ben.get(piece).body
        #expect(page.contains("From nobody"))
        #expect(!page.contains("/mending"))
        #expect(try await ben.fill(piece, sendingTo: "\(piece)/taking-back").code == 404)
        let traces = try await table.world.house.database.read {
            try $0.count(
                "select count(*) from contribution where words = 'From nobody' and (seat is not null or receipt is not null)"
            )
        }
        #expect(traces == 0)
        #expect(
            try await say("Kept", at: table.address, by: ben, ["bearing": "nothing", "private": "yes"]).code == 422)
    }

    @Test("its giver mends it and takes it back; nobody else can", arguments: Engine.available)
    func mending(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("I wait thee hours", at: table.address, by: ben)
        let piece = try await pieceAddress("I wait thee hours", table)
        let stale = try await ben.get(piece)
        #expect(try await table.founder.fill(piece, sendingTo: "\(piece)/mending", ["words": "No"]).code == 404)
        #expect(try await ben.fill(piece, sendingTo: "\(piece)/mending", ["words": "I wait three hours"]).code == 303)

        let late = try await ben.send(stale, to: "\(piece)/mending", ["words": "I wait four hours"])
        #expect(late.code == 422)
        #expect(late.body.contains("I wait four hours"))

        #expect(try await ben.fill(piece, sendingTo: "\(piece)/taking-back").code == 303)
        let page = try await table.founder.get(table.address).body
        #expect(!page.contains("three hours"))
        #expect(page.contains("took it back"))
        let left = try await table.world.house.database.read {
            try $0.count("select count(*) from contribution where words like '%hours%'")
        }
        #expect(left == 0)
    }

    @Test(
        "a receipt opens what its giver said and nothing else, also on a stranger's device", arguments: Engine.available
    )
    func receipt(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("From Asha", at: table.address, by: table.founder)
        let answer = try await say("From Ben", at: table.address, by: ben)
        #expect(answer.location?.hasPrefix("/receipts") == true, "the first words with a card show the card")
        let card = try await ben.get("/receipts?next=/projects").body
        let words = String(try #require(card.firstMatch(of: /\/words\/[a-z-]+/)).output)

        let stranger = table.world.browser()
        #expect(try await stranger.send(stranger.get(words), to: words).location?.hasPrefix("/receipts?card=") == true)
        let receipt = try await stranger.get("/receipts").body
        #expect(receipt.contains("From Ben"))
        #expect(!receipt.contains("From Asha"))
        #expect(try await stranger.get("/me").code == 303, "a receipt is no way in")
        #expect(try await stranger.get(table.address).code == 303)

        let piece = try await pieceAddress("From Ben", table)
        #expect(try await stranger.fill(piece, sendingTo: "\(piece)/mending", ["words": "Mended by card"]).code == 303)
        #expect(try await table.founder.get(table.address).body.contains("Mended by card"))
        #expect(try await stranger.get(pieceAddress("From Asha", table)).code == 404)
    }

    @Test("words are set aside for three days by one person, and for longer by two", arguments: Engine.available)
    func setAside(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        let cath = try await table.join("Cath", by: table.invitation("join"))
        try await say("Names a neighbour", at: table.address, by: ben)
        let piece = try await pieceAddress("Names a neighbour", table)
        let aside: KeyValuePairs<String, String> = ["kind": "givesAway", "reason": "It names a neighbour"]
        #expect(try await cath.fill(piece, sendingTo: "\(piece)/setting-aside", aside).code == 404, "only who convenes")
        #expect(try await table.founder.fill(piece, sendingTo: "\(piece)/setting-aside", ["kind": "harm"]).code == 422)
        #expect(try await table.founder.fill(piece, sendingTo: "\(piece)/setting-aside", aside).code == 303)

        #expect(try await !cath.get(table.address).body.contains("Names a neighbour"))
        let own = try await ben.get(piece).body
        #expect(own.contains("Names a neighbour"))
        #expect(own.contains("It names a neighbour"))
        #expect(try await ben.fill(piece, sendingTo: "\(piece)/reply", ["reply": "She said I could"]).code == 303)

        table.world.wait(.days(3))
        #expect(try await cath.get(table.address).body.contains("Names a neighbour"), "one person alone lapses")

        #expect(try await table.founder.fill(piece, sendingTo: "\(piece)/setting-aside", aside).code == 422, "once")

        try await say("Names a cousin", at: table.address, by: ben)
        let other = try await pieceAddress("Names a cousin", table)
        try await table.founder.fill(other, sendingTo: "\(other)/setting-aside", aside)
        #expect(try await table.founder.fill(other, sendingTo: "\(other)/setting-aside/second").code == 422)
        #expect(try await cath.fill(other, sendingTo: "\(other)/setting-aside/second").code == 303)
        table.world.wait(.days(30))
        #expect(try await !cath.get(table.address).body.contains("Names a cousin"))
    }

    @Test("a named person thanks the giver and says by when they will hear", arguments: Engine.available)
    func thanks(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("Thank me", at: table.address, by: ben)
        let piece = try await pieceAddress("Thank me", table)
        #expect(
            try await table.founder.fill(piece, sendingTo: "\(piece)/thanks", ["thanks": "", "hear-by": "2026-02-31"])
                .code == 422)
        try await table.founder.fill(
            piece, sendingTo: "\(piece)/thanks", ["thanks": "That helps", "hear-by": "2026-04-01"])
        let receipt = try await ben.get("/receipts").body
        #expect(receipt.contains("Asha thanks you"))
        #expect(receipt.contains("1 April 2026"))
    }

    @Test(
        "a scribe ties words to somebody in the room, and its speaker says that they are right",
        arguments: Engine.available)
    func scribe(engine: Engine) async throws {
        let (table, _) = try await scene(engine)
        let gathered = try await Gathered(table)
        let mair = try await gathered.guest("Mair")
        let seat = try await table.world.house.database.read {
            try $0.one("select id from seat where name = 'Mair'") { $0[0] as ID<Seat> }
        }
        let scribe = "\(gathered.address)/scribe"
        #expect(try await mair.get(scribe).code == 404, "a guest writes for nobody else")
        #expect(try await table.founder.fill(scribe, ["words": "x", "speaker": ID<Seat>.anonymous().text]).code == 422)
        #expect(try await table.founder.fill(scribe, ["words": "x", "number": "99"]).code == 422)
        #expect(
            try await table.founder.fill(
                scribe, ["words": "It is the going home", "speaker": #require(seat).text, "signed": "yes"]
            ).code == 303)
        let piece = try await pieceAddress("It is the going home", table)
        #expect(try await mair.get(piece).body.contains("Written down by Asha"))
        #expect(try await mair.fill(piece, sendingTo: "\(piece)/reading-back").code == 303)
        #expect(try await mair.get(piece).body.contains("Read back"))
    }

    @Test("a closed gathering loses no words", arguments: Engine.available)
    func closed(engine: Engine) async throws {
        let (table, _) = try await scene(engine)
        let gathered = try await Gathered(table)
        let mair = try await gathered.guest("Mair")
        let page = try await mair.get("\(gathered.address)/room")
        table.world.wait(.days(30))
        let answer = try await mair.send(
            page, to: "\(gathered.address)/contributions",
            ["words": "I had only just found the words", "bearing": "name"])
        #expect(answer.code == 422)
        #expect(answer.body.contains("I had only just found the words"))
    }

    @Test("the project page takes the same few statements for one word as for many", arguments: Engine.available)
    func statements(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        try await say("First", at: table.address, by: ben)
        let database = table.world.house.database
        func count() async throws -> Int {
            let before = database.statements
            _ = try await ben.get(table.address)
            return database.statements - before
        }
        let few = try await count()
        for number in 0..<60 { try await say("Word \(number)", at: table.address, by: ben) }
        #expect(try await count() == few)
        // The device, the seat, whether any of the words are theirs alone, the page, who was first, its number, and
        // three for what stands beside it.
        #expect(few == 9)
        #expect(try await ben.get(table.address).body.contains("?before="))
    }

    @Test("a hundred write at once: every acknowledged word is there, once", arguments: Engine.available)
    func hundred(engine: Engine) async throws {
        let (table, ben) = try await scene(engine)
        let page = try await ben.get("\(table.address)/contributions/new")
        let acknowledged = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try await ben.send(
                        page, to: "\(table.address)/contributions",
                        [
                            "words": "Word \(number)", "bearing": "name", "once": ID<Contribution>.anonymous().text,
                            "once-nothing": ID<Contribution>.anonymous().text,
                        ])
                    return answer.code == 303
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(acknowledged == 100)
        let kept = try await table.world.house.database.read {
            try $0.count("select count(distinct words) from contribution")
        }
        #expect(kept == 100)
    }
}
