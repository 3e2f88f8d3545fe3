import Foundation
import Storage

/// A whole house as one file: written while people go on writing, and brought into an empty house.
public enum Copies {
    /// What a copy holds, for whoever made it or brought it in.
    public struct Report: Sendable {
        /// How many rows of the database, and files of the house's own.
        public let rows: Int
        public let files: Int
        /// When the copy was made.
        public let made: Date
    }

    /// The folder in the data folder that holds the house's own files, such as pictures.
    static let files = "files"

    /// Writes the whole house, its secret included, to a file that only its owner may read. It is not sealed.
    @discardableResult
    public static func export(_ settings: Settings, to file: URL) async throws -> Report {
        try await write(settings) { try DurableFile(file) }
    }

    /// Brings a house file into an empty house. Whenever it is broken off, the house is empty still or whole.
    @discardableResult
    public static func bringIn(_ settings: Settings, from file: URL) async throws -> Report {
        let arrival = Arrival(settings: settings) { try HouseFileReader.open(file) }
        return try await arrival.bringIn()
    }

    /// Copies one moment of a house into what `begin` opens.
    static func write(
        _ settings: Settings, at now: Moment = Moment(Date()), into begin: @escaping @Sendable () throws -> any CopySink
    ) async throws -> Report {
        let occupancy = try Occupancy(settings.data)
        defer { withExtendedLifetime(occupancy) {} }
        guard settings.database != nil || Arrival.isKept(settings) else {
            throw CopyTrouble.noHouse(folder: settings.data.path)
        }
        let database = try await Arrival.open(settings, connections: 1)
        do {
            let secret = try Secret.bytes(in: settings.data)
            let ending = try await database.survey { survey in
                guard try survey.reader.tables().contains("migration") else {
                    throw CopyTrouble.noHouse(folder: settings.data.path)
                }
                let strangers = try Set(survey.migrations()).subtracting(Migrations.all.map(\.name))
                if let stranger = strangers.min() { throw StorageTrouble.newer(migration: stranger) }
                return try HouseFileWriter(begin()).write(
                    survey, secret, files: settings.data.appending(path: files), leavingOut: Migrations.ofThePlace,
                    counters: Migrations.counters, at: now)
            }
            await database.close()
            return Report(ending, made: now)
        } catch {
            await database.close()
            throw error
        }
    }
}

extension Copies.Report {
    init(_ ending: HouseFile.Ending, made: Moment) {
        self.init(rows: ending.rows.values.reduce(0, +), files: ending.files, made: made.date)
    }
}

extension Secret {
    /// The secret of a data folder that has one.
    static func bytes(in folder: URL) throws(CopyTrouble) -> [UInt8] {
        guard let bytes = try? Data(contentsOf: folder.appending(path: name)), bytes.count == length else {
            throw .noSecret(folder: folder.path)
        }
        return Array(bytes)
    }
}
