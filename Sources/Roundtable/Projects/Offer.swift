/// What a project promises, can't, doesn't know yet and has already decided, and what it has thought of first.
struct Offer: Sendable {
    /// The cards of its own, in the order in which they were laid.
    let cards: [Card]
    /// The lines of *think first* that are answered.
    let topics: [Topic: Card]
    /// When it was laid on the table; until then anybody with a seat may change it alone.
    let laid: Moment?

    init(_ all: [Card], laid: Moment?) {
        let standing = all.filter { $0.isStanding && $0.wording.kind != .takenOff }
        cards = standing.filter { $0.topic == nil }
        topics = Dictionary(standing.compactMap { card in card.topic.map { ($0, card) } }) { first, _ in first }
        self.laid = laid
    }

    func cards(_ kind: Wording.Kind) -> [Card] { cards.filter { $0.wording.kind == kind } }

    /// Something to be said before the offer can be laid on the table and anybody be invited.
    enum Lacking: Sendable, Equatable {
        case line(Topic)
        case howMuch
    }

    /// What is still to be said. *We don't know yet* is an answer; saying nothing is not. Money that is sorted
    /// is said in words.
    var missing: [Lacking] {
        let lines = Topic.allCases.filter { topics[$0] == nil }.map { Lacking.line($0) }
        guard let money = topics[.money]?.wording, money.kind == .sorted, Text.isBlank(money.amount) else {
            return lines
        }
        return lines + [.howMuch]
    }

    /// Whether the offer may be laid on the table.
    func lay() throws(Refusal) {
        guard laid == nil else { throw .alreadyLaid }
        guard missing.isEmpty else { throw .offerLacks(missing.count) }
    }

    /// Whether one more card still fits on the sheet.
    func add() throws(Refusal) {
        guard cards.count < Card.mostOfOwn else { throw .tooManyCards }
    }
}

extension Refusal {
    static let alreadyLaid = Refusal("offer.refusal.alreadyLaid")
    static func offerLacks(_ count: Int) -> Refusal { Refusal("offer.refusal.lacks", limit: count) }
}
