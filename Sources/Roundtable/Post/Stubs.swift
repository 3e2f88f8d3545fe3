/// What the group wants changed.
struct Ask: Sendable {}

/// An answer that somebody will be held to.
struct Promise: Sendable {}
