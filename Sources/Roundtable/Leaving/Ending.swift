import Storage

extension Leaving {
    /// Ends the projects whose day has come, and says what those who watch see otherwise now.
    static func endProjects(at now: Moment, _ db: Writer) throws -> Moved {
        var moved = Moved()
        for (project, how) in try db.projectsToEnd(at: now) { moved.join(try end(project, how, at: now, db)) }
        return moved
    }

    /// Ends a project: everybody's seat is let go, as was said beforehand, and no code, invitation or receipt opens a
    /// seat there any more. What becomes of what was said becomes of all of it: whoever gave it, with whatever, and
    /// whether or not they are still there. Nobody outside can read it, since nobody is left who could stop that.
    /// Receipts go on opening what was said and what became of it.
    @discardableResult
    static func end(_ project: ID<Project>, _ how: ProjectEnd.How, at now: Moment, _ db: Writer) throws -> Moved {
        try db.note(.ended, of: project, how: how.rawValue, at: now)
        let open: [ID<Gathering>] = try db.all(
            """
            select id from gathering where project = \(project) and closed is null and called_off is null
            """
        ) { $0[0] }
        for gathering in open { try db.close(gathering, at: now) }
        try db.stopPublishing(project, at: now)
        let seats: [ID<Seat>] = try db.all("select id from seat where project = \(project)") { $0[0] }
        let wish: Wish = how == .unsigned ? .unsigned : .takenBack
        let everybody = Leaver(person: nil, seats: seats, wish: wish, pieces: [:], now: now, ending: project)
        let moved = try release(everybody, db)
        try db.markEnded(project, at: now)
        return moved
    }
}
