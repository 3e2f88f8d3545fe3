/// A change to a laid offer, or a new card for it, waiting for two people's yes.
struct CardChange: Sendable {
    let id: ID<CardChange>
    let card: ID<Card>
    let wording: Wording
    /// The card's version that it would change; 0 for a card that is new.
    let fromVersion: Int
    let proposer: ID<Seat>
    let proposerName: String
    let proposed: Moment
    let outcome: Outcome?
    /// Who has said yes, the proposer first.
    let keys: [ID<Seat>]

    enum Outcome: String, Sendable {
        /// Two people said yes, and the card now says it.
        case applied
        /// Its proposer took it back.
        case withdrawn
        /// The card changed in another way first.
        case overtaken
    }

    /// Nobody can change alone what others were promised.
    static let keysNeeded = 2

    /// What one more person's yes does.
    enum Turning: Sendable, Equatable { case waiting, applied, overtaken }

    /// One more person says yes. A card that has moved on since makes the change void: it was a change to other words.
    func turn(key seat: ID<Seat>, on card: Card) throws(Refusal) -> Turning {
        guard outcome == nil else { throw .changeSettled }
        guard !keys.contains(seat) else { throw .keyTurned }
        guard card.version == fromVersion else { return .overtaken }
        return keys.count + 1 >= Self.keysNeeded ? .applied : .waiting
    }

    /// Its proposer takes it back, and needs no words for it.
    func withdraw(by seat: ID<Seat>) throws(Refusal) {
        guard outcome == nil else { throw .changeSettled }
        guard seat == proposer else { throw .notYourChange }
    }
}

extension Refusal {
    static let changeSettled = Refusal("change.refusal.settled")
    static let keyTurned = Refusal("change.refusal.keyTurned")
    static let notYourChange = Refusal("change.refusal.notYours")
}
