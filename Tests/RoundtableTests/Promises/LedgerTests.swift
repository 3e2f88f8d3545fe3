import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What we said and what we did")
struct LedgerTests {
    /// Somebody promised, by the day given; the address of the ask.
    private func promised(_ group: Group, _ words: String, by day: String) async throws -> String {
        let ask = try await group.draw(words, from: [group.said(words + ", please", by: "Asha")], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        try await group.answer(ask, "promise", "We will.", day: day, by: "Priya")
        return ask
    }

    @Test(
        "what is late or broken stands first, and each line leads to the words that asked", arguments: Engine.available)
    func hardestFirst(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let kept = try await promised(group, "A later bus", by: "2026-06-01")
        let late = try await promised(group, "Tea after eight", by: "2026-03-10")
        let broken = try await promised(group, "A warm room", by: "2026-06-01")
        try await group.answer(broken, "cannot", "The heater was never bought.", by: "Priya")
        _ = try await group.draw("A chair", from: [group.said("A chair", by: "Asha")], by: "Asha")
        group.world.wait(.days(10))
        let page = try await group["Asha"].get("/projects/\(group.project.text)/we-said-we-did").body
        let order = ["Tea after eight</a>", "A warm room</a>", "A later bus</a>", "A chair</a>"].map {
            page.range(of: $0)!.lowerBound
        }
        #expect(order == order.sorted())
        #expect(page.contains("href=\"\(late)#came-from\""))
        #expect(page.contains("It was promised by Tuesday 10 March 2026, and it is late."))
        #expect(page.contains("that promise was taken back</a>"))
        #expect(page.contains("The heater was never bought."))
        #expect(page.contains("4 things are asked. 1 is late. 1 has slipped back. 1 is promised. 1 has no answer yet."))
        #expect(!page.contains("%"))
        #expect(try await group["Asha"].get(kept).body.contains("A later bus, please"))
    }

    @Test("one who left owns nothing: it is nobody’s until somebody takes it up", arguments: Engine.available)
    func nobodys(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let ask = try await promised(group, "Tea", by: "2026-06-01")
        let promise = try await group.promise(of: ask)
        #expect(try await group["Asha"].fill(promise, sendingTo: promise + "/owner").code == 422)
        #expect(try await group["Priya"].fill("/leaving", ["wish": "unsigned"]).code == 303)
        let page = try await group["Asha"].get("/projects/\(group.project.text)/we-said-we-did").body
        #expect(page.contains("1 is nobody’s now."))
        #expect(try await group["Asha"].fill(promise, sendingTo: promise + "/owner").code == 303)
        #expect(try await group["Asha"].get(promise).body.contains("Asha took it up"))
        #expect(try await group["Asha"].get("/projects/\(group.project.text)/promises").body.contains("Tea"))
        #expect(try await group.answer(ask, "thinking", "", day: "2026-06-01", by: "Asha").code == 303)
    }

    @Test(
        "a small change is logged once from three fields, and leads to the words that asked",
        arguments: Engine.available)
    func smallChange(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let words = try await group.said("The chairs face the wall.", by: "Asha")
        let address = "/projects/\(group.project.text)/changes"
        let page = try await group["Priya"].get(address)
        let refused = try await group["Priya"].send(
            page, to: address, pairs: [("words", "We turned the chairs"), ("day", "2026-03-06")])
        #expect(refused.code == 422)
        #expect(refused.body.contains("We turned the chairs"))
        let tomorrow = try await group["Priya"].send(
            page, to: address, pairs: [("words", "We turned"), ("asked", "All"), ("day", "2026-03-07")])
        #expect(tomorrow.code == 422)
        for _ in 0..<2 {
            let sent = try await group["Priya"].send(
                page, to: address,
                pairs: [("words", "We turned the chairs"), ("source", words.text), ("day", "2026-03-06")])
            #expect(sent.code == 303)
        }
        let ledger = try await group["Asha"].get("/projects/\(group.project.text)/we-said-we-did").body
        #expect(ledger.components(separatedBy: "We turned the chairs").count == 2)
        #expect(ledger.contains("The chairs face the wall."))
        #expect(ledger.contains("/contributions/\(words.text)"))
    }

    @Test("small changes that are more than one page holds are on the next", arguments: Engine.available)
    func morePages(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha")
        let (project, seat, now) = (group.project, group.seat("Asha"), group.world.house.now())
        func log(_ numbers: ClosedRange<Int>) async throws {
            try await group.world.house.database.write { db in
                for number in numbers {
                    try db.run(
                        """
                        insert into change (id, project, seat, words, language, direction, asked_by, day, logged)
                        values (\(ID<Change>.signed(at: now)), \(project), \(seat), \("Lamp \(number)."), 'en', 'ltr',
                            'Everyone', '2026-03-06', \(now + .seconds(number)))
                        """)
                }
            }
        }
        let ledger = "/projects/\(project.text)/we-said-we-did"
        try await log(1...Ledger.mostChanges)
        #expect(try await !group["Asha"].get(ledger).body.contains("?page=2"))
        try await log(Ledger.mostChanges + 1...Ledger.mostChanges + 1)
        let first = try await group["Asha"].get(ledger).body
        #expect(first.contains("?page=2") && first.contains("Lamp 51.") && !first.contains("Lamp 1."))
        let second = try await group["Asha"].get(ledger + "?page=2").body
        #expect(second.contains("Lamp 1.") && !second.contains("Lamp 51.") && !second.contains("?page=3"))
    }

    @Test(
        "whose words led to a small change says whether it reached them, and nobody else", arguments: Engine.available)
    func smallChangeWitnessed(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Priya", "Tom")
        let (receipt, words) = try await group.deal()
        let said = [
            try await group.said("The chairs face the wall.", by: "Asha"),
            try await group.said("The door sticks.", receipt: receipt, signed: false),
            try await group.said("No clock.", by: "Priya"),
        ]
        let (address, ledger) = (
            "/projects/\(group.project.text)/changes", "/projects/\(group.project.text)/we-said-we-did"
        )
        let page = try await group["Priya"].get(address)
        var changes: [String] = []
        for (source, what) in zip(said, ["Turned the chairs", "Planed the door", "Hung a clock"]) {
            let once = ID<Change>.signed(at: world.house.now())
            let sent = try await group["Priya"].send(
                page, to: address,
                pairs: [("once", once.text), ("words", what), ("source", source.text), ("day", "2026-03-06")])
            try #require(sent.code == 303)
            changes.append("/changes/\(once)/witnesses")
        }
        try await Post(house: world.house).deliverAll()
        let told = try await group["Asha"].get("/projects/\(group.project.text)/news").body
        #expect(told.contains("Did it reach you?"))

        let hers = try await group["Asha"].get(ledger)
        #expect(hers.body.components(separatedBy: "/witnesses\"").count == 2, "a form under her own alone")
        #expect(try await group["Tom"].send(group["Tom"].get(ledger), to: changes[0], ["reached": "yes"]).code == 404)
        #expect(try await group["Priya"].send(page, to: changes[2], ["reached": "yes"]).code == 404, "her own log")
        #expect(try await group["Asha"].send(hers, to: changes[0], ["reached": "perhaps"]).code == 422)
        #expect(try await group["Asha"].send(hers, to: changes[0], ["reached": "yes"]).code == 303)

        let holder = world.browser()
        try holder.hold(words, as: "receipts")
        let card = try await holder.get("/receipts")
        #expect(card.body.contains("Planed the door") && card.body.contains("Has it reached you?"))
        #expect(try await holder.send(card, to: changes[0], ["reached": "no"]).code == 404)
        let no = try await holder.send(card, to: changes[1], ["reached": "no", "back": receipt.text])
        #expect(no.location == "/receipts?card=\(receipt)")
        let now = try await group["Tom"].get(ledger).body
        #expect(now.contains("says that it reached them.") && now.contains("has not reached them yet."))
        #expect(now.contains("Nobody who asked for it can be found here"))
    }

    @Test("those who still wait to hear are there, longest first, until somebody answers", arguments: Engine.available)
    func stillWaiting(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha")
        let first = try await group.said("I said this first", by: "Asha")
        group.world.wait(.days(1))
        _ = try await group.said("I said this second", signed: false)
        _ = try await group.said("Mine alone", by: "Asha", shared: false)
        let address = "/projects/\(group.project.text)/we-said-we-did"
        let page = try await group["Asha"].get(address).body
        #expect(page.range(of: "I said this first")!.lowerBound < page.range(of: "I said this second")!.lowerBound)
        #expect(!page.contains("Mine alone"))
        _ = try await group.draw("This", from: [first], by: "Asha")
        #expect(try await !group["Asha"].get(address).body.contains("I said this first"))
    }

    @Test(
        "whoever was to hear by a day that has passed waits again, until an answer comes", arguments: Engine.available)
    func toHear(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let (receipt, words) = try await group.deal()
        let lamp = try await group.said("No lamp on the stairs", by: "Asha")
        let tea = try await group.said("The tea is cold", receipt: receipt, signed: false)
        for said in [lamp, tea] {
            let piece = "/contributions/\(said)"
            let thanks = try await group["Priya"].fill(
                piece, sendingTo: piece + "/thanks", ["thanks": "", "hear-by": "2026-03-10"])
            try #require(thanks.code == 303)
        }
        let holder = group.world.browser()
        try holder.hold(words, as: "receipts")
        func ledger() async throws -> String {
            try await group["Asha"].get("/projects/\(group.project.text)/we-said-we-did").body
        }
        func mine(_ name: String) async throws -> String {
            try await group[name].get("/projects/\(group.project.text)/promises").body
        }
        let (late, passed) = ("Was to hear by Tuesday 10 March 2026 from Priya.", "That day has passed")
        func expectWaiting(_ waits: Bool) async throws {
            #expect(try await ledger().contains("No lamp on the stairs") == waits)
            #expect(try await ledger().contains(late) == waits)
            #expect(try await mine("Priya").contains(passed) == waits)
            let receipt = try await holder.get("/receipts").body
            #expect(receipt.contains("Priya thanks you, and said that you will hear by Tuesday 10 March 2026."))
            #expect(receipt.contains(passed) == waits)
        }
        try await expectWaiting(false)
        #expect(try await mine("Priya").contains("will hear by Tuesday 10 March 2026"))
        #expect(try await !mine("Asha").contains("hear by"), "who thanked sees it, and nobody else")
        group.world.wait(.days(4))
        try await expectWaiting(false)
        group.world.wait(.days(1))
        try await expectWaiting(true)
        // An ask that nobody has answered is no answer.
        let ask = try await group.draw("A lamp, and hot tea", from: [lamp, tea], by: "Asha")
        try await group.put(ask, to: "Priya", by: "Asha")
        #expect(try await ledger().contains(late))
        try await #require(group.answer(ask, "thinking", "", day: "2026-06-01", by: "Priya").code == 303)
        let after = try await ledger()
        #expect(!after.contains(late) && !after.contains("Still waiting to hear"))
        #expect(try await !mine("Priya").contains("10 March 2026"))
        #expect(try await !holder.get("/receipts").body.contains(passed))
    }

    @Test(
        "words set aside are out of sight on an ask, under a small change and among those who wait",
        arguments: Engine.available)
    func outOfSight(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben", "Chloe")
        let words = ["Ask the one at number 14", "The night nurse with the limp", "His sister told me"]
        var said: [ID<Contribution>] = []
        for line in words { said.append(try await group.said(line, by: "Ben")) }
        let ask = try await group.draw("A warm room", from: [said[0]], by: "Asha")
        let (project, ledger) = ("/projects/\(group.project.text)", "/projects/\(group.project.text)/we-said-we-did")
        try await #require(
            group["Asha"].fill(
                "\(project)/changes", ["words": "A lamp", "source": said[1].text, "day": "2026-03-06"]
            ).code == 303)
        func seen(by name: String) async throws -> [String] {
            var pages = ""
            for page in [ledger, ask, ask + "/division"] { pages += try await group[name].get(page).body }
            return words.filter { pages.contains($0) }
        }
        #expect(try await seen(by: "Chloe") == words)
        for id in said {
            let (address, why) = ("/contributions/\(id)", "It gives somebody away")
            try await #require(
                group["Asha"].fill(address, sendingTo: address + "/setting-aside", ["kind": "harm", "reason": why]).code
                    == 303)
        }
        #expect(try await seen(by: "Chloe") == [])
        for page in [ledger, ask, ask + "/division"] {
            #expect(try await group["Chloe"].get(page).body.contains("Something here has been set aside for now."))
        }
        #expect(try await !group["Chloe"].get(ledger).body.contains("Still waiting to hear"))
        for page in [ledger, ask] {
            let own = try await group["Ben"].get(page).body
            #expect(
                own.contains(page == ask ? words[0] : words[1]) && own.contains("This has been set aside, so others"))
        }
        group.world.wait(.days(3))
        #expect(try await seen(by: "Chloe") == words)
    }

    @Test("the pages take as many statements for forty asks as for two", arguments: Engine.available)
    func statements(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Priya")
        let project = group.project.text
        let ask = try await promised(group, "One", by: "2026-06-01")
        _ = try await promised(group, "Two", by: "2026-06-01")
        let promise = try await group.promise(of: ask)
        let pages = [
            ("/projects/\(project)/asks", 10), ("/projects/\(project)/we-said-we-did", 13), (ask, 15), (promise, 12),
            ("/projects/\(project)/promises", 11), ("/projects/\(project)/asks/new", 4),
        ]
        func statements(_ address: String) async throws -> Int {
            let before = group.world.house.database.statements
            #expect(try await group["Priya"].get(address).code == 200)
            return group.world.house.database.statements - before
        }
        for (address, most) in pages { #expect(try await statements(address) <= most, "\(address)") }
        var few: [Int] = []
        for (address, _) in pages { few.append(try await statements(address)) }
        for number in 0..<38 {
            _ = try await group.draw("More \(number)", from: [group.said("More", by: "Asha")], by: "Asha")
        }
        for (page, before) in zip(pages, few) { #expect(try await statements(page.0) == before, "\(page.0)") }
    }
}
