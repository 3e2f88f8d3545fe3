import ArgumentParser
import Foundation
import Roundtable

/// Brings in what people said elsewhere, or a whole house.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings in what people said elsewhere, or a whole house.", subcommands: [Polis.self, Whole.self])

    struct Polis: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings in a conversation that Polis exported.",
            discussion: """
                Its comments become one gathering's contributions, and each of their authors an unnamed giver with a \
                receipt. What was left out of the conversation comes in set aside. Votes are not brought in. What can't \
                be read is told by line; a second run adds nothing.
                """)

        @Argument(help: "The folder that comments.csv and summary.csv lie in.") var folder: String
        @Option(help: "The name of the project; it is made when there is none.") var project: String
        @Option(
            help:
                "The file that receipts, and the invitation into a new project, are written to. Usually receipts.txt in the data folder."
        )
        var receipts: String?
        @Option(help: "The language that people wrote in, as en or zh-Hant. Usually en.") var language: String?
        @Flag(help: "Prints what was done as JSON, and nothing else.") var json = false
        @OptionGroup var place: SettingOptions

        func validate() throws {
            let letters = CharacterSet.letters.union(.decimalDigits).union(["-"])
            if let language, language.isEmpty || language.unicodeScalars.contains(where: { !letters.contains($0) }) {
                throw ValidationError("--language takes the short name of a language, as en or zh-Hant")
            }
        }

        func run() async throws {
            let settings = try place.settings()
            let report = try await plainly {
                let house = try await House.open(settings)
                let report = try await house.importPolis(
                    URL(filePath: folder, directoryHint: .isDirectory), project: project,
                    receipts: receipts.map { URL(filePath: $0) }, language: language)
                await house.close()
                return report
            }
            guard !json else {
                say(try report.json())
                return
            }
            for line in Self.sentences(report, project: project) { say(line) }
        }

        /// What was done, for whoever ran it.
        static func sentences(_ report: ImportReport, project: String) -> [String] {
            var lines = ["Brought into \(project): contributions \(report.contributions), people \(report.people)."]
            if report.setAside > 0 { lines.append("Set aside, as they were in the conversation: \(report.setAside).") }
            if let receipts = report.receipts {
                lines.append("Each person's receipt is in \(receipts). Only you can read that file: keep it safe.")
            }
            if let invitation = report.invitation {
                lines.append(
                    "The project is new, and nobody is in it yet. These six words let one person in:\n\(invitation)")
            }
            if !report.refused.isEmpty { lines.append("Lines that could not be read: \(report.refused.count).") }
            return lines + report.refused.map { "Line \($0.line): \($0.reason)." }
        }
    }
}
