import Storage

extension Publication {
    /// The columns that `init(row:from:)` reads, of `publication`: 5 of them.
    static let columns: SQL =
        "publication.id, publication.project, publication.act, publication.missing, publication.began"

    init(row: Row, from column: Int = 0) {
        let missing: String = row[column + 3]
        self.init(
            id: row[column], project: row[column + 1], act: row[column + 2],
            missing: missing.split(separator: " ").compactMap { Key.Side(rawValue: String($0)) },
            began: row[column + 4])
    }
}

extension Reader {
    /// What anyone can read at an address. What nobody outside can read any more, or yet, isn't there.
    func publication(at id: ID<Publication>) throws -> (Publication, Project) {
        let found = try one(
            """
            select \(Publication.columns), \(Project.columns) from publication
            join project on project.id = publication.project
            where publication.id = \(id) and publication.began is not null
            """
        ) { row in (Publication(row: row), Project(row: row, from: 5)) }
        guard let found else { throw Missing() }
        return found
    }

    /// A project's publication, stopped or not; nothing where it never had one.
    func publication(of project: ID<Project>) throws -> Publication? {
        try one("select \(Publication.columns) from publication where project = \(project)") { Publication(row: $0) }
    }
}

extension Writer {
    /// Lets anyone read it from now on, as two people agreed.
    func publish(_ act: Act, missing: [Key.Side], at now: Moment) throws {
        try settle(act.id, .applied, at: now)
        let sides = missing.map(\.rawValue).joined(separator: " ")
        try run(
            """
            insert into publication (id, project, act, missing, began)
            values (\(ID<Publication>.anonymous()), \(act.project), \(act.id), \(sides), \(now))
            on conflict (project) do update set act = excluded.act, missing = excluded.missing, began = excluded.began
            """)
        try post(.published(project: act.project), in: act.project, at: now)
    }

    /// Nobody outside can read it from now on: one person's act, at once. Says whether anybody could.
    @discardableResult
    func stopPublishing(_ project: ID<Project>, at now: Moment) throws -> Bool {
        let isStopped =
            try run("update publication set began = null where project = \(project) and began is not null") > 0
        if isStopped { try note(.publishing, of: project, at: now) }
        return isStopped
    }
}
