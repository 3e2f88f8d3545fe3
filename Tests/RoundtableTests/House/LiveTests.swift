import Foundation
import Markup
import NIOCore
import Storage
import StorageTesting
import Testing

@testable import Roundtable

/// What is told over real connections, by a server on a port of its own.
@Suite("Live")
struct LiveTests {
    let place = LivePlace.project(.anonymous())

    @Test("a listener catches up, then hears each change as it comes, and hears nothing of another place")
    func hears() async throws {
        let board = Board()
        _ = await board.write("before", "earlier & <b>")
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let ear = try await hall.listener()
            #expect(await Ear.until { ear.events.count == 1 })
            #expect(ear.text.contains("X-Accel-Buffering: no"))
            #expect(ear.text.contains("Content-Type: text/event-stream"))
            #expect(await Ear.until { hall.live.listeners == 1 })

            hall.live.tell(.project(.anonymous()), changed: 2)
            try await Task.sleep(for: .milliseconds(200))
            #expect(await board.reads == 1, "only what is told of this place is read")

            hall.live.tell(place, changed: await board.write("one", "line\nand line"))
            #expect(await Ear.until { ear.events.count == 2 })
            hall.live.tell(place, changed: await board.write("one", "gone"))
            #expect(await Ear.until { ear.events.count == 3 })
            #expect(
                ear.events == [
                    .init(id: 1, kind: "piece", data: "<li id=\"before\">Heard: earlier &amp; &lt;b&gt;</li>"),
                    .init(id: 2, kind: "piece", data: "<li id=\"one\">Heard: line\nand line</li>"),
                    .init(id: 3, kind: "gone", data: "one"),
                ])
        }
    }

    @Test("each hears in their own language, and a burst of changes is read a few times, however many listen")
    func languages() async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            var english: [Ear] = []
            var welsh: [Ear] = []
            for _ in 0..<30 {
                english.append(try await hall.listener(in: "en"))
                welsh.append(try await hall.listener(in: "cy"))
            }
            #expect(await Ear.until { await board.reads == 60 }, "each catches up once")
            for number in 0..<100 {
                hall.live.tell(place, changed: await board.write("note-\(number)", "\(number)"))
            }
            let (all, others) = (english, welsh)
            #expect(await Ear.until { all.allSatisfy { $0.events.count == 100 } })
            #expect(await Ear.until { others.allSatisfy { $0.events.count == 100 } })
            #expect(Set(all.flatMap { $0.events.map(\.id) }).count == 100)
            #expect(all.allSatisfy { ear in ear.events.allSatisfy { $0.data.contains("Heard: ") } })
            #expect(others.allSatisfy { ear in ear.events.allSatisfy { $0.data.contains("Clywed: ") } })
            let reads = await board.reads - 60
            #expect(reads <= 20, "a hundred changes for sixty people were read \(reads) times")
        }
    }

    @Test(
        "who drops and comes back misses nothing and hears nothing twice, while many write",
        arguments: Engine.available)
    func resumes(engine: Engine) async throws {
        let wall = try await WrittenWall(engine)
        try await Hall.open(engine, at: .project(wall.project), fetch: wall.pieces) { hall in
            let (writers, each) = (8, 25)
            async let writing: Void = wall.write(writers, each, telling: hall.live)
            let steady = try await hall.listener()
            var dropping: [[Ear.Event]] = []
            var last: Int64 = 0
            while Set(dropping.joined().map(\.data)).count < writers * each {
                try #require(dropping.count < 400, "it never heard everything")
                let ear = try await hall.listener(since: 0, lastEventID: last)
                // Long enough to hear some of what is new, in the middle of it.
                _ = await Ear.until(.milliseconds(60)) { ear.events.count > 7 }
                await ear.hangUp()
                dropping.append(ear.events)
                last = ear.events.last?.id ?? last
            }
            try await writing
            #expect(await Ear.until { steady.events.count >= writers * each })
            let everything = try await wall.ids()
            #expect(everything.count == writers * each)
            #expect(Set(steady.events.map(\.id)) == everything)
            #expect(steady.events.count == everything.count, "the one who stayed heard something twice")

            let came = dropping.joined().map(\.id)
            #expect(dropping.count > 2, "it has to drop for this to mean anything")
            #expect(Set(came) == everything, "something was missed")
            for events in dropping { #expect(Set(events.map(\.id)).count == events.count) }
            // On PostgreSQL it may be sent again what stands at or below its own number; the page keeps one.
            if engine == .sqlite { #expect(came.count == everything.count, "something came twice") }
        }
    }

    @Test("the house closes at once while two hundred listen, and hangs up on them")
    func closes() async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            var ears: [Ear] = []
            for _ in 0..<200 { ears.append(try await hall.listener()) }
            #expect(await Ear.until { await board.reads == 200 && hall.live.listeners == 200 })
            let (all, start) = (ears, ContinuousClock.now)
            await hall.close()
            #expect(await Ear.until { all.allSatisfy(\.isClosed) })
            // Milliseconds on a machine of its own; this one runs every other test as well.
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(await Ear.until { hall.live.listeners == 0 })
        }
    }

    @Test("who is further behind than one read gives hears all of it, and those who listen beside them miss nothing")
    func farBehind() async throws {
        let board = Board()
        let many = Int64(Live.mostRead * 5 / 2)
        for number in 1...many { _ = await board.write("piece-\(number)") }
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let behind = try await hall.listener()
            #expect(await Ear.until { behind.events.map(\.id) == Array(1...many) })
            let beside = try await hall.listener(since: many)
            #expect(await Ear.until { hall.live.listeners == 2 })
            hall.live.tell(place, changed: await board.write("piece-new"))
            #expect(await Ear.until { beside.events.map(\.id) == [many + 1] })
            #expect(await Ear.until { behind.events.map(\.id) == Array(1...(many + 1)) })
        }
    }

    @Test("only with the last of those that changed under one number has anybody all of it")
    func oneNumber() throws {
        let pieces = [(3, "a"), (4, "b"), (4, "c"), (4, "d"), (6, "e")].map { changed, element in
            LivePiece(element: element, changed: changed, html: "<li></li>")
        }
        let written = LiveBatch(pieces).events(atOnce: 5).map { String(buffer: $0) }.joined()
        let ids = written.split(separator: "\n").filter { $0.hasPrefix("id: ") }
        #expect(ids == ["id: 3", "id: 3", "id: 3", "id: 4", "id: 6"])
    }

    @Test("a device that is signed out hears no more, and the others do")
    func signedOut() async throws {
        let (board, device) = (Board(), ID<Device>.anonymous())
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let (lost, kept) = (try await hall.listener(on: device), try await hall.listener(on: .anonymous()))
            #expect(await Ear.until { await board.reads == 2 && hall.live.listeners == 2 })
            hall.live.hangUp { $0.device == device }
            #expect(await Ear.until { lost.isClosed && hall.live.listeners == 1 })
            hall.live.tell(place, changed: await board.write("one", "said"))
            #expect(await Ear.until { kept.text.contains("said") })
            #expect(!lost.text.contains("said"))
        }
    }

    @Test("whoever takes nothing is hung up on, and the others hear it all")
    func slow() async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let (quick, slow) = (try await hall.listener(), try await hall.listener(reading: false))
            #expect(await Ear.until { await board.reads == 2 && hall.live.listeners == 2 })
            let words = String(repeating: "a long story ", count: 20_000)
            for number in 1...40 {
                hall.live.tell(place, changed: await board.write("story", words))
                #expect(await Ear.until { quick.bytes > number * words.utf8.count })
                if hall.live.listeners == 1 { break }
            }
            #expect(await Ear.until { hall.live.listeners == 1 }, "the slow one is still held")
            #expect(!quick.isClosed)
            await slow.hangUp()
        }
    }

    @Test("who hangs up is forgotten at once, and the door says so kindly when no more may come in")
    func limits() async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, seats: 300, fetch: board.fetch) { hall in
            let first = try await hall.listener()
            #expect(await Ear.until { hall.live.listeners == 1 })
            await first.hangUp()
            #expect(await Ear.until { hall.live.listeners == 0 })

            try #require(hall.live.most == 300)
            var held: [Ear] = []
            for _ in 0..<hall.live.most { held.append(try await hall.listener()) }
            #expect(await Ear.until(.seconds(30)) { hall.live.listeners == hall.live.most })
            let late = try await hall.listener()
            #expect(await Ear.until { late.text.contains("503") })
            #expect(late.text.contains("Retry-After: 30"))
            await held[0].hangUp()
            #expect(await Ear.until { hall.live.listeners == hall.live.most - 1 })
            let next = try await hall.listener()
            #expect(await Ear.until { next.text.contains("200 OK") })
        }
    }

    @Test("numbers told of late, or that a listener made up, lose nothing", arguments: [Engine.sqlite, .postgres])
    func numbers(engine: Engine) async throws {
        let board = Board()
        try await Hall.open(engine, at: place, fetch: board.fetch) { hall in
            let liar = try await hall.listener(since: .min)
            let other = try await hall.listener(since: .max)
            #expect(await Ear.until { await board.reads == 2 })
            for element in ["one", "two", "three"] { _ = await board.write(element) }
            hall.live.tell(place, changed: 3)
            #expect(await Ear.until { liar.events.map(\.id) == [1, 2, 3] }, "what is below comes with it, in order")
            hall.live.tell(place, changed: 1)
            hall.live.tell(place, changed: 2)
            hall.live.tell(place, changed: await board.write("four"))
            #expect(await Ear.until { liar.events.map(\.id) == [1, 2, 3, 4] })
            #expect(!other.isClosed)
        }
    }

    @Test("when what is new can't be read, everybody comes again and misses nothing")
    func recovers() async throws {
        let board = Board()
        let trouble = Trouble()
        try await Hall.open(.sqlite, at: place) { since, t in
            try await trouble.pass()
            return await board.pieces(since: since, t)
        } _: { hall in
            let ear = try await hall.listener()
            #expect(await Ear.until { hall.live.listeners == 1 && ear.text.contains("200 OK") })
            #expect(await Ear.until { await board.reads == 1 })
            await trouble.begins()
            hall.live.tell(place, changed: await board.write("one"))
            #expect(await Ear.until { ear.isClosed })
            #expect(ear.events.isEmpty)
            await trouble.ends()
            let again = try await hall.listener()
            #expect(await Ear.until { again.events.map(\.id) == [1] })
        }
    }
}

/// A database that is away for a while.
private actor Trouble {
    private var isOn = false
    func begins() { isOn = true }
    func ends() { isOn = false }
    func pass() throws { if isOn { throw StorageTrouble.away } }
}

/// Contributions of a project in a real database, and people who write them at the same time.
private struct WrittenWall: Sendable {
    let database: Database
    let project: ID<Project> = .anonymous()

    init(_ engine: Engine) async throws {
        database = try await engine.fresh(connections: 8)
        try await database.migrate(Migrations.all)
        let project = project
        try await database.write { db in
            try db.run(
                "insert into project (id, name, began, version) values (\(project), 'Getting home', \(World.beginning), 1)"
            )
        }
    }

    @Sendable func pieces(since: Int64, _ t: Words) async throws -> [LivePiece] {
        let project = project
        return try await database.read { db in
            try db.all(
                """
                select id, words, changed from contribution
                where project = \(project) and changed > \(since) order by changed
                """
            ) { row in
                let (id, words): (String, String) = (row[0], row[1])
                return LivePiece(element: id, changed: row[2], html: "<li id=\"\(id)\">\(words)</li>")
            }
        }
    }

    func write(_ writers: Int, _ each: Int, telling live: Live) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for writer in 0..<writers {
                tasks.addTask {
                    for number in 0..<each {
                        live.tell(.project(project), changed: try await add("\(writer), \(number)"))
                        try await Task.sleep(for: .milliseconds(.random(in: 0...20)))
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    private func add(_ words: String) async throws -> Int64 {
        let (project, id) = (project, ID<Contribution>.signed(at: World.beginning))
        return try await database.write { db in
            let changed = try db.nextChange()
            try db.run(
                """
                insert into contribution (id, project, words, language, direction, signed, on_wall, said, changed, version)
                values (\(id), \(project), \(words), 'en', 'ltr', \(false), \(false), \(World.beginning), \(changed), 1)
                """)
            return changed
        }
    }

    func ids() async throws -> Set<Int64> {
        Set(try await database.read { try $0.all("select changed from contribution") { $0[0] as Int64 } })
    }
}
