import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

/// Real exports, where they lie beside the repository; not part of it.
enum RealExports {
    static let all: [URL] = {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let folder = repository.appending(path: "../shared/data/polis").standardizedFileURL
        let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let exports = found.filter {
            FileManager.default.fileExists(atPath: $0.appending(path: "comments.csv").path)
        }
        if exports.isEmpty {
            FileHandle.standardError.write(Data("Notice: no real exports beside the repository; not read.\n".utf8))
        }
        return exports.sorted { $0.path < $1.path }
    }()
}

@Suite("Bringing in a conversation from Polis")
struct PolisImportTests {
    private static let header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"

    private func export(_ rows: String, name: String = "bread") throws -> URL {
        let folder = URL(filePath: try TestFolder.make()).appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data((Self.header + rows).utf8).write(to: folder.appending(path: "comments.csv"))
        try Data("topic,Bread\nurl,https://pol.is/\(name)\n".utf8).write(to: folder.appending(path: "summary.csv"))
        return folder
    }

    private func sheet() throws -> URL { URL(filePath: try TestFolder.make()).appending(path: "receipts.txt") }

    private let rows = """
        1518501490000,Tue,1,7,0,0,1,first
        1518501491000,Tue,2,9,0,0,-1,left out
        1518501492000,Tue,3,7,0,0,0,second
        a line that is none

        """

    @Test("each comment is a contribution of its author, who has a receipt and no name", arguments: Engine.available)
    func comesIn(engine: Engine) async throws {
        let world = try await World(engine)
        let sheet = try sheet()
        let report = try await world.house.importPolis(export(rows), project: "Bakery", receipts: sheet)
        #expect((report.contributions, report.people, report.setAside) == (3, 2, 1))
        #expect(
            try report.json()
                == #"{"contributions":3,"people":2,"refused":[{"line":5,"reason":"there are 1 columns, not 8"}]}"#)

        let said = try await world.house.database.read { db in
            try db.all("select \(Contribution.columns) from contribution order by changed") { Contribution(row: $0) }
        }
        #expect(said.map(\.words) == ["first", "left out", "second"])
        #expect(said[0].giver == said[2].giver && said[0].giver != said[1].giver)
        #expect(said.allSatisfy { !$0.isSigned && !$0.isOnWall && $0.shared == $0.said && $0.gathering != nil })
        let aside = try await world.house.database.read { db in
            try db.all("select contribution, second is not null from set_aside") { row in
                (row[0] as ID<Contribution>, row[1] as Bool)
            }
        }
        #expect(aside.map(\.0) == [said[1].id])
        #expect(aside.map(\.1) == [true])
    }

    @Test(
        "the receipts on the sheet are their owner's alone, and open what the house keeps", arguments: Engine.available)
    func receipts(engine: Engine) async throws {
        let world = try await World(engine)
        let sheet = try sheet()
        try Data("earlier\n".utf8).write(to: sheet)
        chmod(sheet.path, 0o644)
        _ = try await world.house.importPolis(export(rows), project: "Bakery", receipts: sheet)
        let rights = try FileManager.default.attributesOfItem(atPath: sheet.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)

        let text = try String(contentsOf: sheet, encoding: .utf8)
        #expect(text.hasPrefix("earlier\n"))
        let words = text.split(separator: "\n").filter { $0.hasPrefix("receipt ") }.compactMap { line in
            SixWords(reading: line.split(separator: " ").suffix(6).joined(separator: " "))
        }
        #expect(words.count == 2)
        let hashes = Set(words.map { world.house.secret.hash($0.slug, for: "receipt") })
        let kept = try await world.house.database.read { db in
            try db.all("select hash, number from receipt order by number") { row in (row[0] as String, row[1] as Int) }
        }
        #expect(Set(kept.map(\.0)) == hashes)
        #expect(kept.map(\.1) == [1, 2])
    }

    @Test("a second run adds nothing; what is new in a later export is added", arguments: Engine.available)
    func again(engine: Engine) async throws {
        let world = try await World(engine)
        let sheet = try sheet()
        let first = try await world.house.importPolis(export(rows), project: "Bakery", receipts: sheet)
        #expect(first.invitation != nil)
        let text = try Data(contentsOf: sheet)
        let before = try await counts(world)
        let second = try await world.house.importPolis(export(rows), project: " Bakery ", receipts: sheet)
        #expect((second.contributions, second.people, second.setAside) == (0, 0, 0))
        #expect(second.invitation == nil && second.receipts == nil)
        #expect(try await counts(world) == before)
        #expect(try Data(contentsOf: sheet) == text)

        let later = rows + "1518501499000,Tue,4,11,0,0,1,third\n"
        let third = try await world.house.importPolis(export(later), project: "Bakery", receipts: sheet)
        #expect((third.contributions, third.people) == (1, 1))
        let highest = try await world.house.database.read { try $0.count("select max(number) from receipt") }
        #expect(highest == 3)
    }

    @Test("brought into two projects it is two conversations", arguments: Engine.available)
    func twoProjects(engine: Engine) async throws {
        let world = try await World(engine)
        let sheet = try sheet()
        _ = try await world.house.importPolis(export(rows), project: "Bakery", receipts: sheet)
        let other = try await world.house.importPolis(export(rows), project: "Dairy", receipts: sheet)
        #expect((other.contributions, other.people) == (3, 2))
    }

    @Test("whoever has the invitation comes into the new project, and nobody else does", arguments: Engine.available)
    func invitation(engine: Engine) async throws {
        let world = try await World(engine)
        let report = try await world.house.importPolis(export(rows), project: "Bakery", receipts: sheet())
        let words = try #require(report.invitation.flatMap { SixWords(reading: $0) })
        let asha = try await world.person("Asha")
        #expect(try await !asha.get("/projects").body.contains("Bakery"))
        let door = try await asha.get("/words/\(words.slug)")
        #expect(door.code == 200)
        #expect(try await asha.send(door, to: "/words/\(words.slug)").code == 303)
        #expect(try await asha.get("/projects").body.contains("Bakery"))
        let seats = try await world.house.database.read { db in
            try db.seats(in: db.projects(named: "Bakery")[0]).map(\.name)
        }
        #expect(seats == ["Asha"])
    }

    @Test("what can't be brought in says why, and leaves nothing behind", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let world = try await World(engine)
        let empty = URL(filePath: try TestFolder.make())
        for (folder, name) in [(empty, "Bakery"), (try export("nothing,here\n"), "Bakery"), (try export(rows), "  ")] {
            await #expect(throws: ImportTrouble.self) {
                try await world.house.importPolis(folder, project: name, receipts: sheet())
            }
        }
        let folder = try export(rows)
        await #expect(throws: ReceiptSheet.Unwritable.self) {
            try await world.house.importPolis(folder, project: "Bakery", receipts: empty)
        }
        #expect(try await counts(world).allSatisfy { $0.hasSuffix(" 0") })
    }

    @Test("real conversations come in whole, once", arguments: RealExports.all, Engine.available)
    func real(folder: URL, engine: Engine) async throws {
        let world = try await World(engine)
        // Counted by the plainest means: a row ends with its moderation and its words, and begins with a moment.
        let summary = try String(contentsOf: folder.appending(path: "summary.csv"), encoding: .utf8)
        func stated(_ name: String) -> Int? {
            summary.split(separator: "\n").first { $0.hasPrefix("\(name),") }.flatMap {
                Int($0.dropFirst(name.count + 1))
            }
        }
        let text = try String(contentsOf: folder.appending(path: "comments.csv"), encoding: .utf8)
        let beginnings = text.matches(of: /(?m)^1[0-9]{9,12},/).count
        let sheet = try sheet()
        let report = try await world.house.importPolis(folder, project: "Real", receipts: sheet)
        #expect(report.refused.isEmpty)
        #expect(report.contributions == beginnings)
        // One conversation's own summary is two short of its own file.
        #expect(report.contributions - (stated("comments") ?? 0) == (folder.path.contains("biodiversity") ? 2 : 0))
        #expect(report.people == stated("commenters"))
        let again = try await world.house.importPolis(folder, project: "Real", receipts: sheet)
        #expect((again.contributions, again.people) == (0, 0))
    }

    private func counts(_ world: World) async throws -> [String] {
        try await world.house.database.read { db in
            [
                "contribution \(try db.count("select count(*) from contribution"))",
                "receipt \(try db.count("select count(*) from receipt"))",
                "set_aside \(try db.count("select count(*) from set_aside"))",
                "gathering \(try db.count("select count(*) from gathering"))",
                "seat \(try db.count("select count(*) from seat"))",
                "invitation \(try db.count("select count(*) from invitation"))",
                "project \(try db.count("select count(*) from project"))",
            ]
        }
    }
}
