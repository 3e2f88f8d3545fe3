/// A change to a laid offer, or a new card for it, waiting for two people's keys.
struct CardChange: Sendable {
    let id: ID<CardChange>
    let card: ID<Card>
    let wording: Wording
    /// The card's version that it would change; 0 for a card that is new.
    let fromVersion: Int
    /// Who proposed it and when, who has said yes, and what became of it.
    let act: Act

    /// Its act goes by the same id.
    static func act(_ id: ID<CardChange>) -> ID<Act> { ID(id.text)! }

    /// What the keys that are turned now do.
    enum Turning: Sendable, Equatable { case waiting, applied, overtaken }

    /// A card that has moved on makes the change void: it was a change to other words.
    func turning(with act: Act, on card: Card, at now: Moment) -> Turning {
        guard card.version == fromVersion else { return .overtaken }
        return act.standing(at: now) == .waiting ? .waiting : .applied
    }
}
