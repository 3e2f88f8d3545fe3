import Foundation
import Tallies
import Testing

@Suite("Ranked choice counts as RCTab does")
struct RankedChoiceTests {
    static let isHere = SharedData.has("ballots")

    @Test("every set is counted, or left out for a reason", .enabled(if: isHere, "the sets are not here"))
    func accountedFor() throws {
        let found = try FileManager.default.contentsOfDirectory(
            atPath: SharedData.folder.appending(path: "ballots").path)
        #expect(Set(found) == Set(RCTabSet.all.map(\.name)).union(RCTabSet.leftOut.keys))
    }

    @Test("the same rounds to the last figure", .enabled(if: isHere, "the sets are not here"), arguments: RCTabSet.all)
    func rounds(set: RCTabSet) throws {
        let config = try set.json("config")
        var ballots = try set.ballots(config)
        let excluded = (config["candidates"] as! [[String: Any]]).filter { $0["excluded"] as? Bool ?? false }
        ballots.withdrawn = excluded.compactMap { ballots.options.firstIndex(of: $0["name"] as! String) }
        // Undeclared names stand, as one, where the settings know them by a word or somebody wrote one.
        if !set.namesUndeclared(config), let undeclared = ballots.options.firstIndex(of: RCTabSet.undeclared),
            !ballots.marks.contains(where: { $0.isOption && $0.option == undeclared })
        {
            ballots.withdrawn.append(undeclared)
        }
        let settings = set.settings(config, ballots)
        let mode = (config["rules"] as! [String: Any])["tiebreakMode"] as? String
        let order = mode == "useCandidateOrder" ? Array(ballots.options.indices) : try set.reportedOrder(ballots)
        let outcome = try RankedChoice.count(ballots, settings, ties: .order(order))

        let expected = try #require(try set.json("expected_detailed_report")["results"] as? [[String: Any]])
        #expect(outcome.stages.count == expected.count)
        for (stage, round) in zip(outcome.stages, expected) { compare(stage, round, outcome, settings) }
    }

    /// One round: who had what, the threshold, why ballots rest, who was elected, who went, and what moved.
    private func compare(
        _ stage: Stage, _ round: [String: Any], _ outcome: Outcome, _ settings: RankedChoice.Settings
    ) {
        let number = round["round"] as! Int
        let had = Dictionary(
            uniqueKeysWithValues: stage.standings.map { (outcome.options[$0.option], value($0.figure)) })
        let tally = (round["tally"] as! [String: String]).mapValues { Decimal(string: $0)! }
        #expect(had.filter { $0.value != 0 || tally[$0.key] != nil } == tally, "round \(number)")
        let marks = Dictionary(uniqueKeysWithValues: stage.marks.map { ($0.name, value($0.figure)) })
        #expect(marks["Threshold"] == Decimal(string: round["threshold"] as! String)!, "round \(number)")
        let inactive = (round["inactiveBallots"] as! [String: String]).mapValues { Decimal(string: $0)! }
        #expect(marks["Overvotes"] == inactive["overvotes"], "round \(number)")
        #expect(marks["Skipped ranks"] == inactive["skippedRankings"], "round \(number)")
        #expect(marks["No further choice"] == inactive["exhaustedChoices"], "round \(number)")
        #expect(marks["Repeated options"] == inactive["repeatedRankings"], "round \(number)")

        var (elected, eliminated): (Set<String>, Set<String>) = ([], [])
        var moved: [String: [String: Decimal]] = [:]
        for event in stage.events {
            switch event {
            case .elected(let option): elected.insert(outcome.options[option])
            case .stoodDown(let option): eliminated.insert(outcome.options[option])
            case .moved(let from?, let to, let figure):
                moved[outcome.options[from], default: [:]][to.map { outcome.options[$0] } ?? "exhausted"] = value(
                    figure)
            default: continue
            }
        }
        let results = round["tallyResults"] as! [[String: Any]]
        #expect(elected == Set(results.compactMap { $0["elected"] as? String }), "round \(number)")
        #expect(eliminated == Set(results.compactMap { $0["eliminated"] as? String }), "round \(number)")
        for result in results {
            let name = result["elected"] as? String ?? result["eliminated"] as! String
            var transfers = (result["transfers"] as? [String: String] ?? [:]).mapValues { Decimal(string: $0)! }
            // The residue is told of the round, not of who left it.
            transfers["residual surplus"] = nil
            #expect(moved[name, default: [:]] == transfers.filter { $0.value != 0 }, "round \(number), \(name)")
        }
    }

    private func value(_ figure: Figure) -> Decimal { Decimal(string: figure.description)! }
}
