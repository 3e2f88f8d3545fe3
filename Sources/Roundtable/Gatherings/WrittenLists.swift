import Markup
import Synchronization

/// A page of what was said as it was written, once for all who look at it alike.
final class WrittenLists: Sendable {
    /// Those who only read, in two languages, and whoever said something on it themselves. One takes some 30 KB.
    static let most = 4

    /// How a reader looks at a page.
    struct Look: Sendable, Equatable {
        /// The places of what they said themselves.
        let own: [Int]
        let isMember: Bool
        let reading: Words.Reading
    }

    private let written = Mutex<[(look: Look, list: HTML)]>([])

    /// The list, written now unless it was before.
    func list(for look: Look, write: () -> HTML) -> HTML {
        if let known = written.withLock({ $0.first { $0.look == look }?.list }) { return known }
        let list = write()
        written.withLock { written in
            if written.count >= Self.most { written.removeAll() }
            written.append((look, list))
        }
        return list
    }
}
