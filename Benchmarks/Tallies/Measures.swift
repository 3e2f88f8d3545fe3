import Foundation
import Tallies

/// Measures the counts: `Tallies NAME…` measures what is named, or all. Each line of what it prints is a figure, as
/// JSON: `what`, `seconds` (the best of several turns, where it says nothing else), and whatever else there is to say.
@main
struct Measures {
    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        for measure in ranked + readers + money where wanted.isEmpty || wanted.contains(measure.name) {
            try await measure.run()
        }
    }
}

/// One thing that is measured.
struct Measure: Sendable {
    let name: String
    let run: @Sendable () async throws -> Void
}

/// Real ballots made by others, where they lie beside the repository.
let shared = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data")
    .standardizedFileURL

/// The best of several turns, in seconds, and what the last made.
func best<Made>(of count: Int, _ work: () async throws -> Made) async rethrows -> (seconds: Double, made: Made) {
    let counted = try await turns(count, work)
    return (counted.seconds[0], counted.made)
}

/// How long each of several turns took, in seconds, the shortest first; and what the last made.
func turns<Made>(_ count: Int, _ work: () async throws -> Made) async rethrows -> (seconds: [Double], made: Made) {
    let clock = ContinuousClock()
    var (seconds, made): ([Double], Made?) = ([], nil)
    for _ in 0..<count {
        let start = clock.now
        made = try await work()
        let taken = (clock.now - start).components
        seconds.append(Double(taken.seconds) + Double(taken.attoseconds) * 1e-18)
    }
    return (seconds.sorted(), made!)
}

/// The same, in seconds of the processor: for work on one core, on a machine where others want the cores too.
func bestOfProcessor<Made>(turns: Int, _ work: () async throws -> Made) async rethrows -> (seconds: Double, made: Made)
{
    var (least, made): (Double, Made?) = (.infinity, nil)
    for _ in 0..<turns {
        let start = processorSeconds()
        made = try await work()
        least = min(least, processorSeconds() - start)
    }
    return (least, made!)
}

private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Prints one figure.
func tell(_ what: String, _ seconds: Double, _ more: [String: Any] = [:]) throws {
    let figure = more.merging(["what": what, "seconds": seconds]) { _, new in new }
    let data = try JSONSerialization.data(withJSONObject: figure, options: [.sortedKeys, .withoutEscapingSlashes])
    print(String(decoding: data, as: UTF8.self))
}
