/// How somebody comes to one table, as they say themselves: private, theirs to change or to leave blank.
///
/// It counts a whole table and does nothing else. It gives nobody a right and takes none away, and no page but the one
/// where it is said shows whose it is.
enum Side: String, Sendable, CaseIterable {
    /// Uses the service.
    case uses
    /// Cares for somebody who does.
    case cares
    /// Works in it.
    case works
    /// More than one of these.
    case several
    /// Would rather not say.
    case unsaid
}

/// How many at a table come to it in each way; sides with nobody are left out.
typealias Sides = [Side: Int]
