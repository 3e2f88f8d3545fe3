import ArgumentParser
import Foundation
import Roundtable

/// Says whether a house is healthy, and what to do where it isn't.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says whether this house is healthy.",
        discussion:
            "It looks at the database, the data folder, the disk, the clock and the letters, and changes nothing. It fails when anything needs doing."
    )

    @Flag(help: "Prints what was found as JSON, and nothing else.") var json = false
    @OptionGroup var place: SettingOptions

    func run() async throws {
        let checkUp = await CheckUp.of(try place.settings())
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            say(String(decoding: try encoder.encode(checkUp.findings), as: UTF8.self))
        } else {
            for finding in checkUp.findings { say(finding.line) }
            say(checkUp.isWell ? "This house is well." : "Something needs doing: see above.")
        }
        guard checkUp.isWell else { throw ExitCode.failure }
    }
}

extension CheckUp.Finding {
    /// The sentence, with what it asks for before it.
    var line: String {
        switch standing {
        case .well: "Well:   \(sentence)"
        case .mind: "Mind:   \(sentence)"
        case .act: "To do:  \(sentence)"
        }
    }
}
