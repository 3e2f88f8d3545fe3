import ArgumentParser
import Foundation
import Roundtable

/// The program: `roundtable serve`, `backup`, `restore`, `export`, `import`, `opinions`, `count`, `check`, `version`.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roundtable",
        abstract: "People changing a service together, from a blank page to a change or an honest no.",
        version: Roundtable.version,
        subcommands: [
            Serve.self, Backup.self, Restore.self, Export.self, Import.self, OpinionGroups.self, Count.self, Check.self,
            Version.self, MakePhotograph.self,
        ])
}

/// The settings that every command takes: each by flag, or by environment.
struct SettingOptions: ParsableArguments {
    @Option(help: help("data")) var data: String?
    @Option(help: help("database")) var database: String?

    private static func help(_ flag: String) -> ArgumentHelp { settingHelp(flag) }

    /// The settings of a command that takes no others, and opens the house to nobody.
    func settings() throws -> Settings {
        let environment = ProcessInfo.processInfo.environment.filter { $0.key != "ROUNDTABLE_HALL" }
        return try Settings(flags: flags(), environment: environment)
    }

    func flags() -> [String: String] {
        ["data": data, "database": database].compactMapValues { $0 }
    }
}

/// What a setting is for, from the one list of settings.
func settingHelp(_ flag: String) -> ArgumentHelp {
    let entry = Settings.all.first { $0.flag == flag }!
    let standard = entry.standard.isEmpty ? "" : " Usually \(entry.standard)."
    return ArgumentHelp("\(entry.meaning)\(standard) Environment: \(entry.variable).")
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the version.")

    // Taken and not needed: every command takes them, so that a script can pass them always.
    @OptionGroup var place: SettingOptions

    func run() { print(Roundtable.version) }
}

/// Prints a line at once, also when something else reads what is printed.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// Does what may go wrong; what does is told as a sentence.
func plainly<Made: Sendable>(_ work: () async throws -> Made) async throws -> Made {
    do {
        return try await work()
    } catch {
        throw Told(description: CheckUp.sentence(error))
    }
}

/// What went wrong, for whoever typed the command.
struct Told: Error, CustomStringConvertible {
    let description: String
}
