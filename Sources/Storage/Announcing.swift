/// What a program hears from the others that use the same database.
public enum Announcement: Equatable, Sendable {
    /// Another program committed a write that said this.
    case said(String)
    /// For a while nobody could hear: whatever may have been said, look again.
    case unheard
}

extension Writer {
    /// The longest announcement, in bytes, that PostgreSQL carries (`NOTIFY`: under 8,000).
    public static let longestAnnouncement = 7_999

    /// Says something to the other programs that use this database, once this write is committed, and not at all if
    /// it is not. It is kept nowhere: who does not listen does not hear it, so it only says where to look.
    ///
    /// One file has one program, so on SQLite nobody is told.
    public func announce(_ what: @autoclosure () -> String) throws {
        guard engine == .postgres else { return }
        let what = what()
        precondition(what.utf8.count <= Self.longestAnnouncement, "an announcement only says where to look")
        _ = try one("select pg_notify(\(PostgresListening.channel), \(what))") { _ in true }
    }
}

extension Database {
    /// What other programs announce from now on, in the order in which they committed it; never what this one does.
    /// Whenever the connection was lost and made again, and once at first, `unheard` comes. Ends when the database is
    /// closed, and on SQLite at once.
    public func announcements() -> AsyncStream<Announcement> { store.announcements() }
}

extension Store {
    func announcements() -> AsyncStream<Announcement> { AsyncStream { $0.finish() } }
}
