import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Drawing, dividing and putting an ask")
struct AskTests {
    private func count(_ world: World, _ query: SQL) async throws -> Int {
        try await world.house.database.read { try $0.count(query) }
    }

    @Test(
        "an ask has words of its own and comes from something; what was typed and ticked stays",
        arguments: Engine.available)
    func drawing(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha")
        let source = try await group.said("Three hours in a corridor.", by: "Asha")
        let (asha, address) = (group["Asha"], "/projects/\(group.project.text)/asks")
        let page = try await asha.get(address + "/new")
        #expect(page.body.contains("Three hours in a corridor."))

        let empty = try await asha.send(page, to: address, pairs: [("words", " "), ("source", source.text)])
        #expect(empty.code == 422)
        #expect(empty.body.contains("value=\"\(source.text)\" checked"))
        let alone = try await asha.send(page, to: address, pairs: [("words", "Somewhere to sit")])
        #expect(alone.code == 422)
        #expect(alone.body.contains("Somewhere to sit"))
        #expect(try await count(group.world, "select count(*) from ask") == 0)

        let look = try await asha.send(
            page, to: address,
            pairs: [("words", "Somewhere to sit"), ("source", source.text), ("word", "CORRIDOR"), ("look", "yes")])
        #expect(look.code == 200)
        #expect(look.body.contains("Somewhere to sit"))
        #expect(try await count(group.world, "select count(*) from ask") == 0)

        for _ in 0..<2 {
            let fields = [("words", "Somewhere to sit"), ("source", source.text)]
            #expect(try await asha.send(page, to: address, pairs: fields).code == 303)
        }
        #expect(try await count(group.world, "select count(*) from ask") == 1)
        let other = try await asha.send(
            page, to: address, pairs: [("words", "Something else"), ("source", source.text)])
        #expect(other.code == 422)
    }

    @Test(
        "a word is looked for in what was shared; what is kept, taken back or set aside is not there",
        arguments: Engine.available)
    func picking(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha")
        let shared = try await group.said("The bus comes late.", by: "Asha")
        let kept = try await group.said("The bus is mine alone.", by: "Asha", shared: false)
        let aside = try await group.said("The bus and a name.", by: "Asha")
        let (seat, now) = (group.seat("Asha"), group.world.house.now())
        try await group.world.house.database.write { db in
            try db.run(
                """
                insert into set_aside (id, contribution, seat, kind, reason, began, lapses, reply)
                values (\(ID<Contribution>.signed(at: now)), \(aside), \(seat), 'harm', 'It hurts', \(now),
                    \(now + .days(3)), '')
                """)
        }
        let (project, house) = (group.project, group.world.house)
        func found(_ word: String, at moment: Moment) async throws -> [ID<Contribution>] {
            try await house.database.read {
                try $0.picking(in: project, chosen: [], word: word, page: 0, at: moment).rest.map(\.id)
            }
        }
        #expect(try await found("BUS", at: now) == [shared])
        #expect(try await found("tram", at: now).isEmpty)
        #expect(Set(try await found("bus", at: now + .days(4))) == [shared, aside])
        let page = try await group["Asha"].get("/projects/\(project.text)/asks/new")
        let stolen = try await group["Asha"].send(
            page, to: "/projects/\(project.text)/asks", pairs: [("words", "Mine"), ("source", kept.text)])
        #expect(stolen.code == 404)
        #expect(try await count(group.world, "select count(*) from ask") == 0)
    }

    @Test("divided, each source goes where it belongs; the old ask ends and leads to both", arguments: Engine.available)
    func dividing(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben")
        let (tea, bus) = (
            try await group.said("Tea after eight", by: "Asha"), try await group.said("A later bus", by: "Ben")
        )
        let both = try await group.said("Tea while I wait for the bus", by: "Ben")
        let ask = try await group.draw("Tea and a bus", from: [tea, bus, both], by: "Asha")
        let page = try await group["Ben"].get(ask + "/division")
        let refused = try await group["Ben"].send(
            page, to: ask + "/division", pairs: [("first", "Tea"), ("second", "")])
        #expect(refused.code == 422)
        let done = try await group["Ben"].send(
            page, to: ask + "/division",
            pairs: [
                ("first", "Tea after eight"), ("second", "A bus after eight"), ("source-\(tea.text)", "first"),
                ("source-\(bus.text)", "second"), ("source-\(both.text)", "both"),
            ])
        #expect(done.code == 303)
        let old = try await group["Asha"].get(ask)
        #expect(old.body.contains("Tea after eight"))
        #expect(old.body.contains("A bus after eight"))
        #expect(try await group.thread(ask).ask.ended != nil)

        let threads = try await group.world.house.database.read { try $0.threads(from: [both]) }
        #expect(threads.count == 3)
        let voice = Voice.seat(group.seat("Ben"))
        #expect(threads.map { $0.fate(for: [voice]) }.count { $0 == .became } == 1)
        let again = try await group["Ben"].send(page, to: ask + "/division", pairs: [("first", "A"), ("second", "B")])
        #expect(again.code == 422)
        #expect(try await count(group.world, "select count(*) from ask") == 3)
    }

    @Test(
        "put together, the old asks end and lead to the new one; a promised one stays as it is",
        arguments: Engine.available)
    func merging(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let (one, two) = (try await group.said("Ring me", by: "Asha"), try await group.said("Tell me", by: "Asha"))
        let first = try await group.draw("Ring us", from: [one], by: "Asha")
        let second = try await group.draw("Tell us", from: [two], by: "Asha")
        let merged = try await group.draw(
            "Let us know", from: [], by: "Asha", also: [first, second].map { ("merge", String($0.dropFirst(6))) })
        #expect(Set(try await group.thread(merged).sources.map(\.contribution)) == [one, two])
        #expect(try await group["Asha"].get(first).body.contains("Let us know"))

        try await group.put(merged, to: "Priya", by: "Asha")
        try await group.answer(merged, "promise", "We will ring.", day: "2026-05-01", by: "Priya")
        let page = try await group["Asha"].get("/projects/\(group.project.text)/asks/new")
        let refused = try await group["Asha"].send(
            page, to: "/projects/\(group.project.text)/asks",
            pairs: [("words", "Again"), ("source", one.text), ("merge", String(merged.dropFirst(6)))])
        #expect(refused.code == 422)
        #expect(try await group.thread(merged).ask.ended == nil)
    }

    @Test(
        "a source may be added later and taken out, until its giver has said what they meant",
        arguments: Engine.available)
    func sources(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben")
        let (one, two) = (try await group.said("One", by: "Asha"), try await group.said("Two", by: "Ben"))
        let ask = try await group.draw("Both", from: [one], by: "Asha")
        let page = try await group["Asha"].get(ask + "/sources")
        #expect(try await group["Asha"].send(page, to: ask + "/sources", pairs: [("source", two.text)]).code == 303)
        #expect(try await group.thread(ask).sources.count == 2)
        let objection = "objection-\(ask.dropFirst(6))-\(two.text)"
        let no = try await group["Ben"].fill(
            ask, sendingTo: ask + "/meaning", ["source": two.text, "means": "no", objection: "I meant a person."])
        #expect(no.code == 303)
        #expect(try await group["Asha"].get(ask).body.contains("I meant a person."))
        #expect(try await group["Asha"].fill(ask, sendingTo: "\(ask)/sources/\(two.text)/removal").code == 422)
        #expect(try await group["Asha"].fill(ask, sendingTo: "\(ask)/sources/\(one.text)/removal").code == 303)
        #expect(try await group.thread(ask).sources.map(\.contribution) == [two])
        let notTheirs = try await group["Asha"].fill(
            ask, sendingTo: ask + "/meaning", ["source": two.text, "means": "yes"])
        #expect(notTheirs.code == 404)
    }

    @Test(
        "only who accepted it answers; handed on meanwhile, they are told and keep what they typed",
        arguments: Engine.available)
    func handedOn(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya", "Daniel")
        let ask = try await group.draw("Tea", from: [group.said("Tea, please", by: "Asha")], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        let open = try await group["Priya"].get(ask + "/answers")
        let page = try await group["Priya"].get(ask)
        let daniel = group.seat("Daniel").text
        #expect(try await group["Priya"].send(page, to: ask + "/putting", pairs: [("seat", daniel)]).code == 303)

        let late = try await group["Priya"].send(
            open, to: ask + "/answers", pairs: [("kind", "cannot"), ("words", "There is no kettle."), ("day", "")])
        #expect(late.code == 422)
        #expect(late.body.contains("There is no kettle."))
        #expect(late.body.contains("This ask is not with you now."))
        #expect(try await group["Asha"].fill(ask, sendingTo: ask + "/acceptance").code == 422)
        #expect(try await group["Daniel"].fill(ask, sendingTo: ask + "/acceptance").code == 303)
        #expect(try await group.answer(ask, "cannot", "There is no kettle.", by: "Daniel").code == 303)
        let shown = try await group["Asha"].get(ask).body
        #expect(shown.contains("Priya handed it on"))
        #expect(shown.contains("Daniel said: we can’t."))
        #expect(try await count(group.world, "select count(*) from answer") == 1)
    }

    @Test("an answer says by when, or why; a day that has gone is refused", arguments: Engine.available)
    func typedAnswers(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let ask = try await group.draw("Tea", from: [group.said("Tea, please", by: "Asha")], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        let refused: [([(String, String)], String)] = [
            ([("words", "Yes")], "Choose an answer."),
            ([("kind", "promise"), ("words", " "), ("day", "2026-04-01")], "Say what you promise."),
            ([("kind", "promise"), ("words", "Yes")], "Say by when."),
            ([("kind", "promise"), ("words", "Yes"), ("day", "2026-03-05")], "That day has gone."),
            ([("kind", "cannot"), ("words", "")], "Say why it can’t be done."),
            ([("kind", "thinking"), ("words", "")], "Say by when."),
        ]
        let page = try await group["Priya"].get(ask + "/answers")
        for (fields, sentence) in refused {
            let answer = try await group["Priya"].send(page, to: ask + "/answers", pairs: fields)
            #expect(answer.code == 422)
            #expect(answer.body.contains(sentence))
        }
        #expect(try await group.answer(ask, "thinking", "", day: "2026-03-06", by: "Priya").code == 303)
        #expect(try await group.answer(ask, "cannot", "No money.", by: "Priya").code == 303)
        #expect(try await group.answer(ask, "promise", "Yes, after all.", day: "2026-03-06", by: "Priya").code == 303)
        let body = try await group["Asha"].get(ask).body
        #expect(body.contains("2 answers before this one"))
        #expect(body.contains("No money."))
    }

    @Test("two answers sent at once by the one who holds it: one holds, the other is told", arguments: Engine.available)
    func twoAtOnce(engine: Engine) async throws {
        let group = try await Group(World(engine, connections: 4), "Asha", "Priya")
        let ask = try await group.draw("Tea", from: [group.said("Tea, please", by: "Asha")], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        let (one, two) = (
            try await group["Priya"].get(ask + "/answers"), try await group["Priya"].get(ask + "/answers")
        )
        try #require(one.value("once") != two.value("once"))
        async let yes = group["Priya"].send(
            one, to: ask + "/answers", pairs: [("kind", "promise"), ("words", "We will."), ("day", "2026-05-01")])
        async let no = group["Priya"].send(
            two, to: ask + "/answers", pairs: [("kind", "cannot"), ("words", "We will not, for want of a kettle.")])
        let codes = [try await yes.code, try await no.code].sorted()
        #expect(codes == [303, 422])
        #expect(try await count(group.world, "select count(*) from answer") == 1)
    }

    @Test(
        "nobody else opens it or says anything to it: a stranger, another project’s member, one who left",
        arguments: Engine.available)
    func others(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben")
        let other = try await Group(world, "Olive")
        let source = try await group.said("Tea", by: "Asha")
        let ask = try await group.draw("Tea", from: [source], by: "Asha")
        let gone = group.seat("Ben")
        try await world.house.database.write { try $0.run("update seat set gone = 1 where id = \(gone)") }
        for browser in [other["Olive"], group["Ben"]] {
            #expect(try await browser.get(ask).code == 404)
            #expect(try await browser.get("/projects/\(group.project.text)/asks").code == 404)
            #expect(try await browser.get("/projects/\(group.project.text)/we-said-we-did").code == 404)
            let me = try await browser.get("/me")
            for door in ["putting", "acceptance", "answers", "meaning", "also", "division", "sources"] {
                let sent = try await browser.send(
                    me, to: "\(ask)/\(door)",
                    pairs: [
                        ("kind", "cannot"), ("words", "No"), ("source", source.text), ("means", "yes"), ("also", "yes"),
                        ("seat", gone.text),
                    ])
                #expect(sent.code == 404, "\(door)")
            }
        }
        let stranger = world.browser()
        #expect(try await stranger.get(ask).code == 303)
        let first = try await stranger.get("/words")
        #expect(try await stranger.send(first, to: ask + "/also", pairs: [("also", "yes")]).code == 401)
        #expect(try await count(world, "select count(*) from also") == 0)
    }
}
