/// A line of the offer, laid on the table.
struct Card: Sendable {}

/// A change to a laid offer, waiting for two people's yes.
struct CardChange: Sendable {}

/// What the group wants changed.
struct Ask: Sendable {}

/// An answer that somebody will be held to.
struct Promise: Sendable {}
