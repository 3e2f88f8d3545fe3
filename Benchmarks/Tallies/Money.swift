import Foundation
import Tallies

/// The counts of money, on the largest city at hand and on Wieliczka's vote of 2023.
let money: [Measure] = [
    Measure(name: "lodz") {
        guard let (bytes, vote) = try pabulib("poland_lodz_2022_.pb") else { return }
        let ties = Ties.lot(seed: 0)
        let rules: [(String, () throws -> Outcome)] = [
            ("equal shares", { try EqualShares(satisfaction: .cost).count(vote, ties: ties) }),
            ("greedy", { try GreedySpending(satisfaction: .cost).count(vote, ties: ties) }),
            ("Phragmén", { try PhragmenSpending().count(vote, ties: ties) }),
        ]
        for (name, rule) in rules {
            let counted = try await best(of: 11, rule)
            try tell("Łódź 2022, \(name)", counted.seconds, ["winners": counted.made.winnerNames.sorted()])
        }
        let reading = try await bestOfProcessor(turns: 21) { try Pabulib(reading: bytes).vote.voters }
        let megabytes = Double(bytes.count) / 1_000_000
        try tell("reading .pb", reading.seconds, ["megabytes": megabytes, "a second": megabytes / reading.seconds])
    },
    Measure(name: "wieliczka") {
        guard let (_, vote) = try pabulib("poland_wieliczka_2023.pb") else { return }
        let rule = EqualShares(satisfaction: .cost, raising: .untilExceeded(step: 1))
        let counted = try await best(of: 7) { try rule.count(vote, ties: .lot(seed: 0)) }
        try tell("Wieliczka 2023, add-one", counted.seconds, ["winners": counted.made.winnerNames.sorted()])
    },
]

private func pabulib(_ name: String) throws -> (bytes: [UInt8], vote: MoneyVote)? {
    let path = shared.appending(path: "pabulib/\(name)")
    guard let data = try? Data(contentsOf: path) else {
        print("skipped: \(path.path) is not there")
        return nil
    }
    return ([UInt8](data), try Pabulib(reading: [UInt8](data)).vote)
}
