import Crypto
import Foundation
import Storage

/// The house's own files, in the folder `files` of its data folder.
///
/// A file's name is a hash of what is in it and of whose it is, so that two never share one, and either can be let go
/// of without asking after the other.
struct Files: Sendable {
    let folder: URL

    /// A file that no row speaks of is let go of when it is this old: younger, its row may be on the way.
    static let orphaned: TimeInterval = 3_600

    init(in data: URL) { folder = data.appending(path: Copies.files, directoryHint: .isDirectory) }

    /// The name that these bytes have as `owner`'s.
    static func name(of bytes: [UInt8], for owner: String) -> String {
        var hash = SHA256()
        hash.update(data: Data("\(owner)\n".utf8))
        hash.update(data: bytes)
        return hash.finalize().withUnsafeBytes { hexadecimal($0) }
    }

    /// In one of 256 folders, so that none holds more than a system lists quickly.
    private func place(_ name: String) -> URL { folder.appending(path: "\(name.prefix(2))/\(name)") }

    /// Keeps bytes, safe on the disk when this returns, and says by which name.
    func keep(_ bytes: [UInt8], for owner: String) throws -> String {
        let name = Self.name(of: bytes, for: owner)
        let place = place(name)
        do {
            try Folder.make(place.deletingLastPathComponent())
            // Under a name of its own at first: the same may be coming in twice at once.
            let draft = place.appendingPathExtension(UUID().uuidString)
            let file = try DurableFile(draft)
            try file.write(bytes)
            try file.finish()
            try Folder.rename(draft, to: place)
        } catch CopyTrouble.noRoom {
            throw StorageTrouble.full
        }
        return name
    }

    func read(_ name: String) -> [UInt8]? { (try? Data(contentsOf: place(name))).map { Array($0) } }

    func remove(_ names: some Sequence<String>) {
        for name in names { try? FileManager.default.removeItem(at: place(name)) }
    }

    /// The names of all that is older than an orphan has to be.
    func settled(at now: Date = Date()) -> [String] { Self.settled(in: folder, at: now).map(\.lastPathComponent) }

    /// The files in a folder that are older than an orphan has to be.
    static func settled(in folder: URL, at now: Date = Date()) -> [URL] {
        let all = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.contentModificationDateKey, .isRegularFileKey])
        return (all?.compactMap { $0 as? URL } ?? []).filter { file in
            let known = try? file.resourceValues(forKeys: [.contentModificationDateKey, .isRegularFileKey])
            guard known?.isRegularFile == true, let changed = known?.contentModificationDate else { return false }
            return now.timeIntervalSince(changed) >= orphaned
        }
    }
}
