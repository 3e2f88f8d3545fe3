import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Coming in without an account")
struct ComingInTests {
    @Test("a name is enough, and the place stays open on the device that gave it", arguments: Engine.available)
    func nameIsEnough(engine: Engine) async throws {
        let world = try await World(engine)
        let stranger = world.browser()
        #expect(try await stranger.get("/me").code == 303)

        let asha = try await world.person("Asha")
        let place = try await asha.get("/me")
        #expect(place.code == 200)
        #expect(place.body.contains("Asha"))
        let pass = try await asha.get("/me/pass").body
        #expect(pass.contains("This address works only on the computer"), "no phone comes in where none can")
    }

    @Test("a name of spaces is refused in the page, and what was typed is still there", arguments: Engine.available)
    func spacesAreNoName(engine: Engine) async throws {
        let world = try await World(engine)
        let browser = world.browser()
        let long = String(repeating: "a", count: 200)
        #expect(try await browser.fill("/people/new", sendingTo: "/people", ["name": " \u{200B} "]).code == 422)
        let answer = try await browser.fill("/people/new", sendingTo: "/people", ["name": long])
        #expect(answer.code == 422)
        #expect(answer.body.contains(long))
        #expect(try await browser.get("/me").code == 303)
    }

    @Test("looking at a link with words opens nothing; its button does", arguments: Engine.available)
    func linkNeverSignsIn(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let address = try #require(try await asha.get("/me/pass").body.firstMatch(of: /\/words\/[a-z0-9-]+/)).output

        let tablet = world.browser()
        let door = try await tablet.get(String(address))
        #expect(door.code == 200)
        #expect(try await tablet.get("/me").code == 303)
        #expect(try await tablet.send(door, to: String(address)).code == 303)
        #expect(try await tablet.get("/me").body.contains("Asha"))
    }

    @Test("passing it on leaves nothing of theirs on the device", arguments: Engine.available)
    func passItOn(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let answer = try await asha.fill("/me", sendingTo: "/pass-it-on")
        #expect(answer.headers[HTTPField.Name("Clear-Site-Data")!] == "\"cache\", \"storage\"")
        #expect(asha.cookieNames.isDisjoint(with: ["roundtable", "words-pass"]))
        #expect(try await asha.get("/me").code == 303)
    }

    @Test(
        "a form that did not come from our page changes nothing and keeps what was typed", arguments: Engine.available)
    func forgery(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let answer = try await asha.forge("/me/name", "name=Somebody+who+is+not+Asha+at+all")
        #expect(answer.code == 403)
        #expect(answer.body.contains("Somebody who is not Asha at all"))
        #expect(try await !asha.get("/me").body.contains("Somebody"))
    }

    @Test(
        "a form is taken from a page of ours, and where a browser doesn't say; not from next door, nor from elsewhere",
        arguments: [
            ("same-origin", true), ("none", true), (nil, true), ("same-site", false), ("cross-site", false),
            ("?", false),
        ])
    func whereFrom(site: String?, isTaken: Bool) async throws {
        let asha = try await World(.sqlite).person("Asha")
        let token = try #require(try await asha.get("/words").value("guard"))
        var headers: HTTPFields = [:]
        headers[.secFetchSite] = site
        let answer = try await asha.send(.post, "/display", body: "guard=\(token)&letters=large", headers: headers)
        #expect(answer.code == (isTaken ? 303 : 403))
        #expect(asha.cookieNames.contains(Display.cookie) == isTaken)
    }

    @Test(
        "over plain HTTP the page that a form comes from is told by its origin: ours, from another port, or nothing",
        arguments: [
            ("http://localhost", true), ("http://localhost:9090", false), ("https://localhost", false),
            ("http://elsewhere.example", false), ("null", nil), (nil, nil),
        ] as [(String?, Bool?)])
    func origin(origin: String?, isOurs: Bool?) async throws {
        let phone = try await World(.sqlite, flags: ["hall": "192.168.1.20"]).browser(from: "192.168.1.34")
        var headers: HTTPFields = [:]
        headers[.origin] = origin
        let forgotten = try await phone.send(.post, "/display", body: "guard=1&letters=large", headers: headers)
        #expect(forgotten.code == 403)
        #expect(forgotten.body.contains("Send it again") == (isOurs != false))
        #expect(phone.cookieNames.isEmpty == (isOurs != true), "only what is ours goes through at the second press")
        let again = try await phone.send(forgotten, to: "/display", ["letters": "large"])
        #expect(again.code == (isOurs == true ? 303 : 403))

        let token = try #require(try await phone.get("/words").value("guard"))
        let answer = try await phone.send(.post, "/display", body: "guard=\(token)&letters=large", headers: headers)
        #expect(answer.code == (isOurs == false ? 403 : 303))
    }

    @Test(
        "whoever asks for a page of somebody's is told why they are at the door, and comes to it with their six words",
        arguments: Engine.available)
    func ledBack(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let words = try await asha.get("/me/pass").body.matches(of: /<li>([a-z]+)<\/li>/).map { String($0.output.1) }
        let tablet = world.browser()
        let door = try #require(try await tablet.get("/me/held?a=1&b=2").location)
        #expect(door == "/?next=/me/held%3Fa=1%26b=2")
        let first = try await tablet.get(door)
        #expect(
            first.body.contains("This device is not in") && first.body.contains("href=\"/words\(door.dropFirst())\""))
        let page = try await tablet.get("/words\(door.dropFirst())")
        let next = "/me/held?a=1&b=2"
        let found = try await tablet.send(
            page, to: "/words", ["words": words.joined(separator: " "), "next": next])
        let offered = try await tablet.get(try #require(found.location))
        #expect(offered.body.contains("name=\"next\" value=\"/me/held?a=1&amp;b=2\">"))
        let opened = try await tablet.send(offered, to: "/words/\(words.joined(separator: "-"))", ["next": next])
        #expect(opened.location == next)
        for (browser, path) in [(asha, "/?next=/me"), (world.browser(), "/?next=//elsewhere"), (world.browser(), "/")] {
            #expect(!(try await browser.get(path).body.contains("This device is not in")), "\(path)")
        }
        let led = try await tablet.send(
            offered, to: "/words/\(words.joined(separator: "-"))", ["next": "//elsewhere.example"])
        #expect(led.location == "/me", "and to no other site")
    }

    @Test("of everything that six words open there is one of each kind")
    func openings() {
        #expect(Set(Openings.all.map(\.kind)).count == Openings.all.count)
    }

    @Test("where a browser has forgotten this house, what was typed goes through at the second press")
    func forgotten() async throws {
        let world = try await World(.sqlite)
        let (page, tablet) = (try await world.browser().get("/people/new"), world.browser())
        let fields = [
            ("guard", page.value("guard")!), ("once", page.value("once")!), ("name", "Amina the baker of Mill Road"),
        ]
        let body = fields.map { "\($0)=\($1.replacing(" ", with: "+"))" }.joined(separator: "&")
        let answer = try await tablet.send(.post, "/people", body: body, headers: [.secFetchSite: "same-origin"])
        #expect(
            answer.code == 403 && answer.body.contains("Amina the baker of Mill Road")
                && answer.body.contains("Send it again"))
        let form = try #require(answer.forms.first { $0.action == "/people" })
        #expect(form.fields.filter { $0.name == "name" }.map(\.kind) == [.typed], "what is shown is what is sent")
        let again = try await tablet.send(answer, to: "/people", ["name": "Amina the baker of Park Road"])
        #expect(again.code == 303)
        #expect(try await tablet.get("/me").body.contains("Amina the baker of Park Road"))
        // What another site had it send gets nothing that would let it through.
        for site in ["cross-site", "same-site", "none"] {
            let other = world.browser()
            let answer = try await other.send(.post, "/people", body: body, headers: [.secFetchSite: site])
            #expect(answer.code == 403 && other.cookieNames == [], "\(site)")
        }
    }
}
