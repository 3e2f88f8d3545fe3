import Foundation
import Testing

/// One file of this repository, read where it lies.
struct Source: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String

    /// The folder that this repository lies in.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardizedFileURL

    static func read(_ path: String) throws -> String {
        try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    }

    /// Every file beneath a folder of `Sources` or `Tests` whose name has this ending.
    static func all(in folder: String, ending: String = ".swift") -> [Source] {
        everything.filter { $0.path.hasPrefix("\(folder)/") && $0.path.hasSuffix(ending) }
    }

    /// Read once: taking a source apart takes a while.
    private static let everything = ["Sources", "Tests"].flatMap { read(all: $0, endings: [".swift", ".py"]) }

    private static func read(all folder: String, endings: [String]) -> [Source] {
        let root = repository.appending(path: folder)
        let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return found.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().compactMap { name in
            guard let text = try? read("\(folder)/\(name)") else { return nil }
            return Source(path: "\(folder)/\(name)", text: text)
        }
    }

    var testDescription: String { path }

    /// The file's name without its ending.
    var name: String { String(path.split(separator: "/").last!.dropLast(".swift".count)) }

    var imports: Set<String> {
        Set(
            text.matches(
                of:
                    /(?m)^(?:@testable |@preconcurrency |public |internal |private |package )*import (?:struct |func )?(\w+)/
            )
            .map { String($0.output.1) })
    }

    let lexed: Lexed

    /// The types that the file declares at its outermost.
    let types: Set<String>
    /// Every type that it declares, within another too.
    let declared: Set<String>
    /// The functions that it declares, of whatever type, for others to call.
    let functions: Set<String>
    /// What can be called by its name within it: functions, private ones too, cases, and what holds a function.
    let callable: Set<String>
    /// Every name that its code uses.
    let names: Set<String>
    /// The same, but for things that only their ids are named of.
    let known: Set<String>
    /// What it calls as a function, on something or on nothing.
    let calls: Set<String>

    private init(path: String, text: String) {
        (self.path, self.text) = (path, text)
        let isSwift = path.hasSuffix(".swift")
        lexed = Lexed(isSwift ? text : "")
        let code = lexed.code
        func found(_ pattern: Regex<(Substring, Substring)>) -> Set<String> {
            Set(code.matches(of: pattern).map { String($0.output.1) })
        }
        let kind = "(?:struct|enum|class|actor|protocol|typealias)"
        types = found(
            try! Regex("(?m)^(?:public |private |fileprivate |final |indirect )*\(kind) (\\w+)"))
        declared = found(try! Regex("\\b\(kind) (\\w+)"))
        functions = Set(
            code.matches(of: /(private |fileprivate )?(?:static |mutating )*\bfunc (\w+)/)
                .filter { $0.output.1 == nil }.map { String($0.output.2) })
        callable = found(/\b(?:func|case|let|var) (\w+)/)
        names = found(/(\w+)/)
        // The id of a thing names it without knowing it.
        known = Set(code.replacing(/ID<\w+>/, with: "ID").matches(of: /\w+/).map { String($0.output) })
        calls = found(/(\w+)\(/)
    }
}

/// A room of the house, and the files in it.
struct Room: Sendable, CustomTestStringConvertible {
    /// In order: a room may use those before it, never those after.
    static let order = [
        "People", "Projects", "Gatherings", "Stories", "Themes", "Statements", "Decisions", "Promises", "Pulses",
        "Payments", "Leaflets", "Commons",
    ]
    static let folder = "Sources/Roundtable"

    let name: String
    let files: [Source]

    var testDescription: String { name }

    static let all = order.map { Room(named: $0) }.filter { !$0.files.isEmpty }
    /// What sees every room, and is seen by none.
    static let above = ["Receipts", "Practice", "Import", "Copies"].map { Room(named: $0) }

    private init(named name: String) {
        self.name = name
        files = Source.all(in: "\(Self.folder)/\(name)")
    }
}
