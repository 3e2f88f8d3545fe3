import ArgumentParser
import Roundtable
import Testing

@testable import Command

@Suite("The guide for whoever hosts says what the program does")
struct GuideTests {
    private let guide = (try? Source.read("docs/hosting.md")) ?? ""

    static let commands: [any ParsableCommand.Type] = [
        Serve.self, Backup.self, Restore.self, Export.Whole.self, Import.Whole.self, Import.Polis.self, Check.self,
        Version.self,
    ]

    /// Commands that need no house, so neither its folder nor its database: they read a file and print.
    static let tools: [any ParsableCommand.Type] = [OpinionGroups.self]

    @Test("every setting is in the guide and in the help of serve", arguments: Settings.all.map(\.flag))
    func settings(flag: String) throws {
        let entry = try #require(Settings.all.first { $0.flag == flag })
        #expect(guide.contains("`--\(flag)`") && guide.contains("`\(entry.variable)`"))
        let help = Command.helpMessage(for: Serve.self, columns: 400)
        #expect(help.contains("--\(flag) <") && help.contains(entry.meaning) && help.contains(entry.variable))
    }

    @Test("the guide names no setting that there isn't")
    func strangers() {
        let variables = Set(guide.matches(of: /ROUNDTABLE_[A-Z_]+/).map { String($0.output) })
        #expect(variables == Set(Settings.all.map(\.variable)))
        let help = (Self.commands + Self.tools).map { Command.helpMessage(for: $0, columns: 400) }.joined()
        let ours = guide.split(separator: "\n").filter {
            $0.contains(/roundtable (serve|backup|restore|export|import|opinions|check|version)|bin\/run|\| `--/)
        }
        for line in ours {
            for flag in line.matches(of: /--[a-z][a-z-]*/).map({ String($0.output) }) where flag != "--release" {
                #expect(help.contains(flag), "the guide says \(flag)")
            }
        }
    }

    @Test("every command takes the folder and the database, and is in the guide")
    func everywhere() {
        for command in Self.commands {
            let help = Command.helpMessage(for: command, columns: 400)
            #expect(help.contains("--data <data>") && help.contains("--database <database>"), "\(command)")
        }
        for name in ["serve", "backup", "restore", "export house", "import house", "import polis", "check", "version"] {
            #expect(guide.contains("roundtable \(name)"), "\(name)")
        }
    }

    @Test("whatever can be asked of a command without a house is in the guide, and in its help")
    func asked() {
        for (tool, name, flags) in [(OpinionGroups.self, "opinions", ["--csv", "--json", "--svg", "--replay"])] {
            let help = Command.helpMessage(for: tool, columns: 400)
            #expect(guide.contains("roundtable \(name)"))
            let ours = Set(help.matches(of: /--[a-z]+/).map { String($0.output) }).subtracting(["--help", "--version"])
            #expect(ours == Set(flags))
            for flag in flags { #expect(guide.contains("`\(flag)`"), "the guide says nothing of \(flag)") }
        }
    }

    @Test("commands are read as they are written")
    func parsing() throws {
        let brought = try #require(
            try Command.parseAsRoot([
                "import", "polis", "export", "--project", "Bakery", "--json", "--data", "d", "--database",
                "postgres://x/y",
            ]) as? Import.Polis)
        #expect(brought.folder == "export" && brought.project == "Bakery" && brought.json)
        #expect(brought.place.data == "d" && brought.place.database == "postgres://x/y")
        #expect(throws: (any Error).self) { try Command.parseAsRoot(["import", "polis", "export"]) }
        #expect(throws: (any Error).self) {
            try Command.parseAsRoot(["import", "polis", "e", "--project", "B", "--language", "\"><script>"])
        }
        #expect(try Command.parseAsRoot(["version", "--data", "d"]) is Version)
        #expect(try Command.parseAsRoot(["check", "--data", "d"]) is Check)
        let asked = try #require(try Command.parseAsRoot(["opinions", "a", "b", "--json"]) as? OpinionGroups)
        #expect(asked.files == ["a", "b"] && asked.json)
        #expect(throws: (any Error).self) { try Command.parseAsRoot(["opinions", "a", "--json", "--csv"]) }
        #expect(throws: (any Error).self) { try Command.parseAsRoot(["opinions", "a", "b", "--svg"]) }
        #expect(throws: (any Error).self) { try Command.parseAsRoot(["opinions"]) }
    }
}
