import Foundation

/// Why a whole house could not be written to a file, or brought in from one. Each is a sentence for whoever hosts.
public enum CopyTrouble: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no house to copy.
    case noHouse(folder: String)
    /// The data folder has no secret, or a spoiled one.
    case noSecret(folder: String)
    /// The house that something was to be brought into is in use already.
    case notEmpty(place: String)
    /// The database holds tables that are no house's.
    case strange(table: String)
    /// Another program has the house open.
    case inUse
    /// A restore or an import is going on in this folder.
    case arriving
    /// A restore or an import was broken off before it had brought everything.
    case halfWay(folder: String)
    case noFile(String)
    case unreadable(String)
    case unwritable(String)
    case noRoom(String)
    /// Another program is writing to the same file just now.
    case beingWritten(String)
    /// It is some other file.
    case notACopy
    /// It is sealed, and what was asked for is not.
    case sealed
    /// It is not sealed, and what was asked for is.
    case plain
    case cutOff
    case harmed
    /// A newer program made it.
    case newer(program: String)

    public var description: String {
        switch self {
        case .noHouse(let folder): "There is no house in \(folder). Is --data right?"
        case .noSecret(let folder):
            "The secret in \(folder) is missing or spoiled. A copy without it would open nothing."
        case .notEmpty(let place):
            "There is a house in \(place) already, and nothing was changed. Name an empty folder with --data, or an empty database with --database."
        case .strange(let table):
            "That database holds a table named \(table), which is not Roundtable's. Name an empty one with --database."
        case .inUse: "Another Roundtable has this house open. Stop it first."
        case .arriving: "A house is being brought into this folder just now. Wait until that is finished."
        case .halfWay(let folder):
            "A house was being brought in here, and that was broken off: nothing of it is in use. Do it again; or delete the folder \(folder) to begin with an empty house."
        case .noFile(let file): "There is no file \(file)."
        case .unreadable(let file): "The file \(file) can't be read. Are you its owner?"
        case .unwritable(let file):
            "The file \(file) can't be written. Is there such a folder, and may you write in it?"
        case .noRoom(let file): "There is no room left to write \(file). Make room on the disk, and do it again."
        case .beingWritten(let file): "Another program is writing \(file) just now. Wait until it has finished."
        case .notACopy: "This is not a house file or a backup."
        case .sealed: "This is a sealed backup: `roundtable restore` opens it."
        case .plain: "This is a house file, which is not sealed: `roundtable import house` brings it in."
        case .cutOff: "This file stops before its end, so it was not copied whole. Nothing was changed. Copy it again."
        case .harmed:
            "This file has been changed since it was made, or its disk has harmed it. Nothing was changed. Use another copy."
        case .newer(let program): "A newer Roundtable (\(program)) made this file. Bring it in with that one."
        }
    }
}
