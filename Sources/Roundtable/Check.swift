import Foundation
import Storage

/// What a look over a house found, as sentences for whoever hosts it. A look changes nothing.
public struct CheckUp: Sendable {
    /// One thing that was looked at.
    public struct Finding: Sendable, Codable, Equatable {
        public enum Standing: String, Sendable, Codable {
            /// As it should be.
            case well
            /// Works, and would be better otherwise.
            case mind
            /// Somebody needs to do something.
            case act
        }

        public let about: String
        public let standing: Standing
        public let sentence: String
    }

    public let findings: [Finding]
    public var isWell: Bool { !findings.contains { $0.standing == .act } }

    /// Less than this and writing soon stops: a data file copies itself when it is tidied.
    static let leastSpace = 200_000_000
    /// Less than this and it is time to look for more.
    static let littleSpace = 2_000_000_000
    /// A clock this far behind what was last written was set back, or was wrong then.
    static let clockSlack = Duration.minutes(2)
    /// A clock that shows a time before this program was written is wrong.
    static let earliest = Moment(1_767_225_600_000)

    /// A backup older than this has not been made every night.
    static let oldestBackup = Duration.days(7)

    /// Looks over the house that these settings name, whether or not it is being served.
    public static func of(_ settings: Settings) async -> CheckUp {
        await of(settings, now: Moment(Date()))
    }

    static func of(_ settings: Settings, now: Moment) async -> CheckUp {
        var findings = folder(settings.data)
        guard findings.allSatisfy({ $0.standing != .act || $0.about == "secret" }) else {
            return CheckUp(findings: findings)
        }
        findings.append(space(settings.data))
        findings.append(backup(BackupRecord(in: settings.data), now: now))
        findings += await database(settings, now: now)
        return CheckUp(findings: findings)
    }

    // MARK: The folder

    /// The data folder and what lies in it: there, and its owner's alone.
    static func folder(_ folder: URL) -> [Finding] {
        let path = folder.path
        guard let rights = rights(of: path) else {
            return [
                Finding(
                    "folder", .act, "There is no data folder at \(path). `roundtable serve` makes one the first time.")
            ]
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return [Finding("folder", .act, "You can't write in the data folder \(path). Run this as its owner.")]
        }
        let open = rights & 0o077 != 0
        return [
            open
                ? Finding("folder", .act, "Others on this machine can look into the data folder: chmod 700 \(path)")
                : Finding("folder", .well, "The data folder is yours alone.")
        ] + [secret(folder), receipts(folder)].compactMap { $0 }
    }

    private static func secret(_ folder: URL) -> Finding {
        let file = folder.appending(path: "secret")
        guard let rights = rights(of: file.path) else {
            return Finding(
                "secret", .act,
                "There is no secret in the data folder. If this house was used before, put it back from a copy: without it nobody's words open anything. If it is new, `roundtable serve` makes it."
            )
        }
        guard let bytes = try? Data(contentsOf: file), bytes.count == Secret.length else {
            return Finding("secret", .act, "The secret can't be read, or is spoiled: put it back from a copy.")
        }
        guard rights & 0o077 == 0 else {
            return Finding("secret", .act, "Others on this machine can read the secret: chmod 600 \(file.path)")
        }
        return Finding("secret", .well, "The secret is there, and yours alone.")
    }

    private static func receipts(_ folder: URL) -> Finding? {
        let file = folder.appending(path: "receipts.txt").path
        guard let rights = rights(of: file) else { return nil }
        guard rights & 0o077 == 0 else {
            return Finding("receipts", .act, "Others on this machine can read people's receipts: chmod 600 \(file)")
        }
        return Finding("receipts", .mind, "People's receipts lie in \(file). Delete it once they have been handed out.")
    }

    private static func rights(of path: String) -> Int? {
        try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private static func space(_ folder: URL) -> Finding {
        let free = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? NSNumber
        return space(left: free?.int64Value)
    }

    /// - Parameter left: bytes that can still be written where the data lies, if that could be found out.
    static func space(left: Int64?) -> Finding {
        guard let left else {
            return Finding("disk", .mind, "How much room is left on the disk could not be found out.")
        }
        let said = left.formatted(.byteCount(style: .file).locale(Locale(identifier: "en_GB")))
        if left < leastSpace {
            return Finding("disk", .act, "The disk is nearly full, with \(said) left. Make room now.")
        }
        if left < littleSpace { return Finding("disk", .mind, "There is little room on the disk: \(said) left.") }
        return Finding("disk", .well, "There is room on the disk: \(said) left.")
    }

    static func backup(_ record: BackupRecord?, now: Moment) -> Finding {
        guard let record else {
            return Finding("backup", .mind, "No backup has been made yet. `roundtable backup` makes one.")
        }
        let day = record.made.date.formatted(.iso8601.year().month().day())
        guard now < record.made + oldestBackup else {
            return Finding("backup", .mind, "The last backup was made on \(day), more than a week ago.")
        }
        return Finding("backup", .well, "The last backup was made on \(day).")
    }

    // MARK: The database

    private static func database(_ settings: Settings, now: Moment) async -> [Finding] {
        let file = settings.data.appending(path: "roundtable.sqlite").path
        if settings.database == nil, !FileManager.default.fileExists(atPath: file) {
            return [
                Finding("database", .act, "There is no database yet. `roundtable serve` makes one the first time.")
            ]
        }
        do {
            let database = try settings.database.map { try Database.postgres($0, connections: 1) } ?? .sqlite(at: file)
            let findings = await look(at: database, now: now)
            await database.close()
            return findings
        } catch {
            return [Finding("database", .act, sentence(error))]
        }
    }

    /// Looks at a database that is open.
    static func look(at database: Database, now: Moment) async -> [Finding] {
        do {
            let steps = try await database.read { db in
                Set(try db.all("select name from migration") { $0[0] as String })
            }
            let known = Set(Migrations.all.map(\.name))
            if let newer = steps.subtracting(known).min() {
                return [Finding("tables", .act, sentence(StorageTrouble.newer(migration: newer)))]
            }
            guard steps == known else {
                return [
                    Finding(
                        "tables", .act,
                        "The tables are from an earlier Roundtable. Copy the data folder, then start `roundtable serve`: it brings them up to date."
                    )
                ]
            }
        } catch let StorageTrouble.fault(code, _) {
            return [
                Finding("tables", .act, "This is not a Roundtable database, or it has never been served (\(code)).")
            ]
        } catch {
            return [Finding("database", .act, sentence(error))]
        }
        var findings = [Finding("tables", .well, "The tables are up to date.")]
        findings += health(await database.check(thoroughly: true))
        do {
            let (newest, stuck) = try await database.read { try ($0.newestMoment(), $0.stuckLetters()) }
            return findings + [clock(now, newest: newest), letters(stuck: stuck)]
        } catch {
            return findings + [Finding("database", .act, sentence(error))]
        }
    }

    static func health(_ health: Health) -> [Finding] {
        if let trouble = health.reading { return [Finding("database", .act, sentence(trouble))] }
        var findings: [Finding] = []
        if let trouble = health.writing {
            findings.append(Finding("database", .act, "The database can be read but not written. \(sentence(trouble))"))
        }
        findings += health.harm.map { harm in
            Finding("database", .act, "The data file is harmed (\(harm)). Stop the house and put back your last copy.")
        }
        guard findings.isEmpty else { return findings }
        let engine = health.engine == .sqlite ? "SQLite" : "PostgreSQL"
        let version = health.version ?? ""
        return [
            Finding("database", .well, "The database can be read and written, and is whole (\(engine) \(version)).")
        ]
    }

    static func clock(_ now: Moment, newest: Moment?) -> Finding {
        if now < earliest { return Finding("clock", .act, "The clock shows a year that is long past. Set it right.") }
        if let newest, now + clockSlack < newest {
            return Finding(
                "clock", .act,
                "The clock is behind something that was written here before. Set it right; nothing is lost, but times will look odd."
            )
        }
        return Finding("clock", .well, "The clock makes sense.")
    }

    static func letters(stuck: Int) -> Finding {
        stuck == 0
            ? Finding("letters", .well, "Every letter was delivered, or is on its way.")
            : Finding("letters", .act, "Letters that could not be delivered after \(Post.mostTries) tries: \(stuck).")
    }

    /// What a trouble means, for whoever hosts. It names no value.
    public static func sentence(_ error: any Error) -> String {
        switch error {
        case StorageTrouble.away: "The database server can't be reached. Is it running, and is --database right?"
        case StorageTrouble.full: "There is no room left to write. Make room on the disk."
        case StorageTrouble.busy: "The database is too busy to answer. Try again in a moment."
        case StorageTrouble.newer: "A newer Roundtable has used this database. Run that one, or put back an older copy."
        case StorageTrouble.damaged: "The data file is not a database, or it is harmed. Put back your last copy."
        case StorageTrouble.fault(let code, let message): "The database says: \(message) (\(code))."
        case is StorageTrouble: "The database could not do it (\(error))."
        case let error as any CustomStringConvertible & Error: error.description
        default: "Something went wrong (\(type(of: error)))."
        }
    }
}

extension CheckUp.Finding {
    fileprivate init(_ about: String, _ standing: Standing, _ sentence: String) {
        self.init(about: about, standing: standing, sentence: sentence)
    }
}

extension Reader {
    /// The latest moment that anything was written at.
    fileprivate func newestMoment() throws -> Moment? {
        try one(
            """
            select max(moment) from (
                select max(said) as moment from contribution
                union all select max(posted) from letter
                union all select max(arrived) from device
                union all select max(began) from project) latest
            """
        ) { $0[0] as Moment? } ?? nil
    }

    /// Letters that nobody tries to deliver any more.
    fileprivate func stuckLetters() throws -> Int {
        try count("select count(*) from letter where delivered is null and tries >= \(Post.mostTries)")
    }
}
