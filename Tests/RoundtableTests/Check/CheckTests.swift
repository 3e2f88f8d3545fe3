import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Looking over a house")
struct CheckTests {
    private func newHouse() async throws -> Settings {
        let settings = try Settings(flags: ["data": URL(filePath: try TestFolder.make()).appending(path: "data").path])
        let house = try await House.open(settings)
        await house.close()
        return settings
    }

    private func needed(_ settings: Settings) async -> [String] {
        await CheckUp.of(settings).findings.filter { $0.standing == .act }.map(\.about)
    }

    @Test("a new house is well, and looking changes nothing in it")
    func well() async throws {
        let settings = try await newHouse()
        let before = try FileManager.default.contentsOfDirectory(atPath: settings.data.path).filter {
            !$0.contains("-")
        }
        let checkUp = await CheckUp.of(settings)
        #expect(checkUp.isWell, "\(checkUp.findings.filter { $0.standing == .act })")
        #expect(
            Set(checkUp.findings.map(\.about)) == [
                "folder", "secret", "disk", "backup", "tables", "database", "clock", "letters",
            ])
        let after = try FileManager.default.contentsOfDirectory(atPath: settings.data.path).filter { !$0.contains("-") }
        #expect(Set(after) == Set(before))
    }

    @Test("where there is no house it says so, and makes none")
    func nothingThere() async throws {
        let settings = try Settings(flags: ["data": URL(filePath: try TestFolder.make()).appending(path: "none").path])
        #expect(await needed(settings) == ["folder"])
        #expect(!FileManager.default.fileExists(atPath: settings.data.path))
        let empty = try Settings(flags: ["data": TestFolder.make()])
        chmod(empty.data.path, 0o700)
        #expect(await needed(empty) == ["secret", "database"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: empty.data.path).isEmpty)
    }

    @Test("a folder, a secret or receipts that others can read are told")
    func rights() async throws {
        let settings = try await newHouse()
        chmod(settings.data.path, 0o755)
        #expect(await needed(settings) == ["folder"])
        chmod(settings.data.path, 0o700)
        chmod(settings.data.appending(path: "secret").path, 0o644)
        #expect(await needed(settings) == ["secret"])
        chmod(settings.data.appending(path: "secret").path, 0o600)
        try Data("words".utf8).write(to: settings.data.appending(path: "receipts.txt"))
        chmod(settings.data.appending(path: "receipts.txt").path, 0o644)
        #expect(await needed(settings) == ["receipts"])
        try Data("short".utf8).write(to: settings.data.appending(path: "secret"))
        #expect(await needed(settings).contains("secret"))
    }

    @Test("a harmed file, and a server that isn't there, are sentences")
    func harmed() async throws {
        let settings = try await newHouse()
        for end in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(at: settings.data.appending(path: "roundtable.sqlite\(end)"))
        }
        try Data(repeating: 7, count: 5_000).write(to: settings.data.appending(path: "roundtable.sqlite"))
        let findings = await CheckUp.of(settings).findings
        #expect(findings.last?.sentence.contains("harmed") == true, "\(findings)")
        var away = settings
        away.database = "postgres://nobody@127.0.0.1:1/none"
        #expect(await needed(away) == ["database"])
    }

    @Test("letters given up, a clock behind and tables of another time are told", arguments: Engine.available)
    func inside(engine: Engine) async throws {
        let database = try await engine.fresh()
        try await database.migrate(Array(Migrations.all.dropLast()))
        #expect(await CheckUp.look(at: database, now: World.beginning).map(\.about) == ["tables"])
        try await database.migrate(Migrations.all)
        #expect(await CheckUp.look(at: database, now: World.beginning).allSatisfy { $0.standing == .well })
        try await database.write { db in
            try db.run(
                """
                insert into letter (id, kind, about, details, posted, due, tries)
                values ('a', 'offerChanged', '', '', \(World.beginning), 0, \(Post.mostTries))
                """)
        }
        let later = await CheckUp.look(at: database, now: World.beginning)
        #expect(later.filter { $0.standing == .act }.map(\.about) == ["letters"])
        let earlier = await CheckUp.look(at: database, now: Moment(World.beginning.milliseconds - 3_600_000))
        #expect(earlier.filter { $0.standing == .act }.map(\.about) == ["clock", "letters"])
        try await database.write { try $0.run("insert into migration (name) values ('of next year')") }
        #expect(await CheckUp.look(at: database, now: World.beginning).map(\.about) == ["tables"])
    }

    @Test("a database that is no house's is told", arguments: Engine.available)
    func strange(engine: Engine) async throws {
        let database = try await engine.fresh()
        #expect(await CheckUp.look(at: database, now: World.beginning).map(\.standing) == [.act])
    }

    @Test("when the last backup was made is told, and minded after a week")
    func backups() async throws {
        let now = World.beginning
        func standing(_ record: BackupRecord?) -> CheckUp.Finding.Standing { CheckUp.backup(record, now: now).standing }
        #expect(standing(nil) == .mind)
        #expect(standing(BackupRecord(Moment(now.milliseconds - 6 * 86_400_000))) == .well)
        #expect(standing(BackupRecord(Moment(now.milliseconds - 7 * 86_400_000))) == .mind)
        let settings = try await newHouse()
        #expect(BackupRecord(in: settings.data) == nil)
        try await Copies.backUp(settings, to: settings.data.appending(path: "copy"), with: .random(), at: now, work: 4)
        #expect(BackupRecord(in: settings.data) == BackupRecord(now))
        #expect(CheckUp.backup(BackupRecord(now), now: now).sentence.contains("2026-03-06"))
    }

    @Test("room on the disk is enough, little or too little")
    func space() {
        #expect(CheckUp.space(left: 50_000_000_000).standing == .well)
        #expect(CheckUp.space(left: 1_000_000_000).standing == .mind)
        #expect(CheckUp.space(left: 1_000_000).standing == .act)
        #expect(CheckUp.space(left: nil).standing == .mind)
        #expect(CheckUp.clock(Moment(0), newest: nil).standing == .act)
    }
}
