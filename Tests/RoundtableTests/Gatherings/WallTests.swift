import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("The wall, and receipts dealt on paper")
struct WallTests {
    private func gathered(_ engine: Engine) async throws -> (World, Gathered) {
        let table = try await Table(engine)
        try await table.lay()
        return (table.world, try await Gathered(table))
    }

    /// Words said at the gathering by the founder, as they would stand in the house.
    private func say(
        _ words: String, at gathered: Gathered, signed: Bool = false, wall: OnWall = .unnamed, shared: Bool = true,
        takenBack: Bool = false, setAside: Bool = false
    ) async throws {
        let house = gathered.table.world.house
        let (id, now) = (house.newID(Contribution.self), house.now())
        let gathering = try #require(ID<Gathering>(gathered.address.suffix(36)))
        let (sharing, taking) = (shared ? now : nil, takenBack ? now : nil)
        try await house.database.write { db in
            try db.run(
                """
                insert into contribution (id, project, gathering, seat, words, language, direction, signed, on_wall,
                    shared, said, taken_back, changed, version)
                select \(id), gathering.project, gathering.id, gathering.seat, \(words), 'en', 'ltr', \(signed),
                    \(wall), \(sharing), \(now), \(taking), \(db.nextChange()), 1
                from gathering where id = \(gathering)
                """)
            guard setAside else { return }
            try db.run(
                """
                insert into set_aside (id, contribution, seat, kind, reason, began, lapses, reply)
                select \(house.newID(Contribution.self)), contribution.id, seat, 'harm', 'x', \(now),
                    \(now + .days(3)), '' from contribution where contribution.id = \(id)
                """)
        }
    }

    @Test("all that changed under one number is read together, however much it is", arguments: Engine.available)
    func oneNumber(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (house, gathering) = (world.house, try #require(ID<Gathering>(gathered.address.suffix(36))))
        let (now, many) = (house.now(), Live.mostRead + 5)
        let numbers: [Int64] = [1, 2, 3] + Array(repeating: 4, count: many) + [5, 6]
        let before = try await house.database.write { db in
            let before = try db.nextChanges(6)[0] - 1
            for number in numbers {
                try db.run(
                    """
                    insert into contribution (id, project, gathering, words, language, direction, signed, on_wall, shared,
                        said, changed, version)
                    select \(house.newID(Contribution.self)), gathering.project, gathering.id, 'Said', 'en', 'ltr', 0, 1,
                        \(now), \(now), \(before + number), 1
                    from gathering where id = \(gathering)
                    """)
            }
            return before
        }
        let first = try await house.database.read { try $0.said(in: .gathering(gathering), since: before, at: now) }
        #expect(first.map { $0.contribution.changed - before } == Array(numbers.dropLast(2)))
        let rest = try await house.database.read { try $0.said(in: .gathering(gathering), since: before + 4, at: now) }
        #expect(rest.map { $0.contribution.changed - before } == [5, 6])
    }

    @Test(
        "only what its giver chose to show is on the wall, named only where they said so", arguments: Engine.available)
    func chosen(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        try await say("Ring at seven", at: gathered)
        let wall = gathered.address + "/wall"
        let first = try await gathered.table.founder.get(wall).body
        #expect(first.contains("Ring at seven") && first.contains("What would make going home feel safe?"))
        try await say("Signed in the room", at: gathered, signed: true)
        try await say("Not signed any more", at: gathered, wall: .named)
        #expect(try await !gathered.table.founder.get(wall).body.contains("wall-who"), "unnamed unless they say so")
        try await say("Signed words", at: gathered, signed: true, wall: .named)
        try await say("Not for the wall", at: gathered, wall: .no)
        try await say("Kept to themselves", at: gathered, shared: false)
        try await say("Taken back", at: gathered, takenBack: true)
        try await say("Set aside", at: gathered, setAside: true)
        let before = world.house.database.statements
        let page = try await gathered.table.founder.get(wall).body
        // The device, the gathering, who asks, the words, and the number that its live list starts from.
        #expect(world.house.database.statements - before == 5)
        #expect(page.contains("Signed words"))
        #expect(page.components(separatedBy: "<p class=\"wall-who\"><bdi>Asha").count == 2)
        for hidden in ["Not for the wall", "Kept to themselves", "Taken back", "Set aside"] {
            #expect(!page.contains(hidden))
        }
        world.wait(.days(4))
        #expect(try await gathered.table.founder.get(wall).body.contains("Set aside"), "it lapsed after three days")
    }

    @Test(
        "a wall without a code says that there is none yet, and thanks people once it is over",
        arguments: Engine.available)
    func noCode(engine: Engine) async throws {
        let world = try await World(engine)
        let gathered = try await Gathered(Table(world, by: world.person("Asha")))
        let (asha, thanks) = (gathered.table.founder, "Thank you for coming.")
        for page in ["/wall", "/way-in"] {
            let body = try await asha.get(gathered.address + page).body
            #expect(body.contains("This gathering has no code yet.") && !body.contains(thanks))
        }
        try await #require(asha.fill(gathered.address, sendingTo: gathered.address + "/closing").code == 303)
        for page in ["/wall", "/way-in"] {
            let body = try await asha.get(gathered.address + page).body
            #expect(!body.contains("This gathering has no code yet.") && body.contains(thanks))
        }
    }

    @Test("one tap covers the wall: the question and the code stay; one more uncovers it", arguments: Engine.available)
    func covered(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        try await say("Ring at seven", at: gathered)
        let (wall, way) = (gathered.address + "/wall", gathered.address + "/wall/covered")
        try await gathered.table.founder.fill(wall, sendingTo: way, ["covered": "yes"])
        let page = try await gathered.table.founder.get(wall).body
        #expect(!page.contains("Ring at seven"))
        #expect(page.contains("going home feel safe"))
        let code = try #require(gathered.code)
        #expect(page.contains(code))
        try await gathered.table.founder.fill(wall, sendingTo: way, ["covered": "no"])
        #expect(try await gathered.table.founder.get(wall).body.contains("Ring at seven"))

        let guest = try await gathered.guest()
        #expect(try await guest.get(wall).code == 200)
        let own = try await guest.get(gathered.address)
        #expect(try await guest.send(own, to: way, ["covered": "yes"]).code == 404)
        #expect(try await world.person("Zoe").get(wall).code == 404)
    }

    @Test(
        "a name in the room is no name on the wall until its giver ticks it, there and wherever a wall hangs",
        arguments: Engine.available)
    func namedOnTheWall(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (guest, id) = (try await gathered.guest("Ines"), try #require(ID<Gathering>(gathered.address.suffix(36))))
        let room = gathered.address + "/room"
        func say(_ words: String, _ fields: KeyValuePairs<String, String>) async throws -> Contribution {
            let pairs = [("words", words)] + fields.map { ($0.key, $0.value) }
            let page = try await guest.get(room)
            let answer = try await guest.send(page, to: gathered.address + "/contributions", pairs: pairs)
            try #require(answer.code == 303)
            return try await #require(
                world.house.database.read { db in
                    try db.one("select \(Contribution.columns) from contribution where words = \(words)") {
                        Contribution(row: $0)
                    }
                })
        }
        /// What the wall shows under some words: on its page, and to those who watch.
        func name(under words: String) async throws -> [String?] {
            let page = try await gathered.table.founder.get(gathered.address + "/wall").body
            let said = try await world.house.database.read { db in
                try db.said(in: .gathering(id), since: 0, at: world.house.now())
            }
            let piece = try #require(said.first { $0.contribution.words == words })
            let live = "\(wallPiece(piece, isCovered: false).html)"
            return [page, live].map { text in
                text.components(separatedBy: "<li ").first { $0.contains(words) }?
                    .firstMatch(of: /wall-who"><bdi>([^<]*)</).map { String($0.output.1) }
            }
        }
        #expect(try await guest.get(room).body.contains("With my name on the wall"))
        let plain = try await say("Ring at seven", ["bearing": "name", "wall": "yes"])
        #expect(plain.isSigned && plain.wall == .unnamed)
        #expect(try await name(under: "Ring at seven") == [nil, nil])
        let named = try await say("Say it twice", ["bearing": "name", "wall": "yes", "wall-name": "yes"])
        #expect(named.wall == .named)
        #expect(try await name(under: "Say it twice") == ["Ines", "Ines"])
        #expect(try await say("My card", ["bearing": "card", "wall": "yes", "wall-name": "yes"]).wall == .unnamed)
        #expect(try await say("Not there", ["bearing": "name", "wall-name": "yes"]).wall == .no)

        func show(_ piece: Contribution, _ fields: KeyValuePairs<String, String>) async throws {
            try await #require(guest.fill(piece.address, sendingTo: piece.address + "/showing", fields).code == 303)
        }
        try await show(plain, ["signed": "yes", "wall": "yes", "wall-name": "yes"])
        #expect(try await name(under: "Ring at seven") == ["Ines", "Ines"])
        try await show(named, ["wall": "yes", "wall-name": "yes"])
        #expect(try await name(under: "Say it twice") == [nil, nil])
        try await show(named, ["signed": "yes"])
        #expect(try await !gathered.table.founder.get(gathered.address + "/wall").body.contains("Say it twice"))
        let nameless = try await gathered.guest()
        #expect(try await !nameless.get(room).body.contains("With my name on the wall"))
    }

    @Test("receipts are dealt once, numbered on, and their words are kept nowhere", arguments: Engine.available)
    func dealing(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let (founder, way) = (gathered.table.founder, gathered.address + "/receipts")
        let ask = try await founder.get(way)
        for wrong in ["0", "121", "lots", ""] {
            #expect(try await founder.send(ask, to: way, ["count": wrong]).code == 422)
        }
        let sheet = try await founder.send(ask, to: way, ["count": "13"])
        #expect(sheet.code == 200)
        #expect(sheet.body.contains("Number 13") && sheet.body.matches(of: #/class="deal"/#).count == 2)
        #expect(sheet.body.matches(of: #/class="qr-code"/#).count == 13)
        #expect(sheet.body.contains("<li data-read hidden>") && sheet.body.contains("<li data-print hidden>"))
        #expect(!sheet.body.contains("/display"), "whoever goes away from it has lost its words")
        let again = try await founder.send(ask, to: way, ["count": "13"])
        #expect(again.code == 422 && again.body.contains("dealt already"))
        let more = try await founder.fill(way, ["count": "2"])
        #expect(more.body.contains("Number 14") && more.body.contains("Number 15"))

        let words = try #require(sheet.body.firstMatch(of: #/deal-words"[^>]*>([^<]+)</#)).output.1
        let slug = String(words).replacing(" ", with: "-")
        let (hash, kept) = (
            world.house.secret.hash(slug, for: "receipt"),
            try await world.house.database.read { try $0.all("select hash from receipt") { $0[0] as String } }
        )
        #expect(kept.count == 15 && kept.contains(hash) && !kept.contains(slug))

        let guest = try await gathered.guest()
        #expect(try await guest.get(way).code == 404)
        #expect(try await guest.send(guest.get(gathered.address), to: way, ["count": "1"]).code == 404)
    }
}
