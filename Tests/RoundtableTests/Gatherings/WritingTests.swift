import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

/// What a project's page is written on, as people would do it.
extension Group {
    var page: String { "/projects/\(project.text)" }

    /// Writes on the project's page and gives the answer.
    @discardableResult
    func write(
        _ words: String, by name: String, bearing: String = "name", also fields: [(String, String)] = []
    ) async throws -> Answer {
        let form = try await self[name].get("\(page)/contributions/new")
        return try await self[name].send(
            form, to: "\(page)/contributions",
            pairs: [("words", words), ("bearing", bearing), ("once-nothing", form.value("once-nothing") ?? "")] + fields
        )
    }

    func contribution(of words: String) async throws -> Contribution {
        try await #require(
            world.house.database.read { db in
                try db.one("select \(Contribution.columns) from contribution where words = \(words)") {
                    Contribution(row: $0)
                }
            })
    }

    func count() async throws -> Int {
        try await world.house.database.read { try $0.count("select count(*) from contribution") }
    }
}

@Suite("Writing on a project's page")
struct WritingTests {
    static let words = "I sat in the waiting room until ten past eight."

    private func group(_ engine: Engine, connections: Int = 2) async throws -> Group {
        try await Group(World(engine, connections: connections), "Asha", "Ben", "Chloe")
    }

    @Test("a new page is blank, and whoever writes first shows, whoever began it", arguments: Engine.available)
    func blank(engine: Engine) async throws {
        let group = try await group(engine)
        let blank = try await group["Ben"].get(group.page)
        #expect(blank.code == 200)
        let main = try #require(
            blank.body.components(separatedBy: "<main").last?.components(separatedBy: "<aside").first)
        #expect(!main.contains("<h2") && !main.contains("<h3"), "no heading but the project's name")
        #expect(main.matches(of: /<textarea/).count == 1)
        #expect(blank.body.contains("You could be the first"))
        let writing = main.components(separatedBy: "<textarea")[0]
        #expect(writing.contains("<details class=\"bearings\"><summary>"), "how it is signed is folded above the words")
        #expect(!writing.contains("<details class=\"bearings\" open"))

        try await #require(group.write(Self.words, by: "Ben").code == 303)
        let page = try await group["Chloe"].get(group.page)
        #expect(page.body.contains("Ben wrote first"))
        #expect(page.body.contains(Self.words))
    }

    @Test("what is refused is still on the page as it was typed, and nothing is kept", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let group = try await group(engine)
        let long = String(repeating: "long ", count: Contribution.longest)
        let tooLong = try await group.write(long, by: "Ben")
        #expect(tooLong.code == 422)
        #expect(tooLong.body.contains(String(long.dropLast())))
        let unsigned = try await group.write(Self.words, by: "Ben", bearing: "")
        #expect(unsigned.code == 422)
        #expect(unsigned.body.contains(Self.words))
        #expect(try await group.write(" \u{200B}\n ", by: "Ben").code == 422)
        let lost = try await group.write(Self.words, by: "Ben", bearing: "nothing", also: [("private", "yes")])
        #expect(lost.code == 422, "what is kept with nothing could never be found again")
        #expect(try await group.count() == 0)
    }

    @Test("nobody from outside reads it or writes on it, and what they typed is not lost", arguments: Engine.available)
    func outside(engine: Engine) async throws {
        let group = try await group(engine)
        try await group.write(Self.words, by: "Ben")
        let address = try await group.contribution(of: Self.words).address
        let (stranger, elsewhere) = (group.world.browser(), try await group.world.person("Outsider"))
        for path in [group.page, "\(group.page)/contributions/new", address] {
            #expect(try await elsewhere.get(path).code == 404)
        }
        #expect(try await stranger.get(group.page).code == 303)
        #expect(try await stranger.get(address).code == 404)
        let page = try await elsewhere.get("/me")
        #expect(try await elsewhere.send(page, to: "\(address)/taking-back").code == 404)
        let door = try await stranger.get("/words")
        let typed = try await stranger.send(
            door, to: "\(group.page)/contributions", ["words": "Not lost, I hope, at all."])
        #expect(typed.code == 401)
        #expect(typed.body.contains("Not lost, I hope, at all."))
        #expect(try await group.count() == 1)
    }

    @Test("what is kept to oneself is seen by nobody else until it is shared", arguments: Engine.available)
    func keptToMyself(engine: Engine) async throws {
        let group = try await group(engine)
        try await #require(group.write(Self.words, by: "Ben", also: [("private", "yes")]).code == 303)
        let address = try await group.contribution(of: Self.words).address
        #expect(try await group["Ben"].get(group.page).body.contains(Self.words))
        #expect(try await !group["Asha"].get(group.page).body.contains(Self.words))
        #expect(try await group["Asha"].get(address).code == 404)
        #expect(try await group["Asha"].fill(group.page, sendingTo: "\(address)/sharing").code == 404)

        try await #require(group["Ben"].fill(address, sendingTo: "\(address)/sharing").code == 303)
        #expect(try await group["Asha"].get(group.page).body.contains(Self.words))
    }

    @Test("what is given with nothing leads to nobody", arguments: Engine.available)
    func withNothing(engine: Engine) async throws {
        let group = try await group(engine)
        try await #require(group.write(Self.words, by: "Ben", bearing: "nothing").code == 303)
        let kept = try await group.contribution(of: Self.words)
        #expect(kept.giver == .nobody)
        #expect(!kept.isSigned)
        #expect(kept.id.text.split(separator: "-")[2].hasPrefix("4"), "an id that is all chance")
        #expect(try await group["Ben"].fill(group.page, sendingTo: "\(kept.address)/taking-back").code == 404)
        #expect(try await group["Asha"].get(group.page).body.contains("Somebody"))
    }

    @Test("with a card, no name is shown, and its giver may change it", arguments: Engine.available)
    func withCard(engine: Engine) async throws {
        let group = try await group(engine)
        try await #require(group.write(Self.words, by: "Ben", bearing: "card").code == 303)
        let address = try await group.contribution(of: Self.words).address
        let page = try await group["Asha"].get(address).body
        #expect(page.contains(Self.words))
        #expect(!page.contains("Ben"))
        try await #require(group["Ben"].fill(address, sendingTo: "\(address)/showing", ["signed": "yes"]).code == 303)
        #expect(try await group["Asha"].get(address).body.contains("Ben"))
    }

    @Test(
        "sent twice it is said once; its id with other words, or from somebody else, is refused",
        arguments: Engine.available)
    func once(engine: Engine) async throws {
        let group = try await group(engine)
        let form = try await group["Ben"].get("\(group.page)/contributions/new")
        let fields = [("bearing", "name"), ("once-nothing", form.value("once-nothing") ?? "")]
        func send(_ words: String, by name: String) async throws -> Answer {
            let page = name == "Ben" ? form : try await group[name].get("\(group.page)/contributions/new")
            let all = fields + [("words", words), ("once", form.value("once") ?? "")]
            return try await group[name].send(page, to: "\(group.page)/contributions", pairs: all)
        }
        #expect(try await send(Self.words, by: "Ben").code == 303)
        #expect(try await send(Self.words, by: "Ben").code == 303)
        let other = try await send("Something else that I said", by: "Ben")
        #expect(other.code == 422)
        #expect(other.body.contains("Something else that I said"))
        #expect(try await send(Self.words, by: "Chloe").code == 422)
        #expect(try await group.count() == 1)
        #expect(other.value("once") != form.value("once"), "the page that refuses can send it after all")
    }

    @Test(
        "its giver mends it, unless it changed meanwhile, and takes it back, words and all", arguments: Engine.available
    )
    func mendAndTakeBack(engine: Engine) async throws {
        let group = try await group(engine)
        try await group.write(Self.words, by: "Ben")
        let address = try await group.contribution(of: Self.words).address
        let (ben, asha) = (group["Ben"], group["Asha"])
        let old = try await ben.get(address)
        #expect(try await ben.send(old, to: "\(address)/mending", ["words": "Until nine."]).code == 303)
        let late = try await ben.send(old, to: "\(address)/mending", ["words": "Until ten, from an old page."])
        #expect(late.code == 422)
        #expect(late.body.contains("Until ten, from an old page."))
        #expect(try await asha.send(asha.get(group.page), to: "\(address)/mending", ["words": "Mine"]).code == 404)

        try await #require(ben.fill(address, sendingTo: "\(address)/taking-back").code == 303)
        let page = try await asha.get(group.page).body
        #expect(!page.contains("Until nine."))
        #expect(page.contains("took it back"))
        let left = try await group.world.house.database.read { db in
            try db.count("select count(*) from contribution where words <> ''")
        }
        #expect(left == 0)
    }

    @Test("a member thanks, and says by when the giver will hear", arguments: Engine.available)
    func thanks(engine: Engine) async throws {
        let group = try await group(engine)
        try await group.write(Self.words, by: "Ben")
        let address = try await group.contribution(of: Self.words).address
        let fields = [("thanks", "This helps us."), ("hear-by", "2026-03-20")]
        let page = try await group["Asha"].get(address)
        try await #require(group["Asha"].send(page, to: "\(address)/thanks", pairs: fields).code == 303)
        let shown = try await group["Ben"].get(address).body
        #expect(shown.contains("Asha thanks you, and said that you will hear by Friday 20 March 2026."))
        #expect(shown.contains("This helps us."))
        let wrong = try await group["Chloe"].send(
            page, to: "\(address)/thanks", pairs: [("thanks", "Soon, I hope"), ("hear-by", "2026-02-31")])
        #expect(wrong.code != 303)
    }

    @Test("words set aside come back after three days unless a second member agrees", arguments: Engine.available)
    func setAside(engine: Engine) async throws {
        let group = try await group(engine)
        try await group.write(Self.words, by: "Ben")
        let address = try await group.contribution(of: Self.words).address
        let (asha, ben, chloe) = (group["Asha"], group["Ben"], group["Chloe"])
        let reason = [("kind", "givesAway"), ("reason", "It names a driver.")]
        #expect(try await chloe.send(chloe.get(address), to: "\(address)/setting-aside", pairs: reason).code == 404)
        let tone = [("kind", "rude"), ("reason", "I don't like how it is said.")]
        #expect(try await asha.send(asha.get(address), to: "\(address)/setting-aside", pairs: tone).code == 422)
        #expect(try await chloe.get(group.page).body.contains(Self.words))

        try await #require(asha.send(asha.get(address), to: "\(address)/setting-aside", pairs: reason).code == 303)
        let place = try await chloe.get(group.page).body
        #expect(!place.contains(Self.words))
        #expect(place.contains("<a href=\"\(address)\">See why</a>"), "whoever may agree to it is shown the way")
        let own = try await ben.get(address)
        #expect(own.body.contains("It names a driver."))
        #expect(try await !chloe.get(address).body.contains("Say thank you"), "it waits for a decision alone")
        #expect(own.body.contains(Self.words))
        try await #require(ben.send(own, to: "\(address)/reply", ["reply": "He asked to be named."]).code == 303)
        #expect(try await asha.get(address).body.contains("He asked to be named."))
        #expect(
            try await asha.fill(address, sendingTo: "\(address)/setting-aside/second").code == 422, "not the same one")
        #expect(try await ben.fill(address, sendingTo: "\(address)/setting-aside/end").code == 404, "not its giver")

        group.world.wait(.days(3))
        #expect(try await chloe.get(group.page).body.contains(Self.words))

        let anew = try await asha.send(asha.get(address), to: "\(address)/setting-aside", pairs: reason)
        #expect(anew.code == 422 && anew.body.contains("One person alone can do that once."))
        #expect(anew.body.contains("It names a driver."), "what was typed is still there")
        #expect(try await chloe.get(group.page).body.contains(Self.words))
        let other = group.seat("Chloe")
        try await group.world.house.database.write { try $0.run("update seat set convenes = 1 where id = \(other)") }
        try await #require(chloe.send(chloe.get(address), to: "\(address)/setting-aside", pairs: reason).code == 303)
        try await #require(asha.fill(address, sendingTo: "\(address)/setting-aside/second").code == 303)
        group.world.wait(.days(30))
        #expect(try await !chloe.get(group.page).body.contains(Self.words))
    }

    @Test(
        "whoever set words aside alone and put them back can't begin anew until they are other words",
        arguments: Engine.available)
    func setAsideAnew(engine: Engine) async throws {
        let group = try await group(engine)
        try await group.write(Self.words, by: "Ben")
        let address = try await group.contribution(of: Self.words).address
        let (asha, ben) = (group["Asha"], group["Ben"])
        func setAside() async throws -> Int {
            try await asha.fill(
                address, sendingTo: "\(address)/setting-aside", ["kind": "harm", "reason": "It names a driver."]
            ).code
        }
        #expect(try await setAside() == 303)
        group.world.wait(.days(2))
        try await #require(asha.fill(address, sendingTo: "\(address)/setting-aside/end").code == 303)
        #expect(try await setAside() == 422)
        group.world.wait(.hours(1))
        try await #require(
            ben.fill(address, sendingTo: "\(address)/mending", ["words": "And where he lives."]).code == 303)
        #expect(try await setAside() == 303)
    }

    @Test("a page of what was said is followed by the one before it, and none is on two", arguments: Engine.available)
    func pages(engine: Engine) async throws {
        let group = try await group(engine)
        for number in 1...120 { _ = try await group.said("Line \(number).", by: "Ben") }
        var (path, seen) = (Optional(group.page), [String]())
        while let here = path {
            let body = try await group["Chloe"].get(here).body
            let lines = body.matches(of: /Line \d+\./).map { String($0.output) }
            #expect(lines.count <= SaidPage.length)
            seen += lines
            path = body.firstMatch(of: /href="([^"]*\?before=[^"]*)"/).map { String($0.output.1) }
        }
        #expect(seen.count == 120)
        #expect(Set(seen).count == 120)
    }

    @Test("the page asks as few questions of the database with 50 things said as with one", arguments: Engine.available)
    func statements(engine: Engine) async throws {
        let group = try await group(engine)
        func statements() async throws -> Int {
            let before = group.world.house.database.statements
            try await #require(group["Chloe"].get(group.page).code == 200)
            return group.world.house.database.statements - before
        }
        _ = try await group.said("One", by: "Ben")
        let one = try await statements()
        for number in 2...50 { _ = try await group.said("Line \(number).", by: "Ben") }
        #expect(try await statements() == one)
        #expect(one <= 9, "\(one) statements")
    }

    @Test("a hundred people writing at once: every acknowledged word is there once", arguments: Engine.available)
    func atOnce(engine: Engine) async throws {
        let group = try await group(engine, connections: 4)
        let names = ["Asha", "Ben", "Chloe"]
        let acknowledged = try await withThrowingTaskGroup(of: String?.self) { tasks in
            for number in 0..<100 {
                tasks.addTask {
                    let words = "Voice \(number), heard."
                    let bearing = ["name", "card", "nothing"][number % 3]
                    return try await group.write(words, by: names[number % 3], bearing: bearing).code == 303
                        ? words : nil
                }
            }
            return try await tasks.reduce(into: [String]()) { said, words in words.map { said.append($0) } }
        }
        #expect(acknowledged.count == 100)
        let kept = try await group.world.house.database.read { db in
            try db.all("select words, changed from contribution") { row in (row[0] as String, row[1] as Int64) }
        }
        #expect(kept.map(\.0).sorted() == acknowledged.sorted())
        #expect(Set(kept.map(\.1)).count == 100, "no two have the same number")
    }
}
