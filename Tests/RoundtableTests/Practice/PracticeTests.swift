import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Looking round first")
struct PracticeTests {
    /// A visitor who has gone in, and the page of the invented group.
    private func goIn(_ browser: Browser) async throws -> (page: Answer, address: String) {
        let inside = try await browser.fill("/practice")
        try #require(inside.code == 303)
        let address = try #require(inside.location)
        return (try await browser.get(address), address)
    }

    private func isMarked(_ page: Answer) -> Bool { page.body.contains("<aside class=\"practice\"") }

    @Test(
        "a visitor goes in from the first page, and every page there says that it is made up",
        arguments: Engine.available)
    func everyPage(engine: Engine) async throws {
        let world = try await World(engine)
        let visitor = world.browser()
        #expect(try await visitor.get("/").body.contains("href=\"/practice\""))
        let (page, address) = try await goIn(visitor)
        #expect(page.body.contains("I waited four hours for my tablets") && isMarked(page))
        // Everything that can be reached from its pages is looked at, twice over.
        var (seen, next): (Set<String>, [String]) = ([], [address])
        for _ in 0..<3 {
            var found: [String] = []
            for path in next where seen.insert(path).inserted {
                let there = try await visitor.get(path)
                guard there.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
                #expect(there.code == 200 && isMarked(there), "\(path): \(there.code)")
                found += there.body.matches(of: /href="(\/[^"#?]*)/).map { String($0.output.1) }
            }
            next = found.filter { !$0.hasPrefix("/public/") && !$0.hasSuffix("/live") }
        }
        #expect(seen.count > 40)
        let ledger = try await visitor.get("\(address)/we-said-we-did").body
        for said in ["Done for Mr Okafor", "has slipped back", "that promise was taken back", "no answer yet"] {
            #expect(ledger.contains(said), "\(said)")
        }
    }

    @Test(
        "what is done there is seen by nobody else, and the real house knows nothing of it", arguments: Engine.available
    )
    func apart(engine: Engine) async throws {
        let world = try await World(engine)
        let before = try await world.contents()
        let (one, other) = (world.browser(), world.browser())
        let ((page, address), (_, same)) = (try await goIn(one), try await goIn(other))
        #expect(address == same, "the same group, and two of it")
        let writing = try await one.get("\(address)/contributions/new")
        let sent = try await one.send(
            writing, to: "\(address)/contributions", ["words": "Only here.", "bearing": "name"])
        #expect(sent.code == 303)
        #expect(try await one.get(address).body.contains("Only here."))
        #expect(try await !other.get(address).body.contains("Only here."))
        #expect(try await world.contents() == before)
        #expect(try await world.browser().get(address).code != 200)
        _ = page
    }

    @Test("somebody known here is nobody there, and is here again when they stop")
    func comesBack() async throws {
        let world = try await World(.sqlite)
        let ben = try await world.person("Benedict")
        let (page, address) = try await goIn(ben)
        #expect(!page.body.contains("Benedict"))
        #expect(try await ben.get("/me").body.contains("Sam (you)"))
        #expect(try await ben.fill(address, sendingTo: "/practice/ended").location == "/")
        let me = try await ben.get("/me")
        #expect(me.body.contains("Benedict") && !isMarked(me))
        #expect(try await ben.get(address).code == 404, "it was put away")
    }

    @Test("it is put away after two hours, and that is said")
    func forgotten() async throws {
        let world = try await World(.sqlite)
        let (early, late) = (world.browser(), world.browser())
        let (_, address) = try await goIn(early)
        world.wait(.hours(3))
        _ = try await goIn(late)
        let over = try await early.get(address)
        #expect(over.location == "/practice?over=1")
        #expect(try await early.get("/practice?over=1").body.contains("has been put away"))
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: world.house.settings.data.appending(path: "practice").path)
        #expect(kept.filter { $0.hasSuffix(".sqlite") && !$0.hasPrefix("pattern") }.count == 1)
    }

    @Test("there is room for forty; one more is told so, until one has been left alone for a while")
    func full() async throws {
        let world = try await World(.sqlite)
        for _ in 0..<PracticeHouses.most { _ = try await goIn(world.browser()) }
        let late = world.browser()
        let full = try await late.fill("/practice")
        #expect(full.code == 503 && full.body.contains("no room"))
        world.wait(.minutes(20))
        _ = try await goIn(late)
    }

    @Test("a keeper may switch it off: then it isn't there")
    func switchedOff() async throws {
        let world = try await World(.sqlite, practice: false)
        #expect(try await !world.browser().get("/").body.contains("/practice"))
        #expect(try await world.browser().get("/practice").code == 404)
        #expect(try await world.browser().fill("/words", sendingTo: "/practice").code == 404)
    }
}
