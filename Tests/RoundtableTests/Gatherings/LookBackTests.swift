import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What worked, what didn't")
struct LookBackTests {
    /// Six people at a gathering that began an hour ago and goes on for one more.
    private struct Evening {
        let group: Group
        let address: String
        let id: ID<Gathering>

        static let names = ["Asha", "Ben", "Mair", "Olu", "Priya", "Tom"]

        init(_ world: World) async throws {
            group = try await Group(world, "Asha", "Ben", "Mair", "Olu", "Priya", "Tom")
            id = try await Self.gathering("Tuesday", in: group, world, starting: .hours(-1))
            address = "/gatherings/\(id.text)"
        }

        static func gathering(
            _ name: String, in group: Group, _ world: World, starting: Duration
        ) async throws -> ID<Gathering> {
            let (id, now) = (ID<Gathering>.signed(at: world.house.now()), world.house.now())
            let starts = now + starting
            let ends = starts + .hours(2)
            let (from, until) = (String(starts.written.prefix(16)), String(ends.written.prefix(16)))
            try await world.house.database.write { db in
                try db.run(
                    """
                    insert into gathering (id, project, seat, kind, name, starts_at, ends_at, zone, starts, ends, place,
                        plan, who, access, worried, question, covered, made, version)
                    values (\(id), \(group.project), \(group.seat("Asha")), 'meeting', \(name), \(from), \(until), 'UTC', \(starts), \(ends), 'Elms Hall', '', '', '',
                        'Tell Priya', '', 0, \(now), 1)
                    """)
                for seat in group.seats.values {
                    try db.run("insert into chair (gathering, seat, came) values (\(id), \(seat), \(now))")
                }
            }
            return id
        }

        @discardableResult
        func says(_ name: String, _ worked: String, _ didNot: String, with bearing: String) async throws -> Answer {
            let page = address + "/looking-back"
            return try await group[name].fill(page, ["worked": worked, "did-not": didNot, "bearing": bearing])
        }

        /// Words on paper, typed in by the number of a receipt.
        func says(_ receipt: ID<Receipt>, _ words: String) async throws {
            let said = try await group.said(words, receipt: receipt)
            let id = id
            try await group.world.house.database.write {
                try $0.run("update contribution set gathering = \(id) where id = \(said)")
            }
        }

        func close() async throws {
            try await #require(group["Asha"].fill(address, sendingTo: address + "/closing").code == 303)
        }
    }

    @Test("answers with a card stand with their names, side by side, once it is over", arguments: Engine.available)
    func withCard(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        let empty = try await evening.says("Ben", "", " ", with: "card")
        #expect(empty.code == 422 && empty.body.contains("Write something in one of the two."))
        let unsigned = try await evening.says("Ben", "The tea.", "", with: "")
        #expect(unsigned.code == 422 && unsigned.body.contains("The tea."), "what was typed is still there")
        #expect(try await evening.says("Ben", "The tea.", "Too little time.", with: "card").code == 303)
        #expect(try await !evening.group["Mair"].get(evening.address).body.contains("The tea."), "nobody is led by it")
        try await evening.close()
        try await evening.says("Ben", "The tea and the talk.", "Too little time.", with: "card")
        world.wait(.days(3))
        #expect(try await evening.says("Mair", "", "The stairs.", with: "card").code == 303, "added after the others")
        let page = try await evening.group["Olu"].get(evening.address).body
        for words in ["The tea and the talk.", "Too little time.", "The stairs.", "Mair"] {
            #expect(page.contains(words))
        }
        #expect(!page.contains("The tea.<"))
        let back = evening.address + "/looking-back"
        try await evening.group["Ben"].fill(back, sendingTo: back + "/taking-back")
        #expect(try await !evening.group["Olu"].get(evening.address).body.contains("The tea and the talk."))
        world.wait(.days(12))
        #expect(try await evening.group["Olu"].get(back).code == 404, "it is asked for two weeks")
    }

    @Test(
        "those who came are told when it closes, and what didn't work is carried to the next",
        arguments: Engine.available)
    func carried(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        try await evening.says("Ben", "The tea.", "Too little time.", with: "card")
        try await evening.close()
        try await Post(house: world.house).deliverAll()
        let news = try await evening.group["Mair"].get("/projects/\(evening.group.project.text)/news").body
        #expect(news.contains("What worked, and what didn’t?") && news.contains(evening.address + "/looking-back"))
        world.wait(.hours(20))
        let next = try await Evening.gathering("Thursday", in: evening.group, world, starting: .days(1))
        let page = try await evening.group["Mair"].get("/gatherings/\(next.text)").body
        #expect(page.contains("Last time: what didn’t work") && page.contains("Too little time."))
        #expect(!page.contains("The tea."))
    }

    @Test(
        "those who came are asked when a gathering ends, closed or not, moved or not, once", arguments: Engine.available
    )
    func askedOnce(engine: Engine) async throws {
        let table = try await Table(engine)
        try await table.lay()
        let gathered = try await Gathered(table)
        let plan = gathered.address + "/plan"
        let page = try await table.founder.get(plan)
        let moved = try await table.founder.send(page, to: plan, pairs: Gathered.fields(["end": "17:00"]))
        try #require(moved.code == 303)
        let guest = try await gathered.guest("Olu")
        let (comes, speaks, stays) = (
            try await table.join("Mair", by: table.invitation("join")),
            try await table.join("Ben", by: table.invitation("join")),
            try await table.join("Tom", by: table.invitation("join"))
        )
        try await comes.fill(gathered.address, sendingTo: gathered.address + "/coming", ["coming": "bringing"])
        try await stays.fill(gathered.address, sendingTo: gathered.address + "/coming", ["coming": "not"])
        let room = try await speaks.get(gathered.address + "/room")
        let unnamed = try await speaks.send(
            room, to: gathered.address + "/contributions", ["words": "The stairs.", "bearing": "card"])
        try #require(unnamed.code == 303)
        func asked() async throws -> Int {
            try await Post(house: table.world.house).deliverAll()
            return try await table.world.house.database.read {
                try $0.count("select count(*) from notice where kind = 'lookBackAsked'")
            }
        }
        table.world.set(Moment(1_773_417_600_000))  // Friday 13 March, four o'clock: the end as it was called.
        #expect(try await asked() == 0)
        table.world.wait(.hours(1))
        #expect(try await asked() == 3, "the guest, who said that they come, and who spoke")
        #expect(try await !stays.get("\(table.address)/news").body.contains("/looking-back"))
        try await table.founder.fill(gathered.address, sendingTo: gathered.address + "/closing")
        #expect(try await asked() == 3)
        let answer = try await guest.fill(
            gathered.address + "/looking-back", ["worked": "The tea.", "bearing": "card"])
        #expect(answer.code == 303, "a guest is asked like anybody")
    }

    @Test("answers with nothing show when three have and five in all, and not one before", arguments: Engine.available)
    func withNothing(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        for (place, name) in ["Asha", "Ben", "Mair"].enumerated() {
            #expect(try await evening.says(name, "Worked \(place)", "", with: "nothing").code == 303)
        }
        try await evening.close()
        let few = try await evening.group["Tom"].get(evening.address).body
        #expect(!few.contains("Worked 0") && few.contains("at least 3 people have answered so, and 5 in all"))
        try await evening.says("Olu", "With my name", "", with: "card")
        #expect(try await !evening.group["Tom"].get(evening.address).body.contains("Worked 1"))
        try await evening.says("Priya", "With mine too", "", with: "card")
        let all = try await evening.group["Tom"].get(evening.address).body
        for place in 0..<3 { #expect(all.contains("Worked \(place)")) }
        #expect(all.contains("Somebody, with nothing"))
        // One more alone would be known by when it came.
        try await evening.says("Tom", "A fourth", "", with: "nothing")
        #expect(try await !evening.group["Ben"].get(evening.address).body.contains("A fourth"))
        let again = try await evening.says("Ben", "Twice", "", with: "nothing")
        #expect(again.code == 422 || again.code == 400)
        #expect(
            try await world.house.database.read {
                try $0.count("select count(*) from look_back where worked = 'Twice'")
            } == 0)
    }

    @Test(
        "whoever has nothing but a receipt is asked on it, once, and counts like anybody", arguments: Engine.available)
    func byReceipt(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        let (giver, silent) = (world.browser(), world.browser())
        let (receipt, words) = try await evening.group.deal()
        try await evening.says(receipt, "The step beat me.")
        let (_, others) = try await evening.group.deal()
        try await giver.fill("/words/\(words.slug)")
        try await silent.fill("/words/\(others.slug)")
        let page = "/receipts/looking-back?gathering=\(evening.id.text)"
        #expect(try await giver.get("/receipts").body.contains("Say what worked and what didn’t"))
        #expect(try await !silent.get("/receipts").body.contains("Say what worked and what didn’t"))
        #expect(try await silent.get(page).code == 404, "it gave no words there")
        let fields: [(String, String)] = [("gathering", evening.id.text), ("bearing", "nothing")]
        func answer(_ browser: Browser, _ worked: String) async throws -> Answer {
            let shown = try await browser.get(page)
            let form = shown.code == 200 ? shown : try await browser.get("/words")
            return try await browser.send(
                form, to: "/receipts/looking-back", pairs: fields + [("worked", worked), ("did-not", "")])
        }
        #expect(try await answer(silent, "Mine").code == 404)
        let empty = try await answer(giver, " ")
        #expect(empty.code == 422 && empty.body.contains("Write something in one of the two."))
        #expect(try await answer(giver, "The ramp.").code == 303)
        #expect(try await giver.get("/receipts").body.contains("You have answered with nothing."))
        let again = try await giver.send(
            empty, to: "/receipts/looking-back", pairs: fields + [("worked", "Twice"), ("did-not", "")])
        #expect(again.code == 422 && again.body.contains("You have answered already."))
        for name in ["Ben", "Mair"] { try await evening.says(name, "By \(name)", "", with: "nothing") }
        for name in ["Olu", "Priya"] { try await evening.says(name, "By \(name)", "", with: "card") }
        try await evening.close()
        let shown = try await evening.group["Tom"].get(evening.address).body
        #expect(shown.contains("The ramp.") && shown.contains("By Ben") && !shown.contains("Twice"))
        #expect(try await giver.get("/receipts").body.contains("You have answered with nothing."), "it is known still")
        let marks = try await world.house.database.read { db in
            try db.all("select * from looked_back_receipt") { $0.count }
        }
        #expect(marks == [2], "a mark holds a gathering and a receipt, and no time")
        world.wait(.days(15))
        #expect(try await giver.get(page).code == 404, "it is asked for two weeks")
        #expect(try await !giver.get("/receipts").body.contains("You have answered with nothing."))
    }

    @Test("who answered by a receipt and then takes a seat with it has answered", arguments: Engine.available)
    func receiptThenSeat(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        let (receipt, words) = try await evening.group.deal()
        try await evening.says(receipt, "The step beat me.")
        let browser = world.browser()
        try await browser.fill("/words/\(words.slug)")
        let page = try await browser.get("/receipts/looking-back?gathering=\(evening.id.text)")
        try await browser.send(
            page, to: "/receipts/looking-back",
            pairs: [("gathering", evening.id.text), ("bearing", "nothing"), ("worked", "The ramp."), ("did-not", "")])
        try await browser.send(browser.get("/receipts"), to: "/receipts/seat", ["name": "Nia"])
        let address = evening.address + "/looking-back"
        #expect(try await browser.get(address).body.contains("You have answered with nothing."))
        let twice = try await browser.fill(address, ["worked": "Twice", "did-not": "", "bearing": "nothing"])
        let named = try await browser.fill(address, ["worked": "Twice", "did-not": "", "bearing": "card"])
        #expect(twice.code == 422 && named.code == 422)
    }

    @Test("in the file nothing joins an answer given with nothing to a person", arguments: Engine.available)
    func inTheFile(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        var order: [String] = []
        for name in Evening.names {
            try await evening.says(name, "By \(name)", "", with: "nothing")
            order.append("By \(name)")
            world.wait(.minutes(1))
        }
        let before = try await rows(world)
        #expect(before.allSatisfy { $0.seat == nil && $0.said == nil && isChance($0.id) })
        try await evening.close()
        let after = try await rows(world)
        #expect(Set(after.map(\.worked)) == Set(order) && after.allSatisfy { $0.seat == nil && $0.said == nil })
        #expect(Set(after.map(\.id)).isDisjoint(with: before.map(\.id)), "under other ids")
        #expect(after.allSatisfy { isChance($0.id) })
        let marks = try await world.house.database.read { db in
            try db.all("select * from looked_back limit 1") { $0.count }
        }
        #expect(marks == [2], "a mark holds a gathering and a seat, and no time")
    }

    @Test("the order in the file is not the order that they came in")
    func shuffled() async throws {
        // By chance six answers keep their order once in 720; three gatherings once in more than 300 million.
        var kept = 0
        for _ in 0..<3 {
            let world = try await World(.sqlite)
            let evening = try await Evening(world)
            for name in Evening.names { try await evening.says(name, "By \(name)", "", with: "nothing") }
            try await evening.close()
            let stored = try await world.house.database.read { db in
                try db.all("select worked from look_back order by rowid") { $0[0] as String }
            }
            if stored == Evening.names.map({ "By \($0)" }) { kept += 1 }
        }
        #expect(kept < 3)
    }

    @Test("a gathering that nobody closes shows them when it has ended by itself", arguments: Engine.available)
    func endedByItself(engine: Engine) async throws {
        let world = try await World(engine)
        let evening = try await Evening(world)
        for name in Evening.names { try await evening.says(name, "By \(name)", "", with: "nothing") }
        try await Post(house: world.house).deliverAll()
        #expect(try await !evening.group["Ben"].get(evening.address).body.contains("By Ben"))
        world.wait(.hours(5))
        try await Post(house: world.house).deliverAll()
        #expect(try await evening.group["Ben"].get(evening.address).body.contains("By Ben"))
    }

    private struct Kept: Sendable {
        let id: String
        let seat: String?
        let worked: String
        let said: Int64?
    }

    private func rows(_ world: World) async throws -> [Kept] {
        try await world.house.database.read { db in
            try db.all("select id, seat, worked, said from look_back") { row in
                Kept(id: row[0], seat: row[1], worked: row[2], said: row[3])
            }
        }
    }

    /// A version 4 id, which holds no time.
    private func isChance(_ id: String) -> Bool { Array(id)[14] == "4" }

    @Test(
        "everybody with a seat is asked before a project ends, reads it side by side, and it goes with the rest",
        arguments: Engine.available, ProjectEnd.How.allCases)
    func atTheEnd(engine: Engine, how: ProjectEnd.How) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Ben", "Mair", "Olu", "Priya", "Tom")
        let project = "/projects/\(group.project.text)"
        let page = project + "/looking-back"
        func pass(_ days: Int) async throws {
            world.wait(.days(days))
            await Housekeeping(house: world.house).doAll()
            try await Post(house: world.house).deliverAll()
        }
        func says(_ name: String, _ worked: String, _ didNot: String, with bearing: String) async throws -> Int {
            try await group[name].fill(page, ["worked": worked, "did-not": didNot, "bearing": bearing]).code
        }
        try await group["Asha"].fill(project + "/end", ["day": "2026-06-01", "how": how.rawValue])
        #expect(try await group["Ben"].get(page).code == 404, "it is asked when the end is near")
        try await pass(60)
        #expect(try await group["Mair"].get(project + "/news").body.contains("href=\"\(page)\""))
        #expect(try await group["Mair"].get(project + "/end").body.contains("href=\"\(page)\""))

        #expect(try await says("Ben", "The tea.", "Too little time.", with: "card") == 303)
        #expect(try await !group["Mair"].get(page).body.contains("The tea."), "nobody is led by it")
        for name in ["Mair", "Olu", "Priya"] {
            #expect(try await says(name, "By \(name)", "", with: "nothing") == 303)
        }
        #expect(try await says("Mair", "Twice", "", with: "card") == 422)
        #expect(try await says("Asha", "The talk.", "", with: "card") == 303)
        try await pass(14)
        #expect(try await says("Tom", "", "The stairs.", with: "card") == 303, "added after the others")
        let shown = try await group["Tom"].get(page).body
        for words in ["The tea.", "Too little time.", "By Mair", "By Olu", "By Priya", "The talk.", "The stairs."] {
            #expect(shown.contains(words), "\(words)")
        }
        let marks = try await world.house.database.read { db in
            try db.all("select * from looked_back_project") { $0.count }
        }
        #expect(marks == [2, 2, 2], "a mark holds a project and a seat, and no time")

        try await group["Ben"].fill(page, sendingTo: page + "/taking-back")
        #expect(try await !group["Tom"].get(page).body.contains("The tea."))
        // As the house was before he took it back.
        let (ben, now) = (group.seat("Ben"), world.house.now())
        try await world.house.database.write { db in
            let acts = try db.letGo()
            try db.run(
                """
                insert into look_back (id, project, seat, worked, did_not, language, said, shown)
                values (\(ID<LookBack>.anonymous()), \(group.project), \(ben), 'The tea.', '', 'en', \(now), 1)
                """)
            try db.forgetLetGo(after: acts.last!.number - 1)
            _ = try LettingGoAgain(acts: acts).apply(db)
        }
        #expect(try await !group["Tom"].get(page).body.contains("The tea."))

        try await pass(15)
        #expect(try await group["Tom"].get(page).code == 404)
        let left = try await world.house.database.read { db in
            [try db.count("select count(*) from look_back"), try db.count("select count(*) from looked_back_project")]
        }
        #expect(left == [0, 0])
    }
}
