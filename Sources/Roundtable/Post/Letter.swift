/// Something to be told to somebody, kept in the same transaction as what it tells, until it is delivered.
///
/// It carries ids only: what it says is looked up when it is delivered, so that what was taken back stays back.
/// `Post.deliver` has one case for each.
enum Letter: Sendable, Equatable {
    /// The offer changed, or a card was added: told to every seat.
    case offerChanged(card: ID<Card>)
    /// Somebody proposes to change what was offered; it waits for a second yes.
    case changeProposed(change: ID<CardChange>)
    /// Somebody is asked to put their name to a card.
    case ownerAsked(card: ID<Card>, seat: ID<Seat>)
    /// A gathering was called, moved or called off.
    case gatheringChanged(gathering: ID<Gathering>)
    /// Words were set aside: told to their giver.
    case setAside(contribution: ID<Contribution>)
    /// An ask was drawn from somebody's words: does it say what they meant?
    case askDrawn(ask: ID<Ask>)
    /// An ask was put to somebody by name.
    case askPut(ask: ID<Ask>, seat: ID<Seat>)
    /// An ask was answered: told to those who asked.
    case askAnswered(ask: ID<Ask>)
    /// A promise moved, forwards or back: told to those who asked.
    case promiseMoved(promise: ID<Promise>)
    /// A promise is said to be done: those who asked are asked whether it reached them.
    case promiseReported(promise: ID<Promise>)
    /// A promise belongs to nobody now.
    case promiseLeft(promise: ID<Promise>)
    /// An ask stands on nothing any more and goes back to the group.
    case askEmptied(ask: ID<Ask>)
}

/// A line of the offer, laid on the table.
struct Card: Sendable {}

/// A change to a laid offer, waiting for two people's yes.
struct CardChange: Sendable {}

/// What the group wants changed.
struct Ask: Sendable {}

/// An answer that somebody will be held to.
struct Promise: Sendable {}
