import ArgumentParser
import Foundation
import Roundtable

/// Writes out what the house holds.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a whole house to a file.", subcommands: [Whole.self])

    struct Whole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "house",
            abstract: "Writes the whole house to one file, to move it to another place.",
            discussion: """
                The file holds everything: every word, the secret, and the files of the house. It is not sealed, so keep \
                it as safe as the house. `roundtable import house` brings it in, on SQLite or on PostgreSQL. The house \
                may stay open meanwhile; what people write after the beginning is not in the file.
                """)

        @Argument(help: "The file to write. What had that name stays until the new one is whole.") var file: String
        @OptionGroup var place: SettingOptions

        func run() async throws {
            let settings = try place.settings()
            let report = try await plainly { try await Copies.export(settings, to: URL(filePath: file)) }
            say("The whole house is in \(file): \(report.sentence).")
            say(
                "It is not sealed, and holds everything, the key too. Only you can read it: keep it safe, then delete it."
            )
        }
    }
}

extension Import {
    struct Whole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "house",
            abstract: "Brings in a whole house that `roundtable export house` wrote.",
            discussion: """
                It only goes into an empty house: a new data folder, or a new PostgreSQL database with a new data folder. \
                If it is broken off, nothing has been brought in: do it again.
                """)

        @Argument(help: "The file that `roundtable export house` wrote.") var file: String
        @OptionGroup var place: SettingOptions

        func run() async throws {
            let settings = try place.settings()
            let report = try await plainly { try await Copies.bringIn(settings, from: URL(filePath: file)) }
            say("The whole house is here: \(report.sentence). `roundtable serve` opens it.")
        }
    }
}

extension Copies.Report {
    /// What a copy holds, in a few words.
    var sentence: String {
        "\(rows) \(rows == 1 ? "row" : "rows"), \(files) \(files == 1 ? "file" : "files"), as of \(made.formatted(.iso8601))"
    }
}
