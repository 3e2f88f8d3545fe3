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
}
