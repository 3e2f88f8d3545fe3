import Foundation
import Storage
import Synchronization

/// Why a backup could not be put back, as a sentence for whoever asked for it.
public enum RestoreTrouble: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nobody said what was let go of since the backup was made.
    case nothingKnown(file: String, since: Date)
    /// The file is of another time than the backup: it does not say what was let go of between the two.
    case otherHistory

    public var description: String {
        switch self {
        case .nothingKnown(let file, let since):
            """
            There is no file \(file). It says what people took back, and who left, after \(since.formatted(.iso8601)), \
            when this backup was made; without it all that would be there again. Name it with --let-go; or, if it is \
            lost, say --without-let-go, and tell people.
            """
        case .otherHistory:
            "That let-go file does not go with this backup: it is older, or of another time. Nothing was changed. Name the newest with --let-go."
        }
    }
}

extension Copies {
    /// Seals a copy of the whole house with words. The house may be open meanwhile.
    @discardableResult
    public static func backUp(_ settings: Settings, to file: URL, with words: BackupWords) async throws -> Report {
        try await backUp(settings, to: file, with: words, at: Moment(Date()), work: Sealed.work)
    }

    @discardableResult
    static func backUp(
        _ settings: Settings, to file: URL, with words: BackupWords, at now: Moment, work: UInt8
    ) async throws -> Report {
        let report = try await write(settings, at: now) {
            try SealingSink(DurableFile(file), Sealed.Heading(words, work: work))
        }
        try BackupRecord(now).keep(in: settings.data)
        return report
    }

    /// What was put back, and what was let go of again.
    public struct Restored: Sendable {
        public let report: Report
        public let again: Told
    }

    /// Puts a backup back into an empty house, and lets go again of what was let go of since.
    ///
    /// - Parameter letGo: the file that says what that was; nothing to do without, and have it all back.
    public static func restore(
        _ settings: Settings, from file: URL, with words: BackupWords, letGo: URL?
    ) async throws -> Restored {
        let first = try OpeningSource(file, words)
        let (heading, secret, _) = try HouseFileReader(first).verified()
        let acts: [LetGo]?
        do {
            acts = try letGo.map { try LetGoFile.read($0, secret) }
        } catch LetGoFile.Trouble.missing(let path) {
            throw RestoreTrouble.nothingKnown(file: path, since: Moment(heading.made).date)
        }
        let (again, sealed) = (LettingGoAgain(acts: acts), first.heading)
        let told = Mutex(Told())
        var arrival = Arrival(settings: settings) { try HouseFileReader(OpeningSource(file, again: sealed)) }
        arrival.before = { db in
            let done = try again.apply(db)
            told.withLock { $0 = done }
        }
        return Restored(report: try await arrival.bringIn(), again: told.withLock { $0 })
    }

    /// The file that a restore into this folder looks for.
    public static func letGoFile(of settings: Settings) -> URL { settings.data.appending(path: LetGoFile.name) }
}

/// When the last backup was made, in a small file in the data folder.
struct BackupRecord: Sendable, Equatable {
    static let name = "last-backup"
    let made: Moment

    init(_ made: Moment) { self.made = made }

    /// What is kept in a folder, if there is anything.
    init?(in folder: URL) {
        guard let text = try? String(contentsOf: folder.appending(path: Self.name), encoding: .utf8),
            let date = try? Date(text.trimmingCharacters(in: .whitespacesAndNewlines), strategy: .iso8601)
        else { return nil }
        made = Moment(date)
    }

    func keep(in folder: URL) throws {
        let file = try DurableFile(folder.appending(path: Self.name))
        try file.write(Array("\(made.written)\n".utf8))
        try file.finish()
    }
}
