import Markup
import Synchronization

/// A piece of a page as it was written, once for all who look at it alike: a hall reads the same page on forty phones.
///
/// It stands in what it was written of, and goes when that goes.
final class Written<Look: Equatable & Sendable>: Sendable {
    /// Those who only read, in two languages, and whoever said something on it themselves. The longest takes some 30 KB.
    static var most: Int { 4 }

    private let written = Mutex<[(look: Look, piece: HTML)]>([])

    /// The piece, written now unless it was before.
    func piece(for look: Look, write: () -> HTML) -> HTML {
        if let known = written.withLock({ $0.first { $0.look == look }?.piece }) { return known }
        let piece = write()
        written.withLock { written in
            if written.count >= Self.most { written.removeAll() }
            written.append((look, piece))
        }
        return piece
    }
}
