import Foundation
import Tallies

/// The counts of ranked ballots.
let ranked: [Measure] = [
    Measure(name: "dublin") {
        let path = shared.appending(path: "preflib/00001 - irish/00001-00000001.soi")
        guard let data = try? Data(contentsOf: path) else { return print("skipped: \(path.path) is not there") }
        let ballots = try PrefLib.read([UInt8](data))
        let counted = try await best(of: 21) { try InstantRunoff.count(ballots, ties: .lot(seed: 0)) }
        try tell("Dublin North 2002, instant run-off", counted.seconds, ["winners": counted.made.winnerNames])
    },
    Measure(name: "six") {
        let ballots = drawn(ballots: 100_000, options: 20)
        // Two cores work together here, so a machine that others use shows: the middle of many turns is what counts.
        let counted = try await turns(51) { try await six(ballots) }
        try tell("100,000 ballots of 20, six rules", counted.seconds[25], ["winners": counted.made])
        try tell("of 51 turns, the shortest", counted.seconds[0])
        try tell("of 51 turns, the longest", counted.seconds[50])
        let pairs = try await best(of: 11) { try await Pairs.compared(ballots) }
        try tell("of that, comparing two and two", pairs.seconds)
        let runOff = try await best(of: 11) { try InstantRunoff.count(ballots, ties: .lot(seed: 0)) }
        try tell("of that, instant run-off", runOff.seconds)
    },
]

/// The winners by six rules, the pairs compared once.
func six(_ ballots: Ballots) async throws -> [String] {
    let ties = Ties.lot(seed: 0)
    async let runOff = InstantRunoff.count(ballots, ties: ties)
    let pairs = try await Pairs.compared(ballots)
    let outcomes = [
        try Schulze.count(pairs, ties: ties), try RankedPairs.count(pairs, ties: ties),
        try Minimax.count(pairs, ties: ties), try Copeland.count(pairs, ties: ties),
        try Borda.count(pairs, ties: ties), try await runOff,
    ]
    return outcomes.map { $0.winnerNames[0] }
}

/// Complete ballots in random order, with a little leaning towards the first options.
func drawn(ballots count: Int, options: Int) -> Ballots {
    var lot = Lot(seed: 2026)
    var ballots = Ballots(options: (1...options).map { "Option \($0)" })
    for _ in 0..<count {
        var order = lot.order(of: options)
        let (one, other) = (lot.draw(below: options), lot.draw(below: options))
        if one < other, order[one] > order[other] { order.swapAt(one, other) }
        ballots.add(order: order)
    }
    return ballots
}
