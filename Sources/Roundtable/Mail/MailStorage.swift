import Foundation
import Storage

extension MailAddress {
    fileprivate static let columns: SQL = "id, person, address, proven, failed"

    fileprivate init(row: Row) {
        self.init(id: row[0], person: row[1], sealed: row[2], proven: row[3], failed: row[4])
    }
}

extension Reader {
    func mailAddress(of person: ID<Person>) throws -> MailAddress? {
        try one("select \(MailAddress.columns) from mail_address where person = \(person)") { MailAddress(row: $0) }
    }

    func mailAddress(_ id: ID<MailAddress>) throws -> MailAddress? {
        try one("select \(MailAddress.columns) from mail_address where id = \(id)") { MailAddress(row: $0) }
    }

    /// The address that words in a letter are to prove, while they are good.
    func mailAddress(provenBy hash: String, at now: Moment) throws -> MailAddress? {
        try one(
            """
            select \(MailAddress.columns) from mail_address
            where proof = \(hash) and proven is null and asked > \(now + (.zero - MailAddress.longestProof))
            """
        ) { MailAddress(row: $0) }
    }
}

extension Writer {
    /// Keeps where somebody wants to be written to, in place of what they said before, and lays a letter ready that
    /// asks whether it is right.
    ///
    /// - Parameters:
    ///   - words: the six words that prove it, sealed for the letter alone; `proof` is their hash.
    func ask(_ address: MailAddress, words: String, proof: String, at now: Moment) throws {
        try stopMail(of: address.person, at: now)
        try run(
            """
            insert into mail_address (id, person, address, asked, proof, words, mailed_until, letter, count, due, tries)
            values (\(address.id), \(address.person), \(address.sealed), \(now), \(proof), \(words), \(now),
                \(ID<MailLetter>.anonymous()), 0, \(now), 0)
            """)
    }

    /// Its owner reads it. The letter that asked was not the day's: their first news may come at once.
    func proveMail(_ id: ID<MailAddress>, at now: Moment) throws {
        try run(
            """
            update mail_address set proven = \(now), proof = null, words = null, letter = null, mailed = null,
                mailed_until = \(now)
            where id = \(id) and proven is null
            """)
    }

    /// Forgets where somebody wanted to be written to. False when there was nothing to forget.
    @discardableResult
    func stopMail(_ id: ID<MailAddress>, at now: Moment) throws -> Bool {
        let isGone = try run("delete from mail_address where id = \(id)") > 0
        if isGone { try note(.mail, of: id, at: now) }
        return isGone
    }

    func stopMail(of person: ID<Person>, at now: Moment) throws {
        if let address = try mailAddress(of: person) { try stopMail(address.id, at: now) }
    }

    // MARK: The round

    /// Lays one letter ready for somebody who has news, and whose last letter was long enough ago. Says whether there
    /// was one. Several programs may go round at once: each passes over what another has in hand.
    func layMailReady(at now: Moment) throws -> Bool {
        let lock: SQL = engine == .postgres ? "for update skip locked" : ""
        let due = try one(
            """
            select id, person, mailed_until from mail_address
            where proven is not null and letter is null and (mailed is null or mailed <= \(now + (.zero - MailAddress.between)))
            and exists (
                select 1 from notice join seat on seat.id = notice.seat
                where seat.person = mail_address.person and notice.read is null and notice.told > mail_address.mailed_until)
            order by mailed, id limit 1 \(lock)
            """
        ) { row in (id: row[0] as ID<MailAddress>, person: row[1] as ID<Person>, until: row[2] as Moment) }
        guard let due else { return false }
        let count = try count(
            """
            select count(*) from notice join seat on seat.id = notice.seat
            where seat.person = \(due.person) and notice.read is null and notice.told > \(due.until)
            """)
        try run(
            """
            update mail_address set letter = \(ID<MailLetter>.anonymous()), count = \(count), letter_until = \(now),
                due = \(now), tries = 0 where id = \(due.id)
            """)
        return true
    }

    /// Takes one letter in hand that is due, and counts a try: whoever dies with it leaves it to be sent again, later.
    func takeMail(dueBy now: Moment) throws -> ReadyMail? {
        let lock: SQL = engine == .postgres ? "for update of mail_address skip locked" : ""
        let ready = try one(
            """
            select mail_address.id, mail_address.address, mail_address.letter, mail_address.words, mail_address.count,
                mail_address.tries, person.language
            from mail_address join person on person.id = mail_address.person
            where mail_address.letter is not null and mail_address.due <= \(now)
            order by mail_address.due, mail_address.id limit 1 \(lock)
            """
        ) { row in
            ReadyMail(
                id: row[0], sealed: row[1], letter: row[2], words: row[3], count: row[4], tries: row[5] + 1,
                language: row[6])
        }
        guard let ready else { return nil }
        let due = now + MailRound.pause(after: ready.tries)
        try run("update mail_address set tries = \(ready.tries), due = \(due) where id = \(ready.id)")
        return ready
    }

    /// The server has taken it.
    func mailWent(_ ready: ReadyMail, at now: Moment) throws {
        try run(
            """
            update mail_address set letter = null, words = null, mailed = \(now), failed = null,
                mailed_until = coalesce(letter_until, mailed_until)
            where id = \(ready.id) and letter = \(ready.letter)
            """)
    }

    /// It will not go: what it told is not told again by mail, and tomorrow's news is tried anew.
    func mailGivenUp(_ ready: ReadyMail, at now: Moment) throws {
        try run(
            """
            update mail_address set letter = null, words = null, mailed = \(now), failed = \(now),
                mailed_until = coalesce(letter_until, mailed_until)
            where id = \(ready.id) and letter = \(ready.letter)
            """)
    }
}

/// A letter that one program has in hand.
struct ReadyMail: Sendable {
    let id: ID<MailAddress>
    let sealed: String
    let letter: ID<MailLetter>
    /// The words that prove the address, sealed; nothing in a letter that brings news.
    let words: String?
    /// How many things are new.
    let count: Int
    let tries: Int
    let language: String
}
