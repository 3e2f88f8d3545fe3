/// What reads have made of the database, kept for as long as nothing at all in it has changed.
///
/// Forty phones in a hall open the same page, and between two things that are said a page says what it said before.
/// Whatever is written, and whoever writes it, everything is let go, so that nobody has to say what depends on what,
/// and nothing that was taken back is held (`docs/decisions/0017`).
final class Keeping {
    /// As many pages as a busy house shows at once. One of fifty things that were said takes some 60 KB.
    static let most = 8

    private struct Kept {
        let made: any Sendable
        let queries: Int
    }

    private var kept: [AnyHashable: Kept] = [:]
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
    func made<Made>(for key: AnyHashable, as: Made.Type) -> (made: Made, queries: Int)? {
        kept[key].flatMap { kept in (kept.made as? Made).map { ($0, kept.queries) } }
    }

    func keep(_ made: some Sendable, for key: AnyHashable, queries: Int) {
        if kept.count >= Self.most { letGo() }
        kept[key] = Kept(made: made, queries: queries)
    }
}
