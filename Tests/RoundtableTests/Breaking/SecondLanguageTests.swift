import Foundation
import HTTPTypes
import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A house in another language")
struct SecondLanguageTests {
    /// Everything on these pages is accented and bracketed, except what people typed; a scene's people type no letters.
    @Test(
        "no word of English is left on any page, whoever opens it",
        arguments: [.stranger, .guest, .member, .keeper] as [Scene.Visitor])
    func everyPage(visitor: Scene.Visitor) async throws {
        let scene = try await Scene.lay(in: World(on: Engine.sqlite.fresh(), languages: Catalogue.pseudo(of:)))
        scene.people[visitor]!.hold(cookie: Display.cookie, "en-XA")
        for door in scene.world.doors where door.method == "GET" && !door.goesOn {
            let address = try #require(door.address(scene.things))
            let page = try await scene.people[visitor]!.get(address)
            guard page.isPage else { continue }
            #expect(page.body.contains("lang=\"en-XA\""), "\(door.line)")
            #expect(page.english(but: scene) == [], "\(door.line)")
        }
    }

    @Test("nor on any page that says no")
    func everyRefusal() async throws {
        let world = try await World(on: Engine.sqlite.fresh(), languages: Catalogue.pseudo(of:))
        let scene = try await Scene.lay(in: world)
        let doors = world.doors.filter { $0.method == "POST" }
        scene.member.hold(cookie: Display.cookie, "en-XA")
        let isLast = { (door: Door) in ["/leaving", "/pass-it-on", "/me/devices/:device/out"].contains(door.path) }
        for door in doors.filter({ !isLast($0) }) + doors.filter(isLast) {
            let token = try #require(try await scene.member.get("/words").value("guard"))
            let answer = try await scene.member.send(
                .post, try #require(door.address(scene.things)), body: "guard=\(token)")
            if answer.isPage { #expect(answer.english(but: scene) == [], "\(door.line)") }
            let nobody = try await scene.member.send(.post, try #require(door.address(Scene.nothing())))
            #expect(nobody.english(but: scene) == [], "\(door.line), forged")
        }
    }

    @Test("and in English no page lacks a sentence")
    func nothingMissing() async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        for visitor in [.stranger, .guest, .member, .keeper] as [Scene.Visitor] {
            for door in scene.world.doors where door.method == "GET" && !door.goesOn {
                let page = try await scene.people[visitor]!.get(try #require(door.address(scene.things)))
                #expect(!page.body.contains("⟦"), "\(door.line) to a \(visitor)")
            }
        }
    }

    @Test("the test can fail: an English page is full of English")
    func canFail() async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        let english = try await scene.people[.stranger]!.get("/").english(but: scene)
        #expect(english.contains("Round") || english.count > 20)
    }
}

extension Answer {
    /// Whether it is a page that people read, and not a file or a way on.
    var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }

    /// The words on the page in plain letters of English, but for codes, addresses and words to be copied out.
    func english(but scene: Scene) -> [String] {
        var text = body
        // What is not to be translated says so; code is code.
        for part in [#"<(\w+)[^>]*translate="no"[^>]*>.*?</\1>"#, "<code.*?</code>", "<style.*?</style>"] {
            text.replace(try! Regex(part).dotMatchesNewlines(), with: " ")
        }
        let named = text.matches(of: /(?:alt|title|placeholder|aria-label)="([^"]*)"/).map { String($0.output.1) }
        text.replace(/<[^>]*>/.dotMatchesNewlines(), with: " ")
        text = ([text] + named).joined(separator: "\n")
        text.replace(/https?:\/\/\S+/, with: " ")
        text.replace(/&#?\w+;/, with: " ")
        if let code = scene.things["code"] { text.replace(code, with: " ") }
        // Cities are called as the list of time zones calls them.
        let cities = Set(
            TimeZone.knownTimeZoneIdentifiers.flatMap { $0.split { "/_".contains($0) }.map { String($0) } })
        return text.matches(of: /[A-Za-z]{2,}/).map { String($0.output) }.filter {
            !cities.contains($0) && $0 != "Kolkata"
        }
    }
}
