import ArgumentParser
import Foundation
import Roundtable

/// Seals a copy of the whole house.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a sealed copy of the whole house, while people go on writing.",
        discussion: """
            The copy holds everything, and only its eight words open it. Without --words-file it makes new words and \
            prints them, once: write them down on paper. A backup whose words are lost can't be opened by anybody.
            """)

    @Argument(help: "The file to write. What had that name stays until the new one is whole.") var file: String
    @Option(name: .customLong("words-file"), help: "A file with the eight words to seal with, which only you can read.")
    var wordsFile: String?
    @OptionGroup var place: SettingOptions

    func run() async throws {
        let settings = try place.settings()
        try await plainly {
            let words = try wordsFile.map { try BackupWords(in: URL(filePath: $0)) } ?? .random()
            let report = try await Copies.backUp(settings, to: URL(filePath: file), with: words)
            say("The backup is in \(file): \(report.sentence).")
            guard wordsFile == nil else { return }
            say("Only these eight words open it. Write them down on paper, now: they are not kept anywhere.\n")
            say("    \(words.spoken)\n")
        }
    }
}

/// Puts a backup back.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a backup back into an empty house.",
        discussion: """
            It only goes into an empty house: a new data folder, or a new PostgreSQL database with a new data folder. \
            What people took back since the backup was made, and who left, is let go of again before anyone is let in: \
            the file let-go in the data folder says what that is. If it is broken off, nothing has been put back: do it \
            again.
            """)

    @Argument(help: "The file that `roundtable backup` wrote.") var file: String
    @Option(
        name: .customLong("words-file"),
        help: "A file with the eight words. Without it they are asked for, to be typed."
    )
    var wordsFile: String?
    @Option(
        name: .customLong("let-go"),
        help: "The newest let-go file of the house. Usually the file let-go in the data folder.")
    var letGo: String?
    @Flag(
        name: .customLong("without-let-go"),
        help: "Puts back what people took back since the backup too, where the let-go file is lost.")
    var withoutLetGo = false
    @OptionGroup var place: SettingOptions

    func validate() throws {
        guard letGo == nil || !withoutLetGo else {
            throw ValidationError("--let-go and --without-let-go can't both be meant")
        }
    }

    func run() async throws {
        let settings = try place.settings()
        try await plainly {
            let words = try wordsFile.map { try BackupWords(in: URL(filePath: $0)) } ?? Self.typed()
            let letGoFile = letGo.map { URL(filePath: $0) } ?? Copies.letGoFile(of: settings)
            let restored = try await Copies.restore(
                settings, from: URL(filePath: file), with: words, letGo: withoutLetGo ? nil : letGoFile)
            for line in Self.sentences(restored, isKnown: !withoutLetGo) { say(line) }
        }
    }

    private static func typed() throws -> BackupWords {
        say("Type the eight words of this backup, then press Enter:")
        return try BackupWords(reading: readLine() ?? "")
    }

    /// What was done, for whoever did it.
    static func sentences(_ restored: Copies.Restored, isKnown: Bool) -> [String] {
        let (report, again) = (restored.report, restored.again)
        var lines = ["The house is back: \(report.sentence). `roundtable serve` opens it."]
        guard isKnown else {
            return lines + [
                "What people took back after \(report.made.formatted(.iso8601)), and who left, is here again: tell them."
            ]
        }
        lines.append(
            again.last.map {
                "Let go of again, as people had since then: \(again.acts), the last at \($0.formatted(.iso8601))."
            }
                ?? "Nobody had let go of anything since then.")
        if again.reworded + again.renamed > 0 {
            lines.append(
                "Words that had been mended since: \(again.reworded). Names that had been changed: \(again.renamed). Nobody knows to what: they stand as they were then, so tell people to look."
            )
        }
        return lines
    }
}
