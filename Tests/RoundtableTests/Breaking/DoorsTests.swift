import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

/// Who may come through which door: every door of the house, by everybody who could stand at it.
///
/// A door whose address names one thing (`:project`, `:card`) is closed to everybody who isn't listed for it here,
/// and closed means *not there*: the very answer that an id gets which was never given out.
@Suite("Every door by everybody")
struct DoorsTests {
    typealias Visitor = Scene.Visitor

    /// What anybody may open who holds the words, or reads the code off the wall.
    private static let byHolding: Set<String> = [
        "GET /public/:hash/:name", "GET /words/:words", "POST /words/:words", "GET /codes/:code",
        "POST /codes/:code", "GET /codes/:code/offer", "GET /p/:page", "GET /p/:page/feed.atom",
        "GET /p/:page/feed.json",
        "GET /mail/:mail/stop", "POST /mail/:mail/stop",
    ]

    /// What opens to each, beside `byHolding`. A member's doors are all open, and are tried elsewhere.
    private static let open: [Visitor: Set<String>] = [
        .stranger: [],
        .neighbour: [],
        .former: [],
        .gone: [],
        .keeper: ["GET /house/complaints/:complaint", "POST /house/complaints/:complaint/log"],
        .guest: [
            "GET /gatherings/:gathering", "GET /gatherings/:gathering/calendar.ics",
            "GET /gatherings/:gathering/room", "POST /gatherings/:gathering/contributions",
            "GET /contributions/:contribution", "GET /gatherings/:gathering/wall", "GET /gatherings/:gathering/way-in",
            "GET /gatherings/:gathering/pictures", "POST /gatherings/:gathering/pictures",
            "GET /contributions/:contribution/picture", "GET /contributions/:contribution/picture/small",
            "GET /gatherings/:gathering/live",
            "GET /gatherings/:gathering/wall/live",
            "POST /gatherings/:gathering/coming", "GET /gatherings/:gathering/looking-back",
            "POST /gatherings/:gathering/looking-back", "POST /gatherings/:gathering/looking-back/taking-back",
            "POST /gatherings/:gathering/steered", "GET /gatherings/:gathering/needs",
            "GET /gatherings/:gathering/offer", "POST /gatherings/:gathering/receipt",
        ],
        .guestElsewhere: [],
    ]

    /// Doors that lead to what is one's own, or nobody's: they name no particular thing.
    private static let plain: Set<String> = [
        "GET /", "GET /about", "GET /hall", "GET /display", "POST /display", "GET /health",
        "GET /house", "GET /words", "POST /words", "GET /codes", "POST /codes",
        "GET /people/new", "GET /practice", "POST /practice", "POST /practice/ended",
        "POST /people", "POST /pass-it-on", "GET /receipts",
        "GET /receipts/offer", "POST /receipts/renewed", "GET /receipts/looking-back", "POST /receipts/looking-back",
        "POST /receipts/seat", "GET /farewell", "GET /me",
        "POST /me/name", "GET /me/pass", "GET /me/known", "POST /me/words", "GET /me/helps", "POST /me/helps",
        "GET /me/mail", "POST /me/mail", "POST /me/mail/stopped",
        "POST /me/pass", "POST /me/pass/cancelled", "GET /projects", "POST /projects", "GET /projects/new",
        "GET /me/held", "POST /me/parcel", "GET /leaving", "GET /leaving/pieces", "POST /leaving", "GET /house/about",
        "POST /house/about",
        "GET /complaints", "POST /complaints", "GET /complaints/mine", "POST /complaints/mine/more",
        "POST /complaints/mine/taking-back", "GET /house/complaints",
    ]

    /// What the plain doors answer that open only with something in hand, to whoever comes without it.
    private static let held = [
        "/house": 404, "/farewell": 404, "/receipts": 303, "/receipts/offer": 303, "/complaints/mine": 303,
        "/receipts/looking-back": 303,
    ]

    private func isOpen(_ door: Door, to visitor: Visitor) -> Bool {
        Self.plain.contains(door.line) || Self.byHolding.contains(door.line)
            || Self.open[visitor, default: []].contains(door.line)
    }

    @Test("a new door has been thought about: its names are known here, or it names nothing and is listed")
    func everyDoorIsKnown() async throws {
        let world = try await World(.sqlite)
        let nothing = Scene.nothing()
        for door in world.doors {
            #expect(door.address(nothing) != nil, "what stands in \(door.line)? Scene.nothing() should know")
            #expect(door.names.isEmpty == Self.plain.contains(door.line), "\(door.line) is in the wrong list")
        }
        let lines = Set(world.doors.map(\.line))
        let listed = Self.open.values.reduce(Self.plain.union(Self.byHolding)) { $0.union($1) }
        #expect(listed.subtracting(lines) == [], "these doors are listed and there are none")
    }

    @Test("a door that names one thing is not there for", arguments: Visitor.outsiders)
    func closedDoors(visitor: Visitor) async throws {
        // The guest and the neighbour come nearest; for them each engine is asked.
        for engine in [.neighbour, .guest].contains(visitor) ? Engine.available : [.sqlite] {
            try await tryDoors(of: Scene.lay(in: World(engine)), as: visitor)
        }
    }

    private func tryDoors(of scene: Scene, as visitor: Visitor) async throws {
        let browser = scene.people[visitor]!
        let token = try #require(try await browser.get("/words").value("guard"))
        let forms = try await scene.forms()
        let before = try await scene.world.contents()
        for door in scene.world.doors where !isOpen(door, to: visitor) {
            for things in ways(into: scene, by: door, visitor) {
                let nothing = Scene.nothing()
                let (real, made) = (try #require(door.address(things)), try #require(door.address(nothing)))
                for fields in Self.sent(to: door, forms[door.address(scene.things)!], token: token) {
                    let answer = try await ask(door, real, browser, fields)
                    let closed = try await ask(door, made, browser, fields)
                    #expect(closes(door, answer, fields, to: visitor), "\(door.line): \(answer.code)")
                    #expect(
                        difference(told(answer, things, nothing), told(closed, things, nothing)) == nil, "\(door.line)")
                }
            }
        }
        #expect(try await scene.world.contents() == before, "something was changed by somebody who may not")
    }

    @Test("what one member keeps to themselves is not there for another", arguments: Engine.available)
    func keptPrivate(engine: Engine) async throws {
        let scene = try await Scene.lay(in: World(engine))
        let browser = scene.people[.fellow]!
        let token = try #require(try await browser.get("/words").value("guard"))
        let things = scene.things.merging(scene.kept) { $1 }
        let forms = try await scene.forms()
        let before = try await scene.world.contents()
        for door in scene.world.doors where !scene.kept.keys.filter({ door.names.contains($0) }).isEmpty {
            var nothing = scene.things
            for name in scene.kept.keys { nothing[name] = ID<Never>.anonymous().text }
            let (real, made) = (try #require(door.address(things)), try #require(door.address(nothing)))
            for fields in Self.sent(to: door, forms[door.address(scene.things)!], token: token) {
                let answer = try await ask(door, real, browser, fields)
                let closed = try await ask(door, made, browser, fields)
                #expect(answer.code == 404, "\(door.line)")
                #expect(difference(told(answer, things, nothing), told(closed, things, nothing)) == nil, "\(door.line)")
            }
        }
        #expect(try await scene.world.contents() == before)
    }

    @Test("a door that names nothing asks whom it doesn't know to come in, and hides what only keepers see")
    func plainDoors() async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        for visitor in [.stranger, .neighbour, .keeper] as [Visitor] {
            let browser = scene.people[visitor]!
            for door in scene.world.doors where Self.plain.contains(door.line) && door.method == "GET" {
                let answer = try await browser.get(door.path)
                switch (door.welcome, visitor) {
                case (.anyone, _), (.person, .neighbour), (.person, .keeper), (.keeper, .keeper):
                    #expect(answer.code == Self.held[door.path] ?? 200, "\(door.line) to a \(visitor)")
                case (.person, _): #expect(answer.location == "/?next=\(door.path)", "\(door.line) to a \(visitor)")
                case (.keeper, _):
                    let nothing = try await browser.get("/house/nothing-is-here")
                    #expect(answer.code == 404)
                    #expect(answer.body == nothing.body, "\(door.line) to a \(visitor)")
                }
            }
        }
    }

    @Test("to a member every page of the project opens", arguments: Engine.available)
    func memberDoors(engine: Engine) async throws {
        let scene = try await Scene.lay(in: World(engine))
        for door in scene.world.doors where door.opensToMembers {
            let answer = try await scene.member.get(try #require(door.address(scene.things)))
            #expect(answer.code == 200 || Self.leadsOn.contains(door.line), "\(door.line): \(answer.code)")
        }
    }

    /// Pages that take a member on to another, as the scene is.
    private static let leadsOn: Set<String> = []

    // How they are tried

    /// Somebody tries the things as they are, and also by way of a project of their own.
    private func ways(into scene: Scene, by door: Door, _ visitor: Visitor) -> [[String: String]] {
        let own = scene.things.merging(["project": scene.otherProject]) { $1 }
        let leadsInside = door.names.contains { !["project", "topic"].contains($0) }
        return leadsInside || visitor != .neighbour ? [scene.things, own] : [scene.things]
    }

    /// For a form: nothing but what every form carries, and then what a member would send, filled in.
    private static func sent(to door: Door, _ form: ShownForm?, token: String) -> [[(String, String)]] {
        guard door.method == "POST" else { return [[]] }
        let members = form?.filled.filter { $0.0 != "guard" } ?? [("words", "·"), ("once", ID<Never>.anonymous().text)]
        return [[("guard", token)], [("guard", token)] + members]
    }

    private func ask(
        _ door: Door, _ address: String, _ browser: Browser, _ fields: [(String, String)]
    ) async throws -> Answer {
        door.method == "GET" ? try await browser.get(address) : try await browser.post(address, fields)
    }

    /// Whether an answer keeps a door closed: asked to come in, where nobody is known; else nothing is there.
    private func closes(_ door: Door, _ answer: Answer, _ fields: [(String, String)], to visitor: Visitor) -> Bool {
        // A form with nothing in it may be no form at all, whoever sends it.
        if door.method == "POST", fields.count == 1, answer.code == 400 { return true }
        guard visitor == .stranger else { return answer.code == 404 }
        let isSentIn = answer.code == 401 || answer.location?.hasPrefix("/?next=") == true
        return door.welcome == .person ? isSentIn : isSentIn || answer.code == 404
    }

    /// Everything that an answer tells, with the names of what was asked for taken out, and of what was sent along.
    private func told(_ answer: Answer, _ things: [String: String]...) -> String {
        let headers = answer.headers.map { "\($0.name): \($0.value)" }.sorted().joined(separator: "\n")
        let all = "\(answer.code)\n\(headers)\n\n\(answer.body)"
        return things.flatMap { things in Scene.idNames.compactMap { things[$0] } }
            .reduce(all) { $0.replacing($1, with: "…") }
    }

    /// The first line that differs, as each has it.
    private func difference(_ one: String, _ other: String) -> String? {
        let lines = (one.split(separator: "\n"), other.split(separator: "\n"))
        if let (first, second) = zip(lines.0, lines.1).first(where: { $0 != $1 }) { return "\(first)\n\(second)" }
        return lines.0.count == lines.1.count ? nil : "one goes on"
    }
}

extension Scene.Visitor {
    /// Everybody who is not a member, as far as the project goes.
    static let outsiders: [Self] = [.stranger, .neighbour, .former, .gone, .keeper, .guest, .guestElsewhere]
}
