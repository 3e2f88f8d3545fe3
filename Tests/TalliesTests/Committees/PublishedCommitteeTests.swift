import Foundation
import Testing

@testable import Tallies

/// Profiles with the committees that each rule elects, as the abcvoting library and its authors have them.
@Suite("Committees as published", .enabled(if: SharedData.has("committees"), "the shared profiles aren't here"))
struct PublishedCommitteeTests {
    /// One profile with what was published of it.
    struct Profile {
        let approvals: Approvals
        let seats: Int
        let expected: [String: Set<[Int]>]

        init(_ text: String) throws {
            var sections: [(key: String, value: String)] = []
            for line in text.split(separator: "\n") {
                let trimmed = line.drop { $0 == " " || $0 == "-" }
                if let colon = line.firstIndex(of: ":"), line.first != "[", !trimmed.hasPrefix("[") {
                    let key = trimmed.prefix { $0 != ":" }
                    sections.append((String(key), String(line[line.index(after: colon)...])))
                } else if !sections.isEmpty {
                    sections[sections.count - 1].value += line
                }
            }
            func number(_ key: String) throws -> Int {
                let value = try #require(sections.first { $0.key == key }?.value)
                return try #require(Int(value.trimmingCharacters(in: .whitespaces)))
            }
            let ballots = Self.lists(try #require(sections.first { $0.key == "profile" }?.value))
            let options = (0..<(try number("num_cand"))).map { String($0) }
            approvals = try Approvals(options: options, ballots: ballots)
            seats = try number("committeesize")
            var expected: [String: Set<[Int]>] = [:]
            for (place, section) in sections.enumerated() where section.key == "rule_id" {
                let rule = section.value.trimmingCharacters(in: .whitespaces)
                expected[rule] = Set(Self.lists(sections[place + 1].value).map { $0.sorted() })
            }
            self.expected = expected
        }

        /// `[[0, 1], [2]]`
        private static func lists(_ text: String) -> [[Int]] {
            text.split(separator: "[").filter { $0.contains("]") }.map { list in
                list.prefix { $0 != "]" }.split(separator: ",")
                    .compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
            }
        }
    }

    static let profiles: [(name: String, profile: Profile)] = SharedData.files("committees", endings: ["abc.yaml"])
        .compactMap { name in
            guard let bytes = try? SharedData.bytes(name) else { return nil }
            return (try? Profile(String(decoding: bytes, as: UTF8.self))).map { (name, $0) }
        }

    /// More ways for ties to fall than any of these profiles has.
    private static let mostWays = 200_000

    private func check(
        _ rule: String, _ count: (Approvals, Int, inout TieBreaker) throws(Uncountable) -> Outcome
    ) throws {
        try #require(Self.profiles.count > 200, "the profiles could be read")
        for (name, profile) in Self.profiles {
            let every = try TieBreaker.everyOutcome(limit: Self.mostWays) { ties throws(Uncountable) in
                try count(profile.approvals, profile.seats, &ties).winners.sorted()
            }
            #expect(every == profile.expected[rule], "\(rule) in \(name)")
        }
    }

    @Test("proportional approval elects the published committees, and no others")
    func proportionalApproval() throws {
        try #require(Self.profiles.count > 200)
        for (name, profile) in Self.profiles {
            let best = try ProportionalApproval.everyBest(profile.approvals, seats: profile.seats)
            #expect(Set(best.committees) == profile.expected["pav"], "pav in \(name)")
        }
    }

    @Test("sequential proportional approval elects the published committees, and no others")
    func sequentialProportionalApproval() throws {
        try check("seqpav") { approvals, seats, ties throws(Uncountable) in
            try SequentialProportionalApproval.count(approvals, seats: seats, &ties)
        }
    }

    @Test("Phragmén's sequential rule elects the published committees, and no others")
    func phragmen() throws {
        try check("seqphragmen") { approvals, seats, ties throws(Uncountable) in
            try PhragmenSeats.count(approvals, seats: seats, &ties)
        }
    }

    @Test("equal shares, completed by Phragmén's rule, elect the published committees, and no others")
    func equalShares() throws {
        try check("equal-shares") { approvals, seats, ties throws(Uncountable) in
            try EqualSharesSeats.count(approvals, seats: seats, &ties)
        }
    }
}
