import HTTPTypes
import Logging
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Roundtable

@Suite("The log says what happened, and nothing that anybody said, holds or is called")
struct LogTests {
    private final class Kept: Sendable {
        let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined() } }

        var logger: Logger {
            Logger(label: "test") { _ in
                var handler = LogLines { line in self.lines.withLock { $0.append(line) } }
                handler.logLevel = .trace
                return handler
            }
        }
    }

    @Test("a line is a time, a level, what happened, and names with values")
    func line() throws {
        let kept = Kept()
        kept.logger.info("answered", metadata: ["status": "200", "door": "/projects/{project}"])
        let shape = /[0-9-]{10}T[0-9:.]{12}Z info answered door=\/projects\/\{project\} status=200\n/
        #expect(kept.text.wholeMatch(of: shape) != nil, "\(kept.text)")
    }

    @Test("what isn't listed is left out, and no value can look like another line")
    func closed() {
        let kept = Kept()
        kept.logger.error("fault\ninfo answered", metadata: ["hb.uri.path": "/words/apple", "kind": "a\nb=c \"d\""])
        #expect(!kept.text.contains("apple"))
        #expect(kept.text.count { $0 == "\n" } == 1)
        #expect(kept.text.contains("kind=\"a b=c 'd'\""))
    }

    @Test("whoever prints what a library is handed learns nothing of the house")
    func printed() async throws {
        let house = try await World(.sqlite).house
        #expect("\(Post(house: house))" == "Post(house: a house)")
        #expect("\(Housekeeping(house: house))".contains("a house"))
    }

    @Test("a whole walk leaves nothing of its walkers", arguments: Engine.available)
    func walk(engine: Engine) async throws {
        let kept = Kept()
        let world = try await World(engine, log: kept.logger)
        let asha = try await world.person("Ashawalker")
        let words = try #require(try await asha.get("/me/pass").body.firstMatch(of: /\/words\/([a-z]+-[a-z-]+)/))
        let tablet = world.browser()
        let door = try await tablet.get("/words/\(words.output.1)", headers: [.forwardedFor: "203.0.113.9"])
        try await tablet.send(door, to: "/words/\(words.output.1)")
        let project = try await asha.fill(
            "/projects/new", sendingTo: "/projects",
            ["name": "Zebracrossing", "words": "Typedconcern", "organisation": "Typedbody"])
        let address = try #require(project.location)
        _ = try await asha.get(address)
        _ = try await tablet.fill("/words", ["words": "Wrongtyped guess"])
        _ = try await tablet.get("/nowhere/Secretpath?query=Secretquery")
        _ = try await tablet.forge("/me/name", "name=Forgedname")

        let log = kept.text
        #expect(log.contains("door=/projects") && log.contains("status=303") && log.contains("method=POST"))
        var forbidden = [
            "Ashawalker", "Zebracrossing", "Typedconcern", "Typedbody", "Wrongtyped", "Secretpath", "Secretquery",
            "Forgedname", "203.0.113.9", "127.0.0.1", String(address.split(separator: "/").last!),
        ]
        forbidden += [String(words.output.1), String(words.output.1.replacing("-", with: " "))]
        forbidden += asha.cookieValues + tablet.cookieValues
        #expect(forbidden.count > 15)
        for word in forbidden where word.utf8.count > 3 {
            #expect(!log.lowercased().contains(word.lowercased()), "the log holds \(word)")
        }
    }
}
