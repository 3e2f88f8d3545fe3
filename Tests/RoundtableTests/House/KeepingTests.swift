import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Keeping a house, and what is on every page of it")
struct KeepingTests {
    @Test(
        "whoever turns the first key writes what the house says of itself, and nobody else", arguments: Engine.available
    )
    func keeper(engine: Engine) async throws {
        let world = try await World(engine)
        let address = try #require(try await world.house.firstKeyAddress())
        let path = "/words/\(address.split(separator: "/").last!)"
        let keeper = world.browser()
        try await keeper.send(keeper.get(path), to: path, ["name": "Kim"])
        #expect(try await world.house.firstKeyAddress() == nil)

        let before = try await world.browser().get("/about").body
        #expect(before.contains("Nobody has put their name") && !before.contains("people named above"))
        let written = try await keeper.fill(
            "/house/about",
            ["name": "The hall", "responsible": "Kim at the hall", "contact": "Room 2", "complaints": "Ask for Jo"])
        #expect(written.location == "/about")
        let stranger = world.browser()
        for path in ["/", "/about"] {
            let page = try await stranger.get(path).body
            #expect(page.contains("Kim at the hall") && page.contains(">The hall</b>"), "\(path)")
        }

        let asha = try await world.person("Asha")
        for browser in [stranger, asha] {
            #expect(try await browser.get("/house/about").code == 404)
            let forged = try await browser.send(browser.get("/"), to: "/house/about", ["responsible": "Not Kim"])
            #expect([403, 404].contains(forged.code))
        }
        #expect(try await !stranger.get("/about").body.contains("Not Kim"))
    }

    @Test("components and their examples are shown in development alone", arguments: Engine.available)
    func components(engine: Engine) async throws {
        let world = try await World(engine)
        #expect(try await world.browser().get("/house").code == 404)
        #expect(try await world.browser().get("/health").body == "well\n")
    }

    @Test(
        "styles are kept by the browser for a year, under an address that changes with them",
        arguments: Engine.available)
    func styles(engine: Engine) async throws {
        let world = try await World(engine)
        let page = try await world.browser().get("/")
        let address = try #require(page.body.firstMatch(of: /\/public\/([0-9a-f]+)\/(house\.css)/)?.output)
        let style = try await world.browser().get("/public/\(address.1)/\(address.2)")
        #expect(style.code == 200)
        #expect(style.headers[.cacheControl]?.contains("immutable") == true)
        #expect(try await world.browser().get("/public/0000/\(address.2)").code == 404)
    }

    @Test(
        "a device is signed out from another, and a pass that is cancelled opens nothing", arguments: Engine.available)
    func devices(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let words = try #require(try await asha.get("/me/pass").body.firstMatch(of: /\/words\/([a-z-]+)/)?.output.1)
        let tablet = world.browser()
        try await tablet.send(tablet.get("/words/\(words)"), to: "/words/\(words)")
        let devices = try await asha.get("/me").body.matches(of: /\/me\/devices\/([0-9a-f-]+)\/out/).map(\.output.1)
        #expect(!devices.isEmpty)
        let ben = try await world.person("Ben")
        for device in devices {
            #expect(try await ben.fill("/me", sendingTo: "/me/devices/\(device)/out").code == 404)
        }
        for device in devices { try await asha.fill("/me", sendingTo: "/me/devices/\(device)/out") }
        let here = try await asha.get("/me").code
        let there = try await tablet.get("/me").code
        #expect([here, there].contains(303), "at least the other device is out")

        let other = try await world.person("Cara")
        let pass = try #require(try await other.get("/me/pass").body.firstMatch(of: /\/words\/([a-z-]+)/)?.output.1)
        try await other.fill("/me/pass", sendingTo: "/me/pass/cancelled")
        let answer = try await tablet.get("/words/\(pass)")
        #expect(!answer.body.contains("Cara"))
        #expect(try await other.get("/me/pass").body.contains("You have none now."))
    }

    @Test("what is yours can be packed without leaving", arguments: Engine.available)
    func parcel(engine: Engine) async throws {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        #expect(try await asha.fill("/leaving", sendingTo: "/me/parcel").location == "/farewell")
        #expect(try await asha.get("/farewell").body.contains("/words/"))
        #expect(try await asha.get("/me").code == 200)
        #expect(try await world.browser().get("/farewell").code == 404)
    }

    @Test("an invitation's slip is for those with a seat", arguments: Engine.available)
    func slip(engine: Engine) async throws {
        let table = try await Table(engine)
        let made = try await table.founder.fill("\(table.address)/invitations", ["kind": "help", "days": "14"])
        let id = try #require(made.location?.split(separator: "/").last)
        #expect(try await table.founder.get("\(table.address)/invitations/\(id)").code == 200)
        #expect(try await table.world.person("Ben").get("\(table.address)/invitations/\(id)").code == 404)
        #expect(try await table.world.browser().get("\(table.address)/invitations/\(id)").code == 303)
    }

    @Test("a member who lost the words of their receipt has new ones, and a stranger none", arguments: Engine.available)
    func newReceipt(engine: Engine) async throws {
        let table = try await Table(engine)
        let made = try await table.founder.fill("/me", sendingTo: "\(table.address)/receipt")
        #expect(made.code == 303)
        #expect(try await table.founder.get(try #require(made.location)).body.contains("/words/"))
        let ben = try await table.world.person("Ben")
        #expect(try await ben.fill("/me", sendingTo: "\(table.address)/receipt").code == 404)
    }
}
