import Storage

extension Seat {
    /// The columns that `init(row:from:)` reads, of a table or alias named `seat`.
    static let columns: SQL = "seat.id, seat.project, seat.name, seat.member, seat.convenes"

    init(row: Row, from column: Int = 0) {
        self.init(
            id: row[column], project: row[column + 1], name: row[column + 2], member: row[column + 3],
            convenes: row[column + 4])
    }
}

extension Project {
    /// The columns that `init(row:from:)` reads, of a table or alias named `project`.
    static let columns: SQL = """
        project.id, project.name, project.began, project.laid, project.version,
        coalesce((select project_safety.words from project_safety where project_safety.project = project.id), '')
        """

    init(row: Row, from column: Int = 0) {
        self.init(
            id: row[column], name: row[column + 1], began: row[column + 2], laid: row[column + 3],
            version: row[column + 4], worried: row[column + 5])
    }
}

extension Reader {
    /// The project, and the member's seat that lets this person into it.
    /// To anybody else, a guest included, it doesn't exist.
    func project(_ id: ID<Project>, seating person: ID<Person>) throws -> (Project, Seat) {
        let found = try one(
            """
            select \(Project.columns), \(Seat.columns)
            from seat join project on project.id = seat.project
            where seat.project = \(id) and seat.person = \(person) and seat.member is not null and seat.gone is null
            """
        ) { row in (Project(row: row), Seat(row: row, from: 6)) }
        guard let found else { throw Missing() }
        return found
    }

    /// A project, for code that has found it through a seat or a receipt.
    func project(_ id: ID<Project>) throws -> Project? {
        try one("select \(Project.columns) from project where project.id = \(id)") { Project(row: $0) }
    }

    /// The projects that a person has a seat in, newest first.
    func projects(seating person: ID<Person>) throws -> [(Project, Seat)] {
        try all(
            """
            select \(Project.columns), \(Seat.columns)
            from seat join project on project.id = seat.project
            where seat.person = \(person) and seat.member is not null and seat.gone is null
            order by project.began desc, project.id
            """
        ) { row in (Project(row: row), Seat(row: row, from: 6)) }
    }

    /// How many things each of these seats was told and has not looked at. One statement.
    func news(for seats: [ID<Seat>]) throws -> [ID<Seat>: Int] {
        Dictionary(
            uniqueKeysWithValues: try all(
                "select seat, count(*) from notice where seat in \(list: seats) and read is null group by seat"
            ) { row in (row[0], row[1]) })
    }

    /// The members of a project who are still there, by name.
    func seats(in project: ID<Project>) throws -> [Seat] {
        try all(
            """
            select \(Seat.columns) from seat
            where seat.project = \(project) and seat.member is not null and seat.gone is null
            order by lower(seat.name), seat.id
            """
        ) { row in Seat(row: row) }
    }
}

extension Writer {
    /// Adds a project with its founder's seat, once, and says whether it was new.
    @discardableResult
    func begin(_ project: Project, founder: Seat, person: ID<Person>) throws -> Bool {
        let new =
            try run(
                """
                insert into project (id, name, began, laid, version)
                values (\(project.id), \(project.name), \(project.began), \(project.laid), \(project.version))
                on conflict (id) do nothing
                """) > 0
        if new { try add(founder, of: person, at: project.began) }
        return new
    }

    /// A person's one seat in a project: taken now, or the one they have. With `asMember` a guest's seat is widened;
    /// a name is only filled in where there was none.
    func takeSeat(
        in project: ID<Project>, person: ID<Person>, name: String, asMember: Bool, at now: Moment
    ) throws -> Seat {
        let member = asMember ? now : nil
        guard try end(of: project)?.ended == nil else { throw Refusal.projectEnded }
        return try one(
            """
            insert into seat (id, project, person, name, member, convenes, taken)
            values (\(ID<Seat>.signed(at: now)), \(project), \(person), \(name), \(member), 0, \(now))
            on conflict (project, person) do update set
                member = coalesce(seat.member, excluded.member), gone = null,
                name = case when seat.name = '' then excluded.name else seat.name end
            returning \(Seat.columns)
            """
        ) { row in Seat(row: row) }!
    }

    func rename(_ seat: ID<Seat>, to name: String, at now: Moment) throws {
        try run("update seat set name = \(name) where id = \(seat)")
        try note(.renamed, of: seat, at: now)
    }

    func add(_ seat: Seat, of person: ID<Person>, at now: Moment) throws {
        try run(
            """
            insert into seat (id, project, person, name, member, convenes, taken)
            values (\(seat.id), \(seat.project), \(person), \(seat.name), \(seat.member), \(seat.convenes), \(now))
            """)
    }
}
