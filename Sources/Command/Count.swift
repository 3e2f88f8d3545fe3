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
        for file in files {
            for rule in rules {
                do {
                    try tell(try count(file, rule), file, rule)
                } catch let told as Told {
                    guard !isAlone, json else { throw told }
                    // One that can't be counted should not keep the others from it.
                    let refused = ["file": file, "rule": rule.name, "refused": told.description]
                    let encoder = JSONEncoder()
                    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                    print(String(decoding: try encoder.encode(refused), as: UTF8.self))
                }
            }
        }
        fflush(nil)
    }

    private func tell(_ outcome: Outcome, _ file: String, _ rule: Rule) throws {
        if json {
            print(outcome.json(about: [("file", file), ("rule", rule.name)]))
        } else if csv {
            print(outcome.csv, terminator: "")
        } else {
            print("\(rule.title), \(file)\n")
            print(outcome.lines.joined(separator: "\n"))
        }
    }

    private func count(_ file: String, _ rule: Rule) throws -> Outcome {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: file))
        } catch {
            throw Told(description: "The file \(file) can't be read.")
        }
        do {
            let papers = try Papers.read([UInt8](data), ending: URL(filePath: file).pathExtension, for: rule)
            return try rule.count(papers, try asked(papers))
        } catch let error as Misread {
            throw Told(description: "\(file): \(error)")
        } catch let error as Uncountable {
            throw Told(description: error.sentence)
        }
    }

    private func asked(_ papers: Papers) throws -> Rule.Asked {
        var asked = Rule.Asked()
        asked.seats = seats ?? papers.seats ?? 1
        asked.ties = .lot(seed: seed ?? 0)
        if let order {
            asked.ties = .order(
                try order.split(separator: ",").map { part in
                    guard let number = Int(part), number > 0 else {
                        throw ValidationError("--order takes numbers from 1, parted by commas")
                    }
                    return number - 1
                })
        }
        for pair in set {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--set takes name=value, as overvote=skip") }
            asked.settings[parts[0]] = parts[1]
        }
        return asked
    }

    /// The rule of a name, or a sentence that lists them.
    static func rule(_ name: String) throws -> Rule {
        guard let rule = Rule.named(name) else {
            throw ValidationError(
                "There is no rule “\(name)”; there are: \(Rule.all.map(\.name).joined(separator: ", "))")
        }
        return rule
    }
}
