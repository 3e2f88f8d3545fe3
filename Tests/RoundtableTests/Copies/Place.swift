import Crypto
import Foundation
import StorageTesting
import Testing

@testable import Roundtable
@testable import Storage

/// Somewhere that a house can be: a data folder, and a database of its own on either engine.
struct Place: Sendable {
    let engine: Engine
    let settings: Settings
    private let database: TestPlace?

    /// Somewhere that nobody has been yet.
    init(_ engine: Engine) throws {
        self.engine = engine
        let data = URL(filePath: try TestFolder.make()).appending(path: "data").path
        guard engine == .postgres else {
            (settings, database) = (try Settings(flags: ["data": data]), nil)
            return
        }
        let place = try TestPlace(.postgres)
        let url = try TestServer.required()
        let mark = url.contains("?") ? "&" : "?"
        database = place
        settings = try Settings(flags: [
            "data": data, "database": "\(url)\(mark)options=-csearch_path%3D\(place.name)",
        ])
    }

    var data: URL { settings.data }

    /// A house here, for a test to walk through: one for each place, since its key stays in the folder.
    func world() async throws -> World {
        try Folder.make(data)
        let world = try await World(on: try await Arrival.open(settings))
        let key = world.house.secret.key.withUnsafeBytes { Data($0) }
        try key.write(to: data.appending(path: Secret.name))
        return world
    }

    /// Every row of every table, and the counter.
    func contents() async throws -> [String: Set<[Value]>] {
        let database = try await Arrival.open(settings)
        var contents = try await database.read { db in
            var contents: [String: Set<[Value]>] = [:]
            for table in try db.tables() where table != "change_counter" && table != "arrival" {
                contents[table] = []
                try db.session.rows(asWritten: "select * from \"\(table)\"") { row in
                    contents[table]!.insert((0..<row.count).map { row.value($0) })
                    return true
                }
            }
            return contents
        }
        // A database that is no house's has none.
        if contents["person"] != nil {
            let reached = try await database.survey { try $0.reached("change_counter") }
            contents["change_counter"] = [[.integer(reached)]]
        }
        await database.close()
        return contents
    }

    /// All bytes of every file in the data folder, one after another.
    func bytes() throws -> Data {
        try FileManager.default.subpathsOfDirectory(atPath: data.path).sorted().reduce(into: Data()) { all, name in
            all += (try? Data(contentsOf: data.appending(path: name))) ?? Data()
        }
    }
}

/// A file's name in a new folder.
func newFile(_ name: String = "house") throws -> URL {
    URL(filePath: try TestFolder.make()).appending(path: name)
}
