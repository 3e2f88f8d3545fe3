import Foundation
import Tallies

/// One of RCTab's own tests: ballots, settings, and the report that it expects.
struct RCTabSet: Sendable, CustomStringConvertible {
    let name: String
    var description: String { name }

    /// Where the ballots of each set come from. The ballots of those that name another set lie in
    /// what that one expects.
    enum Source: Sendable {
        case sheet(String)
        case converted
    }

    static let all: [RCTabSet] = [
        "aliases_cdf_json", "aliases_ess_xlsx", "clear_ballot_kansas_primary", "continue_tabulation_test",
        "continue_until_two_with_batch_elimination_test", "duplicate_test", "exhaust_if_multiple_continuing",
        "first_round_determines_threshold_test", "more_winners_than_candidates", "multi_seat_uwi_test",
        "nist_xml_cdf_2", "skip_to_next_test", "test_set_1_exhaust_at_overvote", "test_set_6_duplicate_exhaust",
        "test_set_8_multi_cdf", "test_set_multi_winner_whole_threshold", "test_set_treat_blank_as_undeclared_write_in",
        "tiebreak_generate_permutation_test", "tiebreak_previous_round_counts_then_random_test",
        "tiebreak_use_permutation_in_config_test", "unisyn_xml_cdf_city_chief_of_police",
        "unisyn_xml_cdf_city_coroner",
    ].map { RCTabSet(name: $0) }

    /// The sets that can't be counted, each with the reason.
    static let leftOut: [String: String] = [
        "2013_minneapolis_park_bottoms_up": "its ballots (an Excel workbook) are not in the folder",
        "2013_minneapolis_park_hare": "its ballots (an Excel workbook) are not in the folder",
        "2013_minneapolis_park_sequential": "its ballots (an Excel workbook) are not in the folder",
        "conversions_from_ess": "a test of writing ballots; it counts nothing",
        "hart_travis_county_officers": "its ballots (a Hart archive) are not in the folder",
        "invalid_output_directory": "a test of a setting; it counts nothing",
        "invalid_params_test": "a test of settings; it counts nothing",
        "max_ranking_enforcement": "a test of a setting; it expects no report",
        "multi_seat_bottoms_up_with_cutoff_eliminate": "its ballots (an Excel workbook) are not in the folder",
        "multi_seat_bottoms_up_with_dynamic_threshold": "its ballots (an Excel workbook) are not in the folder",
        "sequential_with_continue_until_two": "its ballots (an Excel workbook) are not in the folder",
        "signature_validation": "a test of signatures; it counts nothing",
        "stop_tabulation_early_test": "its ballots (an Excel workbook) are not in the folder",
        "tabulate_by_precinct_without_precincts": "a test of precincts; it expects no report",
        "unisyn_cvrs": "ballots of the two other unisyn sets",
    ]

    private var folder: String { "ballots/\(name)" }

    private var source: Source {
        switch name {
        case "clear_ballot_kansas_primary": .sheet("\(folder)/clear_ballot_kansas_primary.cvr.csv")
        // Their workbook is not there, and this is what RCTab made of it.
        case "more_winners_than_candidates", "tiebreak_use_permutation_in_config_test":
            .sheet("ballots/conversions_from_ess/conversions_from_ess_expected.csv")
        default: .converted
        }
    }

    func json(_ ending: String) throws -> [String: Any] {
        let url = SharedData.folder.appending(path: "\(folder)/\(name)_\(ending).json")
        return try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as! [String: Any]
    }

    /// The ballots as they were marked, undeclared names as one option.
    func ballots(_ config: [String: Any]) throws -> Ballots {
        var labels = BallotSheet.Labels()
        for candidate in config["candidates"] as! [[String: Any]] {
            let name = candidate["name"] as! String
            labels.options.append(name)
            for alias in candidate["aliases"] as? [String] ?? [] { labels.aliases[alias] = name }
            if let code = candidate["code"] as? String, !code.isEmpty { labels.aliases[code] = name }
        }
        labels.options.append(Self.undeclared)
        let bytes =
            switch source {
            case .sheet(let path): try SharedData.bytes(path)
            case .converted: try converted()
            }
        let read = try BallotSheet.read(bytes, labels: labels)
        guard !read.options.contains(Self.undeclared) else { return read }
        var ballots = Ballots(options: read.options + [Self.undeclared])
        for line in 0..<read.lines { ballots.add(read.marks(of: line), count: read.counts[line]) }
        return ballots
    }

    /// The order by which lots fall as they fell in the report: whoever lasted longer is favoured.
    func reportedOrder(_ ballots: Ballots) throws -> [Int] {
        let rounds = try json("expected_detailed_report")["results"] as! [[String: Any]]
        let results = rounds.flatMap { $0["tallyResults"] as! [[String: Any]] }
        let eliminated = results.compactMap { $0["eliminated"] as? String }
        let elected = results.compactMap { $0["elected"] as? String }
        let others = ballots.options.filter { !elected.contains($0) && !eliminated.contains($0) }
        return (elected + others + eliminated.reversed()).compactMap(ballots.options.firstIndex)
    }

    static let undeclared = "Undeclared Write-ins"

    /// Whether a word for undeclared names is in the settings.
    func namesUndeclared(_ config: [String: Any]) -> Bool {
        (config["cvrFileSources"] as! [[String: Any]]).contains { source in
            !(source["undeclaredWriteInLabel"] as? String ?? "").isEmpty
        }
    }

    private func converted() throws -> [UInt8] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Oracles/rctab.py")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let config = SharedData.folder.appending(path: "\(folder)/\(name)_config.json")
        process.arguments = ["python3", script.standardizedFileURL.path, config.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    /// The set's settings as ours.
    func settings(_ config: [String: Any], _ ballots: Ballots) -> RankedChoice.Settings {
        let rules = config["rules"] as! [String: Any]
        func text(_ key: String) -> String { rules[key].map { "\($0)" } ?? "" }
        func flag(_ key: String) -> Bool { rules[key] as? Bool ?? false }
        var settings = RankedChoice.Settings()
        settings.seats = Int(text("numberOfWinners")) ?? 1
        settings.mode = text("winnerElectionMode") == "multiWinnerAllowOnlyOneWinnerPerRound" ? .oneARound : .threshold
        settings.overvote =
            switch text("overvoteRule") {
            case "alwaysSkipToNextRank": .skip
            case "exhaustIfMultipleContinuing": .exhaustIfSeveralContinue
            default: .exhaust
            }
        settings.mostSkipped = Int(text("maxSkippedRanksAllowed"))
        settings.endsAtRepeat = flag("exhaustOnDuplicateCandidate")
        settings.places = Int(text("decimalPlacesForVoteArithmetic")) ?? 4
        settings.hasFractionalThreshold = flag("nonIntegerWinningThreshold")
        settings.isHare = flag("hareQuota")
        settings.keepsFirstThreshold = flag("doesFirstRoundDetermineThreshold")
        settings.eliminatesBatches = flag("batchElimination")
        settings.continuesToTwo = flag("continueUntilTwoCandidatesRemain")
        settings.lastRound = Int(text("stopTabulationEarlyAfterRound"))
        settings.fewestVotes = Int(text("minimumVoteThreshold")) ?? 0
        settings.looksBack = text("tiebreakMode").hasPrefix("previousRoundCounts")
        settings.undeclared = ballots.options.firstIndex(of: Self.undeclared)
        return settings
    }
}
