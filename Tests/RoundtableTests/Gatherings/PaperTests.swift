import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("On paper")
struct PaperTests {
    private static let words = "The bus stops too far away."

    private func dealt(_ engine: Engine) async throws -> (World, Gathered, Browser) {
        let world = try await World(engine)
        let founder = try await world.person("Asha")
        let table = try await Table(world, by: founder)
        try await table.lay()
        let gathered = try await Gathered(table)
        let sheet = try await founder.fill("\(gathered.address)/receipts", ["count": "3"])
        let spoken = try #require(sheet.body.matches(of: /deal-words"[^>]*>([a-z ]+)</).dropFirst().first)
        let holder = world.browser()
        try await holder.fill("/words/\(spoken.output.1.split(separator: " ").joined(separator: "-"))")
        return (world, gathered, holder)
    }

    @discardableResult
    private func type(
        _ gathered: Gathered, number: String = "2", day: String = "2026-03-13", words: String = words
    ) async throws -> Answer {
        try await gathered.table.founder.fill(
            "\(gathered.address)/paper", ["number": number, "day": day, "words": words])
    }

    @Test(
        "typed in weeks later, it is marked so, and its giver finds it by their receipt", arguments: Engine.available)
    func late(engine: Engine) async throws {
        let (world, gathered, holder) = try await dealt(engine)
        world.wait(.days(21))
        #expect(try await type(gathered).code == 303)
        let page = try await gathered.table.founder.get("\(gathered.address)/paper").body
        #expect(page.contains("On paper, Friday 13 March 2026. Typed in later, on Friday 27 March 2026, by Asha."))
        #expect(page.contains("Card 2"))
        let receipt = try await holder.get("/receipts").body
        #expect(receipt.contains(Self.words) && receipt.contains("Typed in later"))
        #expect(try await gathered.table.founder.get(gathered.table.address).body.contains(Self.words))
    }

    @Test(
        "whoever typed it in puts it right, and it says so, until its giver puts it in words of their own",
        arguments: Engine.available)
    func putRight(engine: Engine) async throws {
        let (world, gathered, holder) = try await dealt(engine)
        world.wait(.days(21))
        try await type(gathered)
        let asha = gathered.table.founder
        let id: ID<Contribution> = try #require(
            try await world.house.database.read { db in
                try db.one("select id from contribution where typed is not null") { $0[0] }
            })
        let piece = "/contributions/\(id)"
        let ben = try await gathered.table.join("Ben", by: gathered.table.invitation("join"))
        let page = try await ben.get(piece)
        #expect(!page.body.contains("/mending"))
        #expect(try await ben.send(page, to: "\(piece)/mending", ["words": "Ben's", "version": "1"]).code == 404)
        #expect(try await asha.get(piece).body.contains("What is written"))
        let right = "The bus stop is too far away."
        #expect(try await asha.fill(piece, sendingTo: "\(piece)/mending", ["words": right]).code == 303)
        let shown = try await asha.get("\(gathered.address)/paper").body
        #expect(shown.contains(right) && shown.contains("by Asha. Put right by whoever wrote it down."))
        #expect(try await holder.fill(piece, sendingTo: "\(piece)/mending", ["words": "Mine."]).code == 303)
        #expect(try await !asha.get(piece).body.contains("/mending"))
        let late = try await asha.send(asha.get(piece), to: "\(piece)/mending", ["words": right, "version": "3"])
        #expect(late.code == 404)
    }

    @Test("a number that was not dealt, a day to come and no words are asked about, and nothing is lost")
    func refusals() async throws {
        let (world, gathered, _) = try await dealt(.sqlite)
        world.wait(.days(21))
        for (number, day) in [("99", "2026-03-13"), ("x", "2026-03-13"), ("2", "2026-12-01"), ("2", "")] {
            let answer = try await type(gathered, number: number, day: day)
            #expect(answer.code == 422 && answer.body.contains(Self.words), "\(number) \(day)")
        }
        #expect(try await type(gathered, words: " ").code == 422)
        #expect(try await type(gathered, number: "").code == 303, "paper without a number is nobody's")
    }

    @Test("what became of it comes back on a slip with the number, and with nothing that opens a receipt")
    func slips() async throws {
        let (world, gathered, holder) = try await dealt(.sqlite)
        let (founder, guest) = (gathered.table.founder, try await gathered.guest())
        #expect(try await founder.get("\(gathered.address)/slips").body.contains("Nothing has been said"))
        world.wait(.days(10))
        try await type(gathered)
        let page = try await founder.get("\(gathered.address)/slips")
        #expect(page.code == 200)
        #expect(page.body.contains("Number 2") && !page.body.contains("Number 1<"))
        #expect(page.body.contains(Self.words) && page.body.contains("It was heard."))
        let receipt = try await holder.get("/receipts").body
        let words = receipt.matches(of: /<li>([a-z]+)<\/li>/).map { String($0.output.1) }
        try #require(words.count == 6)
        #expect(!words.allSatisfy { page.body.contains($0) })
        #expect(!page.body.contains("/words/\(words[0])-"))
        #expect(try await guest.get("\(gathered.address)/slips").code == 404)
    }

    @Test("a slip says who thanks, by when there will be an answer, and that the day has passed")
    func thanksOnSlips() async throws {
        let (world, gathered, _) = try await dealt(.sqlite)
        let founder = gathered.table.founder
        world.wait(.days(10))
        try await type(gathered)
        let piece = try #require(
            try await founder.get("\(gathered.address)/paper").body.firstMatch(of: /\/contributions\/[0-9a-f-]{36}/))
        let address = String(piece.output)
        let thanks = try await founder.fill(
            address, sendingTo: address + "/thanks", ["thanks": "Well said", "hear-by": "2026-03-20"])
        try #require(thanks.code == 303)
        let slips = try await founder.get("\(gathered.address)/slips").body
        #expect(slips.contains("Asha thanks you, and said that you will hear by Friday 20 March 2026."))
        #expect(slips.contains("Well said") && !slips.contains("That day has passed"))
        world.wait(.days(7))
        #expect(try await founder.get("\(gathered.address)/slips").body.contains("That day has passed"))
    }
}
