import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Being heard at a gathering")
struct HearingTests {
    static let words = "It is the going home that undoes you."

    private func gathered(_ engine: Engine) async throws -> (World, Gathered) {
        let table = try await Table(engine)
        try await table.lay()
        return (table.world, try await Gathered(table))
    }

    private func say(
        _ words: String, by browser: Browser, at gathered: Gathered, bearing: String = "card",
        also: [(String, String)] = []
    ) async throws -> Answer {
        let room = try await browser.get("\(gathered.address)/room")
        return try await browser.send(
            room, to: "\(gathered.address)/contributions",
            pairs: [("words", words), ("bearing", bearing), ("once-nothing", room.value("once-nothing") ?? "")] + also)
    }

    private func address(of words: String, _ world: World) async throws -> String {
        let id: ID<Contribution>? = try await world.house.database.read { db in
            try db.one("select id from contribution where words = \(words)") { $0[0] }
        }
        return "/contributions/\(try #require(id))"
    }

    @Test("a guest without a name is heard, and is given six words to find it again", arguments: Engine.available)
    func guest(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest()
        let room = try await guest.get("\(gathered.address)/room")
        #expect(room.body.contains("What would make going home feel safe?"))
        #expect(!room.body.contains("With my name"))
        let first = try await say(Self.words, by: guest, at: gathered)
        #expect(first.code == 303)
        #expect(first.location?.hasPrefix("/receipts") == true)
        let receipt = try await guest.get("/receipts").body
        #expect(receipt.contains(Self.words))
        #expect(receipt.matches(of: /six-words/).count == 1)
        #expect(try await gathered.table.founder.get("\(gathered.address)/room").body.contains(Self.words))
        #expect(try await say("And the waiting.", by: guest, at: gathered).location?.hasPrefix("/gatherings") == true)
        #expect(try await guest.get(gathered.table.address).code == 404, "a guest has no seat in the project")
        _ = world
    }

    @Test("the six words show what one giver said, and lead to nothing else", arguments: Engine.available)
    func receipt(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest("Mrs Okafor")
        _ = try await say(Self.words, by: guest, at: gathered)
        _ = try await say("Only for me.", by: guest, at: gathered, also: [("private", "yes")])
        _ = try await say("Asha's own.", by: gathered.table.founder, at: gathered, bearing: "name")
        let held = try await guest.get("/receipts").body
        let spoken = try #require(held.firstMatch(of: /<ol class="six-words"[^>]*>(.*?)<\/ol>/)).output.1
        let words = spoken.matches(of: /<li>([^<]*)<\/li>/).map { String($0.output.1) }.joined(separator: "-")

        let finder = world.browser()
        let door = try await finder.get("/words/\(words)")
        #expect(door.code == 200)
        #expect(!door.body.contains(Self.words), "looking opens nothing")
        #expect(!finder.cookieNames.contains("words-receipts"))
        try await #require(finder.send(door, to: "/words/\(words)").code == 303)
        let page = try await finder.get("/receipts").body
        #expect(page.contains(Self.words))
        #expect(!page.contains("Only for me."))
        #expect(!page.contains("Asha's own."))
        #expect(
            try await finder.get(address(of: "Only for me.", world)).code == 404, "private words are not on a receipt")
        #expect(try await finder.get(address(of: "Asha's own.", world)).code == 404)
        for path in ["/me", gathered.table.address, gathered.address, "\(gathered.address)/room"] {
            #expect(try await finder.get(path).code == 303, "it never signs in")
        }

        let mine = try await address(of: Self.words, world)
        let piece = try await finder.get(mine)
        #expect(try await finder.send(piece, to: "\(mine)/mending", ["words": "Going home undoes you."]).code == 303)
        #expect(try await finder.fill(mine, sendingTo: "\(mine)/taking-back").code == 303)
        #expect(try await gathered.table.founder.get("\(gathered.address)/room").body.contains("took it back"))
    }

    @Test("new words for a receipt stop the old ones", arguments: Engine.available)
    func renewed(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest("Mrs Okafor")
        _ = try await say(Self.words, by: guest, at: gathered)
        func words() async throws -> String {
            let body = try await guest.get("/receipts").body
            let list = try #require(body.firstMatch(of: /<ol class="six-words"[^>]*>(.*?)<\/ol>/)).output.1
            return list.matches(of: /<li>([^<]*)<\/li>/).map { String($0.output.1) }.joined(separator: "-")
        }
        let old = try await words()
        try await #require(guest.fill("/receipts", sendingTo: "/receipts/renewed").code == 303)
        let new = try await words()
        #expect(new != old)
        #expect(try await world.browser().get("/words/\(old)").code == 422)
        #expect(try await world.browser().get("/words/\(new)").code == 200)
    }

    @Test(
        "a scribe writes for somebody in the room, reads it back, and its speaker may mend it",
        arguments: Engine.available)
    func scribe(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (asha, speaker) = (gathered.table.founder, try await gathered.guest("Mrs Okafor"))
        let page = "\(gathered.address)/scribe"
        #expect(try await speaker.get(page).code == 404, "a guest writes for themself")
        let form = try await asha.get(page)
        let chair = try #require(form.body.firstMatch(of: /value="([0-9a-f-]{36})"[^>]*><span>Mrs Okafor/)).output.1
        let line = [("speaker", String(chair)), ("words", Self.words)]
        try await #require(asha.send(form, to: page, pairs: line).code == 303)
        let somebody = try await asha.send(
            asha.get(page), to: page, pairs: [("number", "99"), ("words", "Kept as typed.")])
        #expect(somebody.code == 422, "no card has that number")
        #expect(somebody.body.contains("Kept as typed."))
        let nobodys = [("speaker", ""), ("signed", "yes"), ("words", "Whose name?")]
        let nameless = try await asha.send(asha.get(page), to: page, pairs: nobodys)
        #expect(nameless.code == 422, "no name can stand beside what nobody said")
        #expect(nameless.body.contains("choose who is speaking") && nameless.body.contains("Whose name?"))

        let mine = try await address(of: Self.words, world)
        let shown = try await speaker.get(mine).body
        #expect(shown.contains("Written down by Asha."))
        #expect(shown.contains("Not read back yet."))
        let ben = try await gathered.table.join("Ben", by: gathered.table.invitation("join"))
        #expect(try await ben.fill(mine, sendingTo: "\(mine)/mending", ["words": "Ben's"]).code == 404, "not his line")
        let heard = [("words", "It is going home that undoes you.")]
        try await #require(asha.send(asha.get(mine), to: "\(mine)/mending", pairs: heard).code == 303)
        let anew = try await speaker.get(mine).body
        #expect(anew.contains(heard[0].1) && anew.contains("Not read back yet. Put right by whoever wrote it down."))
        try await #require(asha.fill(mine, sendingTo: "\(mine)/reading-back").code == 303)
        #expect(try await speaker.get(mine).body.contains("Read back and found right."))
        #expect(try await !asha.get(mine).body.contains("/mending"))
        #expect(try await asha.send(asha.get(mine), to: "\(mine)/mending", ["words": "Other"]).code == 404)
        try await #require(speaker.fill(mine, sendingTo: "\(mine)/mending", ["words": "It undoes you."]).code == 303)
        #expect(try await speaker.get(mine).body.contains("Not read back yet."), "other words are read back anew")
        let over = try await asha.send(asha.get(mine), to: "\(mine)/mending", ["words": "Other"])
        #expect(over.code == 404, "nobody writes over what its speaker wrote")
    }

    @Test(
        "whoever spoke and never typed gets a card for it, once, on their own phone", arguments: Engine.available)
    func spoken(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (asha, speaker) = (gathered.table.founder, try await gathered.guest("Mrs Okafor"))
        let (room, receipt) = ("\(gathered.address)/room", "\(gathered.address)/receipt")
        let offered = "Your words were written down"
        #expect(try await !speaker.get(room).body.contains(offered), "nothing was said yet")
        let form = try await asha.get("\(gathered.address)/scribe")
        let chair = try #require(form.body.firstMatch(of: /value="([0-9a-f-]{36})"[^>]*><span>Mrs Okafor/)).output.1
        let line = [("speaker", String(chair)), ("words", Self.words)]
        try await #require(asha.send(form, to: "\(gathered.address)/scribe", pairs: line).code == 303)
        #expect(try await speaker.get(room).body.contains(offered))
        #expect(try await !asha.get(room).body.contains(offered), "what she wrote down is not hers")

        let given = try await speaker.fill(room, sendingTo: receipt)
        #expect(given.location == "/receipts?next=\(room)")
        let shown = try await speaker.get(given.location!).body
        let slug = try #require(shown.firstMatch(of: /\/words\/([a-z-]+)/)).output.1
        #expect(shown.contains("six-words") && shown.contains("<svg"))
        #expect(try await !speaker.get(room).body.contains(offered))
        try await #require(speaker.fill(room, sendingTo: receipt).code == 303, "a second tap")
        let finder = world.browser()
        try await finder.fill("/words/\(slug)")
        #expect(try await finder.get("/receipts").body.contains(Self.words), "the words that were shown stay good")
        #expect(try await finder.send(finder.get("/receipts"), to: receipt).code == 401, "a card is no chair")
    }

    @Test(
        "a scribe puts a line right that nobody else can, and not once anyone may read it", arguments: Engine.available)
    func putRight(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (asha, page) = (gathered.table.founder, "\(gathered.address)/scribe")
        try await #require(
            asha.send(asha.get(page), to: page, pairs: [("speaker", ""), ("words", Self.words)]).code == 303)
        let line = try await address(of: Self.words, world)
        let old = try await asha.get(line)
        let right = "It is the coming home that undoes you."
        try await #require(asha.send(old, to: "\(line)/mending", ["words": right]).code == 303)
        let late = try await asha.send(old, to: "\(line)/mending", ["words": "From an old page."])
        #expect(late.code == 422 && late.body.contains("From an old page."))
        #expect(try await asha.get("\(gathered.address)/room").body.contains(right))
        let id = try #require(ID<Contribution>(line.suffix(36)))
        try await world.house.database.write {
            try $0.give(Consent(name: "", given: world.house.now()), to: id, as: world.house.newID())
        }
        #expect(try await asha.fill(line, sendingTo: "\(line)/mending", ["words": "Other"]).code == 422)
    }

    @Test(
        "a member who needs no code is there for a scribe: who says they come, or speaks by name; nobody else",
        arguments: Engine.available)
    func members(engine: Engine) async throws {
        let (_, gathered) = try await gathered(engine)
        let (asha, page, table) = (gathered.table.founder, "\(gathered.address)/scribe", gathered.table)
        var members: [String: Browser] = [:]
        for name in ["Bertie", "Chloe", "Delyth", "Emrys"] {
            members[name] = try await table.join(name, by: table.invitation("join"))
        }
        func room() async throws -> [String] {
            let body = try await asha.get(page).body
            return members.keys.filter { body.contains("><span>\($0)") }.sorted()
        }
        #expect(try await room() == [])
        let coming = gathered.address + "/coming"
        try await #require(
            members["Bertie"]!.fill(gathered.address, sendingTo: coming, ["coming": "coming"]).code == 303)
        try await #require(members["Chloe"]!.fill(gathered.address, sendingTo: coming, ["coming": "maybe"]).code == 303)
        _ = try await say(Self.words, by: members["Delyth"]!, at: gathered, bearing: "name")
        _ = try await say("Unnamed.", by: members["Emrys"]!, at: gathered)
        #expect(try await room() == ["Bertie", "Delyth"])
        let form = try await asha.get(page)
        let bertie = try #require(form.body.firstMatch(of: /value="([0-9a-f-]{36})"[^>]*><span>Bertie/)).output.1
        let line = [("speaker", String(bertie)), ("words", "The bus had gone.")]
        #expect(try await asha.send(form, to: page, pairs: line).code == 303)
    }

    @Test(
        "a closed gathering loses no words: late ones are taken for a day, later ones are handed back",
        arguments: Engine.available)
    func closing(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest("Mrs Okafor")
        let room = try await guest.get("\(gathered.address)/room")
        let founder = gathered.table.founder
        try await #require(founder.fill(gathered.address, sendingTo: "\(gathered.address)/closing").code == 303)
        let fields = [("bearing", "card"), ("once-nothing", room.value("once-nothing") ?? ""), ("words", Self.words)]
        #expect(try await guest.send(room, to: "\(gathered.address)/contributions", pairs: fields).code == 303)

        world.wait(Gathering.grace + .minutes(1))
        let typed =
            fields.map { $0.0 == "words" ? ("words", "Too late, but not lost.") : $0 } + [("once", UUID().uuidString)]
        let late = try await guest.send(room, to: "\(gathered.address)/contributions", pairs: typed)
        #expect(late.code == 422)
        #expect(late.body.contains("Too late, but not lost."))
        let member = try await say("Not lost by a member.", by: founder, at: gathered)
        #expect(member.code == 422)
        #expect(member.body.contains("Not lost by a member."))
        #expect(
            member.body.contains("action=\"\(gathered.table.address)/contributions\""),
            "it can go on the project's page")
    }
}
