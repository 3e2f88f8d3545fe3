import Storage

extension Reader {
    /// Whom to tell, and who wrote it; nothing while nobody has.
    func safety(of project: ID<Project>) throws -> Safety? {
        try one(
            """
            select project_safety.words, seat.name, project_safety.said, project_safety.version
            from project_safety join seat on seat.id = project_safety.seat
            where project_safety.project = \(project)
            """
        ) { row in Safety(words: row[0], writer: row[1], said: row[2], version: row[3]) }
    }
}

extension Writer {
    /// Writes down whom to tell, over the version that was read. Every seat is told.
    func write(
        _ words: String, over version: Int, toTellIn project: ID<Project>, by seat: ID<Seat>, at now: Moment
    ) throws {
        guard try safety(of: project)?.version ?? 0 == version else { throw Refusal.changedMeanwhile }
        try run(
            """
            insert into project_safety (project, words, seat, said, version)
            values (\(project), \(words), \(seat), \(now), 1)
            on conflict (project) do update set words = excluded.words, seat = excluded.seat, said = excluded.said,
                version = project_safety.version + 1
            """)
        try post(.safetyChanged(project: project), in: project, at: now)
    }
}
