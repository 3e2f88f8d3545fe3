import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Hostile forms")
struct HostileFormsTests {
    /// What somebody might put into any field, by malice or by accident.
    private static let texts: [(String, String)] = [
        ("100 kB of faces", String(repeating: "😀", count: 25_000)),
        ("a NUL", "one\u{0}two"),
        ("200 letters", String(repeating: "ŵ", count: 200)),
        ("marks that turn the line around", "\u{202E}evil\u{2066}more\u{200F}"),
        ("right to left", "שלום לכולם"),
        ("a hundred marks on one letter", "a" + String(repeating: "\u{0301}", count: 100)),
        ("a family", "👩‍👩‍👧‍👦"),
        ("only spaces", " \u{00A0}\u{200B}\u{3000}\t"),
        ("a tag", "<script>alert('1')</script>"),
        ("a quotation mark and a semicolon", "'); drop table person; --"),
    ]

    /// What the page's own fields might be changed to.
    private static let idle = ["", "nothing", "99999999999999999999", "-1", "../../secret", ID<Never>.anonymous().text]

    /// On PostgreSQL, what its own rules could trip over; how long a text may be is the same rule on both.
    @Test(
        "whatever is typed into any field of any form, nothing breaks, and what is refused is still in the page",
        arguments: Engine.available)
    func everyField(engine: Engine) async throws {
        let world = try await World(engine)
        let pages = try await Scene.lay(in: world).pages()
        for door in world.doors where door.method == "POST" {
            let scene = try await Scene.lay(in: world)
            let address = try #require(door.address(scene.things))
            guard let form = try await scene.form(to: door, on: pages) else { continue }
            for field in form.fields {
                let texts = engine == .sqlite ? Self.texts : Self.texts.filter { $0.1.utf8.count < 100 }
                let tried = field.kind == .typed ? texts : Self.idle.map { ($0, $0) }
                for (what, value) in tried where field.name != "guard" {
                    let answer = try await scene.member.post(address, form.with(field.name, value))
                    try expectKind(answer, "\(what) in \(field.name) of \(door.line)")
                    guard answer.code == 422, field.kind == .typed, !Text.isBlank(value) else { continue }
                    #expect(keeps(answer, value), "\(what) in \(field.name) of \(door.line) is gone")
                }
            }
        }
    }

    @Test("an empty form, one without its token and one with everything twice break nothing")
    func wholeForms() async throws {
        let world = try await World(.sqlite)
        let pages = try await Scene.lay(in: world).pages()
        for door in world.doors where door.method == "POST" {
            let scene = try await Scene.lay(in: world)
            let address = try #require(door.address(scene.things))
            let token = try #require(try await scene.member.get("/words").value("guard"))
            let form = try await scene.form(to: door, on: pages)
            let carried = form?.carried ?? [("guard", token), ("words", "·"), ("name", "·"), ("once", "·")]
            let without = try await scene.member.post(address, carried.filter { $0.0 != "guard" })
            #expect(without.code == 403, "\(door.line)")
            for sent in [
                [("guard", token)], carried + carried, carried.map { ($0.0 + "[]", $0.1) } + [("guard", token)],
            ] {
                try expectKind(try await scene.member.post(address, sent), door.line)
            }
            for body in ["guard=\(token)&words=%FF%FE%C0", "guard=\(token)&%ZZ=1", "\u{0}", "&&&==&"] {
                let answer = try await scene.member.send(.post, address, body: body)
                try expectKind(answer, "\(door.line) with \(body)")
            }
        }
    }

    @Test("what can't be read as a form, or is too long, gets a page and every courtesy", arguments: [true, false])
    func unreadable(isLong: Bool) async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        let token = try #require(try await scene.member.get("/words").value("guard"))
        let words = isLong ? String(repeating: "a", count: Reception.longestForm) : "%FF%FE"
        let answer = try await scene.member.send(.post, "/me/name", body: "guard=\(token)&name=\(words)")
        #expect(answer.code == (isLong ? 413 : 400))
        #expect(answer.body.contains("<h1>"))
        #expect(answer.headers[.contentSecurityPolicy] == Courtesies.contentPolicy)
    }

    @Test("a name that nobody could see is refused wherever a name is asked for")
    func invisibleNames() async throws {
        let world = try await World(.sqlite)
        let pages = try await Scene.lay(in: world).pages()
        var asked = 0
        for door in world.doors where door.method == "POST" {
            let scene = try await Scene.lay(in: world)
            let address = try #require(door.address(scene.things))
            guard let form = try await scene.form(to: door, on: pages),
                form.fields.contains(where: { $0.name == "name" })
            else { continue }
            // A guest may go without a name; nobody has a name that only looks like none.
            // A house may go by the program's name.
            guard door.path != "/codes/:code", door.welcome != .keeper else { continue }
            asked += 1
            for nothing in ["", "   ", "\u{200B}\u{2060}", "\u{202E}", "\u{0301}\u{0301}", "\u{3164}"] {
                let answer = try await scene.member.post(address, form.with("name", nothing))
                #expect(answer.code == 422, "\(door.line) with \(nothing.unicodeScalars.map(\.value))")
            }
            let long = try await scene.member.post(address, form.with("name", String(repeating: "a", count: 200)))
            #expect(long.code == 422, "\(door.line) with 200 letters")
        }
        #expect(asked >= 4)
    }

    private func expectKind(_ answer: Answer, _ what: String) throws {
        #expect(answer.code < 500, "\(what): \(answer.code)")
        #expect(answer.headers[.contentSecurityPolicy] == Courtesies.contentPolicy, "\(what)")
        #expect(!answer.body.contains("⟦"), "\(what)")
        #expect(!answer.body.contains("<script>alert"), "\(what)")
    }

    /// What was typed is in the page, in a field. A NUL can't be: HTML has none.
    private func keeps(_ answer: Answer, _ value: String) -> Bool {
        answer.read.contains(value.replacing("\u{0}", with: "")) || answer.read.contains(value)
            || answer.read.contains(value.replacing("\u{0}", with: "\u{FFFD}"))
    }
}
