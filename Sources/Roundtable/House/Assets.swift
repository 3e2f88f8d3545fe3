import CAssets
import Crypto
import Foundation

/// The styles, scripts and words that the program carries, and the addresses that the first two are served at.
///
/// Styles are many source files and one file on the wire; so are scripts. The address holds a hash of what
/// is in it, so a browser may keep it for a year and never see an old one.
struct Assets: Sendable {
    struct Served: Sendable {
        let address: String
        let type: String
        let bytes: [UInt8]
    }

    let style: Served
    let script: Served
    /// The words of each language, by its tag: `en`, `cy`.
    let words: [String: [UInt8]]

    /// What the program carries; or, in development, what lies in `folder` now (a copy of `Sources/Roundtable`,
    /// with `Public` and `Words` in it).
    init(folder: URL? = nil) throws {
        let carried = try (0..<roundtable_asset_count()).map { place in
            let asset = roundtable_asset(place)
            let path = String(cString: asset.path)
            guard let folder else {
                return (path, [UInt8](UnsafeBufferPointer(start: asset.bytes, count: asset.length)))
            }
            let source = path.hasPrefix("words/") ? "Words/\(path.dropFirst(6))" : "Public/\(path)"
            return (path, [UInt8](try Data(contentsOf: folder.appending(path: source))))
        }
        let files = folder == nil ? carried.map { ($0.0, $0.0.hasPrefix("words/") ? $0.1 : Self.bare($0.1)) } : carried
        style = Self.join(files, in: "css/", as: "house.css", type: "text/css; charset=utf-8")
        script = Self.join(files, in: "js/", as: "house.js", type: "text/javascript; charset=utf-8")
        words = Dictionary(
            uniqueKeysWithValues: files.filter { $0.0.hasPrefix("words/") }.map {
                (String($0.0.dropFirst(6).dropLast(5)), $0.1)
            })
    }

    private static func join(_ files: [(String, [UInt8])], in folder: String, as name: String, type: String) -> Served {
        let bytes = Array(files.filter { $0.0.hasPrefix(folder) }.map(\.1).joined(separator: [UInt8(ascii: "\n")]))
        let hash = String(SHA256.hash(data: bytes).withUnsafeBytes { hexadecimal($0) }.prefix(16))
        return Served(address: "/public/\(hash)/\(name)", type: type, bytes: bytes)
    }

    /// Without what only readers of the source need, a fifth of it: lines of comment, and the room before a line.
    static func bare(_ source: [UInt8]) -> [UInt8] {
        var (lines, isComment) = ([Substring](), false)
        for line in String(decoding: source, as: UTF8.self).split(separator: "\n") {
            let line = line.drop { $0 == " " }
            isComment = isComment || line.hasPrefix("/*")
            if !isComment, !line.hasPrefix("//") { lines.append(line) }
            if line.hasSuffix("*/") { isComment = false }
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    func served(at address: String) -> Served? { [style, script].first { $0.address == address } }
}
