import Foundation
import Opinions

/// The votes of an export, with what its statements say.
struct VoteFiles: Sendable {
    private(set) var votes: Votes
    /// Every vote with its time, where that was asked for or there are few, and the file has times.
    private(set) var cast: [Vote] = []
    /// Whether the file is a table of people, who stand in the order in which they came.
    let isTable: Bool
    /// What the statements say, by number.
    private(set) var texts: [Int: String] = [:]

    /// A file of more is not an export: fifty million votes take three thousand million bytes.
    static let longestFile = 8_000_000_000

    /// - Parameters:
    ///   - path: a folder that Polis exported, or one file with votes.
    ///   - keepingTimes: whether votes must have times.
    /// - Throws: ``Told``, with the file and the place in it.
    init(_ path: String, keepingTimes: Bool) throws {
        let file = try Self.file(with: path)
        let bytes = try Self.bytes(of: file)
        isTable = Self.kind(bytes) == .table
        (votes, cast) = try Self.inFile(file) { () throws(ExportTrouble) in
            let read = try Self.votes(in: bytes, keepingTimes: keepingTimes)
            guard read.1.isEmpty, read.0.count <= Conversation.fewVotes else { return read }
            return try Self.votes(in: bytes, keepingTimes: true)
        }
        if keepingTimes, cast.isEmpty {
            throw Told(
                description: "\(file.path) doesn't say when people voted, so votes can't be taken in as they came.")
        }
        try readComments(beside: file)
    }

    private enum Kind { case list, table, json }

    /// What kind of file this is, by its first bytes.
    private static func kind(_ bytes: [UInt8]) -> Kind {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        if let first = start.first(where: { !space.contains($0) }), first == UInt8(ascii: "[") { return .json }
        return start.prefix { $0 != 0x0A }.split(separator: UInt8(ascii: ",")).contains {
            $0.elementsEqual("participant".utf8)
        }
            ? .table : .list
    }

    private static func votes(in bytes: [UInt8], keepingTimes: Bool) throws(ExportTrouble) -> (Votes, [Vote]) {
        switch (kind(bytes), keepingTimes) {
        case (.table, _): return (try Votes(participantsCSV: bytes), [])
        case (.list, false): return (try Votes(votesCSV: bytes), [])
        case (.json, false): return (try Votes(votesJSON: bytes), [])
        case (.list, true):
            let cast = try VotesExport(reading: bytes).votes.map(\.vote)
            return (Votes(cast), cast)
        case (.json, true):
            let cast = try VotesJSON(reading: bytes).votes.map(\.vote)
            return (Votes(cast), cast)
        }
    }

    // MARK: What statements say

    /// Reads the list of statements in the same folder, if there is one, with the same beginning of its name.
    private mutating func readComments(beside file: URL) throws {
        let folder = file.deletingLastPathComponent()
        for ending in Self.endings where file.lastPathComponent.hasSuffix(ending) {
            let start = file.lastPathComponent.dropLast(ending.count)
            for name in ["comments.csv", "comments.json"] {
                let comments = folder.appending(path: start + name)
                guard FileManager.default.fileExists(atPath: comments.path) else { continue }
                return try readComments(in: comments)
            }
        }
    }

    private mutating func readComments(in file: URL) throws {
        let bytes = try Self.bytes(of: file)
        let comments = try Self.inFile(file) { () throws(ExportTrouble) in
            file.pathExtension == "json"
                ? try CommentsJSON(reading: bytes).comments.map {
                    (statement: $0.statement, text: $0.text, isOut: $0.moderation == .out, isMeta: $0.isMeta)
                }
                : try CommentsExport(reading: bytes).comments.map {
                    (statement: $0.statement, text: $0.text, isOut: $0.moderation == .out, isMeta: $0.isMeta == true)
                }
        }
        for comment in comments {
            texts[comment.statement] = comment.text
            if comment.isOut { votes.moderatedOut.insert(comment.statement) }
            if comment.isMeta { votes.meta.insert(comment.statement) }
        }
    }

    // MARK: Files

    /// Files that votes are in, the fullest first: when people voted, and how often they changed their mind.
    private static let endings = ["votes.csv", "votes.json", "participants-votes.csv"]

    /// The file with the votes: the one named, or the one in the folder named.
    private static func file(with path: String) throws -> URL {
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Told(description: "There is no file or folder \(path).")
        }
        guard isFolder.boolValue else { return url }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        for ending in endings {
            let fitting = names.filter {
                $0 == ending || $0.hasSuffix("-\(ending)") && !(ending == endings[0] && $0.hasSuffix(endings[2]))
            }
            if fitting.count > 1 {
                throw Told(description: "There are several in \(path): \(fitting.joined(separator: ", ")). Name one.")
            }
            if let name = fitting.first { return url.appending(path: name) }
        }
        throw Told(description: "There are no votes in \(path): no \(endings.joined(separator: ", no ")).")
    }

    private static func bytes(of file: URL) throws -> [UInt8] {
        let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
        guard let size, size <= longestFile, let data = try? Data(contentsOf: file, options: .mappedIfSafe) else {
            throw Told(description: "The file \(file.path) can't be read.")
        }
        return [UInt8](data)
    }

    /// Does what may find a mistake in a file, and names the file then.
    private static func inFile<Made>(_ file: URL, _ work: () throws(ExportTrouble) -> Made) throws -> Made {
        do {
            return try work()
        } catch {
            throw Told(description: "\(file.path): \(error)")
        }
    }
}
