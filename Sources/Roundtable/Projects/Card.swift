import Foundation

/// A line of the offer, laid on the table.
struct Card: Sendable {
    let id: ID<Card>
    let project: ID<Project>
    /// Which line of *think first* this is; a card of the group's own has none.
    let topic: Topic?
    let wording: Wording
    let owner: Owner?
    /// False for a card that was proposed after the offer was laid and waits for a second yes.
    let isStanding: Bool
    let laid: Moment
    let version: Int

    /// Somebody who was asked to put their name to a card.
    struct Owner: Sendable, Equatable {
        let seat: ID<Seat>
        let name: String
        /// When they said yes. Until then no name is shown.
        let accepted: Moment?
    }

    /// The name that the card bears: its owner's, once they have said yes.
    var bears: String? { owner.flatMap { $0.accepted == nil ? nil : $0.name } }

    /// More cards of its own than this and an offer no longer fits on one sheet of paper.
    static let mostOfOwn = 12
}

/// What a card says, as somebody worded it: all of it that may be changed.
struct Wording: Sendable, Equatable {
    let kind: Kind
    /// What the card says; on a line of *think first* it may be left out.
    let words: String
    /// For money: how much.
    let amount: String
    /// For money: by when it is paid.
    let payBy: String
    /// Since when or when it was decided, or by when we will say.
    let day: Day?

    enum Kind: String, Sendable, CaseIterable {
        case can, cannot, unknown, decided
        /// On a line of *think first* only.
        case sorted
        case notNeeded = "not_needed"
        /// A card that was taken off the table: its words stay where its history is read.
        case takenOff = "taken_off"

        /// What a card of the group's own may be, in the order in which they are laid out.
        static let ofCards: [Kind] = [.can, .cannot, .unknown, .decided]
        /// What a line of *think first* may be.
        static let ofTopics: [Kind] = [.sorted, .unknown, .notNeeded]

        /// *We don't know yet* needs a day by which we will say, and *decided* the day that it was.
        var needsDay: Bool { self == .unknown || self == .decided }
    }

    /// One thing to a card, as long as a text message. A dozen of these and the whole of
    /// *think first* fit on one sheet.
    static let longestCard = 160
    /// A line of *think first*, or an amount of money: a few words beside the answer.
    static let longestLine = 100

    /// What was typed for a card, as a rule allows it.
    static func ofCard(_ form: Form, today: Day) throws(Refusal) -> Wording {
        guard let kind = form.choice("kind", as: Kind.self), Kind.ofCards.contains(kind) else { throw .noKind }
        let words = form.lines("words")
        guard !Text.isBlank(words) else { throw .noCardWords }
        guard Text.fits(words, letters: longestCard) else { throw .cardTooLong }
        return Wording(kind: kind, words: words, amount: "", payBy: "", day: try day(form, for: kind, today: today))
    }

    private static func day(_ form: Form, for kind: Kind, today: Day) throws(Refusal) -> Day? {
        guard let day = form.day("day") else {
            guard form.line("day").isEmpty else { throw .dayUnread }
            if kind.needsDay { throw kind == .unknown ? .noDayToSayBy : .noDayDecided }
            return nil
        }
        if kind == .unknown, day < today { throw .dayHasBeen }
        if kind == .decided, day > today { throw .dayToCome }
        return day
    }

    /// What was typed or tapped for a line of *think first*.
    static func ofTopic(_ topic: Topic, _ form: Form) throws(Refusal) -> Wording {
        guard let kind = form.choice("kind", as: Kind.self), Kind.ofTopics.contains(kind) else { throw .noKind }
        let words = form.line("words")
        let amount = topic == .money ? form.line("amount") : ""
        let payBy = topic == .money ? form.line("payBy") : ""
        for (field, text) in [("words", words), ("amount", amount), ("payBy", payBy)] {
            guard Text.fits(text, letters: longestLine) else { throw .lineTooLong(field) }
        }
        return Wording(kind: kind, words: words, amount: amount, payBy: payBy, day: nil)
    }

    /// The same words under another answer, or off the table: what one tap changes.
    func tapped(_ kind: Kind) -> Wording {
        Wording(kind: kind, words: words, amount: amount, payBy: payBy, day: day)
    }
}

/// What a group thinks of before it invites anybody. Each line of it is answered, *we don't know yet* allowed.
enum Topic: String, Sendable, CaseIterable {
    case money, benefits, access, travel, carers, food, quiet, feedback, unchanged
}

extension Card {
    /// Asks somebody to put their name to the card, in place of anybody who has not said yes.
    func asking(_ seat: Seat) throws(Refusal) -> Owner {
        guard owner?.accepted == nil else { throw .cardHasOwner }
        return Owner(seat: seat.id, name: seat.name, accepted: nil)
    }

    /// The card's owner after the person who was asked has answered. Nobody can answer for another.
    func answered(by seat: Seat, yes: Bool, at now: Moment) throws(Refusal) -> Owner? {
        guard let owner, owner.seat == seat.id else { throw .notAskedToOwn }
        return yes ? Owner(seat: owner.seat, name: owner.name, accepted: owner.accepted ?? now) : nil
    }

    /// The owner after new words: a name stays only under words that its owner said yes to. They are asked again
    /// unless they were among those who changed them.
    func ownerAfterChange(by seats: [ID<Seat>]) -> Owner? {
        guard let owner, owner.accepted != nil, !seats.contains(owner.seat) else { return owner }
        return Owner(seat: owner.seat, name: owner.name, accepted: nil)
    }
}

extension Refusal {
    static let noKind = Refusal("card.refusal.noKind", field: "kind")
    static let noCardWords = Refusal("card.refusal.noWords", field: "words")
    static let cardTooLong = Refusal("card.refusal.long", limit: Wording.longestCard, field: "words")
    static let dayUnread = Refusal("card.refusal.dayUnread", field: "day")
    static let noDayToSayBy = Refusal("card.refusal.noDayToSayBy", field: "day")
    static let noDayDecided = Refusal("card.refusal.noDayDecided", field: "day")
    static let dayHasBeen = Refusal("card.refusal.dayHasBeen", field: "day")
    static let dayToCome = Refusal("card.refusal.dayToCome", field: "day")
    static func lineTooLong(_ field: String) -> Refusal {
        Refusal("card.refusal.lineLong", limit: Wording.longestLine, field: field)
    }
    static let cardHasOwner = Refusal("card.refusal.hasOwner", field: "seat")
    static let notAskedToOwn = Refusal("card.refusal.notAsked")
    static let tooManyCards = Refusal("card.refusal.tooMany", limit: Card.mostOfOwn)
}
