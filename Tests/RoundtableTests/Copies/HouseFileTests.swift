import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A whole house as a file")
struct HouseFileTests {
    /// Each engine to each.
    static let ways = Engine.available.flatMap { from in Engine.available.map { (from, $0) } }

    /// A house with one of everything in it, and what is hard to keep alike.
    private func lived(_ engine: Engine) async throws -> Place {
        let place = try Place(engine)
        let world = try await place.world()
        _ = try await Scene.lay(in: world)
        try await world.house.database.write { db in
            let strange = "a\tb\\N\nc\r'\"\u{1}é\u{301}👩🏽‍🚀\u{2028} \\. end"
            try db.run(
                "insert into house (id, name, responsible, contact, complaints, opened, version) values ('house', \(strange), '', ' ', '\\', \(Int64.min), \(Int64.max))"
            )
            try db.run(
                "insert into parcel (id, hash, sealed, made, ends) values ('p', 'h', \((0...255).map { UInt8($0) }), 1, 2)"
            )
            try db.run("insert into parcel (id, hash, sealed, made, ends) values ('q', 'i', \([UInt8]()), 1, 2)")
            // An ask that comes, in the order of its key, before the one that it was divided from.
            let seat = try db.one("select id from seat") { $0[0] as String }!
            let project = try db.one("select project from seat where id = \(seat)") { $0[0] as String }!
            for (id, parent) in [("zz", nil), ("aa", "zz")] as [(String, String?)] {
                try db.run(
                    "insert into ask (id, project, seat, words, language, direction, drawn, divided_from, changed, version) values (\(id), \(project), \(seat), 'x', 'en', 'ltr', 1, \(parent), \(db.nextChange()), 1)"
                )
            }
        }
        let pictures = place.data.appending(path: "files/ab")
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        try Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(
            to: pictures.appending(path: "picture"))
        try Data().write(to: place.data.appending(path: "files/empty"))
        await world.house.close()
        return place
    }

    @Test("moved from one place to another and back it is the same, row by row", arguments: ways)
    func moved(from: Engine, to: Engine) async throws {
        let (first, second, third) = (try await lived(from), try Place(to), try Place(from))
        let (out, back) = (try newFile(), try newFile())
        let report = try await Copies.export(first.settings, to: out)
        #expect(report.files == 2 && report.rows > 50)
        try await Copies.bringIn(second.settings, from: out)
        try await Copies.export(second.settings, to: back)
        try await Copies.bringIn(third.settings, from: back)

        let contents = try await first.contents()
        try #require(contents.values.count { !$0.isEmpty } > 25, "there is something of nearly everything")
        #expect(try await second.contents() == contents)
        #expect(try await third.contents() == contents)
        for place in [second, third] {
            for name in ["secret", "files/ab/picture", "files/empty"] {
                let kept = try Data(contentsOf: place.data.appending(path: name))
                #expect(try kept == Data(contentsOf: first.data.appending(path: name)))
            }
            let rights = try FileManager.default.attributesOfItem(atPath: place.data.appending(path: "secret").path)
            #expect(rights[.posixPermissions] as? Int == 0o600)
            #expect(await CheckUp.of(place.settings).findings.filter { $0.standing == .act }.isEmpty)
        }
        let rights = try FileManager.default.attributesOfItem(atPath: out.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        // And the house goes on from there: its counter, and its references.
        let world = try await House.open(second.settings)
        let next = try await world.database.write { try $0.nextChange() }
        #expect(contents["change_counter"] == [[.integer(next - 1)]])
        await #expect(throws: ConstraintViolation.self) {
            try await world.database.write { try $0.run("delete from project") }
        }
        await world.close()
    }

    @Test("no table is left out, and each engine has the same", arguments: Engine.available)
    func everyTable(engine: Engine) async throws {
        let place = try await lived(engine)
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        let (_, _, ending) = try HouseFileReader.open(file).verified()
        let database = try await Arrival.open(place.settings)
        let (tables, sequences) = try await database.read { (try $0.tables(), try $0.sequences()) }
        await database.close()
        let whole = Set(tables).subtracting(["migration"]).subtracting(Migrations.ofThePlace)
        #expect(Set(ending.rows.keys) == whole.subtracting(Migrations.counters))
        // What counts up is a table here and a sequence there, and is told as a counter.
        #expect(Migrations.counters == Set(engine == .sqlite ? tables : sequences).intersection(Migrations.counters))
        #expect(engine == .sqlite || Set(sequences) == Migrations.counters)
    }

    @Test("a house of an earlier program comes in and is brought up to date", arguments: Engine.available)
    func earlier(engine: Engine) async throws {
        let (old, new) = (try Place(engine), try Place(engine))
        try Folder.make(old.data)
        let database = try await Arrival.open(old.settings)
        try await database.migrate([Migrations.house, Migrations.people])
        try await database.write {
            try $0.run("insert into person (id, name, language, arrived) values ('a', 'Asha', 'en', 7)")
        }
        await database.close()
        _ = try Secret(in: old.data)
        let file = try newFile()
        try await Copies.export(old.settings, to: file)
        try await Copies.bringIn(new.settings, from: file)
        let contents = try await new.contents()
        #expect(contents["person"]?.count == 1)
        #expect(contents["migration"]?.count == Migrations.all.count)
    }

    @Test("it only goes into an empty house, and says which is not", arguments: Engine.available)
    func onlyIntoEmpty(engine: Engine) async throws {
        let (place, full) = (try await lived(engine), try await lived(engine))
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        let before = try await full.contents()
        await #expect(throws: CopyTrouble.notEmpty(place: engine == .sqlite ? full.data.path : "that database")) {
            try await Copies.bringIn(full.settings, from: file)
        }
        #expect(try await full.contents() == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: full.data.path).allSatisfy { !$0.hasPrefix("resto") })

        // A house that was opened and that nobody came into counts as empty; its key is put aside.
        let opened = try Place(engine)
        let house = try await House.open(opened.settings)
        _ = try await house.firstKeyAddress()
        await #expect(throws: CopyTrouble.inUse) { try await Copies.bringIn(opened.settings, from: file) }
        if engine == .postgres {
            // Nor from another folder, on another machine.
            let elsewhere = try Place(.postgres).data
            await #expect(throws: CopyTrouble.inUse) {
                var settings = opened.settings
                settings.data = elsewhere
                try await Copies.bringIn(settings, from: file)
            }
        }
        await house.close()
    }

    @Test("a house that was opened and that nobody came into counts as empty", arguments: Engine.available)
    func openedOnce(engine: Engine) async throws {
        let (place, opened) = (try await lived(engine), try Place(engine))
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        try await { () async throws in
            let house = try await House.open(opened.settings)
            _ = try await house.firstKeyAddress()
            await house.close()
        }()
        let before = try Data(contentsOf: opened.data.appending(path: "secret"))
        try await Copies.bringIn(opened.settings, from: file)
        #expect(try await opened.contents() == place.contents())
        let names = try FileManager.default.contentsOfDirectory(atPath: opened.data.path)
        let aside = try #require(names.first { $0.hasPrefix("secret-before-") })
        #expect(try Data(contentsOf: opened.data.appending(path: aside)) == before)
    }

    @Test("a database that is not Roundtable's is let be", arguments: Engine.available)
    func strange(engine: Engine) async throws {
        let (place, other) = (try await lived(engine), try Place(engine))
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        try Folder.make(other.data)
        let database = try await Arrival.open(other.settings)
        try await database.migrate([Migration("theirs", "create table theirs (id text primary key)")])
        try await database.write { try $0.run("drop table migration") }
        await database.close()
        await #expect(throws: CopyTrouble.strange(table: "theirs")) {
            try await Copies.bringIn(other.settings, from: file)
        }
        #expect(try await other.contents()["theirs"] == [])
    }

    @Test("a file that is cut off, harmed or something else is refused, and nothing is changed")
    func refused() async throws {
        let place = try await lived(.sqlite)
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        let whole = try Data(contentsOf: file)
        let empty = try Place(.sqlite)
        func refusal(_ bytes: Data) async -> CopyTrouble? {
            let file = try? newFile()
            try? bytes.write(to: file!)
            do {
                try await Copies.bringIn(empty.settings, from: file!)
                return nil
            } catch {
                return error as? CopyTrouble
            }
        }
        for length in [whole.count - 1, whole.count / 2, 200, 30] {
            #expect(await refusal(whole.prefix(length)) == .cutOff, "\(length)")
        }
        #expect(await refusal(Data()) == .notACopy)
        #expect(await refusal(Data("rubbish".utf8)) == .notACopy)
        #expect(await refusal(Data((0..<100_000).map { _ in UInt8.random(in: .min ... .max) })) == .notACopy)
        #expect(await refusal(whole + Data("more".utf8)) == .cutOff)
        let (start, end) = (HouseFile.firstLine.count, whole.count - HouseFile.lastLine.count)
        for _ in 0..<300 {
            var flipped = whole
            let place = Int.random(in: start..<end)
            flipped[place] ^= 1 << UInt8.random(in: 0..<8)
            #expect(await refusal(flipped) == .harmed, "byte \(place)")
        }
        await #expect(throws: CopyTrouble.noFile(file.path + "-none")) {
            try await Copies.bringIn(empty.settings, from: URL(filePath: file.path + "-none"))
        }
        #expect(!FileManager.default.fileExists(atPath: empty.data.path))
    }

    @Test("a file whose digest is right and whose rows refer to nothing is refused", arguments: Engine.available)
    func astray(engine: Engine) async throws {
        let place = try await lived(.sqlite)
        let file = try newFile()
        try await Copies.export(place.settings, to: file)
        let empty = try Place(engine)
        // A seat without its project, a table too many, a row too short.
        for spoil in [
            { (record: HouseFile.Record) in if case .table(let table) = record { table.name != "project" } else { true }
            }
        ] {
            let forged = try newFile("forged")
            try forge(forged, from: file, keeping: spoil)
            await #expect(throws: CopyTrouble.harmed) { try await Copies.bringIn(empty.settings, from: forged) }
        }
        #expect(!Folder.holds(Arrival.coming, in: empty.data))
        try await Copies.bringIn(empty.settings, from: file)
        #expect(try await empty.contents() == place.contents())
    }

    /// The same house file without the rows of some tables, its digest and counts as they should be.
    private func forge(_ forged: URL, from file: URL, keeping: (HouseFile.Record) -> Bool) throws {
        let (reader, writer) = (try HouseFileReader.open(file), HouseFileWriter(try DurableFile(forged)))
        var isKept = true
        while true {
            let record = try reader.next()
            switch record {
            case .heading(let heading): try writer.add(.heading, heading)
            case .table(let table):
                isKept = keeping(record)
                try writer.begin(table)
            case .row(let values): if isKept { try writer.add(values) }
            case .counter(let counter): try writer.add(.counter, counter)
            case .secret(let bytes): try writer.record(.secret) { $0 += bytes }
            case .file, .piece: break
            case .ending: return try writer.finish()
            }
        }
    }
}
