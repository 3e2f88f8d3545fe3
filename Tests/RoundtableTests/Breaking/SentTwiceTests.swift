import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Sent twice")
struct SentTwiceTests {
    /// Forms that make one thing each, and must be among those that are tried.
    private static let making: Set<String> = [
        "POST /projects", "POST /projects/:project/concerns", "POST /projects/:project/cards",
        "POST /projects/:project/contributions", "POST /promises/:promise/steps",
    ]
    /// What belongs to everybody: whoever sends it as it stands agrees, and changes nothing.
    private static let shared: Set<String> = [
        "POST /projects/:project/topics/:topic", "POST /projects/:project/cards/:card/wording",
    ]
    /// Whoever comes in by these is made by them: they are tried beneath.
    private static let comingIn: Set<String> = ["POST /people", "POST /words/:words", "POST /codes/:code"]

    @Test(
        "the same form sent twice is one thing; its id with other words, or from somebody else, is refused",
        arguments: Engine.available)
    func once(engine: Engine) async throws {
        let world = try await World(engine)
        let pages = try await Scene.lay(in: world).pages()
        var tried: Set<String> = []
        for door in world.doors where door.method == "POST" && !Self.comingIn.contains(door.line) {
            let scene = try await Scene.lay(in: world)
            let address = try #require(door.address(scene.things))
            guard let form = try await scene.form(to: door, on: pages),
                form.fields.contains(where: { $0.name == "once" })
            else { continue }
            guard try await scene.member.post(address, form.filled).code == 303 else { continue }
            tried.insert(door.line)
            let made = try await world.contents()

            #expect(try await scene.member.post(address, form.filled).code == 303, "\(door.line) sent again")
            #expect(try await world.contents() == made, "\(door.line) sent again made something")
            for field in form.fields where field.kind == .typed && field.filled == "·801·" {
                let other = try await scene.member.post(address, form.with(field.name, "·999·"))
                #expect(other.code == 422, "\(door.line) with another \(field.name)")
                #expect(other.body.contains("·999·"), "\(door.line): what was typed is gone")
                #expect(try await world.contents() == made, "\(door.line) with another \(field.name)")
            }
            let fellow = scene.people[.fellow]!
            let token = try #require(try await fellow.get("/words").value("guard"))
            let theirs = try await fellow.post(address, form.with("guard", token))
            let isAgreed = Self.shared.contains(door.line) && theirs.code == 303
            #expect(isAgreed || [404, 422].contains(theirs.code), "\(door.line) from somebody else: \(theirs.code)")
            #expect(try await world.contents() == made, "\(door.line) from somebody else")
        }
        #expect(Self.making.subtracting(tried) == [], "these could not be tried")
    }

    @Test(
        "whoever learns the id of somebody's form can't come in as them by sending it again",
        arguments: Engine.available)
    func comingIn(engine: Engine) async throws {
        let world = try await World(engine)
        let scene = try await Scene.lay(in: world)
        for (path, address) in [("/people/new", "/people"), ("/codes", "/codes/\(scene.things["code"]!)")] {
            let (asha, other) = (world.browser(), world.browser())
            let shown = try await asha.get(path == "/codes" ? address : path)
            let once = try #require(shown.value("once"))
            try #require(try await asha.send(shown, to: address, ["name": "·1·"]).code == 303)
            let arrived = try await people(in: world)
            #expect(try await asha.send(shown, to: address, ["name": "·1·"]).code == 303, "a second tap")
            #expect(try await people(in: world) == arrived)

            let theirs = try await other.get(path == "/codes" ? address : path)
            try await other.send(theirs, to: address, ["name": "·1·", "once": once])
            #expect(try await people(in: world) == arrived + 1, "\(address): another browser is another person")
        }
    }

    private func people(in world: World) async throws -> Int {
        try await world.house.database.read { try $0.count("select count(*) from person") }
    }
}

@Suite("A clock that is set back")
struct ClockTests {
    @Test("an hour back in the middle of things, every page opens, and all that is said is kept and told")
    func anHourBack() async throws {
        let world = try await World(.sqlite)
        let scene = try await Scene.lay(in: world)
        let project = "/projects/\(scene.things["project"]!)"
        try await scene.member.fill(
            "\(project)/cards/\(scene.things["card"]!)/wording", ["kind": "can", "words": "·1·"])
        world.wait(.hours(-1))
        try await Post(house: world.house).deliverAll()
        let news = try await scene.people[.fellow]!.get("\(project)/news")
        #expect(news.body.contains("/proposals/"), "what was told before the clock was set is delivered after")

        for door in world.doors where door.opensToMembers {
            let code = try await scene.member.get(try #require(door.address(scene.things))).code
            #expect([200, 303].contains(code), "\(door.line): \(code)")
        }
        let ben = try await world.person("·2·")
        let began = try await ben.fill("/projects/new", sendingTo: "/projects", ["name": "·3·"])
        let address = try #require(began.location)
        try await ben.fill("\(address)/concerns", ["organisation": "·4·", "words": "·5·"])
        world.wait(.hours(-24))
        #expect(try await ben.get("\(address)/concerns").body.contains("·5·"))
        #expect(try await ben.fill("\(address)/concerns", ["organisation": "·4·", "words": "·6·"]).code == 303)
    }
}
