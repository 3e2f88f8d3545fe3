import Foundation
import Storage

/// One act by which somebody let go of something: which, and of what. No words and no names are in it.
///
/// A backup is older than what people have done since, so what they took back would be there again once it is put back.
/// Every such act is noted in its own transaction, and kept beside the database too (`LetGoFile`), so that it can be
/// done again before anyone is let in.
struct LetGo: Sendable, Hashable {
    enum Kind: String, Sendable, CaseIterable {
        /// Words were taken back.
        case words
        /// A giver said otherwise whether their name, or the words, may be seen.
        case shown
        /// Other words were put in the place of these. What they were is not kept, so this can't be done again.
        case mended
        /// A person goes by another name, and the same holds.
        case renamed
        /// A complaint was taken back.
        case complaint
        case device, pass, receipt, invitation
        /// Words that were not to be used about somebody, or a need of theirs, were taken off.
        case unwelcome, need
        /// What somebody said of a need at a gathering was taken back or said otherwise.
        case met
        /// Somebody says otherwise how they come to a table, or says it no longer.
        case side
        /// Words don't belong to an ask any more.
        case source
        /// Somebody doesn't ask this too any more.
        case also
        /// Anyone can't read what was asked any more, or not in a giver's own words.
        case publishing, consent
        /// What somebody said with their card of how a gathering went.
        case lookBack
        /// A gathering was closed or called off, and its code died.
        case closed, calledOff
        /// Somebody is not to be written to by mail any more.
        case mail
        /// Somebody left a project, or the house.
        case left
        /// A project was given a last day, or another: that everything is let go of then was promised to everybody.
        case ends
        /// A project came to its last day, and everybody was let go.
        case ended
    }

    /// Counts the acts of a house from 1, in the order in which they were done, with none left out.
    let number: Int64
    let kind: Kind
    /// The id of what it is about.
    let about: String
    /// What else is needed to do it again: ids, numbers, and which of a few ways. Never a space in it.
    let how: String
    let at: Moment
}

extension Writer {
    /// Notes that something was let go of, so that it stays so when an older copy of the house is put back.
    func note(_ kind: LetGo.Kind, of about: some CustomStringConvertible, how: String = "", at now: Moment) throws {
        // One row that all change: two acts at once get their numbers in the order in which they are committed.
        let number: Int64 = try one(
            "update let_go_reached set reached = reached + 1 where id = 'house' returning reached"
        ) { $0[0] }!
        try keep(LetGo(number: number, kind: kind, about: about.description, how: how, at: now))
    }

    /// Keeps an act as it was noted elsewhere.
    func keep(_ act: LetGo) throws {
        try run(
            """
            insert into let_go (number, kind, about, how, at)
            values (\(act.number), \(act.kind.rawValue), \(act.about), \(act.how), \(act.at))
            """)
    }

    /// Forgets the acts noted after a number, which is then the last.
    func forgetLetGo(after number: Int64) throws {
        try run("delete from let_go where number > \(number)")
        try run("update let_go_reached set reached = \(number)")
    }
}

extension Reader {
    /// The number of the last act.
    func letGoReached() throws -> Int64 { try one("select reached from let_go_reached") { $0[0] } ?? 0 }

    /// The acts after a number, in order.
    func letGo(after number: Int64 = 0, atMost most: Int = .max) throws -> [LetGo] {
        try all(
            "select number, kind, about, how, at from let_go where number > \(number) order by number limit \(most)"
        ) { row in
            // Only a newer program notes kinds that are not known here, and its tables are refused.
            LetGo(
                number: row[0], kind: LetGo.Kind(rawValue: row[1]) ?? .mended, about: row[2], how: row[3], at: row[4])
        }
    }
}
