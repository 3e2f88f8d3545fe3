import Foundation

/// Real conversations, made by others. They lie beside the repository and are not part of it; where they aren't, what
/// reads them is skipped and says so.
enum RealData {
    /// The folder: `ROUNDTABLE_TEST_DATA`, or `shared/data` beside the repository.
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["ROUNDTABLE_TEST_DATA"].map { URL(filePath: $0) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = named ?? root.appending(path: "shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isHere: Bool { folder != nil }

    /// The bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }

    /// Paths of all files in the exports of a name that ends so, oldest layouts and newest.
    static func exports(ending: String) -> [String] {
        guard let folder else { return [] }
        return ["polis", "polis-answers"].flatMap { top in
            let inside = FileManager.default.subpaths(atPath: folder.appending(path: top).path) ?? []
            return inside.filter { $0.hasSuffix(ending) }.map { "\(top)/\($0)" }
        }.sorted()
    }
}
