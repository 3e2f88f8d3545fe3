import StorageTesting
import Testing

@testable import Roundtable
@testable import Storage

/// How pages read: so many statements and no more, and none that goes through a whole table.
@Suite("What a page asks of the database")
struct PlansTests {
    /// The most statements that each of the main pages may take, whatever stands on it. All but the first page's and
    /// the receipt's begin with the one that finds whose device it is.
    private static let most = [
        "/": 3,
        "/me": 6,
        "/me/known": 3,
        "/me/helps": 2,
        "/projects/:project": 9,
        "/projects/:project/offer": 6,
        "/projects/:project/gatherings": 3,
        "/projects/:project/asks": 10,
        "/projects/:project/we-said-we-did": 13,
        "/projects/:project/news": 4,
        "/gatherings/:gathering": 9,
        "/gatherings/:gathering/looking-back": 4,
        "/gatherings/:gathering/offer": 3,
        "/codes/:code": 3,
        "/projects/:project/steered": 4,
        "/projects/:project/convening": 4,
        "/gatherings/:gathering/room": 6,
        "/gatherings/:gathering/wall": 5,
        "/gatherings/:gathering/needs": 3,
        // Five; and eight more by whoever looks first after a gathering has begun.
        "/projects/:project/table": 13,
        "/asks/:ask": 15,
        "/contributions/:contribution": 11,
        "/promises/:promise": 12,
        "/p/:page": 11,
        "/projects/:project/publishing": 5,
        "/projects/:project/publishing/page": 11,
        "/projects/:project/asks/new": 4,
        "/projects/:project/changes": 3,
        "/gatherings/:gathering/slips": 15,
        "/receipts": 18,
    ]

    /// Tables that hold a row or two for ever, which may be read whole.
    private static let small: Set<String> = ["house", "first_key", "keeper", "change_counter", "migration"]

    /// A scene whose database is listened to, with a receipt in the member's hand.
    private func listened() async throws -> (Scene, ListeningStore) {
        let store = ListeningStore(try await Engine.sqlite.fresh())
        let world = try await World(on: Database(store))
        let scene = try await Scene.lay(in: world)
        let project = "/projects/\(scene.things["project"]!)"
        try await scene.member.fill(project, sendingTo: "\(project)/receipt")
        return (scene, store)
    }

    @Test("each main page takes no more statements than is said here")
    func statements() async throws {
        let (scene, store) = try await listened()
        for (path, most) in Self.most {
            let address = try #require(
                Door(method: "GET", path: path, welcome: .person, isInHall: false).address(scene.things))
            _ = store.takeHeard()
            let page = try await scene.member.get(address)
            let heard = store.takeHeard()
            #expect(page.code == 200, "\(path)")
            #expect(heard.count <= most, "\(path) took \(heard.count)")
            #expect(heard.count > 0 || path == "/", "\(path) was listened to")
        }
    }

    @Test("no page reads a whole table that grows")
    func plans() async throws {
        let (scene, store) = try await listened()
        let doors = scene.world.doors.filter { $0.method == "GET" && !$0.goesOn }
        var pages = 0
        for door in doors {
            guard let address = door.address(scene.things) else { continue }
            _ = store.takeHeard()
            if try await scene.member.get(address).code == 200 { pages += 1 }
            for statement in store.takeHeard() {
                for line in try await whole(store.plan(statement)) {
                    Issue.record("\(door.line): \(line), in \(statement.spelled().text)")
                }
            }
        }
        #expect(pages > 30, "most doors opened")
    }

    @Test("who spoke, and what anyone may read, is found without going through all that was ever said")
    func longProjects() async throws {
        let (scene, store) = try await listened()
        let project = "/projects/\(scene.things["project"]!)"
        func plan(_ address: String) async throws -> [String] {
            _ = store.takeHeard()
            try #require(try await scene.member.get(address).code == 200)
            var lines: [String] = []
            for statement in store.takeHeard() { lines += try await store.plan(statement) }
            return lines.filter { $0.hasPrefix("SEARCH contribution ") }
        }
        let speakers = try await plan(project + "/gatherings")
        #expect(speakers.contains { $0.hasSuffix("contribution_speaker (gathering=? AND <expr>>?)") })
        #expect(speakers.allSatisfy { $0.contains("contribution_speaker") }, "\(speakers)")
        let wall = try await plan("/gatherings/\(scene.things["gathering"]!)/wall")
        #expect(wall.contains { $0.contains("contribution_wall (gathering=?") }, "\(wall)")
        let read = try await plan(project + "/publishing/page")
        #expect(read.contains { $0.hasSuffix("(id=?)") })
        #expect(!read.contains { $0.contains("(project=?") }, "\(read)")
        #expect(try await plan(project).contains { $0.contains("(project=?") }, "such a line would be seen")
    }

    @Test("a whole table being read is noticed")
    func noticed() async throws {
        let (_, store) = try await listened()
        #expect(
            try await whole(store.plan("select words from contribution where words = \("x")")) == ["SCAN contribution"])
        #expect(try await whole(store.plan("select words from contribution where id = \("x")")) == [])
        #expect(try await whole(store.plan("select name from house")) == [])
    }

    /// The lines of a plan that go through a whole table, by an index or without.
    private func whole(_ plan: [String]) -> [String] {
        // What a query makes on its way is not a table, and may be gone through.
        let made = Set(
            plan.filter { $0.hasPrefix("MATERIALIZE ") || $0.hasPrefix("CO-ROUTINE ") }.map {
                $0.split(separator: " ")[1]
            })
        return plan.filter { line in
            let words = line.split(separator: " ")
            guard words.first == "SCAN", words.count > 1 else { return false }
            let isMade = made.contains(words[1]) || words[1].hasPrefix("(") || line.hasSuffix("CONSTANT ROW")
            return !isMade && !Self.small.contains(String(words[1]))
        }
    }
}
