import Testing

@testable import Tallies

/// Real elections with the results that cities published, from Pabulib.
@Suite("Money as cities counted it", .enabled(if: SharedData.has("pabulib"), "the shared elections aren't here"))
struct OfficialResultTests {
    /// Elections that plain greedy spending doesn't replay, with what it would buy more and what was bought instead.
    static let local: [String: (more: Set<String>, instead: Set<String>, why: String)] = [
        "poland_gdynia_2020_chylonia-large": (["2"], [], "stops at the first project that doesn't fit"),
        "poland_katowice_2020_janow-nikiszowiec": (["L16/09/VII"], [], "passes over 21 points, though they fit"),
        "poland_krakow_2019_bienczyce": (["6"], [], "passes over the sixth, and takes later ones"),
        "poland_krakow_2020_pradnik-czerwony": (["19"], ["15"], "passes over 162 points for 132"),
        "poland_poznan_2023_13-jezyce-sw-lazarz": (["XIII.2"], [], "leaves money that XIII.2 would fit into"),
    ]

    static let files = SharedData.files("pabulib", endings: ["pb"])

    private func ids(_ places: some Sequence<Int>, _ file: Pabulib) -> Set<String> {
        Set(places.map { file.vote.projects[$0].id })
    }

    @Test("greedy spending gives every official result, however its ties were decided")
    func greedy() throws {
        var counted = 0
        for name in Self.files where !name.contains("wieliczka") {
            let file = try Pabulib(reading: try SharedData.bytes(name))
            guard let official = file.official else { continue }
            let every = try #require(
                try TieBreaker.everyOutcome(limit: 10_000) { ties throws(Uncountable) in
                    Set(GreedySpending().count(file.vote, &ties).winners)
                })
            counted += 1
            let stem = String(name.dropFirst("pabulib/".count).dropLast(".pb".count))
            if let exception = Self.local[stem] {
                let ours = try #require(every.count == 1 ? every.first : nil)
                #expect(ids(ours, file).subtracting(ids(official, file)) == exception.more, "\(stem)")
                #expect(ids(official, file).subtracting(ids(ours, file)) == exception.instead, "\(stem)")
            } else {
                #expect(every.contains(Set(official)), "\(stem)")
            }
        }
        #expect(counted == 51)
    }

    @Test("equal shares, raised by one until it would cost too much, give Wieliczka's result of 2023 exactly")
    func wieliczka() throws {
        let names = Self.files.filter { $0.contains("wieliczka") }
        try #require(names.count == 2)
        let rule = EqualShares(satisfaction: .cost, raising: .untilExceeded(step: 1))
        for (seed, name) in names.enumerated() {
            let file = try Pabulib(reading: try SharedData.bytes(name))
            let outcome = try rule.count(file.vote, ties: .lot(seed: UInt64(seed)))
            #expect(Set(outcome.winners) == Set(try #require(file.official)))
        }
    }

    @Test("to stop as soon as nothing more fits would not have given Wieliczka's result")
    func wieliczkaExhausted() throws {
        let name = try #require(Self.files.first { $0.contains("wieliczka") })
        let file = try Pabulib(reading: try SharedData.bytes(name))
        let official = Set(try #require(file.official))
        for raising in [EqualShares.Raising.none, .untilExhausted(step: 1)] {
            let outcome = try EqualShares(satisfaction: .cost, raising: raising).count(file.vote, ties: .lot(seed: 0))
            #expect(Set(outcome.winners) != official)
        }
    }

    @Test("every file is read, written and read the same")
    func roundTrip() throws {
        try #require(Self.files.count == 59)
        for name in Self.files {
            let file = try Pabulib(reading: try SharedData.bytes(name))
            let again = try Pabulib(reading: file.bytes)
            #expect(again.vote == file.vote, "\(name)")
            #expect(again.bytes == file.bytes, "\(name)")
            #expect(again.meta == file.meta && again.projectFields == file.projectFields, "\(name)")
        }
    }

    @Test("the numbers of votes that files publish are those that are read")
    func published() throws {
        for name in Self.files {
            let file = try Pabulib(reading: try SharedData.bytes(name))
            let votes = try #require(file.column("votes")).map { Int64($0) }
            #expect(GreedySpending.totals(file.vote, .cardinality).map(Optional.init) == votes, "\(name)")
            guard let scores = file.column("score") else { continue }
            #expect(GreedySpending.totals(file.vote, .score).map(Optional.init) == scores.map { Int64($0) }, "\(name)")
        }
    }
}
