import Storage

extension Reader {
    /// Where a person has a seat, as a member or a guest, by the project's name.
    func places(of person: ID<Person>) throws -> [KnownPlace] {
        try all(
            """
            select seat.id, project.id, project.name, seat.name, seat.member is not null
            from seat join project on project.id = seat.project
            where seat.person = \(person) and seat.gone is null order by lower(project.name), seat.id
            """
        ) { row in
            KnownPlace(seat: row[0], project: row[1], projectName: row[2], name: row[3], isMember: row[4])
        }
    }
}

extension Writer {
    /// Has a seat go by another name, on everything that it stands beside, and says what has changed for whoever
    /// watches. What was given without a name is left as it was: that it moved would tell whose it is.
    func goBy(_ name: String, _ seat: ID<Seat>, at now: Moment) throws -> Moved {
        let before = try self.name(of: seat) ?? ""
        try rename(seat, to: name, at: now)
        let theirs: SQL = "(seat = \(seat) or receipt in (select id from receipt where seat = \(seat)))"
        // Where anyone may read it too, unless they chose to be known there by another name than this one.
        try run(
            """
            update consent set name = \(name) where ended is null and name = \(before) and name <> ''
            and contribution in (select id from contribution where \(theirs))
            """)
        let changed = try nextChange()
        let moved = Moved(
            try all(
                """
                update contribution set changed = \(changed) where taken_back is null and shared is not null
                and (scribe = \(seat) or signed = 1 and \(theirs))
                returning \(Contribution.columns)
                """
            ) { Contribution(row: $0) })
        try tellElsewhere(moved)
        return moved
    }
}
