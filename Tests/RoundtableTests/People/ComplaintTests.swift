import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Complaints about how a house uses what it holds")
struct ComplaintTests {
    private static let complaint = "/complaints"

    /// Somebody who complained, and whoever keeps the house.
    private func scene(_ engine: Engine) async throws -> (World, complaining: Browser, keeper: Browser) {
        let world = try await World(engine)
        let complaining = world.browser()
        try await complaining.fill(
            Self.complaint, ["words": "You read my story out.", "called": "Asha", "reach": "Through Ben"])
        let keeper = try await world.person("Kit")
        let now = world.house.now()
        try await world.house.database.write { db in
            try db.run("insert into keeper (person, since) select id, \(now) from person where name = 'Kit'")
        }
        return (world, complaining, keeper)
    }

    private func address(of complaint: Answer) throws -> String {
        let id = try #require(complaint.body.firstMatch(of: /complaints\/([0-9a-z-]{20,})/)).output.1
        return "/house/complaints/\(id)"
    }

    @Test("whoever complains sees every step and its day, by six words, on any device", arguments: Engine.available)
    func followed(engine: Engine) async throws {
        let (world, complaining, keeper) = try await scene(engine)
        let mine = try await complaining.get("/complaints/mine")
        #expect(mine.body.contains("You read my story out.") && mine.body.contains("by Sunday 5 April 2026"))

        #expect(try await keeper.get("/me").body.contains("1 complaint waits"))
        let address = try await address(of: keeper.get("/house/complaints"))
        let page = try await keeper.get(address)
        #expect(page.body.contains("You read my story out.") && page.body.contains("Through Ben"))
        #expect(try await keeper.send(page, to: "\(address)/log", ["kind": "acknowledged", "words": ""]).code == 303)
        #expect(try await !keeper.get("/me").body.contains("1 complaint waits"))
        world.wait(.days(2))
        try await keeper.fill(address, sendingTo: "\(address)/log", ["kind": "settled", "words": "We are sorry."])

        let words = String(try #require(mine.body.firstMatch(of: /\/words\/[a-z-]+/)).output)
        let other = world.browser()
        #expect(try await other.get("/complaints/mine").code == 303)
        #expect(try await other.send(other.get(words), to: words).location == "/complaints/mine")
        let told = try await other.get("/complaints/mine").body
        #expect(told.contains("The house has it") && told.contains("We are sorry."))
        #expect(told.contains("Kit, Sunday 8 March 2026"))
    }

    @Test("thirty days that pass without an answer are seen by both", arguments: Engine.available)
    func late(engine: Engine) async throws {
        let (world, complaining, keeper) = try await scene(engine)
        let mine = try await complaining.get("/complaints/mine")
        let words = String(try #require(mine.body.firstMatch(of: /\/words\/[a-z-]+/)).output)
        world.wait(.days(31))
        try await complaining.send(complaining.get(words), to: words)
        let sentence = "The answer had to come by Sunday 5 April 2026"
        #expect(try await complaining.get("/complaints/mine").body.contains(sentence))
        #expect(try await keeper.get("/house/complaints").body.contains(sentence))
    }

    @Test("taken back, the words are gone and the days stay", arguments: Engine.available)
    func takenBack(engine: Engine) async throws {
        let (_, complaining, keeper) = try await scene(engine)
        try await complaining.fill("/complaints/mine", sendingTo: "/complaints/mine/more", ["words": "And laughed."])
        let address = try await address(of: keeper.get("/house/complaints"))
        #expect(try await keeper.get(address).body.contains("And laughed."))
        try await complaining.fill("/complaints/mine", sendingTo: "/complaints/mine/taking-back")
        let page = try await keeper.get(address)
        for words in ["And laughed.", "You read my story out.", "Through Ben"] { #expect(!page.body.contains(words)) }
        #expect(page.body.contains("Friday 6 March 2026"))
        let more = try await keeper.send(page, to: "\(address)/log", ["kind": "noted", "words": "Late."])
        #expect(more.code == 422)
    }

    @Test("nothing in the file joins a complaint to whoever made it, and keepers who leave are named no more")
    func joinedToNobody() async throws {
        let (world, _, keeper) = try await scene(.sqlite)
        let keys = try await world.house.database.read { try $0.foreignKeys() }
        #expect(!keys.contains { $0.table == "complaint" })
        let address = try await address(of: keeper.get("/house/complaints"))
        try await keeper.fill(address, sendingTo: "\(address)/log", ["kind": "noted", "words": "We rang."])
        try await keeper.fill("/leaving", ["wish": "withMyName"])
        let left = try await world.house.database.read { try $0.complaints()[0].log[0] }
        #expect(left.keeper == nil && left.words == "We rang.")
    }

    @Test("a year after all is said it is gone, and what still waits is not", arguments: Engine.available)
    func kept(engine: Engine) async throws {
        let (world, complaining, keeper) = try await scene(engine)
        let address = try await address(of: keeper.get("/house/complaints"))
        try await keeper.fill(address, sendingTo: "\(address)/log", ["kind": "settled", "words": "We are sorry."])
        try await complaining.fill(Self.complaint, ["words": "Again."])
        func kept() async throws -> [String] {
            await Housekeeping(house: world.house).doAll()
            return try await world.house.database.read { try $0.complaints().map(\.words) }
        }
        world.wait(.days(365) - .seconds(1))
        #expect(try await kept() == ["Again.", "You read my story out."])
        world.wait(.seconds(2))
        #expect(try await kept() == ["Again."])
    }

    @Test("blank, too long and sent twice are each told kindly, with what was typed", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let world = try await World(engine)
        let browser = world.browser()
        let blank = try await browser.fill(Self.complaint, ["words": " ", "called": "Asha"])
        #expect(blank.code == 422 && blank.body.contains("Write what you want to say.") && blank.body.contains("Asha"))
        let long = String(repeating: "ŵ", count: Complaint.longestText + 1)
        let answer = try await browser.fill(Self.complaint, ["words": long])
        #expect(answer.code == 422 && answer.body.contains(long) && answer.body.contains("4,000 letters"))
        let page = try await browser.get(Self.complaint)
        for _ in 0..<2 { #expect(try await browser.send(page, to: Self.complaint, ["words": "Once."]).code == 303) }
        #expect(try await browser.send(page, to: Self.complaint, ["words": "Twice."]).code == 422)
        #expect(try await world.house.database.read { try $0.complaints().count } == 1)
        #expect(try await browser.get("/complaints/mine").body.contains("Once."))
    }
}
