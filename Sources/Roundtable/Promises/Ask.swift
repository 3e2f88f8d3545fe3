import Storage

/// What the group wants changed, in words of its own, drawn from what people said.
struct Ask: Sendable {
    let id: ID<Ask>
    let project: ID<Project>
    /// Who drew it together.
    let seat: ID<Seat>
    let drawer: String
    let words: String
    let language: String
    let direction: String
    let drawn: Moment
    let dividedFrom: ID<Ask>?
    /// When it was divided, or put together with others. Its thread stays.
    let ended: Moment?
    let version: Int

    /// One thing to ask for, short enough to stand as a heading and to be said in a breath or two.
    static let longestWords = 300
    /// More than anybody could check one by one for whether the ask says what they meant.
    static let mostSources = 200
    /// Asks that can be put together at once: more would be a heap, not an ask.
    static let mostMerged = 10

    var address: String { "/asks/" + id.text }

    static func worded(_ text: String, field: String = "words") throws(Refusal) -> String {
        let words = Text.lines(text)
        guard !Text.isBlank(words) else { throw Refusal("ask.refusal.noWords", field: field) }
        guard Text.fits(words, letters: longestWords) else {
            throw Refusal("ask.refusal.long", limit: longestWords, field: field)
        }
        return words
    }
}

/// Who somebody is to an ask: their seat, or the receipt that is all we know of them. A receipt whose holder took a
/// seat is that seat, so nobody counts twice.
enum Voice: Sendable, Hashable {
    case seat(ID<Seat>)
    case receipt(ID<Receipt>)

    /// Nothing for what was given with nothing: nobody can find its giver.
    init?(seat: ID<Seat>?, receipt: ID<Receipt>?, seatOfReceipt: ID<Seat>?) {
        if let seatOfReceipt {
            self = .seat(seatOfReceipt)
        } else if let receipt {
            self = .receipt(receipt)
        } else if let seat {
            self = .seat(seat)
        } else {
            return nil
        }
    }

    var seat: ID<Seat>? { if case .seat(let seat) = self { seat } else { nil } }
    var receipt: ID<Receipt>? { if case .receipt(let receipt) = self { receipt } else { nil } }
}

extension Receipt {
    /// Whom its holder speaks as.
    var voice: Voice { seat.map { .seat($0) } ?? .receipt(id) }
}

/// One contribution that an ask was drawn from, and whether its giver says that the ask says what they meant.
struct Source: Sendable {
    let contribution: ID<Contribution>
    let words: String
    let language: String
    let direction: String
    let isTakenBack: Bool
    /// Whether it holds is for the clock to say.
    let setAside: SetAside?
    /// Its giver's name where they put it to their words.
    let name: String?
    let giver: Voice?
    let canBeReached: Bool
    let added: Moment
    /// Nothing until they have said; silence is neither yes nor no.
    let means: Bool?
    /// What they object, beside the ask for everybody to read.
    let objection: String

    /// A few sentences: enough to say what was meant instead.
    static let longestObjection = 1_000
}

/// Somebody saying *I ask this too*.
struct Also: Sendable {
    let voice: Voice
    let name: String?
    let canBeReached: Bool
    let said: Moment
}

/// An ask before somebody by name, who accepts it or hands it on.
struct Putting: Sendable {
    enum Outcome: String, Storable {
        case accepted
        /// Its holder handed it on.
        case handed
        /// The group put it to somebody else before it was accepted.
        case elsewhere
        /// They left the project.
        case left
    }

    let id: ID<Putting>
    let to: ID<Seat>
    let toName: String
    let by: ID<Seat>
    let byName: String
    let put: Moment
    let outcome: Outcome?
    let settled: Moment?
}

extension Refusal {
    static let nothingChosen = Refusal("ask.refusal.noSources", field: "source")
    static let tooManySources = Refusal("ask.refusal.manySources", limit: Ask.mostSources, field: "source")
    static let tooManyMerged = Refusal("ask.refusal.manyMerged", limit: Ask.mostMerged, field: "merge")
    static let askEnded = Refusal("ask.refusal.ended")
    static let askPromised = Refusal("ask.refusal.promised")
    static let sourceStays = Refusal("ask.refusal.sourceStays")
    static let noObjection = Refusal("ask.refusal.noObjection", field: "objection")
    static let objectionTooLong = Refusal(
        "ask.refusal.objectionLong", limit: Source.longestObjection, field: "objection")
    static let alsoTooLate = Refusal("ask.refusal.alsoTooLate")
    static let unevenDivision = Refusal("ask.refusal.unevenDivision")
}
