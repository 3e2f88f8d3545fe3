import ArgumentParser
import Foundation
import Tallies

/// Counts ballots in a file.
struct Count: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts the ballots in a file, and says how.",
        discussion: """
            Prints every stage of the count, to be read aloud. Files that can be read end with: \
            \(Papers.endings.joined(separator: ", ")). With several files or rules each is counted by each.

            \(Rule.all.map { "  \($0.name.padding(toLength: 20, withPad: " ", startingAt: 0))\($0.title)" }
                .joined(separator: "\n"))
            """)

    @Argument(help: "The file with the ballots.") var files: [String] = []
    @Option(help: "The rule to count by. Usually instant-runoff.") var rule: [String] = []
    @Option(help: "How many are elected. Usually as many as the file says, or one.") var seats: Int?
    @Option(help: "The number that lots are drawn from. Usually 0: draw one in front of everybody.") var seed: UInt64?
    @Option(
        help: "The options in order, by their numbers from 1, the favoured first: then ties go by it and not by lot.")
    var order: String?
    @Option(help: "A setting of the rule, as name=value.") var set: [String] = []
    @Flag(help: "Prints a row for each figure and event, parted by commas.") var csv = false
    @Flag(help: "Prints JSON: the winners, and the stages.") var json = false
    @Option(help: "Explains a rule in two sentences and an example, and counts nothing.") var explain: String?

    func validate() throws {
        if files.isEmpty, explain == nil { throw ValidationError("Which file holds the ballots?") }
        if csv, json { throw ValidationError("--csv and --json can't both be printed") }
    }

    func run() throws {
        if let explain {
            say(try Self.rule(explain).explained.joined(separator: "\n"))
            return
        }
        let rules = try (rule.isEmpty ? [Rule.all[0].name] : rule).map(Self.rule)
        let isAlone = files.count == 1 && rules.count == 1
        var refused = 0
        for file in files {
            for rule in rules {
                do {
                    try tell(try count(file, rule), file, rule)
                } catch let told as Told {
                    guard !isAlone else { throw told }
                    // One that can't be counted should not keep the others from it.
                    try tell(told, file, rule)
                    refused += 1
                }
            }
        }
        fflush(nil)
        // Where JSON was asked for, whoever reads it finds each refusal in its place.
        if refused > 0, !json {
            throw Told(description: "\(refused) of \(files.count * rules.count) counts could not be made.")
        }
    }

    private func tell(_ refusal: Told, _ file: String, _ rule: Rule) throws {
        guard json else {
            return FileHandle.standardError.write(Data("\(refusal.description) (\(rule.title))\n".utf8))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let refused = ["file": file, "rule": rule.name, "refused": refusal.description]
        print(String(decoding: try encoder.encode(refused), as: UTF8.self))
    }

    private func tell(_ outcome: Outcome, _ file: String, _ counted: Rule) throws {
        if json {
            print(outcome.json(about: [("file", file), ("rule", counted.name)]))
        } else if csv {
            print(outcome.csv, terminator: "")
        } else {
            print("\(counted.title), \(file)\n")
            print(outcome.lines.joined(separator: "\n"))
            // What comes after it stands apart.
            if files.count > 1 || rule.count > 1 { print() }
        }
    }

    private func count(_ file: String, _ rule: Rule) throws -> Outcome {
        let bytes = try Self.bytes(of: file)
        do {
            let papers = try Papers.read(bytes, ending: URL(filePath: file).pathExtension, for: rule)
            return try rule.count(papers, try asked(papers))
        } catch let error as Misread {
            throw Told(description: "\(file): \(error)")
        } catch let error as Uncountable {
            throw Told(description: "\(file): \(error.sentence)")
        }
    }

    /// A file of more is no ballots: a hundred million of them take less.
    private static let longestFile = 2_000_000_000

    /// What a file holds; or why it can't be read, in a sentence.
    private static func bytes(of file: String) throws -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw Told(description: "There is no file \(file).")
        }
        guard !isFolder.boolValue else { throw Told(description: "\(file) is a folder: name a file in it.") }
        let size = try? URL(filePath: file).resourceValues(forKeys: [.fileSizeKey]).fileSize
        guard let size, let data = size > longestFile ? nil : try? Data(contentsOf: URL(filePath: file)) else {
            throw Told(description: "The file \(file) can't be read, or is larger than any that holds ballots.")
        }
        return [UInt8](data)
    }

    private func asked(_ papers: Papers) throws -> Rule.Asked {
        var asked = Rule.Asked()
        asked.seats = seats ?? papers.seats ?? 1
        asked.ties = .lot(seed: seed ?? 0)
        if let order { asked.ties = .order(try Self.order(order, of: papers.options)) }
        for pair in set {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw Told(description: "--set takes name=value, as overvote=skip.") }
            asked.settings[parts[0]] = parts[1]
        }
        return asked
    }

    /// An order by which ties go: numbers of options, each at most once. A slip in it could decide who wins.
    private static func order(_ text: String, of options: Int) throws -> [Int] {
        var order: [Int] = []
        var named: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let number = Int(part.trimmingCharacters(in: .whitespaces)) ?? 0
            guard number >= 1, number <= options, named.insert(number).inserted else {
                throw Told(
                    description: "--order takes the numbers of options, from 1 to \(options), each at most once and "
                        + "parted by commas; “\(part)” is not one more of them.")
            }
            order.append(number - 1)
        }
        return order
    }

    /// The rule of a name, or a sentence that lists them.
    static func rule(_ name: String) throws -> Rule {
        guard let rule = Rule.named(name) else {
            throw Told(
                description: "There is no rule “\(name)”; there are: \(Rule.all.map(\.name).joined(separator: ", ")).")
        }
        return rule
    }
}
