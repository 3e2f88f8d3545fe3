/// What reads have made of the database, kept for as long as nothing at all in it has changed.
///
/// Forty phones in a hall open the same page, and between two things that are said a page says what it said before.
/// Whatever is written, and whoever writes it, everything is let go, so that nobody has to say what depends on what,
/// and nothing that was taken back is held (`docs/decisions/0017`).
final class Keeping {
    /// As many pages as a busy house shows at once. One of fifty things that were said takes some 60 KB.
    static let most = 8

    private final class Kept<Key: Equatable & Sendable, Made: Sendable> {
        let key: Key
        let made: Made
        let queries: Int

        init(_ made: Made, for key: Key, queries: Int) { (self.key, self.made, self.queries) = (key, made, queries) }
    }

    /// So few that they are looked through, each compared only with keys of its own kind.
    private var kept: [AnyObject] = []
    private var version: Int64?

    /// Lets go of everything, unless the database is the one that it was made of.
    func see(version: Int64) {
        if version != self.version { letGo() }
        self.version = version
    }

    func letGo() {
        if !kept.isEmpty { kept.removeAll() }
    }

    /// What was made for a key, and with how many statements.
    func made<Key: Equatable & Sendable, Made: Sendable>(for key: Key, as: Made.Type) -> (made: Made, queries: Int)? {
        for case let kept as Kept<Key, Made> in kept where kept.key == key { return (kept.made, kept.queries) }
        return nil
    }

    func keep<Key: Equatable & Sendable>(_ made: some Sendable, for key: Key, queries: Int) {
        if kept.count >= Self.most { letGo() }
        kept.append(Kept(made, for: key, queries: queries))
    }
}
