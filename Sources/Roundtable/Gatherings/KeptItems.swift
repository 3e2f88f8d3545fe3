import Markup
import Synchronization

/// What was said, as lists showed it last: a hall reads the same fifty things on forty phones, and a page that is
/// opened again has mostly what it had.
///
/// An item says what is read about it, to somebody who looks at it in some way, and nothing else. So what was written
/// for a list is shown again only while all of that is the same, and is let go as soon as anything of it has changed.
final class KeptItems: Sendable {
    /// Some ten pages. Each item takes about a thousand bytes.
    static let most = 500

    /// How a reader looks at it.
    struct Look: Sendable, Equatable {
        let isMine: Bool
        /// Whether the reader has a say in what is set aside.
        let isMember: Bool
        let reading: Words.Reading
    }

    /// The ids of what is said are never the same in two houses, so all that a program opens may share one.
    static let ofThisProgram = KeptItems()

    private struct Known {
        let said: Said
        var items: [(look: Look, item: HTML)] = []
    }

    private let known = Mutex<[ID<Contribution>: Known]>([:])

    /// The items of a list, each written now unless it was written before.
    func items(_ said: [Said], look: (Said) -> Look, write: (Said) -> HTML) -> [HTML] {
        let looks = said.map(look)
        let before = known.withLock { known in
            zip(said, looks).map { said, look -> HTML? in
                guard let kept = known[said.contribution.id], kept.said == said else { return nil }
                return kept.items.first { $0.look == look }?.item
            }
        }
        return said.indices.map { place in
            if let item = before[place] { return item }
            let item = write(said[place])
            keep(item, of: said[place], looks[place])
            return item
        }
    }

    /// Lets go of something that has changed, so that words taken back aren't held longer than they are shown.
    func forget(_ id: ID<Contribution>) { known.withLock { $0[id] = nil } }

    private func keep(_ item: HTML, of said: Said, _ look: Look) {
        let id = said.contribution.id
        known.withLock { known in
            if known.count >= Self.most, known[id] == nil { known.removeAll(keepingCapacity: true) }
            if known[id]?.said != said { known[id] = Known(said: said) }
            known[id]?.items.append((look, item))
        }
    }
}
