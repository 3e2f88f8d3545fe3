import Testing

@testable import Tallies

/// What the rules promise, held on small elections made by lot.
@Suite("What rules for money and committees promise")
struct FairShareTests {
    /// Every group of people, and what each of them would have if the group spent its share on what they all want:
    /// somebody in it has at least as much, but for one project. (Extended justified representation up to one project,
    /// Peters, Pierczyński and Skowron 2021.)
    private func isFair(_ vote: MoneyVote, _ winners: [Int], worth: (Int) -> Int) -> Bool {
        let ballots = (0..<vote.voters).map { Set(vote.ballot($0)) }
        let won = Set(winners)
        for mask in 1..<(1 << vote.projects.count) {
            let wanted = vote.projects.indices.filter { mask >> $0 & 1 == 1 }
            let cost = wanted.reduce(0) { $0 + vote.projects[$1].cost }
            let group = ballots.filter { $0.isSuperset(of: wanted) }
            guard !group.isEmpty, cost * vote.voters <= vote.budget * group.count else { continue }
            let due = wanted.reduce(0) { $0 + worth($1) }
            let isServed = group.contains { ballot in
                let has = ballot.intersection(won).reduce(0) { $0 + worth($1) }
                let most = wanted.filter { !won.contains($0) }.map(worth).max() ?? 0
                return has >= due || has + most > due
            }
            if !isServed { return false }
        }
        return true
    }

    @Test("equal shares give every group that agrees its fair share, and greedy spending doesn't")
    func fairShare() throws {
        var lot = Lot(seed: 5)
        var unfair = 0
        for _ in 0..<1_500 {
            let vote = try RandomVote(&lot, .approval).vote
            for satisfaction in [Satisfaction.cardinality, .cost] {
                let worth: (Int) -> Int = { satisfaction == .cost ? vote.projects[$0].cost : 1 }
                let shares = try EqualShares(satisfaction: satisfaction).count(vote, ties: .lot(seed: 1))
                #expect(isFair(vote, shares.winners, worth: worth))
                let greedy = try GreedySpending(satisfaction: satisfaction).count(vote, ties: .lot(seed: 1))
                if !isFair(vote, greedy.winners, worth: worth) { unfair += 1 }
            }
        }
        #expect(unfair > 10, "a check that greedy spending passes too would show nothing")
    }

    @Test("no rule spends more than there is, buys twice, or buys what nobody supports")
    func withinMeans() throws {
        var lot = Lot(seed: 6)
        for round in 0..<1_000 {
            let made = try RandomVote(&lot, [.approval, .points, .ranking][round % 3])
            let ties = Ties.lot(seed: UInt64(round))
            var outcomes = [
                try PhragmenSpending().count(made.vote, ties: ties),
                try EqualShares(raising: .untilExceeded(step: 1), filling: .greedy).count(made.vote, ties: ties),
                try EqualShares(raising: .untilExhausted(step: 2), filling: .utility).count(made.vote, ties: ties),
            ]
            for satisfaction in Satisfaction.allCases {
                outcomes.append(try GreedySpending(satisfaction: satisfaction).count(made.vote, ties: ties))
                outcomes.append(try EqualShares(satisfaction: satisfaction).count(made.vote, ties: ties))
            }
            let wanted = Set((0..<made.vote.voters).flatMap(made.vote.ballot))
            for outcome in outcomes {
                #expect(outcome.winners.reduce(0) { $0 + made.vote.projects[$1].cost } <= made.vote.budget)
                #expect(Set(outcome.winners).count == outcome.winners.count)
                #expect(wanted.isSuperset(of: outcome.winners))
            }
        }
    }

    @Test("what was completed with nothing more to fit leaves room for no project that somebody supports")
    func exhausted() throws {
        var lot = Lot(seed: 7)
        for _ in 0..<1_000 {
            let vote = try RandomVote(&lot, .approval).vote
            let wanted = Set((0..<vote.voters).flatMap(vote.ballot))
            for filling in [EqualShares.Filling.greedy, .utility] {
                let outcome = try EqualShares(filling: filling).count(vote, ties: .lot(seed: 1))
                let left = vote.budget - outcome.winners.reduce(0) { $0 + vote.projects[$1].cost }
                #expect(wanted.subtracting(outcome.winners).allSatisfy { vote.projects[$0].cost > left })
            }
        }
    }

    /// Every group large enough for some seats that agrees on as many has somebody with as many.
    private func isRepresentative(_ ballots: [Set<Int>], _ winners: [Int], options: Int, seats: Int) -> Bool {
        (1..<(1 << options)).allSatisfy { mask in
            let wanted = (0..<options).filter { mask >> $0 & 1 == 1 }
            let group = ballots.filter { $0.isSuperset(of: wanted) }
            guard wanted.count <= seats, wanted.count * ballots.count <= seats * group.count, !group.isEmpty else {
                return true
            }
            return group.contains { $0.intersection(winners).count >= wanted.count }
        }
    }

    @Test("equal shares and proportional approval represent every group that agrees; Phragmén's rule, each its part")
    func representation() throws {
        var lot = Lot(seed: 8)
        var missed = 0
        for _ in 0..<600 {
            let options = 2 + lot.draw(below: 5)
            let seats = 1 + lot.draw(below: options)
            let ballots = (0...lot.draw(below: 9)).map { _ in (0..<options).filter { _ in lot.draw(below: 2) == 0 } }
            let approvals = try Approvals(options: (0..<options).map(String.init), ballots: ballots)
            let sets = ballots.map(Set.init)
            let ties = Ties.lot(seed: 3)
            for outcome in [
                try EqualSharesSeats.count(approvals, seats: seats, ties: ties),
                try ProportionalApproval.count(approvals, seats: seats, ties: ties),
            ] {
                #expect(Set(outcome.winners).count == seats)
                #expect(isRepresentative(sets, outcome.winners, options: options, seats: seats))
            }
            let sequential = [
                try SequentialProportionalApproval.count(approvals, seats: seats, ties: ties),
                try PhragmenSeats.count(approvals, seats: seats, ties: ties),
            ]
            for outcome in sequential { #expect(Set(outcome.winners).count == seats) }
            // By votes alone, the larger group takes all.
            let support = (0..<options).map { option in sets.count { $0.contains(option) } }
            let most = Array((0..<options).sorted { (support[$1], $0) < (support[$0], $1) }.prefix(seats))
            if !isRepresentative(sets, most, options: options, seats: seats) { missed += 1 }
        }
        #expect(missed > 0, "a check that the most approved pass too would show nothing")
    }
}
