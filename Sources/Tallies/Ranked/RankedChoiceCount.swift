/// A count by ``RankedChoice`` under way. Votes are units of the last decimal place.
struct RankedChoiceCount {
    let ballots: Ballots
    let settings: RankedChoice.Settings
    /// Which options stood at all: not those who withdrew.
    let stood: [Int]
    var isEliminated: [Bool]
    var isElected: [Bool]
    var votes: [Int128]
    var threshold: Int128 = 0
    var residual: Int128 = 0
    /// What of the last surpluses nobody was left to have.
    var unpassed: Int128 = 0
    /// Ballots that count no more, by why.
    var inactive = [Int128](repeating: 0, count: RankedChoice.Rest.allCases.count)

    /// What each line's ballots count for: an option, or what they rest as, below 0.
    private var recipient: [Int]
    private var value: [Int128]
    /// What stays with the options that each line helped to elect in the round before.
    private var kept: [(line: Int, option: Int, amount: Int128)] = []
    private var telling: Telling<Int128>
    private(set) var outcome: Outcome
    private var haveElectedNow: [Int] = []
    private var haveEliminatedNow: [Int] = []
    let one: Int128

    init(_ ballots: Ballots, _ settings: RankedChoice.Settings, _ ties: Ties) {
        (self.ballots, self.settings) = (ballots, settings)
        let options = ballots.options.count
        stood = ballots.options.indices.filter { !ballots.withdrawn.contains($0) }
        isEliminated = [Bool](repeating: false, count: options)
        for option in ballots.withdrawn { isEliminated[option] = true }
        isElected = [Bool](repeating: false, count: options)
        votes = [Int128](repeating: 0, count: options)
        one = Fixed.unit(settings.places)
        recipient = [Int](repeating: Self.inHand, count: ballots.lines)
        value = [Int128](repeating: one, count: ballots.lines)
        telling = Telling(ties)
        outcome = Outcome(options: ballots.options)
    }

    /// A ballot that has counted for nobody yet.
    static let inHand = Int.max

    mutating func run() throws(Uncountable) -> Outcome {
        var round = 0
        while shouldGoOn(after: round) {
            round += 1
            guard round <= 2 * stood.count + 2 else {
                throw .unanswerable("Nobody can be told apart, so the count has no end.")
            }
            (haveElectedNow, haveEliminatedNow) = ([], [])
            tally(round)
            // With one seat it follows the ballots that still count, until there is a winner.
            let follows = settings.seats == 1 && !settings.keepsFirstThreshold && outcome.winners.isEmpty
            if round == 1 || follows || isToShare { setThreshold() }
            settleKept()
            telling.earlier.append(votes)
            decide()
        }
        return outcome
    }

    /// Whether an option can still be given ballots.
    func isContinuing(_ option: Int) -> Bool {
        !isEliminated[option] && (!isElected[option] || settings.continuesToTwo)
    }

    /// Those who can still be given ballots.
    var continuing: [Int] { stood.filter(isContinuing) }

    var isToShare: Bool { settings.mode == .bottomsUpToShare }

    private var eliminated: Int { stood.count { isEliminated[$0] } }

    private func shouldGoOn(after round: Int) -> Bool {
        let winners = outcome.winners.count
        if round == 0 { return true }
        if let last = settings.lastRound, round >= last { return false }
        if settings.continuesToTwo { return eliminated + winners + 1 < stood.count || !haveEliminatedNow.isEmpty }
        if isToShare { return winners == 0 && !continuing.isEmpty }
        if winners == stood.count { return false }
        // With several seats, one more round shows where the last surpluses went.
        let showsSurplus = settings.seats > 1 && !haveElectedNow.isEmpty && settings.mode != .bottomsUp
        return winners < settings.seats && !continuing.isEmpty || showsSurplus
    }

    // MARK: Who a ballot counts for

    private mutating func tally(_ round: Int) {
        for option in stood where isContinuing(option) { votes[option] = 0 }
        for place in inactive.indices { inactive[place] = 0 }
        var moved: [[Int128]] = [[Int128]](
            repeating: [Int128](repeating: 0, count: ballots.options.count + 1), count: ballots.options.count)
        // With nobody left to pass them on to, the last surpluses stay where they are.
        let isSettled = continuing.isEmpty
        unpassed = 0
        for line in 0..<ballots.lines {
            let worth = value[line] * Int128(ballots.counts[line])
            let before = recipient[line]
            if isSettled, before >= 0, before != Self.inHand {
                unpassed += worth
                moved[before][ballots.options.count] += worth
                continue
            }
            if before == Self.inHand || (before >= 0 && !isContinuing(before)) {
                recipient[line] = choice(line)
                if before != Self.inHand {
                    moved[before][recipient[line] >= 0 ? recipient[line] : ballots.options.count] += worth
                }
            }
            if recipient[line] >= 0 {
                votes[recipient[line]] += worth
            } else {
                inactive[-1 - recipient[line]] += worth
            }
        }
        for (from, row) in moved.enumerated() {
            for (to, amount) in row.enumerated() where amount > 0 {
                let event = Event.moved(from: from, to: to < ballots.options.count ? to : nil, figure(amount))
                outcome.stages[outcome.stages.count - 1].events.append(event)
            }
        }
        outcome.stages.append(Stage())
    }

    /// The option that a ballot counts for now, or, below 0, why it rests.
    private func choice(_ line: Int) -> Int {
        let range = ballots.range(line)
        guard !range.isEmpty else { return RankedChoice.Rest.undervote.code }
        var (at, rank, lastSeen) = (range.lowerBound, 0, 0)
        var seen: Set<Int> = []
        while at < range.upperBound {
            let start = at
            repeat { at += 1 } while at < range.upperBound && ballots.marks[at].isTied
            rank += 1
            let marks = ballots.marks[start..<at]
            if marks[start] == .skipped { continue }
            if let most = settings.mostSkipped, rank - lastSeen > most + 1 { return RankedChoice.Rest.skipped.code }
            lastSeen = rank
            if settings.endsAtRepeat {
                for mark in marks where mark.isOption {
                    guard seen.insert(mark.option).inserted else { return RankedChoice.Rest.repeated.code }
                }
            }
            if let decided = decide(overvoted: marks) {
                guard decided == RankedChoice.Rest.overvote else { continue }
                return decided.code
            }
            if let found = marks.first(where: { $0.isOption && isContinuing($0.option) }) { return found.option }
        }
        return RankedChoice.Rest.exhausted.code
    }

    /// What becomes of a ballot at a rank with an overvote: it ends, or (as `exhausted`) the rank is passed over;
    /// nothing where the rank can be read.
    private func decide(overvoted marks: ArraySlice<Mark>) -> RankedChoice.Rest? {
        let isSpoilt = marks.first == .overvote
        guard isSpoilt || marks.count > 1 else { return nil }
        switch settings.overvote {
        case .exhaust: return .overvote
        case .skip: return .exhausted
        case .exhaustIfSeveralContinue:
            if isSpoilt { return .overvote }
            return marks.count { $0.isOption && isContinuing($0.option) } > 1 ? .overvote : nil
        }
    }

    // MARK: Thresholds and surpluses

    private mutating func setThreshold() {
        let active = continuing.reduce(Int128(0)) { $0 + votes[$1] }
        let unit: Int128 = settings.hasFractionalThreshold ? 1 : one
        if isToShare {
            threshold = Fixed.quotient(active * Int128(settings.sharePercent), 100, .up)
        } else if settings.isHare {
            threshold = Fixed.quotient(active, Int128(settings.seats) * unit, .up) * unit
        } else {
            threshold = (active / (Int128(settings.seats + 1) * unit) + 1) * unit
        }
        threshold = max(threshold, Int128(settings.fewestVotes) * one)
    }

    /// Gives those elected in the round before what their ballots left with them; what lies above the threshold could
    /// not be shared out at these decimal places, and is set aside.
    private mutating func settleKept() {
        guard !kept.isEmpty else { return }
        let winners = Set(kept.map(\.option))
        for option in winners { votes[option] = 0 }
        for part in kept { votes[part.option] += part.amount }
        for option in winners where votes[option] > threshold {
            residual += votes[option] - threshold
            votes[option] = threshold
        }
        kept = []
    }

    private mutating func passOnSurplus(of winner: Int) {
        let total = votes[winner]
        let surplus = max(0, total - threshold)
        let fraction = surplus > 0 ? surplus * one / total : 0
        for line in 0..<ballots.lines where recipient[line] == winner {
            let passed = value[line] * fraction / one
            kept.append((line, winner, (value[line] - passed) * Int128(ballots.counts[line])))
            value[line] = passed
        }
    }

    // MARK: Who wins and who goes

    private mutating func decide() {
        let (winners, tie) = identifyWinners()
        var events = [tie].compactMap { $0 }
        if !winners.isEmpty {
            haveElectedNow = winners
            for winner in winners {
                isElected[winner] = true
                outcome.winners.append(winner)
                events.append(.elected(winner))
                if settings.seats > 1, settings.mode != .bottomsUp, !isToShare { passOnSurplus(of: winner) }
            }
        } else if outcome.winners.count < settings.seats || isToShare
            || (settings.continuesToTwo && eliminated < stood.count - 2)
        {
            let (losers, tie) = identifyLosers()
            events = [tie].compactMap { $0 }
            haveEliminatedNow = losers
            for loser in losers {
                isEliminated[loser] = true
                events.append(.stoodDown(loser))
            }
        }
        say(events)
    }

    private mutating func identifyWinners() -> ([Int], Event?) {
        let left = continuing.filter { !isElected[$0] }
        if let undeclared = settings.undeclared, isContinuing(undeclared), votes[undeclared] > 0 { return ([], nil) }
        if isToShare { return left.allSatisfy { votes[$0] >= threshold } ? (byVotes(left), nil) : ([], nil) }
        let unfilled = settings.seats - outcome.winners.count
        guard unfilled > 0, !left.isEmpty else { return ([], nil) }
        let most = left.map { votes[$0] }.max()!
        let leading = left.filter { votes[$0] == most }
        var winners: [Int] = []
        if left.count <= unfilled {
            winners = left
        } else if settings.keepsFirstThreshold, left.count - 1 == settings.seats {
            winners = leading
        } else if settings.mode != .bottomsUp {
            winners = left.filter { votes[$0] >= threshold }
        }
        let isOneOfSeveral = winners.count > 1 && (settings.mode == .oneARound || settings.keepsFirstThreshold)
        let isLastPair =
            settings.seats == 1 && winners.isEmpty && left.count == 2 && continuing.count == 2
            && left.allSatisfy { votes[$0] >= Int128(settings.fewestVotes) * one }
        guard isOneOfSeveral || isLastPair else { return (byVotes(winners), nil) }
        let (winner, tie) = choose(leading, most: true)
        return ([winner], tie)
    }

    private func byVotes(_ options: [Int]) -> [Int] {
        options.sorted { (votes[$1], $0) < (votes[$0], $1) }
    }

    private mutating func identifyLosers() -> ([Int], Event?) {
        let left = continuing
        if let undeclared = settings.undeclared, isContinuing(undeclared), votes[undeclared] > 0 {
            return ([undeclared], nil)
        }
        let few = left.filter { votes[$0] < Int128(settings.fewestVotes) * one }
        if !few.isEmpty { return (byVotes(few).reversed(), nil) }
        if settings.eliminatesBatches {
            let batch = hopeless(left)
            if batch.count > 1 { return (batch, nil) }
        }
        let fewest = left.map { votes[$0] }.min()!
        let (loser, tie) = choose(left.filter { votes[$0] == fewest }, most: false)
        return ([loser], tie)
    }

    /// Everybody who, with all the ballots of those below, would still have fewer than the next: all together.
    private func hopeless(_ left: [Int]) -> [Int] {
        let rising = Array(byVotes(left).reversed())
        var (running, batch, before): (Int128, Int, Int) = (0, 0, 0)
        for (place, option) in rising.enumerated() {
            if place > batch, running < votes[option] { (before, batch) = (batch, place) }
            running += votes[option]
        }
        // Going on until two are left, one batch must not leave only the winner.
        if settings.continuesToTwo, batch + eliminated == stood.count - 1 { batch = before }
        return Array(rising.prefix(batch))
    }

    private mutating func choose(_ tied: [Int], most: Bool) -> (Int, Event?) {
        guard tied.count > 1 else { return (tied[0], nil) }
        guard !settings.looksBack else { return telling.choose(tied, most: most) }
        let (chosen, way) = most ? telling.ties.favoured(tied) : telling.ties.leastFavoured(tied)
        return (chosen, .tie(tied, chosen: [chosen], way))
    }

    // MARK: What is said

    private func figure(_ units: Int128) -> Figure { .fixed(Fixed(units: units, places: settings.places)) }

    private mutating func say(_ events: [Event]) {
        let place = outcome.stages.count - 1
        let shown = stood.filter { !isEliminated[$0] || haveEliminatedNow.contains($0) }
        outcome.stages[place].standings = byVotes(shown).map { .init($0, figure(votes[$0])) }
        outcome.stages[place].marks = [.init("Threshold", figure(threshold))]
        for rest in RankedChoice.Rest.allCases {
            outcome.stages[place].marks.append(.init(rest.rawValue, figure(inactive[-1 - rest.code])))
        }
        if unpassed > 0 { outcome.stages[place].marks.append(.init("Surplus not passed on", figure(unpassed))) }
        if residual > 0 { outcome.stages[place].marks.append(.init("Residual surplus", figure(residual))) }
        outcome.stages[place].events = events
    }
}

extension RankedChoice {
    /// Why a ballot counts no more.
    enum Rest: String, CaseIterable {
        case overvote = "Overvotes"
        case skipped = "Skipped ranks"
        case exhausted = "No further choice"
        case repeated = "Repeated options"
        case undervote = "Nothing marked"

        /// What stands for it where otherwise an option would: below 0.
        var code: Int { -1 - Self.allCases.firstIndex(of: self)! }
    }
}
