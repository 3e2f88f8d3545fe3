import Storage

extension Reader {
    /// How a seat says that it comes to its table.
    func side(of seat: ID<Seat>) throws -> Side? {
        try one("select side from side where seat = \(seat)") { Side(rawValue: $0[0]) } ?? nil
    }

    /// What is kept of a table's counts.
    func balance(of project: ID<Project>) throws -> KeptBalance? {
        try one(
            """
            select looked, counted, uses, cares, works, several, unsaid from balance where project = \(project)
            """
        ) { row in
            let counted: Moment? = row[1]
            var shown: Sides = [:]
            for (place, side) in Side.allCases.enumerated() { shown[side] = row[2 + place] as Int? }
            return KeptBalance(looked: row[0], counted: counted, balance: counted.map { _ in Balance(shown: shown) })
        }
    }

    /// When the last gathering of a project began that has begun by now.
    func lastBegun(in project: ID<Project>, at now: Moment) throws -> Moment? {
        try one(
            """
            select starts from gathering where project = \(project) and starts <= \(now) and called_off is null
            order by starts desc limit 1
            """
        ) { $0[0] }
    }
}

extension Writer {
    /// Keeps how a seat comes to its table; nothing takes it off. What it said before is gone, from backups too.
    func say(_ side: Side?, by seat: ID<Seat>, at now: Moment) throws {
        let before = try self.side(of: seat)
        guard side != before else { return }
        if before != nil {
            try run("delete from side where seat = \(seat)")
            try note(.side, of: seat, at: now)
        }
        if let side { try run("insert into side (seat, side) values (\(seat), \(side.rawValue))") }
    }

    /// Looks whether a table may be counted anew, once for each gathering, and keeps the counts alone that are shown.
    func recount(_ project: ID<Project>, begun: Moment) throws {
        let kept = try balance(of: project)
        if let kept, kept.looked >= begun { return }
        let table = try sides(at: project)
        let balance = Balance.refreshed(kept?.balance, by: table)
        let counted = balance == kept?.balance ? kept?.counted : begun
        let shown = balance?.shown ?? [:]
        try run("delete from balance where project = \(project)")
        try run(
            """
            insert into balance (project, looked, counted, uses, cares, works, several, unsaid)
            values (\(project), \(begun), \(counted), \(shown[.uses]), \(shown[.cares]), \(shown[.works]),
                \(shown[.several]), \(shown[.unsaid]))
            """)
    }

    /// How many members come in each way. Nowhere else are the answers of a table read.
    private func sides(at project: ID<Project>) throws -> Sides {
        let counts = try all(
            """
            select side.side, count(*) from seat join side on side.seat = seat.id
            where seat.project = \(project) and seat.member is not null and seat.gone is null group by side.side
            """
        ) { row in (Side(rawValue: row[0]), row[1] as Int) }
        return counts.reduce(into: [:]) { sides, pair in
            if let side = pair.0 { sides[side] = pair.1 }
        }
    }
}
