import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A project in which very much was said")
struct LongProjectTests {
    /// A conversation of so many comments, brought in, and somebody whom its invitation let into the project.
    private func brought(_ count: Int, by givers: Int, into world: World) async throws -> (Browser, project: String) {
        let folder = URL(filePath: try TestFolder.make())
        let rows = (0..<count).map { "\(1_518_501_490_000 + $0),Tue,\($0),\($0 % givers),0,0,1,Line \($0).\n" }
        let header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        try Data((header + rows.joined()).utf8).write(to: folder.appending(path: "comments.csv"))
        try Data("topic,Bread \(count)\nurl,https://pol.is/\(count)\n".utf8)
            .write(to: folder.appending(path: "summary.csv"))
        let report = try await world.house.importPolis(
            folder, project: "Bakery \(count)", receipts: folder.appending(path: "receipts.txt"))
        let words = try #require(report.invitation)
        let asha = world.browser()
        let door = try #require(try await asha.fill("/words", ["words": words]).location)
        try #require(try await asha.fill(door, ["name": "Asha"]).code == 303)
        let project = try await asha.get("/me").body.firstMatch(of: /href="(\/projects\/[0-9a-f-]{36})"/)
        return (asha, String(try #require(project).output.1))
    }

    @Test("what is many is counted so far and no further, and what is few exactly", arguments: Engine.available)
    func counts(engine: Engine) async throws {
        let world = try await World(engine)
        let (most, longest) = (GatheringCounts.mostSpoke, Ledger.mostCounted)
        let (few, quiet) = try await brought(most, by: most, into: world)
        #expect(try await few.get(quiet + "/gatherings").body.contains("\(most) people spoke."))
        let (many, loud) = try await brought(most + 1, by: most + 1, into: world)
        #expect(try await many.get(loud + "/gatherings").body.contains("More than \(most) people spoke."))
        #expect(try await many.get(loud + "/we-said-we-did").body.contains("More than \(longest) contributions"))
        let (one, short) = try await brought(longest, by: 2, into: world)
        let ledger = try await one.get(short + "/we-said-we-did").body
        #expect(ledger.contains("\(longest) contributions have had no thanks"))
        #expect(ledger.contains("And \(longest - Ledger.mostWaiting) more."))
        #expect(try await one.get(short + "/gatherings").body.contains(">2 people spoke."))
    }

    @Test("all that was said at a gathering can be read, a page at a time", arguments: Engine.available)
    func pages(engine: Engine) async throws {
        let world = try await World(engine)
        let (asha, project) = try await brought(130, by: 9, into: world)
        let list = try await asha.get(project + "/gatherings").body
        let way = try #require(list.firstMatch(of: /href="(\/gatherings\/[0-9a-f-]{36})"/))
        let gathering = way.output.1
        var (path, seen) = (Optional("\(gathering)/room"), [String]())
        while let here = path {
            let body = try await asha.get(here).body
            let lines = body.matches(of: /Line \d+\./).map { String($0.output) }
            #expect(lines.count <= SaidPage.length)
            #expect(body.contains("data-live=") == seen.isEmpty, "only the latest page is kept up to date")
            seen += lines
            path = body.firstMatch(of: /href="([^"]*\/room\?before=[^"]*)"/).map { String($0.output.1) }
        }
        #expect(seen.count == 130)
        #expect(Set(seen).count == 130)
    }
}
