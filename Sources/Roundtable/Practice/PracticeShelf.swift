import Foundation

/// The folder that houses to practise in lie in, with the groups that they are copied from.
///
/// Programs that have the same data folder use it together. Beside each house lies an empty file, whose time says when
/// it was last used; a house is there as long as that file is.
struct PracticeShelf: Sendable {
    private static let seenEnding = "seen"
    private let folder: URL

    init(_ folder: URL) { self.folder = folder }

    func make() throws { try Folder.make(folder) }

    func file(_ name: String) -> URL { folder.appending(path: "\(name).sqlite") }

    /// Of all that are there.
    var names: [String] { all.filter { $0.hasSuffix(".\(Self.seenEnding)") }.map { String($0.dropLast(5)) } }

    /// When one was last used; nothing when it isn't there.
    func seen(_ name: String) -> Moment? {
        let facts = try? FileManager.default.attributesOfItem(atPath: mark(name).path)
        return (facts?[.modificationDate] as? Date).map { Moment($0) }
    }

    func touch(_ name: String, at now: Moment) {
        try? FileManager.default.setAttributes([.modificationDate: now.date], ofItemAtPath: mark(name).path)
    }

    /// Puts a copy of a file there under a name.
    func put(_ name: String, from pattern: URL, at now: Moment) throws {
        try FileManager.default.copyItem(at: pattern, to: file(name))
        guard FileManager.default.createFile(atPath: mark(name).path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        touch(name, at: now)
    }

    func remove(_ name: String) {
        try? FileManager.default.removeItem(at: mark(name))
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file(name).path + ending) }
    }

    // MARK: What they are copied from

    /// A file to lay a group in, that nobody else knows of.
    func draft() -> URL { folder.appending(path: "draft-\(UUID().uuidString).sqlite") }

    /// The group of a kind, `en-2026-03-06`, if it was laid: its file, which says in its name who looks round in it.
    func pattern(_ kind: String) -> (file: URL, visitor: ID<Person>)? {
        for name in all where name.hasPrefix(Self.begin(kind)) && name.hasSuffix(".sqlite") {
            guard let visitor = ID<Person>(name.dropFirst(Self.begin(kind).count).dropLast(7)) else { continue }
            return (folder.appending(path: name), visitor)
        }
        return nil
    }

    /// Keeps a group that was laid for those who come next, and removes those of other days in its language.
    func keep(_ draft: URL, as kind: String, visitor: ID<Person>) throws -> URL {
        let language = String(kind.dropLast("-2026-03-06".count))
        for name in all where name.hasPrefix(Self.begin(language)) && !name.hasPrefix(Self.begin(kind)) {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
        let file = folder.appending(path: "\(Self.begin(kind))\(visitor.text).sqlite")
        try Folder.rename(draft, to: file)
        return file
    }

    private static func begin(_ kind: String) -> String { "pattern-\(kind)-" }

    private var all: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] }

    private func mark(_ name: String) -> URL { folder.appending(path: "\(name).\(Self.seenEnding)") }
}
