import Foundation
import StorageTesting
import Testing

@testable import Roundtable
@testable import Storage

@Suite("What was let go of stays so when a backup is put back")
struct LettingGoTests {
    private let words = BackupWords.random()

    /// A house, its scene, and a backup of it before anything is let go of.
    private func lived(_ engine: Engine) async throws -> (place: Place, world: World, scene: Scene, backup: URL) {
        let place = try Place(engine)
        let world = try await place.world()
        let scene = try await Scene.lay(in: world)
        try await file(place, world).catchUp(with: world.house.database)
        return (place, world, scene, try await backUp(place))
    }

    private func backUp(_ place: Place) async throws -> URL {
        let file = try newFile("house.backup")
        try await Copies.backUp(
            place.settings, to: file, with: words, at: World.beginning, work: BackupTests.work)
        return file
    }

    private func file(_ place: Place, _ world: World) -> LetGoFile { LetGoFile(in: place.data, world.house.secret) }

    private func restored(_ backup: URL, _ old: Place, on engine: Engine) async throws -> (Place, Copies.Told) {
        let new = try Place(engine)
        let done = try await Copies.restore(
            new.settings, from: backup, with: words, letGo: Copies.letGoFile(of: old.settings))
        return (new, done.again)
    }

    @Test(
        "who left the house after the backup is not there, and their words are in no byte of it",
        arguments: HouseFileTests.ways)
    func left(engine: Engine, other: Engine) async throws {
        let place = try Place(engine)
        let world = try await place.world()
        let leaver = try await world.person("Marigold Underhill")
        let stays = try await world.person("Who stays")
        _ = try await Scene.lay(in: world)
        let (seat, piece) = try await world.house.database.write { db in
            let person = try db.one("select id from person where name = 'Marigold Underhill'") { $0[0] as String }!
            let project = try db.one("select id from project") { $0[0] as String }!
            let seat = ID<Seat>.anonymous()
            let piece = ID<Contribution>.anonymous()
            try db.run(
                "insert into seat (id, project, person, name, member, convenes, taken) values (\(seat), \(project), \(person), 'Marigold Underhill', 1, 0, 1)"
            )
            try db.run(
                "insert into contribution (id, project, seat, words, language, direction, signed, on_wall, shared, said, changed, version) values (\(piece), \(project), \(seat), 'the xylophone in the corridor', 'en', 'ltr', 1, 0, 1, 1, \(db.nextChange()), 1)"
            )
            return (seat, piece)
        }
        let backup = try await backUp(place)
        let page = try await leaver.get("/leaving")
        #expect(try await leaver.send(page, to: "/leaving", ["wish": "takenBack"]).code == 303)
        try await file(place, world).catchUp(with: world.house.database)
        let noted = try String(contentsOf: place.data.appending(path: "let-go"), encoding: .utf8)
        #expect(noted.contains(" left ") && !noted.contains("Marigold") && !noted.contains("xylophone"))

        let (new, told) = try await restored(backup, place, on: other)
        #expect(told.acts == 1)
        let contents = try await new.contents()
        let names = contents["person"]!.map { $0[1] }
        #expect(!names.contains(.text("Marigold Underhill")) && names.contains(.text("Who stays")))
        let house = try await House.open(new.settings)
        let (person, said) = try await house.database.read { db in
            (
                try db.one("select person from seat where id = \(seat)") { $0[0] as String? },
                try db.one("select words from contribution where id = \(piece)") { $0[0] as String }
            )
        }
        #expect(person == .some(nil) && said == "")
        await house.close()
        let bytes = try new.bytes()
        for word in ["Marigold", "xylophone"] {
            #expect(bytes.range(of: Data(word.utf8)) == nil)
            if engine == .sqlite { #expect(try place.bytes().range(of: Data("Who stays".utf8)) != nil) }
        }
        // Without the file all of it would have come back: the test can fail.
        let careless = try Place(.sqlite)
        _ = try await Copies.restore(careless.settings, from: backup, with: words, letGo: nil)
        #expect(try careless.bytes().range(of: Data("xylophone".utf8)) != nil)
        _ = stays
    }

    @Test(
        "old words of a card open nothing, and whoever took up a card since and left left nothing by it",
        arguments: Engine.available)
    func cards(engine: Engine) async throws {
        let place = try Place(engine)
        let world = try await place.world()
        let holder = try await CardHolder(world)
        let (other, old) = try await holder.group.deal()
        let ends = world.browser()
        try await ends.fill("/words/\(old.slug)")
        let backup = try await backUp(place)
        try #require(try await ends.fill("/receipts", sendingTo: "/receipts/renewed").code == 303)
        try await holder.takeSeat()
        try await holder.nia.fill("/leaving", ["wish": "takenBack"])
        try await file(place, world).catchUp(with: world.house.database)
        #expect(try await world.house.database.read { try $0.letGo().map(\.kind) } == [.receipt, .left])

        let (new, _) = try await restored(backup, place, on: engine)
        let house = try await House.open(new.settings)
        let (said, hash) = (holder.said, house.receiptHash(of: old))
        let (piece, standing, opens, isThere) = try await house.database.read { db in
            (
                try db.contribution(said)?.words, try db.consent(to: said)?.name, try db.receipt(withWords: hash)?.id,
                try db.count("select count(*) from receipt where id = \(other)") == 1
            )
        }
        #expect(piece == "" && standing == nil, "she had no seat yet in the backup")
        #expect(opens == nil && isThere)
        await house.close()
        // Without the file both would have come back: the test can fail.
        let careless = try Place(engine)
        _ = try await Copies.restore(careless.settings, from: backup, with: words, letGo: nil)
        let before = try await House.open(careless.settings)
        let (there, opened) = try await before.database.read { db in
            (try db.contribution(said)?.words, try db.receipt(withWords: hash)?.id)
        }
        #expect(there == "The xylophone in the corridor." && opened == other)
        await before.close()
    }

    @Test("each kind of act is done again, and the house is as it would have been", arguments: Engine.available)
    func everyKind(engine: Engine) async throws {
        let (place, world, scene, backup) = try await lived(engine)
        let now = World.beginning + .minutes(1)
        let things = scene.things
        let kinds: Set<LetGo.Kind> = try await world.house.database.write { db -> Set<LetGo.Kind> in
            func id<Thing>(_ name: String, of _: Thing.Type = Thing.self) throws -> ID<Thing> {
                ID(try #require(things[name]))!
            }
            let seat = try db.one("select id from seat where person is not null") { $0[0] as ID<Seat> }!
            let device = try db.one("select id, person from device order by id desc") {
                ($0[0] as ID<Device>, $0[1] as ID<Person>)
            }!
            try db.renewPass(of: device.1, as: .anonymous(), hash: "a", at: now)
            try db.cancelPass(of: device.1, at: now)
            try db.removeDevice(device.0, of: device.1, at: now)
            try db.show(id("contribution"), isSigned: false, wall: .no, at: now)
            try db.end(id("invitation", of: Invitation.self), at: now)
            try db.run(
                "insert into also (id, ask, seat, said) values ('also', \(things["ask"]!), \(seat), 1) on conflict do nothing"
            )
            try db.stopAsking(.seat(seat), id("ask"), at: now)
            let member = try db.one("select person from unwelcome") { $0[0] as ID<Person> }!
            let gathering = try db.gathering(id("gathering"), seating: member)
            let brought = try db.needs(at: gathering.0)[0]
            try db.say(nil, of: brought, at: gathering.0, now)
            try db.removeUnwelcome(id("word"), of: member, at: now)
            try db.removeNeed(id("need"), of: member, at: now)
            try db.say(.works, by: gathering.2.id, at: now)
            try db.close(id("gathering"), at: now)
            try db.takeBack(id("contribution"), at: now)
            try db.sendBackEmptiedAsks(at: now)
            return Set(try db.letGo().map(\.kind))
        }
        #expect(kinds.isSuperset(of: [.pass, .device, .shown, .invitation, .also, .closed, .words]))
        #expect(kinds.isSuperset(of: [.unwelcome, .need, .met, .side]))
        try await file(place, world).catchUp(with: world.house.database)
        let (new, told) = try await restored(backup, place, on: engine)
        #expect(told.acts >= 11)
        let (wanted, got) = (try await place.contents(), try await new.contents())
        for table in ["device", "pass", "also", "unwelcome", "need", "need_met", "let_go", "let_go_reached"] {
            #expect(got[table] == wanted[table], "\(table)")
        }
        // What they say now is in no file, and what they said before is gone.
        #expect(wanted["side"]?.count == 2 && got["side"]?.count == 1)
        // Numbers of changes are the new house's own.
        let house = try await House.open(new.settings)
        let (contribution, gathering, invitation) = try await house.database.read { db in
            (
                try db.one(
                    "select words, signed, on_wall, taken_back from contribution where id = \(things["contribution"]!)"
                ) { row in (0..<row.count).map { row.value($0) } },
                try db.one("select closed, code from gathering where id = \(things["gathering"]!)") { row in
                    (0..<row.count).map { row.value($0) }
                },
                try db.one("select ended from invitation where id = \(things["invitation"]!)") { $0.value(0) }
            )
        }
        #expect(contribution == [.text(""), .integer(0), .integer(0), .integer(now.milliseconds)])
        #expect(gathering == [.integer(now.milliseconds), .null] && invitation == .integer(now.milliseconds))
        // Opened again, its own file goes on where the old one ended.
        #expect(try LetGoFile.read(Copies.letGoFile(of: new.settings), house.secret).count == told.acts)
        await house.close()
    }

    @Test("whether the wall may show a name is as its giver said last", arguments: Engine.available)
    func namesOnTheWall(engine: Engine) async throws {
        let (place, world, scene, backup) = try await lived(engine)
        let piece = ID<Contribution>(try #require(scene.things["contribution"]))!
        for wall in [OnWall.unnamed, .no, .named] {
            try await world.house.database.write { db in
                try db.show(piece, isSigned: true, wall: wall, at: World.beginning)
            }
        }
        #expect(try await world.house.database.read { try $0.letGo().map(\.how) }.suffix(3) == ["11", "10", "12"])
        try await file(place, world).catchUp(with: world.house.database)
        let (new, _) = try await restored(backup, place, on: engine)
        let house = try await House.open(new.settings)
        #expect(try await house.database.read { try $0.contribution(piece)?.wall } == .named)
        await house.close()
    }

    @Test(
        "without the file, with another's, an older or a harmed one, nothing is put back", arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let (place, world, scene, _) = try await lived(engine)
        let letGo = Copies.letGoFile(of: place.settings)
        let old = try newFile("old")
        try FileManager.default.copyItem(at: letGo, to: old)
        let piece = ID<Contribution>(try #require(scene.things["contribution"]))!
        try await world.house.database.write {
            try $0.show(piece, isSigned: false, wall: .no, at: World.beginning)
        }
        let backup = try await backUp(place)
        try await world.house.database.write { try $0.takeBack(piece, at: World.beginning) }
        try await file(place, world).catchUp(with: world.house.database)
        let empty = try Place(engine)
        func restore(_ letGo: URL) async throws {
            _ = try await Copies.restore(empty.settings, from: backup, with: words, letGo: letGo)
        }
        let none = try newFile("none")
        await #expect(throws: RestoreTrouble.nothingKnown(file: none.path, since: World.beginning.date)) {
            try await restore(none)
        }
        await #expect(throws: RestoreTrouble.otherHistory) { try await restore(old) }
        let others = try await lived(.sqlite)
        await #expect(throws: LetGoFile.Trouble.anothers) {
            try await restore(Copies.letGoFile(of: others.place.settings))
        }
        let harmed = try newFile("harmed")
        let text = try String(contentsOf: letGo, encoding: .utf8)
        try text.replacing(" words ", with: " shown ").write(to: harmed, atomically: true, encoding: .utf8)
        await #expect(throws: LetGoFile.Trouble.harmed) { try await restore(harmed) }
        let lines = text.split(separator: "\n")
        let without = [lines[0]] + Array(lines.suffix(lines.count - 2))
        try "\(without.joined(separator: "\n"))\n".write(to: harmed, atomically: true, encoding: .utf8)
        await #expect(throws: LetGoFile.Trouble.harmed, "a line is missing") { try await restore(harmed) }
        try "rubbish\n".write(to: harmed, atomically: true, encoding: .utf8)
        await #expect(throws: LetGoFile.Trouble.notOne) { try await restore(harmed) }
        #expect(!Folder.holds(Arrival.coming, in: empty.data))
        #expect(engine == .postgres || !Arrival.isKept(empty.settings))

        // A line that was not written to its end when the power went is none, and the rest is good.
        try (text + "99 12 wor").write(to: harmed, atomically: true, encoding: .utf8)
        try await restore(harmed)
        #expect(try await empty.contents()["let_go"] == place.contents()["let_go"])
    }

    @Test(
        "the file is caught up with what it missed, and one of another time is put aside", arguments: Engine.available)
    func caughtUp(engine: Engine) async throws {
        let (place, world, scene, _) = try await lived(engine)
        let piece = ID<Contribution>(try #require(scene.things["contribution"]))!
        let letGo = Copies.letGoFile(of: place.settings)
        func acts() throws -> [LetGo] { try LetGoFile.read(letGo, world.house.secret) }
        for _ in 0..<3 {
            try await world.house.database.write {
                try $0.show(piece, isSigned: true, wall: .no, at: World.beginning)
            }
        }
        let before = try acts().count
        let house = try await House.open(place.settings)
        #expect(try acts().count == before + 3)
        #expect(try await acts() == world.house.database.read { try $0.letGo() })
        // Half a line from a program that was killed.
        let handle = try FileHandle(forWritingTo: letGo)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("7 8 wor".utf8))
        try await world.house.database.write {
            try $0.show(piece, isSigned: true, wall: .no, at: World.beginning)
        }
        try await house.letGo!.catchUp(with: house.database)
        #expect(try await acts() == world.house.database.read { try $0.letGo() })
        // The table of another time: the house was put back as it was before these acts.
        try await world.house.database.write { try $0.forgetLetGo(after: 1) }
        try await world.house.database.write { try $0.show(piece, isSigned: true, wall: .unnamed, at: World.beginning) }
        try await house.letGo!.catchUp(with: house.database)
        #expect(try await acts() == world.house.database.read { try $0.letGo() })
        let names = try FileManager.default.contentsOfDirectory(atPath: place.data.path)
        #expect(names.contains { $0.hasPrefix("let-go-before-") })
        await house.close()
    }

    @Test(
        "acts at the same moment are numbered without a gap, in the order in which they are kept",
        arguments: Engine.available)
    func numbered(engine: Engine) async throws {
        let world = try await World(engine, connections: 4)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await world.house.database.write { try $0.note(.pass, of: "\(number)", at: World.beginning) }
                }
            }
            try await group.waitForAll()
        }
        let numbers = try await world.house.database.read { try $0.letGo().map(\.number) }
        #expect(numbers == Array(1...40))
    }
}
