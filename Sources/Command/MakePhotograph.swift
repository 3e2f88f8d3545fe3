import ArgumentParser
import Photographs

/// What the house runs as a process of its own for each photograph that it is sent, with nothing to hold but that one.
struct MakePhotograph: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "photograph", abstract: "Makes a photograph anew, from standard input to standard output.",
        shouldDisplay: false)

    func run() { Photograph.makeConfined() }
}
