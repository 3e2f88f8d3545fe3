/// What a proposal needs to pass: enough people, and enough of them in favour. Every comparison is of whole products,
/// so that two thirds are two thirds.
public struct Threshold: Sendable, Hashable {
    /// What a share is a share of.
    public enum Base: String, Sendable, Hashable, CaseIterable {
        /// Those who said yes or no.
        case decided
        /// Those who answered, abstentions too.
        case given
        /// Those who could have answered.
        case eligible
    }

    /// The share of those who could answer that must have; nothing for any.
    public var quorum: Ratio?
    /// The share that must say yes; nothing where none is asked for.
    public var share: Ratio?
    /// What it is a share of.
    public var base = Base.decided
    /// Whether it must be more than the share, as in *more than half*; otherwise just the share is enough.
    public var isMore = true
    /// How many may object and it passes still; nothing where objecting is only saying no. 0 is consent.
    public var mostObjections: Int?

    /// A threshold that asks for nothing; set what it asks for.
    public init() {}

    /// More than half of those who say yes or no.
    public static var majority: Threshold {
        var threshold = Threshold()
        threshold.share = Ratio(1, 2)
        return threshold
    }

    /// At least this share of those who say yes or no.
    public static func share(_ share: Ratio, of base: Base = .decided) -> Threshold {
        var threshold = Threshold()
        (threshold.share, threshold.base, threshold.isMore) = (share, base, false)
        return threshold
    }

    /// Nobody objects: people need not like it, if they can live with it (sociocratic consent; G. Endenburg, 1998).
    public static var consent: Threshold {
        var threshold = Threshold()
        threshold.mostObjections = 0
        return threshold
    }

    /// Whether it passes, and why: one stage for each thing that is asked for. Without a single answer nothing passes.
    public func count(_ answers: Answers) throws(Uncountable) -> Outcome {
        for ratio in [quorum, share] {
            guard ratio.map({ $0 >= Ratio(0) && $0 <= Ratio(1) }) ?? true else {
                throw .unanswerable("A share lies between 0 and 1, like 2/3.")
            }
        }
        var outcome = Outcome(options: ["Yes", "No", "Abstain", "Object"], hasPassed: answers.given > 0)
        if let quorum { try judge(answers, quorum: quorum, &outcome) }
        if let mostObjections { judge(answers, mostObjections: mostObjections, &outcome) }
        if let share { try judge(answers, share: share, &outcome) }
        if answers.given == 0 { outcome.stages.append(said("Nobody answered, so nothing passes.", answers)) }
        // Who said what has been read out by then.
        var verdict = outcome.stages.isEmpty ? said(answers) : Stage()
        verdict.events.append(.said(outcome.hasPassed == true ? "It passes." : "It does not pass."))
        outcome.stages.append(verdict)
        return outcome
    }

    private func judge(_ answers: Answers, quorum: Ratio, _ outcome: inout Outcome) throws(Uncountable) {
        let eligible = try known(answers)
        let isReached = reaches(answers.given, quorum, of: eligible, isMore: false)
        let verdict = isReached ? "is enough" : "is not enough"
        outcome.stages.append(
            said("\(answers.given) of \(eligible) answered; \(quorum) of them must, so that \(verdict).", answers))
        if !isReached { outcome.hasPassed = false }
    }

    private func judge(_ answers: Answers, mostObjections: Int, _ outcome: inout Outcome) {
        let isFine = answers.objections <= mostObjections
        let most = mostObjections == 0 ? "nobody may" : "at most \(mostObjections) may"
        outcome.stages.append(
            said("\(answers.objections) object; \(most), so that \(isFine ? "does not stop it" : "stops it").", answers)
        )
        if !isFine { outcome.hasPassed = false }
    }

    private func judge(_ answers: Answers, share: Ratio, _ outcome: inout Outcome) throws(Uncountable) {
        let whole =
            switch base {
            case .decided: answers.yes + answers.no
            case .given: answers.given
            case .eligible: try known(answers)
            }
        let isReached = reaches(answers.yes, share, of: whole, isMore: isMore)
        let asked = isMore ? "more than \(share)" : "at least \(share)"
        outcome.stages.append(
            said(
                "\(answers.yes) of \(whole) said yes; it needs \(asked), so that \(isReached ? "is enough" : "is not enough").",
                answers))
        if !isReached { outcome.hasPassed = false }
    }

    private func known(_ answers: Answers) throws(Uncountable) -> Int {
        guard let eligible = answers.eligible else {
            throw .unanswerable("This needs to know how many could have answered.")
        }
        guard eligible >= answers.given else {
            throw .unanswerable("More people answered (\(answers.given)) than could have (\(eligible)).")
        }
        return eligible
    }

    private func reaches(_ part: Int, _ share: Ratio, of whole: Int, isMore: Bool) -> Bool {
        let (ours, asked) = (Int128(part) * share.denominator, Int128(whole) * share.numerator)
        return isMore ? ours > asked : ours >= asked
    }

    private func said(_ sentence: String, _ answers: Answers) -> Stage {
        var stage = said(answers)
        stage.events = [.said(sentence)]
        return stage
    }

    /// Who said what.
    private func said(_ answers: Answers) -> Stage {
        var stage = Stage()
        stage.standings = [
            .init(0, .whole(answers.yes)), .init(1, .whole(answers.no - answers.objections)),
            .init(2, .whole(answers.abstained)), .init(3, .whole(answers.objections)),
        ]
        return stage
    }
}
