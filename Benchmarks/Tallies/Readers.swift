import Foundation
import Tallies

/// How fast files are read, in megabytes a second of the processor.
let readers: [Measure] = [
    Measure(name: "readers") {
        let ballots = drawn(ballots: 300_000, options: 20)
        try await read("BLT", BLT.write(ballots)) { try BLT.read($0).total }
        try await read("PrefLib", PrefLib.write(ballots)) { try PrefLib.read($0).total }
        try await read("CSV, a column for each option", optionSheet(ballots)) { try BallotSheet.read($0).total }
        try await read("CSV, a column for each rank", BallotSheet.write(ballots)) { try BallotSheet.read($0).total }
        try await read("ABIF", ABIF.write(ballots)) { try ABIF.read($0).ballots.total }
    }
]

func read(_ format: String, _ text: String, _ reading: ([UInt8]) throws -> Int) async throws {
    let bytes = Array(text.utf8)
    let found = try await bestOfProcessor(turns: 15) { try reading(bytes) }
    let megabytes = Double(bytes.count) / 1_000_000
    try tell(
        "reading \(format)", found.seconds, ["megabytes": megabytes, "a second": (megabytes / found.seconds).rounded()])
}

/// The same ballots as a sheet of ranks by option.
func optionSheet(_ ballots: Ballots) -> String {
    var text = ballots.options.joined(separator: ",") + "\n"
    for line in 0..<ballots.lines {
        var ranks = [String](repeating: "", count: ballots.options.count)
        for (place, mark) in ballots.marks(of: line).enumerated() { ranks[mark.option] = String(place + 1) }
        text += ranks.joined(separator: ",") + "\n"
    }
    return text
}
