import Storage

/// An answer that somebody will be held to.
struct Promise: Sendable {
    let id: ID<Promise>
    let ask: ID<Ask>
    let answer: ID<Answer>
    /// Nobody's, once its owner has left and until somebody takes it up.
    let owner: ID<Seat>?
    let ownerName: String
    let due: Day
    let reportedBy: ID<Seat>?
    /// When its owner said that it is done. A step back of theirs takes that away again.
    let reported: Moment?
    /// When a later answer took its place.
    let ended: Moment?
    let made: Moment
    let version: Int

    var address: String { "/promises/" + id.text }

    /// Its day has passed and nobody says that it is done.
    func isLate(on today: Day) -> Bool { ended == nil && reported == nil && due < today }
}

/// Something that happened to a promise, forwards or back.
struct Step: Sendable {
    enum Way: String, Storable {
        case forwards, back
        /// Its owner says that it is done.
        case reported
        /// Somebody took it up: handed on by name, or from nobody.
        case taken
    }

    let id: ID<Step>
    /// Nobody's where a receipt is all that is known of whoever told of it.
    let seat: ID<Seat>?
    let name: String
    let way: Way
    let words: String
    let language: String
    /// What is in the way; empty when nothing was named.
    let obstacle: String
    let taken: Moment

    /// A paragraph: what happened, and not a report about it.
    static let longestWords = 1_000

    struct Typed: Sendable {
        let way: Way
        let words: String
        let obstacle: String
    }

    static func typed(_ form: Form) throws(Refusal) -> Typed {
        guard let way = form.choice("way", as: Way.self), way == .forwards || way == .back else {
            throw Refusal("step.refusal.noWay", field: "way")
        }
        let (words, obstacle) = (form.lines("words"), form.lines("obstacle"))
        guard !Text.isBlank(words) else { throw Refusal("step.refusal.noWords", field: "words") }
        for (field, text) in [("words", words), ("obstacle", obstacle)] {
            guard Text.fits(text, letters: longestWords) else {
                throw Refusal("step.refusal.long", limit: longestWords, field: field)
            }
        }
        return Typed(way: way, words: words, obstacle: obstacle)
    }
}

/// One who asked saying that it did or didn't reach them. They may change their mind.
struct Witness: Sendable {
    let voice: Voice
    let reached: Bool
    let words: String
    let said: Moment

    static let longestWords = 1_000
}

/// When something was done, and those whom it reached are asked whether it is still so.
struct Lasting: Sendable {
    /// Half a year: long enough for what was done in passing to have slipped.
    static let time = Duration.days(182)

    let askedAgain: Moment

    init(since done: Moment) { askedAgain = done + Self.time }

    /// Whether what somebody said is asked again: that it reached them, before half a year was over.
    func asks(reached: Bool, said: Moment, at now: Moment) -> Bool {
        reached && said < askedAgain && now >= askedAgain
    }

    /// When somebody said that it is still so; nothing until they have.
    func saidAgain(reached: Bool, said: Moment) -> Moment? { reached && said >= askedAgain ? said : nil }
}

extension Promise {
    var lasting: Lasting? { reported.map { Lasting(since: $0) } }

    /// Whether somebody is asked whether it is still so.
    func mayBeAskedAgain(_ voice: Voice, _ said: [Witness], at now: Moment) -> Bool {
        guard let reported, let lasting, ended == nil else { return false }
        guard let last = said.last(where: { $0.voice == voice && $0.said >= reported }) else { return false }
        return lasting.asks(reached: last.reached, said: last.said, at: now)
    }

    /// When somebody said that it is still so; nothing until they have.
    func saidAgain(_ witness: Witness) -> Moment? {
        lasting.flatMap { $0.saidAgain(reached: witness.reached, said: witness.said) }
    }
}

/// Somebody who asked for it: by their words, or by saying that they ask it too.
struct Asker: Sendable, Hashable {
    let voice: Voice
    /// As they chose to be known beside it; nothing when they chose not to be.
    let name: String?
    let canBeReached: Bool
    /// Since when they have been asking.
    let since: Moment
}

/// How a promise stands, by what those who asked say of it.
enum Standing: Sendable, Equatable {
    /// Nobody has said that it is done.
    case promised
    /// The last thing that happened was a step back.
    case slippedBack
    /// A later answer took its place.
    case ended
    /// Its owner says so and nobody else does yet. With `canBeAsked` false nobody who asked can be reached, so it
    /// will stay said done.
    case saidDone(notYet: [Asker], canBeAsked: Bool)
    /// At least one who asked, other than whoever reported it, says that it reached them.
    case done(for: [Asker], notYet: [Asker])
}

extension Promise {
    /// Those who may say whether it reached them: whoever asked before it was reported, and not the reporter.
    func witnesses(among askers: [Asker]) -> [Asker] {
        guard let reported else { return [] }
        return askers.filter { $0.since <= reported && $0.voice != reportedBy.map(Voice.seat) }
    }

    /// How it stands. An owner's own word never makes it done, silence counts as neither, and what was said before
    /// the last report counts no more: it was about something that has slipped since.
    func standing(askers: [Asker], witnesses said: [Witness], steps: [Step]) -> Standing {
        guard ended == nil else { return .ended }
        guard let reported else {
            let last = steps.last { $0.way != .taken }
            return last?.way == .back ? .slippedBack : .promised
        }
        let entitled = witnesses(among: askers)
        let heard = Dictionary(
            said.filter { $0.said >= reported }.map { ($0.voice, $0.reached) }, uniquingKeysWith: { $1 })
        let reached = entitled.filter { heard[$0.voice] == true }
        let notYet = entitled.filter { heard[$0.voice] == false }
        if !reached.isEmpty { return .done(for: reached, notYet: notYet) }
        return .saidDone(notYet: notYet, canBeAsked: entitled.contains { $0.canBeReached })
    }
}

extension Refusal {
    static let notYourPromise = Refusal("promise.refusal.notYours")
    static let promiseEnded = Refusal("promise.refusal.ended")
    static let alreadyReported = Refusal("promise.refusal.reported")
    static let notYetReported = Refusal("witness.refusal.notReported")
    static let onlyThoseWhoAsked = Refusal("witness.refusal.notAsker")
    static let notByTheReporter = Refusal("witness.refusal.reporter")
    static let notYetOrYes = Refusal("witness.refusal.noAnswer", field: "reached")
    static let witnessTooLong = Refusal("witness.refusal.long", limit: Witness.longestWords, field: "words")
    static let notAskedAgain = Refusal("stillSo.refusal.notAsked")
    static let hasAnOwner = Refusal("promise.refusal.owned")
}
