import Storage

extension Reader {
    /// Three statements, however many people there are.
    func convening(_ id: ID<Project>, seating person: ID<Person>) throws -> Convening {
        let (project, seat) = try project(id, seating: person)
        let asked: [ID<Seat>] = try all(
            "select id from seat where project = \(id) and asked_to_convene is not null and gone is null"
        ) { $0[0] }
        return Convening(project: project, seat: seat, seats: try seats(in: id), asked: Set(asked))
    }
}

extension Writer {
    /// Convenes from now on, who was asked to, or where nobody does. Every seat is told who.
    func convene(_ seat: Seat, at now: Moment) throws {
        guard !seat.convenes else { return }
        let isSo = try run(
            """
            update seat set convenes = 1, asked_to_convene = null
            where id = \(seat.id) and (asked_to_convene is not null or not exists (
                select 1 from seat as other
                where other.project = \(seat.project) and other.convenes = 1 and other.gone is null))
            """)
        guard isSo > 0 else { throw Refusal.othersConvene }
        try post(.convening(seat: seat.id), in: seat.project, at: now)
    }

    /// Convenes no more, or says no to it. Where nobody is left, the place is free and every seat is told.
    func stopConvening(_ seat: Seat, at now: Moment) throws {
        try run("update seat set convenes = 0, asked_to_convene = null where id = \(seat.id)")
        guard seat.convenes, try !seats(in: seat.project).contains(where: \.convenes) else { return }
        try post(.nobodyConvenes(project: seat.project), in: seat.project, at: now)
    }

    /// Asks somebody with a seat to convene too, once.
    func ask(_ asked: ID<Seat>?, toConveneIn project: ID<Project>, at now: Moment) throws {
        guard let seat = try seats(in: project).first(where: { $0.id == asked && !$0.convenes }) else {
            throw Refusal.nobodyAsked
        }
        let isNew = try run(
            "update seat set asked_to_convene = \(now) where id = \(seat.id) and asked_to_convene is null")
        if isNew > 0 { try post(.conveningAsked(seat: seat.id), in: project, at: now) }
    }
}
