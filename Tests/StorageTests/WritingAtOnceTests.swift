import Foundation
import StorageTesting
import Synchronization
import Testing

@testable import Storage

@Suite("Many writing at once")
struct WritingAtOnceTests {
    struct Stop: Error, Equatable {
        let number: Int
    }

    @Test("a hundred writers are all answered, and all that they wrote is there", arguments: Engine.available)
    func hundred(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine, connections: 8)
        let answered = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...100 {
                group.addTask {
                    try await database.write { db in
                        try db.put("writer \(number)")
                        return "writer \(number)"
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answered.count == 100)
        #expect(Set(try await database.read { try $0.ids() }) == answered)
    }

    @Test("one that fails among fifty is alone in it", arguments: Engine.available)
    func oneThrower(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine, connections: 1)
        let outcomes = try await Self.writing(50, behindOne: database) { db, number in
            try db.put("\(number)")
            if number == 25 { throw Stop(number: number) }
        }
        let failed = outcomes.filter { $0.value != nil }
        #expect(failed.keys.sorted() == [25])
        #expect(failed[25] as? Stop == Stop(number: 25))
        let ids = try await database.read { try $0.ids() }
        #expect(Set(ids) == Set((1...50).filter { $0 != 25 }.map(String.init)).union(["first"]))
    }

    @Test("a rule looked at only on committing fails its own writer alone", arguments: Engine.available)
    func deferredRule(engine: Engine) async throws {
        let database = try await engine.fresh(connections: 1)
        try await database.migrate(
            Shelf.history + [
                Migration(
                    "promise",
                    """
                    create table promise (
                        id text primary key not null,
                        shelf text references shelf (id) deferrable initially deferred
                    )
                    """)
            ])
        let outcomes = try await Self.writing(10, behindOne: database) { db, number in
            // Nobody fails over a row that never came to be.
            if try db.count("select count(*) from promise where id = \("4")") > 0 { throw Stop(number: number) }
            let shelf = number == 4 ? "nowhere" : "first"
            try db.run("insert into promise (id, shelf) values (\("\(number)"), \(shelf))")
        }
        #expect(outcomes.filter { $0.value != nil }.keys.sorted() == [4])
        #expect((outcomes[4] as? ConstraintViolation)?.kind == .foreignKey)
        #expect(try await database.read { try $0.count("select count(*) from promise") } == 9)
    }

    @Test("adding one to what was read loses no one's", arguments: Engine.available)
    func lostUpdates(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine, connections: 8)
        try await database.write { try $0.put("tally", number: 0) }
        try await withThrowingTaskGroup { group in
            for _ in 1...8 {
                group.addTask {
                    for _ in 1...25 {
                        try await database.write { db in
                            let now = try db.count("select number from shelf where id = \("tally")")
                            try db.run("update shelf set number = \(now + 1) where id = \("tally")")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read { try $0.count("select number from shelf") } == 200)
    }

    @Test("a write that is cancelled while it waits is never made", arguments: Engine.available)
    func cancelled(engine: Engine) async throws {
        let database = try await Shelf.fresh(on: engine, connections: 1)
        let gate = Gate()
        async let first: Void = database.write { db in
            gate.wait()
            try db.put("first")
        }
        try await gate.reached()
        let second = Task { try await database.write { try $0.put("second") } }
        try await eventually { database.waiting == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(database.waiting == 0)
        gate.open()
        try await first
        #expect(try await database.read { try $0.ids() } == ["first"])
    }

    @Test("when too many wait, the next is told so at once, and those who wait are served", arguments: Engine.available)
    func tooMany(engine: Engine) async throws {
        let most = engine == .sqlite ? GroupCommit.mostWaiting : PostgresLine.mostWaiting
        let database = try await Shelf.fresh(on: engine, connections: 1)
        let gate = Gate()
        let first = Task { try await database.write { _ in gate.wait() } }
        try await gate.reached()
        let served = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...most {
                group.addTask { try await database.write { _ in number } }
            }
            try await eventually { database.waiting == most }
            await #expect(throws: StorageTrouble.busy) { try await database.write { try $0.put("one too many") } }
            gate.open()
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(try await first.value, "the gate was opened, and not waited out")
        #expect(served.count == most)
        #expect(try await database.read { try $0.ids() } == [])
    }

    @Test(
        "a program killed while a hundred write has kept all that it acknowledged", arguments: Engine.available, 1...3)
    func killed(engine: Engine, time: Int) async throws {
        let place = try TestPlace(engine)
        let noted = try TestFolder.make() + "/acknowledged"
        try "".write(toFile: noted, atomically: true, encoding: .utf8)
        await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as TestPlace, noted = noted as String] in
            try await writeUntilKilled(place, noted)
        }
        let acknowledged = try String(contentsOfFile: noted, encoding: .utf8).split(separator: "\n").map(String.init)
        try #require(acknowledged.count >= 100)
        let database = try place.open()
        let kept = try await database.read { try $0.ids() }
        #expect(Set(acknowledged).subtracting(kept) == [])
        #expect(Set(kept).count == kept.count)
        #expect(await database.check(thoroughly: true).isWell)
    }

    /// Holds the one writer until so many others wait, then lets them all go, and says how each ended.
    static func writing(
        _ count: Int, behindOne database: Database, _ body: @escaping @Sendable (Writer, Int) throws -> Void
    ) async throws -> [Int: (any Error)?] {
        let gate = Gate()
        let first = Task {
            try await database.write { db in
                gate.wait()
                try db.put("first")
            }
        }
        try await gate.reached()
        return try await withThrowingTaskGroup(of: (Int, (any Error)?).self) { group in
            for number in 1...count {
                group.addTask {
                    do {
                        try await database.write { try body($0, number) }
                        return (number, nil)
                    } catch {
                        return (number, error)
                    }
                }
            }
            try await eventually { database.waiting == count }
            gate.open()
            try await first.value
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}

/// A hundred write, noting what was acknowledged, until the program is killed in the middle of it.
private func writeUntilKilled(_ place: TestPlace, _ noted: String) async throws {
    let database = try place.open(connections: 8, isDurable: true)
    try await database.migrate(Shelf.history)
    let notebook = try Notebook(noted, killsAfter: .random(in: 100...3000))
    try await withThrowingTaskGroup { group in
        for writer in 1...100 {
            group.addTask {
                for number in 1...1000 {
                    try await database.write { try $0.put("\(writer)-\(number)") }
                    notebook.note("\(writer)-\(number)")
                }
            }
        }
        try await group.waitForAll()
    }
}

/// Where a program that is about to die writes down what it was told.
private final class Notebook: Sendable {
    private let left: Mutex<Int>
    nonisolated(unsafe) private let file: UnsafeMutablePointer<FILE>

    init(_ path: String, killsAfter count: Int) throws {
        left = Mutex(count)
        file = try #require(fopen(path, "a"))
    }

    func note(_ id: String) {
        left.withLock { left in
            fputs("\(id)\n", file)
            fflush(file)
            left -= 1
            if left == 0 { kill(getpid(), SIGKILL) }
        }
    }
}
