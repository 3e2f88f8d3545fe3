import StorageTesting
import Testing

@testable import Roundtable
@testable import Storage

@Suite("How I like to be known")
struct KnownTests {
    @Test(
        "a name differs by project, and a new one stands at once on what was said before", arguments: Engine.available)
    func names(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Benjamin", "Asha")
        let said = try await group.said("The bus is late.", by: "Benjamin")
        let ask = try await group.draw("A later bus", from: [said], by: "Asha")
        let other = try await Table(world, by: group["Benjamin"], name: "The garden")
        let ben = group["Benjamin"]
        let page = try await ben.get("/me/known")
        #expect(page.body.contains("Your name in Going home") && page.body.contains("Your name in The garden"))
        let answer = try await ben.send(
            page, to: "/me/name", ["name": "Benjamin", "seat-\(group.seat("Benjamin").text)": "Ben"])
        #expect(answer.location == "/me/known")
        for address in ["/projects/\(group.project.text)", ask, "/contributions/\(said.text)"] {
            let seen = try await group["Asha"].get(address).body
            #expect(seen.contains(">Ben<") || seen.contains("Ben</"), "\(address)")
            #expect(!seen.contains("Benjamin"), "\(address)")
        }
        #expect(try await ben.get(other.address + "/seat").body.contains("value=\"Benjamin\""), "nothing changed there")
        #expect(try await ben.get("/me").body.contains("Hello, Benjamin"))
    }

    @Test(
        "from the project too; and whoever watches is told of what is signed, not of what isn't",
        arguments: Engine.available)
    func live(engine: Engine) async throws {
        let group = try await Group(World(engine), "Benjamin", "Asha")
        let signed = try await group.said("The bus is late.", by: "Benjamin")
        let unsigned = try await group.said("I was afraid.", by: "Benjamin", signed: false)
        func numbers() async throws -> [Int64] {
            try await group.world.house.database.read { db in
                try [signed, unsigned].map { try #require(try db.contribution($0)).changed }
            }
        }
        let before = try await numbers()
        let seat = "/projects/\(group.project.text)/seat"
        let answer = try await group["Benjamin"].fill(seat, sendingTo: seat + "/name", ["name": "Ben"])
        #expect(answer.location == seat)
        let after = try await numbers()
        #expect(after[0] > before[0])
        #expect(after[1] == before[1], "that it moved would tell whose it is")
    }

    @Test("on the page that anyone reads too, where they were known by the old one", arguments: Engine.available)
    func published(engine: Engine) async throws {
        let group = try await Group(World(engine), "Benjamin", "Asha")
        let (same, other) = (
            try await group.said("The bus is late.", by: "Benjamin"), try await group.said("It is.", by: "Benjamin")
        )
        let now = group.world.house.now()
        try await group.world.house.database.write { db in
            try db.give(Consent(name: "Benjamin", given: now), to: same, as: .anonymous())
            try db.give(Consent(name: "A traveller", given: now), to: other, as: .anonymous())
        }
        let seat = "/projects/\(group.project.text)/seat"
        try await group["Benjamin"].fill(seat, sendingTo: seat + "/name", ["name": "Ben"])
        let names = try await group.world.house.database.read { db in
            try [same, other].map { try db.consent(to: $0)?.name }
        }
        #expect(names == ["Ben", "A traveller"])
    }

    @Test("a name that can't be is refused beside its field, with what was typed", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let group = try await Group(World(engine), "Ben", "Asha")
        let field = "seat-\(group.seat("Ben").text)"
        for (name, typed) in [(field, " "), (field, String(repeating: "n", count: 81)), ("name", "")] {
            var fields = ["name": "Ben", field: "Benno"]
            fields[name] = typed
            let page = try await group["Ben"].get("/me/known")
            let answer = try await group["Ben"].send(page, to: "/me/name", pairs: fields.map { ($0.key, $0.value) })
            #expect(answer.code == 422)
            #expect(answer.body.contains("id=\"\(name)-error\""))
            #expect(answer.body.contains("value=\"\(typed)\""))
        }
        // Somebody else's seat is no field of theirs.
        let page = try await group["Ben"].get("/me/known")
        try await group["Ben"].send(page, to: "/me/name", ["name": "Ben", "seat-\(group.seat("Asha").text)": "Hacked"])
        #expect(try await !group["Asha"].get("/projects/\(group.project.text)").body.contains("Hacked"))
    }
}

@Suite("Words please don't use about me")
struct UnwelcomeTests {
    private func asks(_ browser: Browser, _ words: String, seat: ID<Seat>? = nil) async throws -> Answer {
        try await browser.fill("/me/known", sendingTo: "/me/words", ["words": words, "seat": seat?.text ?? ""])
    }

    /// Ben asks that nobody says “sufferer”; Asha writes.
    private func group(_ engine: Engine) async throws -> Group {
        let group = try await Group(World(engine), "Asha", "Ben", "Cleo")
        try await #require(asks(group["Ben"], "sufferer").code == 303)
        return group
    }

    private let told = "Ben has asked that nobody says “sufferer” about Ben."

    private func write(
        _ group: Group, _ words: String, by name: String = "Asha", _ more: [(String, String)] = []
    )
        async throws -> Answer
    {
        let address = "/projects/\(group.project.text)/contributions"
        let page = try await group[name].get(address + "/new")
        return try await group[name].send(page, to: address, pairs: [("bearing", "name"), ("words", words)] + more)
    }

    private func said(_ group: Group) async throws -> [String] {
        try await group.world.house.database.read {
            try $0.all("select words from contribution order by said, id") { $0[0] }
        }
    }

    @Test("whoever types one is told before it is saved, and may change it or keep it", arguments: Engine.available)
    func written(engine: Engine) async throws {
        let group = try await group(engine)
        let reminded = try await write(group, "Bens are many.\nBen, as a Sufferer, knows.")
        #expect(reminded.code == 422)
        #expect(reminded.body.contains(told))
        #expect(reminded.body.contains("Bens are many.\nBen, as a Sufferer, knows.</textarea>"))
        #expect(try await said(group) == [], "nothing is saved yet")

        let address = "/projects/\(group.project.text)/contributions"
        let form = try #require(reminded.forms.first { $0.action == address })
        let once = try #require(form.fields.first { $0.name == "once" }).value
        let sent = form.fields.filter { $0.name != Reminder.keep }.map { ($0.name, $0.value) }
        let changed = sent.map { $0.0 == "words" ? ($0.0, "Ben knows.") : $0 }
        #expect(try await group["Asha"].post(address, changed).code == 303)
        #expect(try await said(group) == ["Ben knows."])
        #expect(try await group.world.house.database.read { try $0.contribution(ID(once)!) } != nil, "under its own id")

        let again = try await write(group, "“I am no sufferer,” said Ben.")
        let keeping = try #require(again.forms.first { $0.action == address })
        #expect(try await group["Asha"].post(address, keeping.carried).code == 303)
        #expect(try await said(group).contains("“I am no sufferer,” said Ben."))
    }

    @Test("nobody is told of what is about somebody else, or what they say of themselves", arguments: Engine.available)
    func notTold(engine: Engine) async throws {
        let group = try await group(engine)
        #expect(try await write(group, "Sufferers of the world").code == 303)
        #expect(try await write(group, "Cleo is a sufferer").code == 303)
        #expect(try await write(group, "I, Ben, am a sufferer", by: "Ben").code == 303)
        let other = try await Group(group.world, "Dora", "Eve")
        #expect(try await write(other, "Ben is a sufferer", by: "Dora").code == 303, "he is not at this table")
        let listed = try await group["Asha"].get("/me/known")
        #expect(!listed.body.contains("sufferer"), "nobody looks through another’s list")
    }

    @Test("it may hold in one project only, and is taken off again", arguments: Engine.available)
    func places(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben", "Cleo")
        let garden = try await Table(group.world, by: group["Ben"], name: "The garden")
        let seat = try await group.world.house.database.read { db in
            let id = ID<Project>(garden.address.split(separator: "/").last!)!
            return try #require(try db.one("select id from seat where project = \(id)") { $0[0] as ID<Seat> })
        }
        #expect(try await asks(group["Ben"], "survivor", seat: seat).code == 303)
        #expect(try await write(group, "Ben is a survivor").code == 303, "it holds in the garden alone")
        #expect(try await asks(group["Ben"], "survivor", seat: group.seat("Ben")).code == 303)
        #expect(try await write(group, "Ben is a survivor").code == 422)
        #expect(try await asks(group["Ben"], "else", seat: group.seat("Asha")).code == 404, "another’s seat")
        let page = try await group["Ben"].get("/me/known")
        #expect(page.body.contains("In The garden only") && page.body.contains("In Going home only"))
        for word in page.body.matches(of: /\/me\/words\/([0-9a-f-]+)\/off/).map({ String($0.output.1) }) {
            let address = "/me/words/\(word)/off"
            #expect(try await group["Asha"].fill("/me/known", sendingTo: address).code == 404)
            #expect(try await group["Ben"].send(page, to: address).location == "/me/known#list")
        }
        #expect(try await write(group, "Ben is a survivor").code == 303)
    }

    @Test(
        "a word too long, an empty one and a thirteenth are refused, with what was typed", arguments: Engine.available)
    func limits(engine: Engine) async throws {
        let group = try await Group(World(engine), "Ben")
        let long = String(repeating: "w", count: 41)
        let refused = try await asks(group["Ben"], long)
        #expect(refused.code == 422 && refused.body.contains(long))
        #expect(try await asks(group["Ben"], "!").code == 422)
        for number in 10..<22 { #expect(try await asks(group["Ben"], "word\(number)").code == 303) }
        #expect(try await asks(group["Ben"], "WORD10s").code == 422, "not the same, and there is no room")
        #expect(try await asks(group["Ben"], "Wörd10").code == 303, "the same, which is there")
        let thirteenth = try await asks(group["Ben"], "one more")
        #expect(thirteenth.code == 422 && thirteenth.body.contains("value=\"one more\""))
        #expect(try await group.world.house.database.read { try $0.count("select count(*) from unwelcome") } == 12)
    }

    @Test("a scribe is told of whom they write for, and not whose a numbered card is", arguments: Engine.available)
    func scribed(engine: Engine) async throws {
        let world = try await World(engine)
        let founder = try await world.person("Asha")
        let table = try await Table(world, by: founder)
        try await table.lay()
        let gathered = try await Gathered(table)
        let ben = try await gathered.guest("Ben")
        try await #require(asks(ben, "sufferer").code == 303)
        let scribe = gathered.address + "/scribe"
        let seat = try await world.house.database.read { db in
            try #require(try db.one("select id from seat where name = 'Ben'") { $0[0] as ID<Seat> })
        }
        try await #require(founder.fill("/codes/\(try #require(gathered.code))").code == 303)
        let about = try await founder.fill(scribe, ["speaker": seat.text, "words": "I am a sufferer"])
        #expect(about.code == 422 && about.body.contains(told))
        #expect(try await founder.fill(scribe, ["speaker": "", "words": "I am a sufferer"]).code == 303)

        // A card that Ben holds: whose it is, being told would tell.
        try await world.house.database.write { db in
            let project = try db.one("select project from seat where id = \(seat)") { $0[0] as String }!
            let gathering = gathered.address.split(separator: "/").last!
            try db.run(
                """
                insert into receipt (id, project, gathering, number, seat, hash, made)
                values (\(ID<Receipt>.anonymous()), \(project), \(String(gathering)), 7, \(seat), 'h', 1)
                """)
        }
        #expect(try await founder.fill(scribe, ["number": "7", "words": "Another sufferer"]).code == 303)
        #expect(try await founder.fill(scribe, ["number": "7", "words": "Ben, a sufferer"]).code == 422)
    }

    @Test(
        "an ask, its answer, a step, a card, a plan, thanks and a small change are looked at too",
        arguments: Engine.available)
    func everywhere(engine: Engine) async throws {
        let group = try await group(engine)
        let (signed, unsigned) = (
            try await group.said("The bus is late.", by: "Ben"),
            try await group.said("It is.", by: "Ben", signed: false)
        )
        let project = "/projects/\(group.project.text)"
        let asha = group["Asha"]
        func draw(_ source: ID<Contribution>) async throws -> Answer {
            let page = try await asha.get("\(project)/asks/new")
            return try await asha.send(
                page, to: "\(project)/asks", pairs: [("words", "Help for sufferers"), ("source", source.text)])
        }
        #expect(try await draw(signed).body.contains(told))
        #expect(try await draw(unsigned).code == 303, "being told would tell whose words those are")

        let ask = try await group.draw("A later bus", from: [signed], by: "Asha")
        try await group.put(ask, to: "Asha", by: "Asha")
        let answer = try await group.answer(ask, "promise", "Sufferers get one", day: "2026-05-01", by: "Asha")
        #expect(answer.body.contains(told))
        try await group.answer(ask, "promise", "You get one", day: "2026-05-01", by: "Asha")
        let promise = try await group.promise(of: ask)
        let step = try await asha.fill(
            promise, sendingTo: promise + "/steps", ["way": "back", "words": "No sufferer came"])
        #expect(step.body.contains(told))

        let piece = "/contributions/\(signed.text)"
        #expect(
            try await asha.fill(piece, sendingTo: piece + "/thanks", ["thanks": "Poor sufferer"]).body.contains(told))
        let card = try await asha.fill(
            "\(project)/offer/new", sendingTo: "\(project)/cards", ["kind": "can", "words": "Ben the sufferer helps"])
        #expect(card.body.contains(told))
        let concern = try await asha.fill("\(project)/concerns", ["organisation": "Ward", "words": "Ben, a sufferer"])
        #expect(concern.body.contains(told))
        let call = try await asha.get("\(project)/gatherings/new")
        let plan = Gathered.fields(["who": "Ben, a sufferer"])
        #expect(try await asha.send(call, to: "\(project)/gatherings", pairs: plan).body.contains(told))
        let change = try await asha.fill(
            "\(project)/changes", ["words": "A seat", "asked": "Ben the sufferer", "day": "2026-03-05"])
        #expect(change.body.contains(told))
        #expect(change.body.contains("Ben the sufferer</textarea>") && change.body.contains("value=\"A seat\""))
    }

    @Test("two statements look for them, however many there are", arguments: [(1, 3), (6, 3), (6, 10)])
    func statements(people: Int, each: Int) async throws {
        let store = ListeningStore(try await Engine.sqlite.fresh())
        let group = try await Group(World(on: Database(store)), "Asha", "Ben", "Cleo", "Dan", "Efe", "Fay", "Gus")
        for name in ["Ben", "Cleo", "Dan", "Efe", "Fay", "Gus"].prefix(people) {
            for word in ["one", "two"] + (2..<each).map({ "word \($0)" }) { _ = try await asks(group[name], word) }
        }
        let address = "/projects/\(group.project.text)/contributions"
        let page = try await group["Asha"].get(address + "/new")
        _ = store.takeHeard()
        let words = "Ben, Cleo, Dan and Efe: one, two"
        #expect(try await group["Asha"].send(page, to: address, ["bearing": "name", "words": words]).code == 422)
        #expect(store.takeHeard().count { $0.spelled().text.contains("unwelcome") } == 2)
    }
}
