import Foundation
import Storage

/// A house being brought into an empty one.
///
/// Everything is put together in the folder `restoring`, which nobody looks into. One act decides that it has arrived:
/// on SQLite that folder is renamed to `restored`, on PostgreSQL the transaction that fills the tables is committed,
/// with the arrival's id in it. Before it the house is empty, after it the house is whole; what is left to move is
/// moved now, or by whoever opens the house next.
struct Arrival: Sendable {
    static let coming = "restoring"
    static let come = "restored"
    static let idName = "id"

    let settings: Settings
    /// Begins to read the copy. It is read twice: to see that it is whole, and to put it in.
    let source: @Sendable () throws -> HouseFileReader
    /// What is to be done with it before anyone is let in.
    var before: @Sendable (Writer) throws -> Void = { _ in }
    private let id = UUID().uuidString.lowercased()

    init(settings: Settings, source: @escaping @Sendable () throws -> HouseFileReader) {
        self.settings = settings
        self.source = source
    }

    private var folder: URL { settings.data }
    private var restoring: URL { folder.appending(path: Self.coming, directoryHint: .isDirectory) }

    func bringIn(at now: Moment = Moment(Date())) async throws -> Copies.Report {
        let (heading, _, ending) = try source().verified()
        let known = Set(Migrations.all.map(\.name))
        guard known.isSuperset(of: heading.steps) else { throw CopyTrouble.newer(program: heading.program) }
        try Folder.make(folder)
        let occupancy = try Occupancy(folder, alone: true)
        defer { withExtendedLifetime(occupancy) {} }
        try await refuseUnlessEmpty()
        try Folder.remove(restoring)
        try Folder.make(restoring)
        try Data(id.utf8).write(to: restoring.appending(path: Self.idName))
        do {
            try await fill(heading, at: now)
        } catch {
            // Nobody can say whether the server had committed: whoever opens the house next asks it.
            if error as? StorageTrouble != .away { try? Folder.remove(restoring) }
            throw error
        }
        try Folder.rename(restoring, to: folder.appending(path: Self.come))
        try Folder.settle(folder)
        try Self.moveIn(folder)
        return Copies.Report(ending, made: Moment(heading.made))
    }

    private func refuseUnlessEmpty() async throws {
        if Folder.holds(Self.come, in: folder) { try Self.moveIn(folder) }
        guard settings.database == nil else {
            if Folder.holds(Self.coming, in: folder) { await Self.open(settings, orLeave: true)?.close() }
            return
        }
        guard Self.isKept(settings) else { return }
        let database = try Database.sqlite(at: Self.file(in: folder).path)
        let (tables, occupied) = try await database.read { db in
            (try db.tables(), try db.occupied(except: Migrations.mayHoldWhenEmpty))
        }
        await database.close()
        if let first = tables.first, !tables.contains("migration") { throw CopyTrouble.strange(table: first) }
        if occupied != nil { throw CopyTrouble.notEmpty(place: folder.path) }
    }

    private func fill(_ heading: HouseFile.Heading, at now: Moment) async throws {
        // Nobody waits for one statement of it: all of it is made safe below, before it counts.
        let database =
            try settings.database.map { try Database.postgres($0, connections: 1) }
            ?? .sqlite(at: Self.file(in: restoring).path, isDurable: false)
        let plan = FillingPlan(
            migrations: Migrations.all, steps: Set(heading.steps), counters: Migrations.counters,
            mayHold: Migrations.mayHoldWhenEmpty)
        do {
            try await database.fill(plan) { filling in
                try put(into: filling)
            } after: { db in
                try before(db)
                try db.run("insert into arrival (id, made, arrived) values (\(id), \(heading.made), \(now))")
                // On PostgreSQL the next thing is the commit, after which the secret must not be lost.
                try Folder.settleAll(in: restoring)
                try Folder.settle(folder)
            }
        } catch {
            await database.close()
            throw told(error)
        }
        await database.close()
        try Folder.settleAll(in: restoring)
    }

    private func told(_ error: any Error) -> any Error {
        let place = settings.database == nil ? folder.path : "that database"
        return switch error {
        case FillingTrouble.occupied: CopyTrouble.notEmpty(place: place)
        case FillingTrouble.strange(let table): CopyTrouble.strange(table: table)
        case FillingTrouble.inUse: CopyTrouble.inUse
        case FillingTrouble.broken: CopyTrouble.harmed
        case FillingTrouble.newer(let step): StorageTrouble.newer(migration: step)
        case StorageTrouble.full: CopyTrouble.noRoom(place)
        default: error
        }
    }

    // MARK: Putting in

    private func put(into filling: Filling) throws {
        let reader = try source()
        var tables = Dictionary(uniqueKeysWithValues: filling.tables.map { ($0.name, $0) })
        for name in Migrations.ofThePlace { tables[name] = nil }
        var record = try reader.next()
        while true {
            switch record {
            case .table(let table):
                // The steps that it names made these tables, so others are not what they say that they are.
                guard let ours = tables.removeValue(forKey: table.name), ours.holdsTheSame(as: table) else {
                    throw CopyTrouble.harmed
                }
                var after: HouseFile.Record?
                try filling.fill(table) {
                    let next = try reader.next()
                    if case .row(let values) = next { return values }
                    after = next
                    return nil
                }
                guard let after else { throw CopyTrouble.harmed }
                record = after
                continue
            case .counter(let counter):
                guard Migrations.counters.contains(counter.name) else { throw CopyTrouble.harmed }
                try filling.go(on: counter.name, from: counter.reached)
            case .secret(let bytes): try write(bytes, to: restoring.appending(path: Secret.name))
            case .file(let file): try write(file, from: reader)
            case .ending:
                guard tables.isEmpty else { throw CopyTrouble.harmed }
                return
            case .heading: break
            case .row, .piece: throw CopyTrouble.harmed
            }
            record = try reader.next()
        }
    }

    private func write(_ bytes: [UInt8], to place: URL) throws {
        let file = try DurableFile(place)
        try file.write(bytes)
        try file.finish()
    }

    private func write(_ file: HouseFile.File, from reader: HouseFileReader) throws {
        let place = restoring.appending(path: Copies.files).appending(path: file.path)
        try Folder.make(place.deletingLastPathComponent())
        let written = try DurableFile(place)
        var left = file.length
        while left > 0 {
            guard case .piece(let bytes) = try reader.next() else { throw CopyTrouble.harmed }
            try written.write(bytes)
            left -= Int64(bytes.count)
        }
        try written.finish()
    }
}

// MARK: Opening

extension Arrival {
    static func file(in folder: URL) -> URL { folder.appending(path: "roundtable.sqlite") }

    /// Whether a data folder has a data file, or one that has arrived and is still to be moved.
    static func isKept(_ settings: Settings) -> Bool {
        let name = file(in: settings.data).lastPathComponent
        return Folder.holds(name, in: settings.data) || Folder.holds("\(come)/\(name)", in: settings.data)
    }

    /// Opens the database of a house, once what arrived there has been moved in. Refuses a house that is half way.
    static func open(_ settings: Settings, connections: Int = 8) async throws -> Database {
        let folder = settings.data
        if Folder.holds(come, in: folder) { try moveIn(folder) }
        guard let url = settings.database else {
            try refuseHalfWay(folder)
            return try .sqlite(at: file(in: folder).path)
        }
        let database = try Database.postgres(url, connections: connections)
        guard Folder.holds(coming, in: folder) else { return database }
        do {
            let id = try? String(contentsOf: folder.appending(path: "\(coming)/\(idName)"), encoding: .utf8)
            let arrived = try await database.read { db in
                guard try db.tables().contains("arrival") else { return false }
                return try db.count("select count(*) from arrival where id = \(id)") > 0
            }
            guard arrived else {
                try refuseHalfWay(folder)
                return database
            }
            try Folder.rename(folder.appending(path: coming), to: folder.appending(path: come))
            try moveIn(folder)
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    /// The same for a house that may be half way, of which nothing is wanted.
    private static func open(_ settings: Settings, orLeave: Bool) async -> Database? {
        try? await open(settings, connections: 1)
    }

    private static func refuseHalfWay(_ folder: URL) throws {
        guard Folder.holds(coming, in: folder) else { return }
        throw CopyTrouble.halfWay(folder: folder.appending(path: coming).path)
    }

    /// Moves what has arrived to where it is kept. It may be broken off anywhere, and done again.
    static func moveIn(_ folder: URL) throws {
        let arrived = folder.appending(path: come)
        for name in try FileManager.default.contentsOfDirectory(atPath: arrived.path).sorted() where name != idName {
            let place = folder.appending(path: name)
            switch name {
            case file(in: folder).lastPathComponent:
                // The file of the empty house goes, and with it what it had not written into it yet.
                for end in ["", "-wal", "-shm"] {
                    try Folder.remove(place.deletingLastPathComponent().appending(path: name + end))
                }
            case Secret.name:
                // A secret may be the only one that opens something: it is put aside, and never lost.
                try putAside(place, unlessLike: arrived.appending(path: name))
            default: try Folder.remove(place)
            }
            try Folder.rename(arrived.appending(path: name), to: place)
        }
        try Folder.settle(folder)
        try Folder.remove(arrived)
        try Folder.settle(folder)
    }

    private static func putAside(_ secret: URL, unlessLike other: URL) throws {
        guard let bytes = try? Data(contentsOf: secret), bytes != (try? Data(contentsOf: other)) else { return }
        let stamp = Date().formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted))
        try Folder.rename(secret, to: secret.deletingLastPathComponent().appending(path: "secret-before-\(stamp)"))
    }
}

extension Table {
    /// Whether its columns are the same, whichever engine says so.
    fileprivate func holdsTheSame(as other: Table) -> Bool {
        name == other.name && columns.map(\.name) == other.columns.map(\.name)
            && columns.map(\.kind) == other.columns.map(\.kind)
    }
}
