import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Is it still so?")
struct StillSoTests {
    /// Ben and Mair asked for a ramp, and say that it reached them.
    private struct Ramp {
        let group: Group
        let ask: String
        let promise: String

        init(_ world: World, reaching names: String...) async throws {
            group = try await Group(world, "Asha", "Ben", "Mair")
            let words = [
                try await group.said("The step beat me.", by: "Ben"), try await group.said("And me.", by: "Mair"),
            ]
            ask = try await group.draw("A ramp", from: words, by: "Asha")
            try await group.put(ask, to: "Asha", by: "Asha")
            try await group.answer(ask, "promise", "We will build one.", day: "2026-05-01", by: "Asha")
            promise = try await group.promise(of: ask)
            try await report()
            for name in names { try await reaches(name) }
        }

        func report() async throws {
            try await #require(group["Asha"].fill(promise, sendingTo: promise + "/reports").code == 303)
            group.world.wait(.hours(1))
        }

        func reaches(_ name: String) async throws {
            let answer = try await group[name].fill(promise, sendingTo: promise + "/witnesses", ["reached": "yes"])
            try #require(answer.code == 303)
        }

        func says(_ name: String, _ still: String, _ words: String = "") async throws -> Answer {
            let field = "still-\(promise.split(separator: "/").last!)"
            return try await group[name].fill(
                promise, sendingTo: promise + "/still-so", ["still": still, field: words])
        }

        func news(of name: String) async throws -> String {
            try await Post(house: group.world.house).deliverAll()
            return try await group[name].get("/projects/\(group.project.text)/news").body
        }
    }

    @Test("half a year after it is done, those it was done for are asked once", arguments: Engine.available)
    func asked(engine: Engine) async throws {
        let world = try await World(engine)
        let ramp = try await Ramp(world, reaching: "Ben")
        world.wait(.days(181))
        #expect(try await !ramp.news(of: "Ben").contains("Is it still so?"))
        #expect(try await ramp.says("Ben", "yes").code != 303, "it is not asked yet")
        world.wait(.days(1))
        #expect(try await ramp.news(of: "Ben").contains("Half a year ago something reached you. Is it still so?"))
        #expect(try await !ramp.news(of: "Mair").contains("Is it still so?"), "it had not reached her")
        #expect(try await ramp.says("Mair", "no").code != 303)
        #expect(try await ramp.group["Ben"].get(ramp.promise).body.contains("Yes, it is still so"))
        #expect(try await ramp.says("Ben", "yes").code == 303)
        let page = try await ramp.group["Ben"].get(ramp.promise).body
        #expect(
            page.contains("Still so, on") && page.contains("Done for Ben.") && !page.contains("Yes, it is still so"))
        world.wait(.days(200))
        try await Post(house: world.house).deliverAll()
        let told = try await world.house.database.read {
            try $0.count("select count(*) from notice where kind = 'stillSo'")
        }
        #expect(told == 1, "once, and nobody chases")
        #expect(try await ramp.says("Ben", "no").code != 303)
    }

    @Test("a no makes it slipped back, in their words, and those who asked are told", arguments: Engine.available)
    func slipped(engine: Engine) async throws {
        let world = try await World(engine)
        let ramp = try await Ramp(world, reaching: "Ben", "Mair")
        world.wait(.days(183))
        #expect(try await ramp.says("Ben", "no", "It is full of bicycles.").code == 303)
        let page = try await ramp.group["Asha"].get(ramp.promise).body
        #expect(page.contains("It has slipped back.") && page.contains("It is full of bicycles."))
        for name in ["Asha", "Ben", "Mair"] {
            #expect(try await ramp.news(of: name).contains("Something that was done has slipped back."), "\(name)")
        }
        #expect(try await ramp.group.thread(ramp.ask).promise?.reported == nil)
        // Taken up again, it is asked again half a year after that, of whom it reaches then.
        try await ramp.report()
        try await ramp.reaches("Mair")
        world.wait(.days(182))
        #expect(try await ramp.news(of: "Mair").contains("Is it still so?"))
        #expect(try await ramp.says("Mair", "yes").code == 303)
    }

    @Test("whoever asked by a receipt alone is asked on it, and their no counts the same", arguments: Engine.available)
    func byReceipt(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha")
        let (receipt, words) = try await group.deal()
        let said = try await group.said("The step beat me.", receipt: receipt)
        let ask = try await group.draw("A ramp", from: [said], by: "Asha")
        try await group.put(ask, to: "Asha", by: "Asha")
        try await group.answer(ask, "promise", "We will build one.", day: "2026-05-01", by: "Asha")
        let promise = try await group.promise(of: ask)
        try await group["Asha"].fill(promise, sendingTo: promise + "/reports")
        let browser = world.browser()
        try await browser.fill("/words/\(words.slug)")
        let back: [(String, String)] = [("back", receipt.text)]
        let page = try await browser.get("/receipts")
        try await browser.send(page, to: promise + "/witnesses", pairs: back + [("reached", "yes")])
        world.wait(.days(182) + .hours(1))
        let later = try await browser.get("/receipts")
        #expect(later.body.contains("Is it still so?"))
        let field = "still-\(promise.split(separator: "/").last!)"
        let no = try await browser.send(
            later, to: promise + "/still-so", pairs: back + [("still", "no"), (field, "The rail has come off.")])
        #expect(no.code == 303)
        let after = try await group["Asha"].get(promise).body
        #expect(after.contains("The rail has come off.") && after.contains("It has slipped back."))
        #expect(try await browser.get("/receipts").body.contains("slipped back"))
    }

    /// Asha logs what came of Ben's words, of more of them, of Mair's, and of some that came on paper.
    private func log(_ group: Group, _ sources: [ID<Contribution>]) async throws -> [String] {
        let address = "/projects/\(group.project.text)/changes"
        var changes: [String] = []
        for source in sources {
            let once = ID<Change>.signed(at: group.world.house.now())
            let fields = [
                ("once", once.text), ("words", "Hung a clock"), ("source", source.text), ("day", "2026-03-06"),
            ]
            let sent = try await group["Asha"].send(group["Asha"].get(address), to: address, pairs: fields)
            try #require(sent.code == 303)
            changes.append("/changes/\(once)")
        }
        return changes
    }

    @Test(
        "whom a small change reached is asked the same, and a no is told to whoever logged it",
        arguments: Engine.available)
    func smallChange(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben", "Mair")
        let (receipt, words) = try await group.deal()
        let changes = try await log(
            group,
            [
                group.said("No clock.", by: "Ben"), group.said("No calendar.", by: "Ben"),
                group.said("No lamp.", by: "Mair"), group.said("No bench.", receipt: receipt, signed: false),
            ])
        let (project, back) = ("/projects/\(group.project.text)", [("back", receipt.text)])
        let ledger = project + "/we-said-we-did"
        for (name, change, reached) in [
            ("Ben", changes[0], "yes"), ("Ben", changes[1], "yes"), ("Mair", changes[2], "no"),
        ] {
            let said = try await group[name].fill(ledger, sendingTo: change + "/witnesses", ["reached": reached])
            try #require(said.code == 303)
        }
        let holder = world.browser()
        try holder.hold(words, as: "receipts")
        let card = try await holder.get("/receipts")
        try await holder.send(card, to: changes[3] + "/witnesses", pairs: back + [("reached", "yes")])
        func still(_ name: String, _ change: String, _ still: String) async throws -> Int {
            try await group[name].fill(ledger, sendingTo: change + "/still-so", ["still": still]).code
        }
        func news(of name: String) async throws -> String {
            try await Post(house: world.house).deliverAll()
            return try await group[name].get(project + "/news").body
        }

        world.wait(.days(181))
        #expect(try await !news(of: "Ben").contains("Is it still so?"))
        #expect(try await still("Ben", changes[0], "yes") == 422, "it is not asked yet")
        world.wait(.days(2))
        #expect(try await news(of: "Ben").contains("Half a year ago something reached you. Is it still so?"))
        #expect(try await !news(of: "Mair").contains("Is it still so?"), "it had not reached her")
        #expect(try await !group["Mair"].get(ledger).body.contains("/still-so"))
        #expect(try await still("Mair", changes[0], "no") == 404, "they were not her words")
        #expect(try await still("Mair", changes[2], "no") == 422)

        #expect(try await still("Ben", changes[0], "yes") == 303)
        #expect(try await still("Ben", changes[0], "no") == 422, "once, and nobody chases")
        #expect(try await group["Mair"].get(ledger).body.contains("Still so, on"))
        #expect(try await !news(of: "Asha").contains("slipped back"))
        #expect(try await still("Ben", changes[1], "no") == 303)
        #expect(try await group["Mair"].get(ledger).body.contains("that it is not so any more."))
        #expect(try await news(of: "Asha").contains("Something that was done has slipped back."))
        try await group["Ben"].fill(ledger, sendingTo: changes[1] + "/witnesses", ["reached": "yes"])
        #expect(try await !group["Mair"].get(ledger).body.contains("that it is not so any more."))

        let later = try await holder.get("/receipts")
        #expect(later.body.contains("Is it still so?"))
        let no = try await holder.send(later, to: changes[3] + "/still-so", pairs: back + [("still", "no")])
        #expect(no.location == "/receipts?card=\(receipt)")
        #expect(try await holder.get("/receipts").body.contains("that it is not so any more."))
    }
}
