import Foundation

/// Real ballots made by others, read where they lie beside the repository; tests skip, saying so, where they don't.
enum SharedData {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data")
        .standardizedFileURL

    /// Whether a folder of it is there.
    static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    /// The bytes of one file.
    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: path))) }

    /// The files beneath a folder whose names have one of these endings, in order.
    static func files(_ name: String, endings: [String]) -> [String] {
        let root = folder.appending(path: name).resolvingSymlinksInPath()
        let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return found.filter { path in endings.contains { path.hasSuffix(".\($0)") } }.sorted().map { "\(name)/\($0)" }
    }
}
