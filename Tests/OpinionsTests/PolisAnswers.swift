import Foundation
import Opinions
import Testing

/// Conversations with the answers of Polis's own mathematics, where they lie beside the repository; not part of it.
struct PolisAnswers: Sendable, CustomTestStringConvertible {
    let name: String
    let votes: [Vote]
    /// What Polis answered. Inside it, agree is -1.
    let answers: JSON

    var testDescription: String { name }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data").standardizedFileURL

    static let all: [PolisAnswers] = {
        let folder = Self.folder.appending(path: "polis-answers")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let found = names.sorted().compactMap { PolisAnswers(folder.appending(path: $0)) }
        if found.isEmpty {
            FileHandle.standardError.write(Data("Notice: no answers of Polis beside the repository; not read.\n".utf8))
        }
        return found
    }()

    private init?(_ folder: URL) {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let named = { (ending: String) in files.first { $0.lastPathComponent.hasSuffix(ending) } }
        guard let blob = named("math-pca2.json") ?? named("math_blob.json"), let answers = JSON(file: blob) else {
            return nil
        }
        name = folder.lastPathComponent
        self.answers = answers
        if let file = named("votes.json"), let rows = JSON(file: file) {
            votes = rows.list.map { row in
                Vote(
                    participant: (row["participant_id"] ?? row["pid"])!.int,
                    statement: (row["statement_id"] ?? row["tid"])!.int,
                    opinion: Opinion(rawValue: Int8(row["vote"]!.int))!, time: Int64(row["modified"]!.number))
            }
        } else if let file = named("votes.csv"), let text = try? String(contentsOf: file, encoding: .utf8) {
            votes = text.split(whereSeparator: \.isNewline).dropFirst().map { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                return Vote(
                    participant: Int(cells[3])!, statement: Int(cells[2])!,
                    opinion: Opinion(rawValue: Int8(cells[4])!)!, time: Int64(cells[0])!)
            }
        } else {
            return nil
        }
    }

    /// The votes with what was moderated.
    var moderated: Votes {
        var votes = Votes(votes, limits: .polis)
        votes.moderatedOut = Set(answers["mod-out"]!.ints)
        votes.meta = Set(answers["meta-tids"]!.ints)
        return votes
    }

    /// The people of each base cluster.
    var members: [[Int]] { answers["base-clusters"]!["members"]!.list.map(\.ints) }

    /// The people of each group.
    var groups: [[Int]] {
        let ids = answers["base-clusters"]!["id"]!.ints
        return answers["group-clusters"]!.list.map { group in
            group["members"]!.ints.flatMap { members[ids.firstIndex(of: $0)!] }
        }
    }
}

/// Just enough of JSON to read what Polis answered.
struct JSON: @unchecked Sendable {
    private let value: Any

    init?(file: URL) {
        guard let data = try? Data(contentsOf: file), let value = try? JSONSerialization.jsonObject(with: data) else {
            return nil
        }
        self.value = value
    }

    private init(_ value: Any) { self.value = value }

    subscript(key: String) -> JSON? { (value as? [String: Any])?[key].map(JSON.init) }
    subscript(key: Int) -> JSON? { self[String(key)] }
    var list: [JSON] { (value as? [Any] ?? []).map(JSON.init) }
    var number: Double { (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap(Double.init) ?? .nan }
    var int: Int { Int(number) }
    var ints: [Int] { list.map(\.int) }
    var numbers: [Double] { list.map(\.number) }
    var text: String { value as? String ?? "" }
}
