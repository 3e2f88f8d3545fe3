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
        let (many, loud) = try await brought(longest + 1, by: most + 1, into: world)
        #expect(try await many.get(loud + "/gatherings").body.contains("More than \(most) people spoke."))
        #expect(try await many.get(loud + "/we-said-we-did").body.contains("More than \(longest) contributions"))
        let (one, short) = try await brought(longest, by: 2, into: world)
        let ledger = try await one.get(short + "/we-said-we-did").body
        #expect(ledger.contains("\(longest) contributions still wait."))
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

    @Test("answers on paper come a few at a time or a hall's at once, and all are reached", arguments: Engine.available)
    func slips(engine: Engine) async throws {
        let world = try await World(engine)
        let givers = SlipsAsked.many + 15
        let (asha, project) = try await brought(2 * givers, by: givers, into: world)
        let slips = try await gathering(of: project, asha) + "/slips"
        let few = try await walked(asha, from: slips, by: "Higher numbers")
        let full = Array(repeating: SlipsAsked.few, count: givers / SlipsAsked.few)
        #expect(few.map(\.numbers.count) == full + [givers % SlipsAsked.few])
        #expect(few.flatMap(\.numbers) == Array(1...givers))
        #expect(Set(few.flatMap(\.lines)).count == 2 * givers)
        let back = try await walked(asha, from: "\(slips)?from=\(givers)", by: "Lower numbers")
        #expect(Set(back.flatMap(\.numbers)) == Set(1...givers))
        let many = try await walked(asha, from: slips + "?from=1&many=yes", by: "Higher numbers")
        #expect(many.map(\.numbers) == [Array(1...SlipsAsked.many), Array(SlipsAsked.many + 1...givers)])
        #expect(try await slipNumbers(asha, slips + "?from=9999") == few.first?.numbers, "past the end is the first")
        #expect(try await slipNumbers(asha, slips + "?from=x") == few.first?.numbers)
    }

    @Test("of a hall's receipts all are on one page, with no ways to others", arguments: Engine.available)
    func hall(engine: Engine) async throws {
        let world = try await World(engine)
        let (asha, project) = try await brought(SlipsAsked.many, by: SlipsAsked.many, into: world)
        let slips = try await gathering(of: project, asha) + "/slips"
        #expect(try await slipNumbers(asha, slips) == Array(1...SlipsAsked.many))
        #expect(!(try await asha.get(slips).body.contains("/slips?")))
    }

    @Test("what does not fit on a page is on the next, and nobody's slip is cut", arguments: Engine.available)
    func talkative(engine: Engine) async throws {
        let world = try await World(engine)
        let (count, givers) = (1_100, 5)
        let (asha, project) = try await brought(count, by: givers, into: world)
        let slips = try await gathering(of: project, asha) + "/slips"
        let pages = try await walked(asha, from: slips, by: "Higher numbers")
        #expect(pages.map(\.numbers) == [[1, 2, 3, 4], [5]])
        #expect(Set(pages.flatMap(\.lines)).count == count)
    }

    @Test(
        "once it is in, PostgreSQL knows how much it is", .enabled(if: Engine.available.contains(.postgres)))
    func known() async throws {
        let world = try await World(.postgres)
        // So few that the server would never look by itself.
        _ = try await brought(30, by: 9, into: world)
        let counts = try await world.house.database.read { db in
            try db.all(
                """
                select cast(relname as text), cast(reltuples as bigint) from pg_class
                where relnamespace = cast(current_schema() as regnamespace) and relname in ('contribution', 'receipt')
                order by relname
                """
            ) { row in (row[0] as String, row[1] as Int) }
        }
        #expect(counts.map(\.0) == ["contribution", "receipt"])
        #expect(counts.map(\.1) == [30, 9])
    }

    private func gathering(of project: String, _ browser: Browser) async throws -> String {
        let list = try await browser.get(project + "/gatherings").body
        return String(try #require(list.firstMatch(of: /href="(\/gatherings\/[0-9a-f-]{36})"/)).output.1)
    }

    /// The numbers and the lines on each page, from one on to where no way of that name leads further.
    private func walked(
        _ browser: Browser, from address: String, by way: String
    ) async throws -> [(numbers: [Int], lines: [String])] {
        var (path, pages) = (Optional(address), [(numbers: [Int], lines: [String])]())
        while let here = path {
            let body = try await browser.get(here).body
            pages.append((numbers(on: body), body.matches(of: /Line \d+\./).map { String($0.output) }))
            path = try body.firstMatch(of: Regex("href=\"([^\"]*)\">\(way)<"))?[1].substring.map {
                String($0).replacing("&amp;", with: "&")
            }
            try #require(pages.count < 100)
        }
        return pages
    }

    private func slipNumbers(_ browser: Browser, _ address: String) async throws -> [Int] {
        numbers(on: try await browser.get(address).body)
    }

    private func numbers(on body: String) -> [Int] {
        body.matches(of: /deal-number">Number (\d+)</).compactMap { Int($0.output.1) }
    }
}
