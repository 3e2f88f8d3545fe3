/// What was asked, what was said to it and what came of it, in the order in which people should see it: what is late
/// or broken first, and nothing added up to a score.
struct Ledger: Sendable {
    /// Where a line belongs. In this order, so that nothing hard stands at the foot of the page.
    enum Part: String, Sendable, CaseIterable {
        case late, slipped, nobodys, done, saidDone, promised, thinking, unanswered, cannot
    }

    /// Every ask that has not ended, part by part, the oldest first in each.
    let lines: [(part: Part, thread: AskThread)]

    /// Lines on one page: more than most groups ever have, and few enough to send and to print.
    static let perPage = 100
    /// Small changes on one page, the newest first.
    static let mostChanges = 50
    /// Contributions still waiting to hear on the page, those that wait longest.
    static let mostWaiting = 50
    /// Those who wait are counted so far and no further: past it the number helps nobody to begin.
    static let mostCounted = 200

    init(_ threads: [AskThread], on today: Day) {
        let parts = Dictionary(grouping: threads.filter { $0.ask.ended == nil }) { Self.part(of: $0, on: today) }
        lines = Part.allCases.flatMap { part in
            (parts[part] ?? []).sorted { ($0.ask.drawn, $0.ask.id.text) < ($1.ask.drawn, $1.ask.id.text) }
                .map { (part, $0) }
        }
    }

    func count(_ part: Part) -> Int { lines.count { $0.part == part } }

    /// Which part a thread belongs to: exactly one, the hardest that is true of it.
    static func part(of thread: AskThread, on today: Day) -> Part {
        guard let promise = thread.promise else {
            let isBroken = thread.promises.contains { $0.ended != nil }
            switch thread.answers.last?.kind {
            case .thinking where thread.answers.last?.day.map({ $0 < today }) == true: return .late
            case .cannot, .thinking, .promise:
                if isBroken { return .slipped }
                return thread.answers.last?.kind == .cannot ? .cannot : .thinking
            case nil: return .unanswered
            }
        }
        if promise.isLate(on: today) { return .late }
        switch thread.standing(of: promise) {
        case .slippedBack, .ended: return .slipped
        case .done: return promise.owner == nil ? .nobodys : .done
        case .saidDone: return promise.owner == nil ? .nobodys : .saidDone
        case .promised: return promise.owner == nil ? .nobodys : .promised
        }
    }
}

/// Words that nobody has thanked for, drawn on or answered; or that were to hear by a day that has passed.
struct StillWaiting: Sendable {
    let id: ID<Contribution>
    let words: String
    let language: String
    let name: String?
    let shared: Moment
    /// The day that has passed, and who named it.
    let hearBy: Day?
    let thanker: String?
}

/// Words whose giver somebody told by when they would hear, and that have had no answer yet.
struct ToHear: Sendable {
    let id: ID<Contribution>
    let words: String
    let language: String
    let day: Day

    /// More than anybody keeps in mind.
    static let most = 100
}
