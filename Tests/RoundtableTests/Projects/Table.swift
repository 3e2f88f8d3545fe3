import HTTPTypes
import Storage
import Testing

@testable import Roundtable

/// A project for tests, walked through its own doors.
struct Table {
    let world: World
    let founder: Browser
    let address: String

    init(_ world: World, by founder: Browser, name: String = "Getting home") async throws {
        self.world = world
        self.founder = founder
        let answer = try await founder.fill("/projects/new", sendingTo: "/projects", ["name": name])
        address = try #require(answer.location)
    }

    /// One that Asha starts, in a house of its own.
    init(_ engine: Engine, connections: Int = 2) async throws {
        let world = try await World(engine, connections: connections)
        try await self.init(world, by: world.person("Asha"))
    }

    /// Answers every line of *think first*, as the group would by tapping, and says how much money.
    func think(as browser: Browser? = nil) async throws {
        let browser = browser ?? founder
        for topic in Topic.allCases where topic != .money {
            try await browser.fill("\(address)/topics/\(topic.rawValue)", ["kind": "unknown"])
        }
        try await browser.fill(
            "\(address)/topics/money",
            ["kind": "sorted", "words": "", "amount": "£25 and your fares", "payBy": "In your hand on the day"])
    }

    /// Lays the offer on the table.
    func lay() async throws {
        try await think()
        let answer = try await founder.fill("\(address)/offer", sendingTo: "\(address)/offer/laid")
        try #require(answer.code == 303, "the offer should be on the table now")
    }

    /// The address of the words of a new invitation.
    func invitation(_ kind: String, by browser: Browser? = nil) async throws -> String {
        let browser = browser ?? founder
        let made = try await browser.fill("\(address)/invitations", ["kind": kind, "days": "14"])
        let page = try await browser.get(try #require(made.location))
        let words = try #require(page.body.firstMatch(of: /<ol class="six-words"[^>]*>(.*?)<\/ol>/)).output.1
        let spoken = words.matches(of: /<li>([^<]*)<\/li>/).map { String($0.output.1) }
        return "/words/" + spoken.joined(separator: "-")
    }

    /// Somebody new who takes a seat by an invitation.
    func join(_ name: String, by words: String) async throws -> Browser {
        let browser = world.browser()
        let answer = try await browser.fill(words, ["name": name])
        try #require(answer.code == 303, "the invitation should open")
        return browser
    }

    /// Somebody new who takes a seat to help, whether the offer is laid or not.
    func join(_ name: String) async throws -> Browser { try await join(name, by: invitation("help")) }

    /// Lays a card, and gives its address.
    func card(
        _ words: String, kind: String = "can", day: String = "", by browser: Browser? = nil
    ) async throws -> String {
        let browser = browser ?? founder
        let answer = try await browser.fill(
            "\(address)/offer/new", sendingTo: "\(address)/cards", ["kind": kind, "words": words, "day": day])
        let id = try #require(answer.location?.split(separator: "#card-").last)
        return "\(address)/cards/\(id)"
    }

    /// What somebody says of themselves as they turn a key.
    static let works: KeyValuePairs<String, String> = ["side": "works", "says": "yes"]
    static let doesNot: KeyValuePairs<String, String> = ["side": "doesNot", "says": "yes"]
}
