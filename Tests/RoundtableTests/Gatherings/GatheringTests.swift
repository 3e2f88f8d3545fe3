import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Calling a gathering, coming in by its code, and closing it")
struct GatheringTests {
    private func laid(_ engine: Engine) async throws -> (World, Table) {
        let table = try await Table(engine)
        try await table.lay()
        return (table.world, table)
    }

    @Test(
        "a gathering is called, a guest comes in by its code with no name, and it closes", arguments: Engine.available)
    func walk(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let page = try await table.founder.get(gathered.address).body
        for words in [
            "Tea and talk", "Elms Hall", "Step-free", "What would make going home feel safe?", "Asked by Asha",
        ] {
            #expect(page.contains(words))
        }
        let code = try #require(gathered.code)
        let phone = world.browser()
        let typed = try await phone.fill("/codes", ["code": code.lowercased()])
        #expect(typed.location == "/codes/\(code)")
        let door = try await phone.get("/codes/\(code)")
        for words in ["Tea and talk", "Priya Nair", "Nobody watches overnight", "nobody can promise to keep secret"] {
            #expect(door.body.contains(words))
        }
        #expect(try await phone.get(gathered.address).code == 303, "looking joins nothing")
        #expect(try await phone.send(door, to: "/codes/\(code)", ["name": "  "]).location == "\(gathered.address)/room")
        #expect(try await phone.get(gathered.address).code == 200)
        #expect(try await phone.get(table.address + "/offer").code == 404, "a guest is no member")

        try await table.founder.fill(gathered.address, sendingTo: gathered.address + "/closing")
        #expect(try await world.browser().get("/codes/\(code)").code == 422)
        #expect(try await phone.get(gathered.address).body.contains("This gathering is over"))
    }

    @Test("there is no code before the offer is laid, and the page says what is missing", arguments: Engine.available)
    func codeWaits(engine: Engine) async throws {
        let table = try await Table(engine)
        let gathered = try await Gathered(table)
        #expect(gathered.code == nil)
        let page = try await table.founder.get(gathered.address)
        #expect(page.body.contains("offer#think-quiet"))
        #expect(try await table.founder.send(page, to: gathered.address + "/code").code == 422)
        try await table.lay()
        #expect(try await table.founder.fill(gathered.address, sendingTo: gathered.address + "/code").code == 303)
        #expect(try await table.founder.get(gathered.address).body.contains(#/class="code"/#))
    }

    @Test("what was typed stays when something is missing", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let page = try await table.founder.get(table.address + "/gatherings/new")
        for (field, wrong) in [
            ("name", " \u{200B}"), ("kind", "party"), ("day", "2026-02-30"), ("start", "25:00"), ("end", "13:00"),
            ("zone", "Europe/Elms"), ("place", ""), ("worried", ""), ("name", String(repeating: "a", count: 200)),
            ("last-day", "2026-05-30"),
        ] {
            let answer = try await table.founder.send(
                page, to: table.address + "/gatherings", pairs: Gathered.fields([field: wrong]))
            #expect(answer.code == 422, "\(field)")
            #expect(answer.body.contains("\(field)-error") || field == "zone", "\(field)")
            #expect(answer.body.contains("14:20 Going home"))
        }
    }

    @Test("strangers, and members of another project, find nothing there", arguments: Engine.available)
    func others(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let elsewhere = try await Table(world, by: world.person("Zoe"), name: "Elsewhere")
        for path in ["", "/plan", "/calendar.ics"] {
            #expect(try await elsewhere.founder.get(gathered.address + path).code == 404)
            #expect(try await world.browser().get(gathered.address + path).code == 303)
        }
        let guest = try await gathered.guest("Mair")
        #expect(try await guest.get(gathered.address + "/plan").code == 404)
        #expect(try await guest.get(table.address + "/gatherings").code == 404)
        let page = try await guest.get(gathered.address)
        for door in ["closing", "called-off", "code", "plan"] {
            let answer = try await guest.send(page, to: "\(gathered.address)/\(door)", pairs: Gathered.fields())
            #expect(answer.code == 404, "\(door)")
        }
        let other = try await Gathered(table, ["name": "Another"])
        #expect(try await guest.get(other.address).code == 404, "a chair at one is no chair at another")
    }

    @Test(
        "two change one gathering: the second is shown the first's words and loses none of theirs",
        arguments: Engine.available)
    func meeting(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let ben = try await table.join("Ben", by: table.invitation("join"))
        let (first, second) = (
            try await table.founder.get(gathered.address + "/plan"), try await ben.get(gathered.address + "/plan")
        )
        #expect(
            try await table.founder.send(
                first, to: gathered.address + "/plan", pairs: Gathered.fields(["place": "The library"])
            ).code == 303)
        let met = try await ben.send(
            second, to: gathered.address + "/plan", pairs: Gathered.fields(["access": "A loop"]))
        #expect(met.code == 422)
        #expect(met.body.contains("The library") && met.body.contains("A loop"))
        #expect(
            try await ben.send(
                met, to: gathered.address + "/plan",
                pairs: Gathered.fields(["access": "A loop", "place": "The library"])
            ).code == 303)
        let page = try await ben.get(gathered.address).body
        #expect(page.contains("The library") && page.contains("A loop"))
    }

    @Test("whoever came in by a code finds the way back from their own place", arguments: Engine.available)
    func visited(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let (guest, room) = (try await gathered.guest(), "\(gathered.address)/room")
        let place = try await guest.get("/me").body
        #expect(place.contains("href=\"\(room)\"") && place.contains("<h1>Hello</h1>"))
        #expect(!place.contains("What became of my words"), "nothing was said yet")
        try await #require(
            guest.fill(
                room, sendingTo: "\(gathered.address)/contributions",
                ["bearing": "card", "words": "The bus stops at six."]
            )
            .code == 303)
        #expect(try await guest.get("/me").body.contains("href=\"/receipts\""))
        #expect(try await !table.founder.get("/me").body.contains(room), "a member comes by way of the project")
    }

    @Test(
        "a guest reads what others say and is led nowhere by it; once it is over, the room says so",
        arguments: Engine.available)
    func guestReads(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let (guest, room) = (try await gathered.guest("Olu"), "\(gathered.address)/room")
        let asha = table.founder
        try await #require(
            asha.fill(
                room, sendingTo: "\(gathered.address)/contributions",
                ["bearing": "card", "words": "The bus stops at six."]
            )
            .code == 303)
        let read = try await guest.get(room).body
        #expect(read.contains("The bus stops at six.") && !read.contains("href=\"/contributions/"))
        #expect(!read.contains("This gathering is over"))
        let way = try await #require(asha.get(room).body.firstMatch(of: /href="(\/contributions\/[0-9a-f-]{36})"/))
            .output.1
        #expect(try await guest.get(String(way)).body.contains("href=\"\(room)\""), "and back to the room")

        try await #require(asha.fill(gathered.address, sendingTo: "\(gathered.address)/closing").code == 303)
        let over = try await guest.get(room).body
        #expect(over.contains("This gathering is over. What you are still writing can be sent"))
        let late = try await guest.fill(
            room, sendingTo: "\(gathered.address)/contributions", ["bearing": "card", "words": "One more thing."])
        #expect(late.code == 303)
    }

    @Test("read at a gathering's door, the offer says whom to tell there", arguments: Engine.available)
    func offerAtTheDoor(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let code = try #require(gathered.code)
        let worried = try #require(Gathered.fields().first { $0.0 == "worried" }).1
        let offer = try await world.browser().get("/codes/\(code)/offer").body
        #expect(offer.contains(worried) && !offer.contains("Nobody has said yet whom people can tell"))
        #expect(try await table.founder.get("\(table.address)/offer/sheet").body.contains("Nobody has said yet whom"))
    }

    @Test("one tap says whether one comes, and another changes it", arguments: Engine.available)
    func coming(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let way = gathered.address + "/coming"
        try await table.founder.fill(gathered.address, sendingTo: way, ["coming": "bringing"])
        #expect(try await table.founder.get(gathered.address).body.contains("2 people are coming."))
        try await table.founder.fill(gathered.address, sendingTo: way, ["coming": "maybe"])
        let page = try await table.founder.get(gathered.address).body
        #expect(page.contains("Nobody has said yet") && page.contains("1 might."))
        #expect(try await table.founder.fill(gathered.address, sendingTo: way, ["coming": "perhaps"]).code == 400)
    }

    @Test("sent twice it is called once; with other words it is refused", arguments: Engine.available)
    func twice(engine: Engine) async throws {
        let (_, table) = try await laid(engine)
        let page = try await table.founder.get(table.address + "/gatherings/new")
        let way = table.address + "/gatherings"
        let once = try await table.founder.send(page, to: way, pairs: Gathered.fields())
        #expect(try await table.founder.send(page, to: way, pairs: Gathered.fields()).location == once.location)
        #expect(try await table.founder.send(page, to: way, pairs: Gathered.fields(["name": "Else"])).code == 422)
        #expect(try await table.founder.get(way).body.split(separator: "Tea and talk").count == 2)
    }

    @Test(
        "a code dies by itself hours after the end, and the clock going back opens nothing closed",
        arguments: Engine.available)
    func codeDies(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let code = try #require(gathered.code)
        world.wait(.days(7) + .hours(8))
        #expect(try await world.browser().get("/codes/\(code)").code == 200, "six in the evening")
        world.wait(.hours(2))
        #expect(try await world.browser().get("/codes/\(code)").code == 422)

        let early = try await Gathered(table, ["day": "2026-03-20"])
        try await table.founder.fill(early.address, sendingTo: early.address + "/closing")
        world.set(World.beginning)
        #expect(try await world.browser().get("/codes/\(try #require(early.code))").code == 422)
    }

    @Test("ten thousand wrong codes from one address keep out nobody with the right one", arguments: Engine.available)
    func hall(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table)
        let house = world.house
        for _ in 0..<10_000 { _ = await house.guesses.wrong(network: "here", device: nil, at: house.now()) }
        let wrong = gathered.code == "HJKM" ? "MKJH" : "HJKM"
        let tried = Task {
            for _ in 0..<6 { _ = try await world.browser().fill("/codes", ["code": wrong]) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 { group.addTask { _ = try await gathered.guest("Guest \(number)") } }
            try await group.waitForAll()
        }
        try await tried.value
        let seated = try await house.database.read { try $0.count("select count(*) from chair") }
        #expect(seated == 40)
    }

    @Test(
        "names of any script and length come in whole; a page costs the same whoever is coming",
        arguments: Engine.available)
    func names(engine: Engine) async throws {
        let (world, table) = try await laid(engine)
        let gathered = try await Gathered(table, ["name": "لقاء الشاي <b>"])
        #expect(try await table.founder.get(gathered.address).body.contains("لقاء الشاي &lt;b&gt;"))
        let long = String(repeating: "x", count: 200)
        let refused = try await world.browser().fill("/codes/\(try #require(gathered.code))", ["name": long])
        #expect(refused.code == 422 && refused.body.contains(long))

        let before = world.house.database.statements
        _ = try await table.founder.get(gathered.address)
        #expect(world.house.database.statements - before == Self.statements)
        for name in ["محمد", "Zoë 👩🏽‍🦽", ""] {
            let guest = try await gathered.guest(name)
            try await guest.fill(gathered.address, sendingTo: gathered.address + "/coming", ["coming": "coming"])
        }
        let again = world.house.database.statements
        let page = try await table.founder.get(gathered.address).body
        #expect(world.house.database.statements - again == Self.statements)
        #expect(page.contains("محمد") && page.contains("Zoë 👩🏽‍🦽") && page.contains("somebody"))
        let listing = world.house.database.statements
        _ = try await table.founder.get(table.address + "/gatherings")
        #expect(world.house.database.statements - listing == 3, "the device, the project, its gatherings")
    }

    /// Who is at the door, the gathering, who called it, who asks, who comes, the one before, and what feels steered.
    private static let statements = 8

    @Test("an hour that the clocks skip is taken an hour later, and a gathering across it keeps its length")
    func springForward() throws {
        var form = Form(Gathered.usual)
        (form["day"], form["start"], form["end"]) = ("2026-03-29", "01:30", "03:30")
        let plan = try GatheringPlan(form)
        #expect(plan.ends.moment == plan.starts.moment + .hours(1))
        #expect(plan.starts.clock == "01:30", "it is still shown as it was written")
    }

    @Test("words are taken until a day after closing, late ones said to be late")
    func hearing() throws {
        let start = World.beginning
        var gathering = Gathering(
            id: .anonymous(), project: .anonymous(), caller: .anonymous(),
            plan: try GatheringPlan(Form(Gathered.usual)),
            isCovered: false, made: start, version: 1)
        #expect(gathering.hear(at: start) == .open)
        gathering.closed = start
        #expect(gathering.hear(at: start + .hours(23)) == .late)
        #expect(gathering.hear(at: start + .days(1)) == .closed)
        gathering.closed = nil
        gathering.calledOff = start
        #expect(gathering.hear(at: start) == .closed)
    }

    @Test("a calendar can read the file, whatever the name holds")
    func calendar() throws {
        var form = Form(Gathered.usual)
        form["name"] = "Tea; talk, and \\ " + String(repeating: "é👩🏽‍🦽", count: 20)
        let gathering = Gathering(
            id: .anonymous(), project: .anonymous(), caller: .anonymous(), plan: try GatheringPlan(form),
            isCovered: false, made: World.beginning, version: 3)
        let file = gathering.calendar(at: World.beginning, address: "https://table.example")
        let lines = file.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        let unfolded = file.replacing("\r\n ", with: "")
        #expect(unfolded.contains("SUMMARY:Tea\\; talk\\, and \\\\ é👩🏽‍🦽"))
        #expect(unfolded.contains("DTSTART:20260313T140000Z\r\n") && unfolded.contains("SEQUENCE:2\r\n"))
        #expect(!unfolded.contains("Two nurses"))
    }
}
