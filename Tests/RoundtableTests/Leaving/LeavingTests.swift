import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Leaving")
struct LeavingTests {
    /// Asha with a seat in a project, and three things that she said there; the third she kept to herself.
    private func scene(_ engine: Engine) async throws -> (World, Browser, [ID<Contribution>]) {
        let world = try await World(engine)
        let asha = try await world.person("Asha")
        let now = world.house.now()
        let project = Project(id: .signed(at: now), name: "Going home", began: now, laid: nil, version: 1)
        let seat = Seat(id: .signed(at: now), project: project.id, name: "Asha", member: now, convenes: true)
        let pieces = (0..<3).map { _ in ID<Contribution>.signed(at: now) }
        try await world.house.database.write { db in
            let person = try db.one("select id from person where name = 'Asha'") { $0[0] as ID<Person> }!
            _ = try db.begin(project, founder: seat, person: person)
            for (place, id) in pieces.enumerated() {
                let shared: Moment? = place == 2 ? nil : now
                try db.run(
                    """
                    insert into contribution (id, project, seat, words, language, direction, signed, on_wall, shared,
                        said, changed, version)
                    values (\(id), \(project.id), \(seat.id), \("Piece \(place)"), 'en', 'ltr', 1, 0, \(shared), \(now),
                        \(Int64(place)), 1)
                    """)
            }
        }
        return (world, asha, pieces)
    }

    private func words(of piece: ID<Contribution>, _ world: World) async throws -> (words: String, name: String) {
        try await world.house.database.read { db in
            try db.one(
                """
                select contribution.words, case when contribution.signed = 1 then seat.name else '' end
                from contribution join seat on seat.id = contribution.seat where contribution.id = \(piece)
                """
            ) { ($0[0], $0[1]) }!
        }
    }

    @Test("two taps and they are gone, and what they shared stays under their name", arguments: Engine.available)
    func twoTaps(engine: Engine) async throws {
        let (world, asha, pieces) = try await scene(engine)
        let page = try await asha.get("/leaving")
        #expect(page.code == 200)
        #expect(try await asha.send(page, to: "/leaving").location == "/farewell")
        #expect(try await asha.get("/me").code == 303)
        #expect(try await words(of: pieces[0], world) == ("Piece 0", "Asha"))
        #expect(try await words(of: pieces[2], world) == ("", ""), "what nobody else had seen goes")
        let people = try await world.house.database.read { try $0.count("select count(*) from person") }
        #expect(people == 0)
    }

    @Test("a wish for a piece holds against the wish for the rest", arguments: Engine.available)
    func pieceByPiece(engine: Engine) async throws {
        let (world, asha, pieces) = try await scene(engine)
        let page = try await asha.get("/leaving/pieces")
        try await asha.send(page, to: "/leaving", ["wish": "takenBack", "piece-\(pieces[1].text)": "withMyName"])
        #expect(try await words(of: pieces[0], world) == ("", ""))
        #expect(try await words(of: pieces[1], world) == ("Piece 1", "Asha"))
        let named = try await world.house.database.read {
            try $0.count("select count(*) from seat where name = 'Asha'")
        }
        #expect(named == 1, "the name stays beside that piece only")
    }

    @Test(
        "of one project too they choose piece by piece, and keep their place in the others",
        arguments: Engine.available)
    func pieceByPieceOfOne(engine: Engine) async throws {
        let (world, asha, pieces) = try await scene(engine)
        let project: String = try await #require(
            world.house.database.read { try $0.one("select project from contribution") { $0[0] } })
        let way = "/leaving/pieces?project=\(project)"
        #expect(try await !asha.get("/leaving").body.contains(way), "with one project it is all the same")
        let other = try #require(try await asha.fill("/projects/new", sendingTo: "/projects", ["name": "Tea"]).location)
        let said = ["words": "Stays", "bearing": "name"] as KeyValuePairs
        try await #require(
            asha.fill(other + "/contributions/new", sendingTo: other + "/contributions", said).code == 303)
        #expect(try await asha.get("/leaving").body.contains(way))
        let page = try await asha.get(way)
        #expect(page.body.contains("Piece 0") && !page.body.contains("Stays"))
        #expect(page.body.contains("You leave Going home, and keep your place everywhere else."))
        for wrong in [ID<Project>.anonymous().text, "x", ""] {
            #expect(try await asha.get("/leaving/pieces?project=\(wrong)").code == 404)
        }
        #expect(try await world.person("Zoe").get(way).code == 404)
        let left = try await asha.send(
            page, to: "/leaving",
            ["wish": "withMyName", "piece-\(pieces[0])": "takenBack", "project": try #require(page.value("project"))])
        #expect(left.location == "/farewell")
        #expect(try await words(of: pieces[0], world) == ("", ""))
        #expect(try await words(of: pieces[1], world) == ("Piece 1", "Asha"))
        #expect(try await asha.get("/projects/\(project)").code == 404)
        #expect(try await asha.get(other).body.contains("Stays"))
    }

    @Test("whoever said several thousand things says what becomes of each, and of the oldest together")
    func thousands() async throws {
        let (world, asha, pieces) = try await scene(.sqlite)
        let many = (0..<LeavingRoutes.mostPieces).map { _ in ID<Contribution>.signed(at: world.house.now()) }
        let later = world.house.now() + .minutes(1)
        try await world.house.database.write { db in
            for id in many {
                try db.run(
                    """
                    insert into contribution (id, project, seat, words, language, direction, signed, on_wall, shared, said,
                        changed, version)
                    select \(id), project, seat, 'More', 'en', 'ltr', 1, 0, \(later), \(later), 9, 1
                    from contribution where id = \(pieces[0])
                    """)
            }
        }
        let page = try await asha.get("/leaving/pieces").body
        #expect(page.contains("Here are the newest 4,000 things."))
        #expect(!page.contains("Piece 0") && !page.contains("piece-\(pieces[0])"))
        let token = try #require(try await asha.get("/leaving").value("guard"))
        let fields = many.map { ("piece-\($0)", "withMyName") } + [("wish", "takenBack"), ("guard", token)]
        #expect(try await asha.post("/leaving", fields).location == "/farewell")
        let kept = try await world.house.database.read {
            try $0.count("select count(*) from contribution where words <> ''")
        }
        #expect(kept == many.count)
    }

    @Test("unsigned leaves the words and no name", arguments: Engine.available)
    func unsigned(engine: Engine) async throws {
        let (world, asha, pieces) = try await scene(engine)
        try await asha.fill("/leaving", ["wish": "unsigned"])
        #expect(try await words(of: pieces[0], world) == ("Piece 0", ""))
        let named = try await world.house.database.read { try $0.count("select count(*) from seat where name <> ''") }
        #expect(named == 0)
    }

    @Test(
        "the parcel holds what they said, opens with its words for seven days, and with no others",
        arguments: Engine.available)
    func parcel(engine: Engine) async throws {
        let (world, asha, _) = try await scene(engine)
        try await asha.fill("/leaving", ["wish": "takenBack"])
        let farewell = try await asha.get("/farewell")
        let address = String(try #require(farewell.body.firstMatch(of: /\/words\/[a-z0-9-]+/)).output)
        let friend = world.browser()
        let file = try await friend.send(friend.get(address), to: address)
        #expect(file.code == 200)
        #expect(file.body.hasPrefix("PK"))
        #expect(try await friend.get("/words/\(SixWords.random().slug)").code == 422)

        // A chore that finds nothing due takes nothing.
        func parcels() async throws -> Int {
            try await world.house.database.read { try $0.count("select count(*) from parcel") }
        }
        await Housekeeping(house: world.house).doAll()
        #expect(try await parcels() == 1)
        world.wait(.days(8))
        #expect(try await friend.get(address).code == 422)
        await Housekeeping(house: world.house).doAll()
        #expect(try await parcels() == 0)
    }

    @Test("a zip holds the files given, and unzip reads it")
    func zip() throws {
        let file = try Zip.file(of: [
            ("a.txt", Array("Hello".utf8)), ("ŵ/é.txt", []), ("big", .init(repeating: 7, count: 1_000_000)),
        ])
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(file).write(to: folder.appending(path: "made.zip"))
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename, i.file_size) for i in z.infolist()])",
            folder.appending(path: "made.zip").path,
        ]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        python.waitUntilExit()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said == "[('a.txt', 5), ('ŵ/é.txt', 0), ('big', 1000000)]\n")
    }
}
