import Foundation
import Storage
import Synchronization

/// What was let go of, in a file beside the database, so that it outlives the database: a line for each act, in order.
///
/// Each line is keyed with the house's secret, so that a line that was harmed, or is another house's, is known. The
/// file holds ids and moments, no words and no names. It is written from the table: whatever is missing is added.
final class LetGoFile: Sendable {
    /// Its name in the data folder.
    static let name = "let-go"
    /// Acts are read from the table so many at a time.
    static let atOnce = 1_000
    private static let firstWords = "Roundtable let-go 1"
    /// Hexadecimal digits of a line's keyed hash: 64 bits, for a line that nobody gains by forging.
    private static let keyDigits = 16

    private let file: URL
    private let path: String
    private let secret: Secret
    /// How far the file goes, and how long it was then; nothing before it was first looked at.
    private let known = Mutex<(reached: Int64, length: Int)?>(nil)

    init(in folder: URL, _ secret: Secret) {
        (file, self.secret) = (folder.appending(path: Self.name), secret)
        path = file.path
    }

    /// Adds what the table has and the file has not. Returns once that is safe on the disk.
    func catchUp(with database: Database) async throws {
        let reached = try await database.read { try $0.letGoReached() }
        // As long as it was when this program last wrote it, so nobody else has.
        let unchanged = known.withLock { $0 }.flatMap { $0.length == length ? $0.reached : nil }
        if unchanged == reached { return }
        var last: Int64
        if let unchanged, unchanged < reached { last = unchanged } else { last = try await begin(database, reached) }
        while last < reached {
            let after = last
            let acts = try await database.read { try $0.letGo(after: after, atMost: Self.atOnce) }
            guard let newest = acts.last else { break }
            try append(acts)
            last = newest.number
        }
        if known.withLock({ $0?.length }) != length { try append([]) }
    }

    /// How far the file goes. One that tells of another history is put aside, and begun anew.
    private func begin(_ database: Database, _ reached: Int64) async throws -> Int64 {
        if let there = try? Self.read(file, secret), let last = there.last {
            let ours = try await database.read { try $0.letGo(after: last.number - 1, atMost: 1).first }
            if last.number <= reached, ours == last { return last.number }
        } else if (try? Self.read(file, secret))?.isEmpty == true {
            return 0
        }
        if FileManager.default.fileExists(atPath: file.path) {
            let stamp = Date().formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted))
            try Folder.rename(
                file, to: file.deletingLastPathComponent().appending(path: "\(Self.name)-before-\(stamp)"))
        }
        let fresh = try DurableFile(file)
        try fresh.write(Array((signed(Self.firstWords) + "\n").utf8))
        try fresh.finish()
        return 0
    }

    private var length: Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    private func append(_ acts: [LetGo]) throws {
        let handle = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        guard handle >= 0 else { throw CopyTrouble.failure(file.path) }
        defer { close(handle) }
        // Two programs with one folder write one after another.
        guard flock(handle, LOCK_EX) == 0 else { throw CopyTrouble.failure(file.path) }
        var facts = stat()
        guard fstat(handle, &facts) == 0 else { throw CopyTrouble.failure(file.path) }
        let (before, length) = (known.withLock { $0 }, Int(facts.st_size))
        let (last, end) = if let before, before.length == length { before } else { try wholeLines(of: handle) }
        let added = acts.filter { $0.number > last }
        let bytes = Array(added.map { signed($0.line) + "\n" }.joined().utf8)
        guard bytes.isEmpty || write(handle, bytes, bytes.count) == bytes.count, fsync(handle) == 0 else {
            throw CopyTrouble.failure(file.path)
        }
        known.withLock { $0 = (added.last?.number ?? last, end + bytes.count) }
    }

    /// How far the file goes and how long it is, once what was half written when a program was killed is cut off.
    private func wholeLines(of handle: CInt) throws -> (reached: Int64, length: Int) {
        let whole = (try? Data(contentsOf: file)) ?? Data()
        let end = whole.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if end < whole.count, ftruncate(handle, off_t(end)) != 0 { throw CopyTrouble.failure(file.path) }
        return (try Self.acts(in: whole.prefix(end), secret).last?.number ?? 0, end)
    }

    private func signed(_ line: String) -> String { Self.signed(line, secret) }

    private static func signed(_ line: String, _ secret: Secret) -> String {
        "\(line) \(secret.hash(line, for: "let-go").prefix(keyDigits))"
    }

    // MARK: Reading

    /// The acts in a file, in order. A last line that was not written to its end is none.
    ///
    /// - Throws: `Trouble` where it is another house's, or harmed.
    static func read(_ file: URL, _ secret: Secret) throws -> [LetGo] {
        guard let bytes = try? Data(contentsOf: file) else { throw Trouble.missing(file.path) }
        return try acts(in: bytes, secret)
    }

    private static func acts(in bytes: Data, _ secret: Secret) throws -> [LetGo] {
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lines = String(decoding: bytes.prefix(end), as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, first.hasPrefix(firstWords) else { throw Trouble.notOne }
        guard first == signed(firstWords, secret) else { throw Trouble.anothers }
        let acts = try lines.dropFirst().map { line in
            guard let space = line.lastIndex(of: " "), line == signed(String(line[..<space]), secret),
                let act = LetGo(line: line[..<space])
            else { throw Trouble.harmed }
            return act
        }
        guard zip(acts, 1...).allSatisfy({ $0.number == $1 }) else { throw Trouble.harmed }
        return acts
    }

    /// Why such a file can't be used, as a sentence for whoever puts a backup back.
    enum Trouble: Error, Equatable, CustomStringConvertible {
        case missing(String)
        case notOne
        case anothers
        case harmed

        var description: String {
            switch self {
            case .missing(let file): "There is no file \(file)."
            case .notOne: "That is not a let-go file."
            case .anothers: "That let-go file is another house's."
            case .harmed: "The let-go file has been harmed. Use another copy of it."
            }
        }
    }
}

extension LetGo {
    /// As a line of the file; `-` where there is nothing.
    fileprivate var line: String {
        "\(number) \(at.milliseconds) \(kind.rawValue) \(about.isEmpty ? "-" : about) \(how.isEmpty ? "-" : how)"
    }

    fileprivate init?(line: Substring) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 5, let number = Int64(parts[0]), let at = Int64(parts[1]),
            let kind = Kind(rawValue: parts[2])
        else { return nil }
        self.init(
            number: number, kind: kind, about: parts[3] == "-" ? "" : parts[3], how: parts[4] == "-" ? "" : parts[4],
            at: Moment(at))
    }
}
