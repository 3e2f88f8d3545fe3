import Markup
import Storage

/// Going, and taking what is yours.
enum Leaving {
    /// Everything in the house that can belong to someone, room by room. What they said comes before the seat that
    /// says who they were.
    static let belongings: [Belonging] =
        Gathering.belongings + Promise.belongings + Project.belongings + MailAddress.belongings + Person.belongings

    /// Packs what is theirs, does with it as they wish, and lets them go: all of it, or none.
    static func depart(
        _ leaver: Leaver, takingAlong parcel: ([(table: String, leaves: [Leaf])]) throws -> Parcel, _ db: Writer
    ) throws -> Moved {
        try db.keep(parcel(gather(leaver, db)))
        return try depart(leaver, db)
    }

    /// Lets somebody go as they wish, their parcel packed or in nobody's hands any more, and says what those who watch
    /// see otherwise now.
    @discardableResult
    static func depart(_ leaver: Leaver, _ db: Writer) throws -> Moved {
        try db.note(.left, of: leaver.person?.text ?? "", how: leaver.noted(db), at: leaver.now)
        return try release(leaver, db)
    }

    /// Does with everything of theirs as it was wished; those who watch through other programs are told.
    static func release(_ leaver: Leaver, _ db: Writer) throws -> Moved {
        let before = try db.nextChange()
        for belonging in belongings { try belonging.release(leaver, db) }
        try db.sendBackEmptiedAsks(at: leaver.now)
        if let person = leaver.person { try db.run("delete from person where id = \(person)") }
        let moved = try db.moved(since: before, round: leaver.seats)
        try db.tellElsewhere(moved)
        return moved
    }

    /// What is theirs, by table.
    static func gather(_ leaver: Leaver, _ db: Reader) throws -> [(table: String, leaves: [Leaf])] {
        try belongings.map { ($0.table, try $0.gather(leaver, db)) }
    }
}

extension Reader {
    /// Somebody about to leave the house, or one of their projects.
    ///
    /// - Parameter secret: the house's, where what is theirs is about to be shown to them.
    func leaver(
        _ person: ID<Person>, project: ID<Project>?, wish: Wish, pieces: [ID<Contribution>: Wish],
        opening secret: Secret? = nil, at now: Moment
    ) throws -> Leaver {
        let seats: [ID<Seat>]
        if let project {
            seats = try all(
                """
                select id from seat where person = \(person) and project = \(project) and gone is null
                """
            ) { $0[0] }
            guard !seats.isEmpty else { throw Missing() }
        } else {
            seats = try all("select id from seat where person = \(person) and gone is null") { $0[0] }
        }
        return Leaver(
            person: project == nil ? person : nil, seats: seats, wish: wish, pieces: pieces, now: now, secret: secret)
    }

    /// What somebody said and shared, newest first, for them to choose what becomes of each.
    func pieces(of leaver: Leaver) throws -> [Contribution] {
        try all(
            """
            select \(Contribution.columns) from contribution
            where \(leaver.gave) and taken_back is null and shared is not null order by said desc
            """
        ) { Contribution(row: $0) }
    }
}
