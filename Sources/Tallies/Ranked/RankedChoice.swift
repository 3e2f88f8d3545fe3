/// Ranked-choice counting with the choices that American cities and states write into their rules: what an overvote or
/// a skipped rank does to a ballot, whole or fractional thresholds, eliminating several at once, and how ties go.
///
/// Source: the options of the Universal RCV Tabulator (*RCTab*, Bright Spots), whose settings and reports carry the
/// same words. With one seat the threshold is more than half of the ballots that still count; with more it is set by
/// the first round, and surpluses pass on by the weighted inclusive Gregory method, every product and quotient cut off
/// at the places asked for.
public enum RankedChoice {
    /// What an overvote (several options at one rank) does to its ballot.
    public enum Overvote: String, Sendable, Hashable, CaseIterable {
        /// The ballot ends there.
        case exhaust
        /// The rank is passed over.
        case skip
        /// The ballot ends there if more than one of them continues; otherwise it counts for the one.
        case exhaustIfSeveralContinue
    }

    /// How many win, and how.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Everybody at the threshold wins at once; with one seat there is one.
        case threshold
        /// Only the one with most wins in a round; others at the threshold wait for the next.
        case oneARound
        /// The lowest are eliminated until as many are left as there are seats; no surplus passes on.
        case bottomsUp
        /// The lowest are eliminated until everybody left has a share of the ballots that still count.
        case bottomsUpToShare
        /// A winner for the first seat; then a fresh count without them for the next.
        case sequential
    }

    /// The choices. What stands here counts as RCTab does unless told otherwise.
    public struct Settings: Sendable, Hashable {
        /// How many win. Means nothing in ``Mode/bottomsUpToShare``.
        public var seats = 1
        /// How they win.
        public var mode = Mode.threshold
        /// What an overvote does.
        public var overvote = Overvote.exhaust
        /// How many ranks in a row may be skipped before the ballot ends; nothing for as many as people like.
        public var mostSkipped: Int?
        /// Whether a ballot ends where it names an option again.
        public var endsAtRepeat = false
        /// The decimal places of every product and quotient, 0 to ``Fixed/most``.
        public var places = 4
        /// Whether the threshold has those places too; otherwise it is whole.
        public var hasFractionalThreshold = false
        /// The threshold is the ballots shared by the seats (Hare), not by one more than the seats (Droop).
        public var isHare = false
        /// With one seat: whether the first round's threshold stays.
        public var keepsFirstThreshold = false
        /// Whether all who can't win even with each other's ballots are eliminated at once.
        public var eliminatesBatches = false
        /// With one seat: whether rounds go on after there is a winner, until two are left.
        public var continuesToTwo = false
        /// The last round that is counted, if there is one.
        public var lastRound: Int?
        /// Whoever has fewer is eliminated first; nobody's threshold is lower.
        public var fewestVotes = 0
        /// The share that ``Mode/bottomsUpToShare`` asks for, in hundredths.
        public var sharePercent = 0
        /// The option that stands for names nobody declared: it is eliminated first, and nobody wins before.
        public var undeclared: Int?
        /// Whether ties go by what the tied had in earlier rounds before the ties decide.
        public var looksBack = false

        /// The choices as RCTab has them.
        public init() {}
    }

    /// Counts with these choices. Refuses where nobody stands, there are no ballots or a choice makes no sense.
    public static func count(_ ballots: Ballots, _ settings: Settings, ties: Ties) throws(Uncountable) -> Outcome {
        try ballots.refuseNothing()
        guard settings.seats > 0 || settings.mode == .bottomsUpToShare else {
            throw .unanswerable("There has to be at least one seat.")
        }
        guard (0...Fixed.most).contains(settings.places) else {
            throw .unanswerable("Figures have 0 to \(Fixed.most) decimal places.")
        }
        guard settings.mode != .bottomsUpToShare || (1...100).contains(settings.sharePercent) else {
            throw .unanswerable("The share that everybody needs is 1 to 100 in a hundred.")
        }
        guard settings.mode == .sequential else {
            var count = RankedChoiceCount(ballots, settings, ties)
            return try count.run()
        }
        return try countInTurn(ballots, settings, ties)
    }

    /// One count for each seat, the winners before out of it.
    private static func countInTurn(
        _ ballots: Ballots, _ settings: Settings, _ ties: Ties
    ) throws(Uncountable) -> Outcome {
        var outcome = Outcome(options: ballots.options)
        var (ballots, single) = (ballots, settings)
        (single.seats, single.mode) = (1, .threshold)
        for seat in 1...settings.seats where ballots.withdrawn.count < ballots.options.count {
            var count = RankedChoiceCount(ballots, single, ties)
            var pass = try count.run()
            if !pass.stages.isEmpty { pass.stages[0].heading = "Seat \(seat)" }
            outcome.stages += pass.stages
            outcome.winners += pass.winners
            ballots.withdrawn += pass.winners
        }
        return outcome
    }
}
