import ArgumentParser
import Foundation
import Roundtable

/// The program: `roundtable serve`, `check`, `version`.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roundtable",
        abstract: "People changing a service together, from a blank page to a change or an honest no.",
        version: Roundtable.version,
        subcommands: [Serve.self, Version.self])
}

/// The settings that every command takes: each by flag, or by environment.
struct SettingOptions: ParsableArguments {
    @Option(help: help("data")) var data: String?
    @Option(help: help("database")) var database: String?

    private static func help(_ flag: String) -> ArgumentHelp { settingHelp(flag) }

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

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the house until told to stop.")

    @OptionGroup var place: SettingOptions
    @Option(help: settingHelp("listen")) var listen: String?
    @Option(help: settingHelp("address")) var address: String?
    @Option(help: settingHelp("proxy")) var proxy: String?
    @Option(help: settingHelp("zone")) var zone: String?
    @Option(help: settingHelp("assets")) var assets: String?
    @Option(help: settingHelp("development")) var development: String?

    func run() async throws {
        var flags = place.flags()
        for (name, value) in [
            "listen": listen, "address": address, "proxy": proxy, "zone": zone, "assets": assets,
            "development": development,
        ] { flags[name] = value }
        let settings = try Settings(flags: flags, environment: ProcessInfo.processInfo.environment)
        let house = try await House.open(settings)
        let firstKey = try await house.firstKeyAddress()
        try await house.serve { port in
            say("Roundtable is open at \(settings.address)")
            if let firstKey {
                say("This house has no keeper yet. Whoever opens this address first becomes its keeper:\n\(firstKey)")
            }
        }
    }
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the version.")
    func run() { print(Roundtable.version) }
}

/// Prints a line at once, also when something else reads what is printed.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
