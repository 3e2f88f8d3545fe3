import Storage

extension Leaving {
    /// Ends the projects whose day has come: everybody's seat is let go, as was said beforehand, and no code, invitation
    /// or receipt opens a seat there any more. Receipts go on opening what was said and what became of it.
    static func endProjects(at now: Moment, _ db: Writer) throws {
        for (project, how) in try db.projectsToEnd(at: now) {
            let open: [ID<Gathering>] = try db.all(
                """
                select id from gathering where project = \(project) and closed is null and called_off is null
                """
            ) { $0[0] }
            for gathering in open { try db.close(gathering, at: now) }
            let seats: [ID<Seat>] = try db.all(
                "select id from seat where project = \(project) and gone is null"
            ) { $0[0] }
            let wish: Wish = how == .unsigned ? .unsigned : .takenBack
            try depart(Leaver(person: nil, seats: seats, wish: wish, pieces: [:], now: now), db)
            try db.markEnded(project, at: now)
        }
    }
}
