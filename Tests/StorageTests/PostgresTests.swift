import Foundation
import Storage
import StorageTesting
import Synchronization
import Testing

@Suite("PostgreSQL's own troubles", .enabled(if: Engine.available.contains(.postgres)))
struct PostgresTests {
    @Test("a connection that was cut is made again")
    func cutBetween() async throws {
        let database = try await Shelf.fresh(on: .postgres, connections: 1)
        try await database.write { try $0.put("before") }
        let first = try await Self.backend(database)
        try TestServer.cut(first)
        try await database.write { try $0.put("after") }
        #expect(try await database.read { try $0.ids() } == ["after", "before"])
        #expect(try await Self.backend(database) != first)
    }

    @Test("a write whose connection is cut in the middle is made again, once")
    func cutWithin() async throws {
        let database = try await Shelf.fresh(on: .postgres, connections: 1)
        let attempts = Mutex(0)
        try await database.write { db in
            try db.put("half")
            let isFirst = attempts.withLock { attempts in
                attempts += 1
                return attempts == 1
            }
            if isFirst {
                let backend = try #require(try db.one("select pg_backend_pid()") { $0[0] as Int })
                try TestServer.cut(backend)
            }
            try db.put("whole")
        }
        #expect(attempts.withLock(\.self) == 2)
        #expect(try await database.read { try $0.ids() } == ["half", "whole"])
    }

    @Test("it knows how much there is once it has taken stock")
    func stock() async throws {
        let database = try await Shelf.fresh(on: .postgres)
        try await database.write { db in for number in 1...10 { try db.put("\(number)") } }
        func known() async throws -> Int? {
            try await database.read { db in
                try db.one(
                    """
                    select cast(reltuples as bigint) from pg_class
                    where relname = 'shelf' and relnamespace = cast(current_schema() as regnamespace)
                    """
                ) { $0[0] }
            }
        }
        #expect(try await known() == -1, "nobody has looked, and so few are not looked at by themselves")
        try await database.takeStock()
        #expect(try await known() == 10)
    }

    @Test(
        "a server that isn't there is away, and no error says where it would have been", .timeLimit(.minutes(1)))
    func away() async throws {
        let database = try Database.postgres("postgres://someone:sekret@127.0.0.1:1/nowhere")
        let trouble = await #expect(throws: StorageTrouble.away) {
            try await database.read { try $0.count("select 1") }
        }
        #expect(!"\(trouble!)".contains("sekret"))
        let health = await database.check()
        #expect(health.reading == .away)
        #expect(!"\(health)".contains("sekret"))
    }

    @Test("a server that goes and comes back is used again")
    func goneAndBack() async throws {
        let folder = try TestFolder.make() + "/server"
        let url = try await Self.postgres("start", folder)
        let database = try Database.postgres(url, connections: 4)
        try await database.migrate(Shelf.history)
        try await database.write { try $0.put("before") }

        try await Self.postgres("halt", folder)
        await #expect(throws: StorageTrouble.away) { try await database.write { try $0.put("lost") } }
        await #expect(throws: StorageTrouble.away) { try await database.read { try $0.ids() } }

        try await Self.postgres("start", folder)
        // Nobody tries again for a moment after a connection failed.
        try await Task.sleep(for: .milliseconds(400))
        try await database.write { try $0.put("after") }
        #expect(try await database.read { try $0.ids() } == ["after", "before"])
        await database.close()
        try await Self.postgres("stop", folder)
    }

    @Test("statements that are forgotten to make room are prepared again")
    func manyStatements() async throws {
        let database = try await Shelf.fresh(on: .postgres, connections: 1)
        try await database.write { try $0.put("one", number: 1) }
        let found = try await database.read { db in
            try (1...600).map { length in
                let conditions = [SQL](repeating: "number = \(1)", count: length)
                return try db.count("select count(*) from shelf where \(conditions.joined(by: " and "))")
            }
        }
        #expect(found == [Int](repeating: 1, count: 600))
    }

    @Test("what a write announces reaches other programs once it is committed, and never its own")
    func announced() async throws {
        let place = try TestPlace(.postgres)
        let (one, other) = (try place.open(), try place.open())
        try await one.migrate(Shelf.history)
        let (ones, others) = (Heard(one), Heard(other))
        #expect(await others.come(to: [.unheard]))
        #expect(await ones.come(to: [.unheard]))
        try? await one.write { db in
            try db.announce("never")
            throw CancellationError()
        }
        try await one.write { db in
            try db.put("one")
            try db.announce("one")
        }
        try await other.write { try $0.announce("two") }
        #expect(await others.come(to: [.unheard, .said("one")]))
        #expect(await ones.come(to: [.unheard, .said("two")]))
        await one.close()
        await other.close()
        let isOver = await (ones.end(), others.end())
        #expect(isOver == (true, true), "a closed database has no more to say")
    }

    @Test("a program that could not hear for a while is told so, and hears again", .timeLimit(.minutes(1)))
    func unheard() async throws {
        let place = try TestPlace(.postgres)
        let (one, other) = (try place.open(), try place.open())
        try await one.migrate(Shelf.history)
        let heard = Heard(other)
        #expect(await heard.come(to: [.unheard]))
        let listening = try await one.read { db in
            try db.all(
                """
                select pid from pg_stat_activity
                where query = 'listen "roundtable_' || hashtext(current_schema()) || '"'
                """
            ) { $0[0] as Int }
        }
        try #require(!listening.isEmpty)
        for backend in listening { try TestServer.cut(backend) }
        #expect(await heard.come(to: [.unheard, .unheard]))
        try await one.write { try $0.announce("after") }
        #expect(await heard.come(to: [.unheard, .unheard, .said("after")]))
    }

    /// What a database's announcements have been so far.
    private final class Heard: Sendable {
        private let all = Mutex<[Announcement]>([])
        private let isOver = Mutex(false)

        init(_ database: Database) {
            let announcements = database.announcements()
            Task { [self] in
                for await announcement in announcements { all.withLock { $0.append(announcement) } }
                isOver.withLock { $0 = true }
            }
        }

        /// Waits for exactly these, and a moment longer for one too many.
        func come(to wanted: [Announcement]) async -> Bool {
            _ = await within(.seconds(10)) { self.all.withLock { $0.count >= wanted.count } }
            try? await Task.sleep(for: .milliseconds(100))
            return all.withLock(\.self) == wanted
        }

        func end() async -> Bool { await within(.seconds(5)) { self.isOver.withLock(\.self) } }

        private func within(_ time: Duration, _ holds: @Sendable () -> Bool) async -> Bool {
            let end = ContinuousClock.now + time
            while ContinuousClock.now < end, !holds() { try? await Task.sleep(for: .milliseconds(10)) }
            return holds()
        }
    }

    private static func backend(_ database: Database) async throws -> Int {
        try #require(try await database.read { try $0.one("select pg_backend_pid()") { $0[0] as Int } })
    }

    /// Runs bin/postgres and gives the line that it prints.
    @discardableResult
    private static func postgres(_ act: String, _ folder: String) async throws -> String {
        let output = try TestFolder.make() + "/output"
        try "".write(toFile: output, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL =
            URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../bin/postgres").standardized
        process.arguments = [act, folder]
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try #require(status == 0)
        return try String(contentsOfFile: output, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
