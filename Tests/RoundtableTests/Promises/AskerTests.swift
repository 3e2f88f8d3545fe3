import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Those who asked, by a seat or by a receipt")
struct AskerTests {
    private func reported(_ group: Group, from sources: [ID<Contribution>]) async throws -> (String, String) {
        let ask = try await group.draw("Tea", from: sources, by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        try await group.answer(ask, "promise", "We will.", day: "2026-06-01", by: "Priya")
        let promise = try await group.promise(of: ask)
        group.world.wait(.minutes(1))
        try await group["Priya"].fill(promise, sendingTo: promise + "/reports")
        group.world.wait(.minutes(1))
        return (ask, promise)
    }

    @Test(
        "who holds the receipt objects and witnesses; another receipt of the project, or of another, does not",
        arguments: Engine.available)
    func byReceipt(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Priya")
        let other = try await Group(world, "Olive")
        let ((receipt, words), (_, blank), (_, foreign)) = (
            try await group.deal(), try await group.deal(), try await other.deal()
        )
        let source = try await group.said("A cup of tea after eight", receipt: receipt, signed: false)
        let (ask, promise) = try await reported(group, from: [source])
        let (holder, bystander, outsider) = (world.browser(), world.browser(), world.browser())
        try holder.hold(words, as: "receipts")
        try bystander.hold(blank, as: "receipts")
        try outsider.hold(foreign, as: "receipts")

        let door = try await holder.get("/words")
        let objection = "objection-\(ask.dropFirst(6))-\(source.text)"
        let empty = try await holder.send(
            door, to: ask + "/meaning",
            pairs: [("source", source.text), ("means", "no"), (objection, ""), ("back", receipt.text)])
        #expect(empty.code == 422)
        let isAskedAgain = ["action=\"\(ask)/meaning\"", "<textarea class=\"input\" id=\"\(objection)\"", receipt.text]
        #expect(isAskedAgain.allSatisfy(empty.body.contains), "what was left empty can be written where it is refused")
        let no = try await holder.send(
            empty, to: ask + "/meaning",
            pairs: [
                ("source", source.text), ("means", "no"), (objection, "Tea, and somebody to drink it with."),
                ("back", receipt.text),
            ])
        #expect(no.location == "/receipts?card=\(receipt)")
        #expect(try await group["Priya"].get(ask).body.contains("Tea, and somebody to drink it with."))

        let bystanderDoor = try await bystander.get("/words")
        #expect(
            try await bystander.send(bystanderDoor, to: promise + "/witnesses", pairs: [("reached", "yes")]).code == 404
        )
        #expect(
            try await bystander.send(
                bystanderDoor, to: ask + "/meaning", pairs: [("source", source.text), ("means", "yes")]
            ).code == 404)
        let outsiderDoor = try await outsider.get("/words")
        #expect(
            try await outsider.send(outsiderDoor, to: promise + "/witnesses", pairs: [("reached", "yes")]).code == 404)
        #expect(try await group.thread(ask).witnesses.isEmpty)

        #expect(try await holder.send(door, to: promise + "/witnesses", pairs: [("reached", "no")]).code == 303)
        #expect(try await holder.send(door, to: promise + "/witnesses", pairs: [("reached", "yes")]).code == 303)
        let thread = try await group.thread(ask)
        #expect(thread.witnesses.values.flatMap { $0 }.count == 1)
        #expect(thread.fate(for: [.receipt(receipt)]) == .done(reachedYou: true))
        let changes = try await world.house.database.read { try $0.count("select count(*) from change") }
        #expect(changes == 1)
    }

    @Test(
        "who holds a receipt reads what was promised in its own words, and when the day has gone that it is late",
        arguments: Engine.available)
    func ownWords(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Priya")
        let (receipt, words) = try await group.deal()
        let source = try await group.said("A cup of tea after eight", receipt: receipt, signed: false)
        world.wait(.minutes(1))
        let later = try await group.said("The lift was out of order", receipt: receipt, signed: false)
        let holder = world.browser()
        try holder.hold(words, as: "receipts")
        func card() async throws -> String { try await holder.get("/receipts").body }
        func places() async throws -> [Range<String.Index>] {
            let body = try await card()
            return [source, later].compactMap { body.range(of: "id=\"contribution-\($0.text)\"") }
        }
        let before = try await places()
        #expect(before.count == 2 && before[1].lowerBound < before[0].lowerBound, "the newest first")

        let ask = try await group.draw("Tea", from: [source], by: "Asha")
        let drawn = try await places()
        #expect(drawn.count == 2 && drawn[0].lowerBound < drawn[1].lowerBound, "what came to something before it")
        try await group.put(ask, to: "Priya", by: "Asha")
        try await group.answer(ask, "thinking", "We ask the kitchen.", day: "2026-03-20", by: "Priya")
        let thinking = try await card()
        #expect(thinking.contains("We ask the kitchen."))
        #expect(thinking.contains("They will say by Friday 20 March 2026."))
        try await group.answer(ask, "promise", "A flask stands in the day room.", day: "2026-06-01", by: "Priya")
        let promised = try await card()
        #expect(promised.contains("A flask stands in the day room.") && !promised.contains("We ask the kitchen."))
        #expect(promised.contains("It is promised by Monday 1 June 2026.") && !promised.contains("it is late"))

        world.wait(.days(100))
        let late = try await card()
        #expect(late.contains("It was promised by Monday 1 June 2026, and it is late."))
        #expect(!late.contains("It is promised by"))
        let promise = try await group.promise(of: ask)
        try await group["Priya"].fill(promise, sendingTo: promise + "/reports")
        let reported = try await card()
        #expect(reported.contains("Has it reached you?") && reported.contains("A flask stands in the day room."))
    }

    @Test("who said that they will say by a day, and has not, is late on receipts too", arguments: Engine.available)
    func thinkingLate(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Priya")
        let (receipt, words) = try await group.deal()
        let source = try await group.said("A cup of tea after eight", receipt: receipt, signed: false)
        let holder = world.browser()
        try holder.hold(words, as: "receipts")
        let ask = try await group.draw("Tea", from: [source], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        try await group.answer(ask, "thinking", "", day: "2026-03-20", by: "Priya")
        world.wait(.days(30))
        let late = try await holder.get("/receipts").body
        #expect(late.contains("They were going to say by Friday 20 March 2026, and have not said yet."))
        #expect(!late.contains("They will say by"))
    }

    @Test("one device holds the cards of two tables, and speaks for each with its own", arguments: Engine.available)
    func twoCards(engine: Engine) async throws {
        let world = try await World(engine)
        let (first, second) = (try await Group(world, "Asha", "Priya"), try await Group(world, "Olive", "Omar"))
        let ((one, oneWords), (two, twoWords), (twin, twinWords)) = (
            try await first.deal(), try await second.deal(), try await first.deal()
        )
        let tea = try await first.said("Tea after eight", receipt: one, signed: false)
        let bus = try await second.said("A later bus", receipt: two, signed: false)
        let coat = try await first.said("Somewhere for coats", receipt: twin, signed: false)
        let tablet = world.browser()
        try tablet.hold(twoWords, oneWords, twinWords, as: "receipts")

        let latest = try await tablet.get("/receipts")
        #expect(latest.body.contains("A later bus") && !latest.body.contains("Tea after eight"))
        #expect(latest.body.contains("href=\"/receipts?card=\(one)\""))
        let other = try await tablet.get("/receipts?card=\(one)").body
        #expect(other.contains("Tea after eight") && !other.contains("A later bus") && !other.contains("coats"))
        let nobodys = try await first.deal().0
        #expect(try await tablet.get("/receipts?card=\(nobodys)").code == 404)

        for (words, isTheirs) in [(tea, true), (coat, true), (try await first.said("Hers", by: "Asha"), false)] {
            let address = "/contributions/\(words)"
            let answer = try await tablet.send(latest, to: address + "/mending", ["words": "Mended", "version": "1"])
            #expect(answer.code == (isTheirs ? 303 : 404))
        }
        #expect(try await tablet.send(latest, to: "/receipts/renewed", ["card": one.text]).code == 303)
        #expect(try await tablet.get("/receipts?card=\(one)").code == 200, "new words for one leave the others")
        #expect(try await tablet.get("/receipts?card=\(twin)").code == 200)
        #expect(try await world.browser().get("/words/\(oneWords.slug)").code == 422)
        #expect(try await tablet.send(latest, to: "/receipts/renewed", ["card": nobodys.text]).code == 404)
        _ = bus
    }

    @Test(
        "a step back of its owner's takes back that it is done; the next report asks anew", arguments: Engine.available)
    func slipping(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let source = try await group.said("Tea", by: "Asha")
        let (ask, promise) = try await reported(group, from: [source])
        try await group["Asha"].fill(promise, sendingTo: promise + "/witnesses", ["reached": "yes"])
        let me = [Voice.seat(group.seat("Asha"))]
        #expect(try await group.thread(ask).fate(for: me) == .done(reachedYou: true))
        group.world.wait(.minutes(1))
        try await group["Asha"].fill(
            promise, sendingTo: promise + "/steps", ["way": "back", "words": "None on Sunday", "obstacle": ""])
        #expect(try await group.thread(ask).fate(for: me) == .done(reachedYou: true))
        let sent = try await group["Priya"].fill(
            promise, sendingTo: promise + "/steps", ["way": "back", "words": "The urn broke", "obstacle": "No money"])
        #expect(sent.code == 303)
        #expect(try await group.thread(ask).fate(for: me) == .slippedBack)
        #expect(try await group["Asha"].get(promise).body.contains("No money"))
        let forwards = try await group["Asha"].fill(
            promise, sendingTo: promise + "/steps", ["way": "forwards", "words": "All good", "obstacle": ""])
        #expect(forwards.code == 422)
        group.world.wait(.minutes(1))
        try await group["Priya"].fill(promise, sendingTo: promise + "/reports")
        #expect(try await group.thread(ask).fate(for: me) == .saidDone(canBeAsked: true))
    }

    @Test(
        "“I ask this too” counts before it is reported, once for each, and can be unsaid", arguments: Engine.available)
    func also(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben", "Priya")
        let source = try await group.said("Tea", by: "Asha")
        let ask = try await group.draw("Tea", from: [source], by: "Asha")
        for _ in 0..<2 {
            #expect(try await group["Ben"].fill(ask, sendingTo: ask + "/also", ["also": "yes"]).code == 303)
        }
        #expect(try await group.thread(ask).askers.count == 2)
        try await group["Ben"].fill(ask, sendingTo: ask + "/also", ["also": "no"])
        #expect(try await group.thread(ask).askers.count == 1)
        let (_, promise) = try await reported(group, from: [source])
        let reportedAsk = try await group["Ben"].get(promise).body.firstMatch(of: /\/asks\/[0-9a-f-]{36}/)
        let late = String(try #require(reportedAsk).output)
        #expect(try await group["Ben"].fill(late, sendingTo: late + "/also", ["also": "yes"]).code == 422)
        #expect(try await group["Ben"].fill(promise, sendingTo: promise + "/witnesses", ["reached": "yes"]).code == 422)
    }

    @Test("given with nothing, it stays said done, and says so", arguments: Engine.available)
    func withNothing(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let (ask, promise) = try await reported(group, from: [group.said("Tea")])
        #expect(try await group["Priya"].get(promise).body.contains("Nobody else who asked for it can be reached"))
        #expect(try await group.thread(ask).fate(for: []) == .saidDone(canBeAsked: false))
    }

    @Test("an ask whose words were all taken back goes back to the group", arguments: Engine.available)
    func emptied(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben")
        let source = try await group.said("Tea", by: "Asha")
        let ask = try await group.draw("Tea", from: [source], by: "Asha")
        try await group.takeBack(source)
        try await Post(house: group.world.house).deliverAll()
        let told = try await group.world.house.database.read {
            try $0.count("select count(*) from notice where kind = 'askEmptied'")
        }
        #expect(told == 2)
        let page = try await group["Ben"].get(ask).body
        #expect(page.contains("Somebody took their words back."))
        #expect(page.contains("The group decides what to do with it now."))
    }

    @Test("the day of a promise is a calendar file that keeps to the format", arguments: Engine.available)
    func calendar(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let words = "Tea; cake, and chairs " + String(repeating: "é", count: 80)
        let ask = try await group.draw(words, from: [group.said("Tea", by: "Asha")], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        try await group.answer(ask, "promise", "We will.", day: "2026-06-01", by: "Priya")
        let file = try await group["Priya"].get(group.promise(of: ask) + "/calendar.ics")
        #expect(file.headers[.contentType] == "text/calendar; charset=utf-8")
        let lines = file.body.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.contains("DTSTART;VALUE=DATE:20260601"))
        let unfolded = file.body.replacing("\r\n ", with: "")
        #expect(unfolded.contains("Tea\\; cake\\, and chairs \(String(repeating: "é", count: 80))"))
    }
}
