import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("In a hall, over its own network")
struct HallTests {
    private static let phone = "192.168.1.34"
    private static let hall = ["hall": "192.168.1.20"]

    private func gathered(_ engine: Engine, _ flags: [String: String] = hall) async throws -> (World, Gathered) {
        let world = try await World(engine, flags: flags)
        let table = try await Table(world, by: world.person("Asha"))
        try await table.lay()
        return (world, try await Gathered(table))
    }

    private func guest(_ gathered: Gathered, from address: String = phone, name: String = "") async throws -> Browser {
        let browser = gathered.table.world.browser(from: address)
        let answer = try await browser.fill("/codes/\(try #require(gathered.code))", ["name": name])
        try #require(answer.location == "\(gathered.address)/room")
        return browser
    }

    // MARK: Which network is a hall's

    @Test(
        "an address that only means something within a building is a hall's",
        arguments: ["192.168.1.20", "10.0.0.7", "172.16.4.1", "172.31.255.1", "169.254.7.7", "fd00::2", "fe80::1"])
    func privateAddress(address: String) { #expect(Network(address: address).isPrivate) }

    @Test(
        "any other is not",
        arguments: [
            "8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.1.1", "127.0.0.1", "::1", "2001:db8::1", "nonsense", "",
        ])
    func publicAddress(address: String) { #expect(!Network(address: address).isPrivate) }

    @Test("this machine is told from every other", arguments: ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
    func thisMachine(address: String) {
        #expect(Network(address: address).isThisMachine)
        #expect(!Network(address: "128.0.0.1").isThisMachine)
        #expect(!Network(address: "nonsense").isThisMachine)
    }

    @Test("a house opens to the hall when it is told to, and says where it is to be found there")
    func setting() throws {
        let shut = try Settings(flags: [:]) { ["192.168.1.20"] }
        #expect(shut.hall == nil && shut.host == "127.0.0.1")
        let open = try Settings(flags: ["hall": "yes", "listen": "127.0.0.1:8099"]) { ["192.168.1.20", "10.0.0.1"] }
        #expect(open.hall == "http://192.168.1.20:8099")
        #expect(open.address == open.hall && open.host == "0.0.0.0" && open.ownAddress == "http://127.0.0.1:8099")
        let chosen = try Settings(environment: ["ROUNDTABLE_HALL": "fd00::2"]) { [] }
        #expect(chosen.hall == "http://[fd00::2]:8080" && chosen.host == "::")
        let published = try Settings(flags: ["hall": "yes", "address": "https://table.example.org"]) { ["10.0.0.1"] }
        #expect(published.address == "https://table.example.org" && published.hall == "http://10.0.0.1:8080")
    }

    @Test("where phones may not find it at the address that they are told, whoever hosts is told that")
    func caution() throws {
        func caution(_ hall: String, _ addresses: String...) throws -> String? {
            try Settings(flags: ["hall": hall]) { addresses }.hallCaution
        }
        #expect(try caution("yes", "192.168.1.20") == nil)
        #expect(try caution("yes", "192.168.1.20", "fd00::2") == nil, "one network, by two kinds of address")
        #expect(try caution("no", "192.168.1.20", "10.0.0.1") == nil)
        let two = try #require(try caution("yes", "192.168.1.20", "10.0.0.1", "172.16.0.9"))
        #expect(two.contains("(10.0.0.1, 172.16.0.9)") && two.hasSuffix("--hall 10.0.0.1"))
        #expect(try caution("10.0.0.1", "192.168.1.20", "10.0.0.1")?.hasSuffix("--hall 192.168.1.20") == true)
        #expect(try caution("192.168.9.9", "192.168.1.20")?.contains("it has 192.168.1.20") == true)
        #expect(try caution("192.168.9.9")?.contains("it is on no network") == true)
    }

    @Test("it never opens itself to the internet by this, nor to no network at all")
    func refusedSetting() {
        #expect(throws: Settings.Unreadable.self) { try Settings(flags: ["hall": "8.8.8.8"]) { ["192.168.1.20"] } }
        #expect(throws: Settings.Unreadable.self) { try Settings(flags: ["hall": "maybe"]) { ["192.168.1.20"] } }
        #expect(throws: Settings.Unreadable.self) { try Settings(flags: ["hall": "yes"]) { [] } }
    }

    @Test("whoever comes from beyond the hall finds nothing there")
    func beyond() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let code = try #require(gathered.code)
        for address in ["/", "/hall", "/codes/\(code)"] {
            #expect(try await world.browser(from: "8.8.8.8").get(address).code == 404)
            #expect(try await world.browser(from: Self.phone).get(address).code == 200)
        }
    }

    // MARK: What works there

    @Test("a guest comes in by the code, writes, and opens their receipt", arguments: Engine.available)
    func guestInHall(engine: Engine) async throws {
        let (_, gathered) = try await gathered(engine)
        let guest = try await guest(gathered)
        let room = try await guest.get("\(gathered.address)/room")
        #expect(!room.body.contains("href=\"/me\""))
        let said = try await guest.send(
            room, to: "\(gathered.address)/contributions",
            pairs: [
                ("words", "The door sticks."), ("bearing", "card"),
                ("once-nothing", room.value("once-nothing") ?? ""),
            ])
        #expect(said.code == 303)
        let kept = try await guest.get(try #require(said.location))
        let words = kept.body.matches(of: /<li>([a-z]+)<\/li>/).map { String($0.output.1) }.joined(separator: "-")
        let other = gathered.table.world.browser(from: "192.168.1.77")
        #expect(try await other.fill("/words/\(words)").code == 303)
        #expect(try await other.get("/receipts").body.contains("The door sticks."))
    }

    @Test("cookies work over the hall's plain network, though the house is behind HTTPS elsewhere")
    func openCookies() async throws {
        let (world, gathered) = try await gathered(
            .sqlite, ["hall": "192.168.1.20", "address": "https://table.example.org", "proxy": "127.0.0.1"])
        let code = try #require(gathered.code)
        let secure: HTTPFields = [.forwardedFor: "198.51.100.7", .forwardedProtocol: "https"]
        let proxy = world.browser(from: "127.0.0.1")
        let safe = try await proxy.get("/codes/\(code)", headers: secure)
        #expect(safe.headers[values: .setCookie].allSatisfy { $0.contains("Secure") })
        let plain = try await world.browser(from: Self.phone).get("/codes/\(code)")
        #expect(!plain.headers[values: .setCookie].isEmpty)
        #expect(plain.headers[values: .setCookie].allSatisfy { !$0.contains("Secure") })
    }

    @Test("behind the proxy that is trusted everything works by HTTPS, and by plain HTTP what works in a hall")
    func proxy() async throws {
        let (world, _) = try await gathered(
            .sqlite, ["hall": "192.168.1.20", "address": "https://table.example.org", "proxy": "192.168.1.2"])
        let (by, from) = (world.browser(from: "192.168.1.2"), HTTPField(name: .forwardedFor, value: Self.phone))
        let secure = try await by.get(
            "/people/new", headers: [from.name: from.value, .forwardedProtocol: "https"])
        #expect(secure.code == 200)
        let plain = try await by.get("/people/new", headers: [from.name: from.value, .forwardedProtocol: "http"])
        #expect(plain.code == 403)
        // Nobody else's word is taken for it.
        let forged = try await world.browser(from: Self.phone).get(
            "/people/new", headers: [.forwardedProtocol: "https"])
        #expect(forged.code == 403)
        #expect(plain.body.contains("https://table.example.org"))
    }

    // MARK: What doesn't

    @Test("whatever would last says over the hall's network what is missing and why, and changes nothing")
    func everyDoor() async throws {
        let world = try await World(.sqlite, flags: Self.hall)
        let scene = try await Scene.lay(in: world)
        let token = try #require(try await scene.member.get("/words").value("guard"))
        let before = try await world.contents()
        // The member's own cookies, brought over the hall's network.
        let member = scene.member.moved(to: Self.phone)
        for door in world.doors where !door.isInHall {
            let address = try #require(door.address(scene.things))
            let answer =
                door.method == "GET"
                ? try await member.get(address) : try await member.post(address, [("guard", token)])
            let isHidden = door.welcome == .keeper
            #expect(answer.code == (isHidden ? 404 : 403), "\(door.line)")
            #expect(isHidden || answer.body.contains("Somebody near could read what goes over it"), "\(door.line)")
        }
        #expect(try await world.contents() == before)
        #expect(world.doors.contains { $0.isInHall } && world.doors.contains { !$0.isInHall })
    }

    @Test("a gathering leads over the hall's network to nothing that doesn't open there")
    func onlyWaysThatOpen() async throws {
        let (_, gathered) = try await gathered(.sqlite)
        let guest = try await guest(gathered)
        let needs = "\(gathered.address)/needs"
        #expect(try await gathered.table.founder.get(gathered.address).body.contains(needs))
        #expect(!(try await guest.get(gathered.address).body.contains(needs)))
        #expect(try await guest.get(needs).code == 403)
    }

    @Test("a pass, an invitation and the keeper's words are answered there as words that open nothing")
    func wordsInHall() async throws {
        let world = try await World(.sqlite, flags: Self.hall)
        let asha = try await world.person("Asha")
        let pass = try await asha.get("/me/pass").body.matches(of: /<li>([a-z]+)<\/li>/).map { String($0.output.1) }
        let key = try #require(try await world.house.firstKeyAddress()).split(separator: "/").last!
        let phone = world.browser(from: Self.phone)
        for words in [pass.joined(separator: "-"), String(key), SixWords.random().slug] {
            let answer = try await phone.get("/words/\(words)")
            #expect(answer.code == 422)
            #expect(answer.body.contains("a pass or an invitation has to wait"))
            #expect(try await phone.fill("/words", sendingTo: "/words/\(words)").code == 422)
        }
        #expect(try await world.browser().get("/words/\(pass.joined(separator: "-"))").code == 200)
    }

    @Test("no pattern and no address leads a camera over the hall's network to what lasts")
    func lastingInHall() async throws {
        let (_, inHall) = try await gathered(.sqlite)
        for page in try await lasting(inHall) {
            #expect(page.contains("at http://127.0.0.1:8080/words"))
            #expect(!page.contains("192.168.1.20:8080/words") && !page.contains("class=\"qr-code\""))
            #expect(!page.contains("This address works only in the hall"))
        }
        let (_, atHome) = try await gathered(.sqlite, ["hall": "192.168.1.20", "address": "https://table.example.org"])
        for page in try await lasting(atHome) {
            #expect(page.contains("https://table.example.org<wbr>/words/") && page.contains("class=\"qr-code\""))
        }
    }

    /// The pages that hand out what lasts, as Asha sees them on the computer itself: a pass, an invitation, a complaint.
    private func lasting(_ gathered: Gathered) async throws -> [String] {
        let asha = gathered.table.founder
        let invitations = "\(gathered.table.address)/invitations"
        let invitation = try await asha.fill(invitations, ["kind": "join", "days": "14"])
        try await asha.fill("/complaints", ["words": "Somebody read my letter out."])
        return [
            try await asha.get("/me/pass").body,
            try await asha.get(try #require(invitation.location)).body,
            try await asha.get("/complaints/mine").body,
        ]
    }

    @Test("somebody who leaves there leaves at once, and no parcel's words are sent where others may read them")
    func leaving() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await guest(gathered, name: "Tom")
        let answer = try await guest.fill("/leaving", ["wish": "withMyName"])
        #expect(answer.code == 303 && answer.location == "/")
        #expect(!guest.cookieNames.contains("words-parcel"))
        #expect(try await guest.get("\(gathered.address)/room").code == 303)
        #expect(try await world.house.database.read { try $0.count("select count(*) from parcel") } == 0)
    }

    // MARK: A full hall

    @Test("forty phones behind one address all come in and are heard, while some of them guess wrong all the time")
    func forty() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let code = try #require(gathered.code)
        let wrong = code == "HJHJ" ? "JHJH" : "HJHJ"
        try await withThrowingTaskGroup { group in
            for number in 1...40 {
                group.addTask {
                    let phone = world.browser(from: Self.phone)
                    for _ in 0..<(number % 4 == 0 ? 2 * Guesses.freeForDevice : 0) {
                        try #require(try await phone.get("/codes/\(wrong)").code == 422)
                    }
                    let inside = try await phone.fill("/codes/\(code)", ["name": "·\(number)·"])
                    try #require(inside.code == 303, "phone \(number)")
                    let room = try await phone.get("\(gathered.address)/room")
                    let said = try await phone.send(
                        room, to: "\(gathered.address)/contributions",
                        pairs: [
                            ("words", "·\(number)·"), ("bearing", "name"),
                            ("once-nothing", room.value("once-nothing") ?? ""),
                        ])
                    try #require(said.code == 303, "phone \(number)")
                }
            }
            try await group.waitForAll()
        }
        let heard = try await world.house.database.read { try $0.count("select count(*) from contribution") }
        #expect(heard == 40)
    }

    // MARK: On the wall and on paper

    @Test("the way in is shown with the hall's address and its code, on the computer and in the hall")
    func wayIn() async throws {
        let (_, gathered) = try await gathered(.sqlite)
        let page = try await gathered.table.founder.get("\(gathered.address)/way-in")
        #expect(page.body.contains(">192.168.1.20:8080</p>"))
        #expect(page.body.contains(">\(try #require(gathered.code))</p>"))
        #expect(page.body.contains("It needs no internet"))
        #expect(try await guest(gathered).get("\(gathered.address)/way-in").code == 200)
    }

    @Test("paper says that it works in the hall alone, unless the house can be reached from home")
    func paper() async throws {
        let alone = "This address works only in the hall"
        let (_, inHall) = try await gathered(.sqlite)
        let sheet = try await inHall.table.founder.fill("\(inHall.address)/receipts", ["count": "1"])
        #expect(sheet.body.contains("http://192.168.1.20:8080/words") && sheet.body.contains(alone))
        let (_, atHome) = try await gathered(.sqlite, ["hall": "192.168.1.20", "address": "https://table.example.org"])
        let other = try await atHome.table.founder.fill("\(atHome.address)/receipts", ["count": "1"])
        #expect(other.body.contains("https://table.example.org/words") && !other.body.contains(alone))
        #expect(other.body.contains("In the hall: http://192.168.1.20:8080/words"))
    }
}
