import Storage

extension Occasion {
    /// Its id, and the column of `look_back` and of the marks that holds it.
    fileprivate var id: String {
        switch self {
        case .gathering(let gathering): gathering.id.text
        case .end(let project, _): project.id.text
        }
    }

    fileprivate var column: SQL { if case .gathering = self { "gathering" } else { "project" } }

    /// The marks that somebody has answered with nothing, each table with the column of who.
    fileprivate var marks: [(table: SQL, who: SQL)] {
        switch self {
        case .gathering: [("looked_back", "seat"), ("looked_back_receipt", "receipt")]
        case .end: [("looked_back_project", "seat")]
        }
    }
}

extension Reader {
    /// What worked and what didn't, as far as it may be shown: with a name in the order it was said, then what was
    /// given with nothing, in the order of its ids, which are all chance.
    func looksBack(on occasion: Occasion) throws -> [LookBack] {
        try all(
            """
            select seat.name, look_back.worked, look_back.did_not, look_back.language
            from look_back left join seat on seat.id = look_back.seat
            where look_back.\(occasion.column) = \(occasion.id) and look_back.shown = 1
            order by look_back.seat is null, look_back.said, look_back.id
            """
        ) { row in LookBack(name: row[0], worked: row[1], didNot: row[2], language: row[3]) }
    }

    /// What somebody answered with their card; nothing where they have not.
    func lookBack(on occasion: Occasion, by seat: ID<Seat>) throws -> LookBack? {
        try one(
            """
            select seat.name, look_back.worked, look_back.did_not, look_back.language
            from look_back join seat on seat.id = look_back.seat
            where look_back.\(occasion.column) = \(occasion.id) and look_back.seat = \(seat)
            """
        ) { row in LookBack(name: row[0], worked: row[1], didNot: row[2], language: row[3]) }
    }

    /// Whether somebody has answered with nothing. When they did, and what, is nowhere.
    func hasLookedBack(on occasion: Occasion, _ seat: ID<Seat>) throws -> Bool {
        switch occasion {
        case .gathering(let gathering):
            try count(
                """
                select count(*) from gathering where id = \(gathering.id) and (
                    exists (select 1 from looked_back where gathering = \(gathering.id) and seat = \(seat))
                    or exists (
                        select 1 from looked_back_receipt join receipt on receipt.id = looked_back_receipt.receipt
                        where looked_back_receipt.gathering = \(gathering.id) and receipt.seat = \(seat)))
                """) > 0
        case .end(let project, _):
            try count(
                "select count(*) from looked_back_project where project = \(project.id) and seat = \(seat)") > 0
        }
    }

    /// The gatherings that words were given to by a receipt that nobody's seat has, the latest first; and whether what
    /// worked there was answered by it.
    func gatheringsToLookBack(on receipt: Receipt) throws -> [(gathering: Gathering, isDone: Bool)] {
        guard receipt.seat == nil else { return [] }
        return try all(
            """
            select \(Gathering.columns), looked.receipt is not null from gathering
            left join looked_back_receipt looked on looked.gathering = gathering.id
                and looked.receipt = \(receipt.id)
            where gathering.id in (select gathering from contribution where receipt = \(receipt.id))
            order by gathering.starts desc, gathering.id
            """
        ) { row in (Gathering(row: row), row[21]) }
    }

    /// Whether anything that was given with nothing, at any gathering, may come to be shown.
    func hasHiddenLooksBack() throws -> Bool {
        try one(
            """
            select gathering from look_back where shown = 0 and gathering is not null group by gathering
            having count(*) >= \(LookBack.fewestWithNothing) limit 1
            """
        ) { $0[0] as ID<Gathering> } != nil
    }

    /// Everybody who had a chair at a gathering that is over, said that they would come, or said something or wrote it
    /// down there, is still here, and has been asked by no letter yet what worked. A gathering that was moved or closed
    /// early has more than one letter about it, and asks once.
    func seatsToLookBack(on gathering: ID<Gathering>, at now: Moment) throws -> [ID<Seat>] {
        try all(
            """
            select seat.id from gathering join seat on seat.project = gathering.project
            where gathering.id = \(gathering) and gathering.called_off is null
            and (gathering.closed is not null or gathering.ends <= \(now)) and seat.gone is null
            and (\(Gathering.isExpected)
                or exists (
                    select 1 from contribution where contribution.seat = seat.id
                    and contribution.gathering = gathering.id)
                or exists (
                    select 1 from contribution where contribution.scribe = seat.id
                    and contribution.gathering = gathering.id and contribution.typed is null))
            and not exists (
                select 1 from notice where notice.seat = seat.id and notice.kind = 'lookBackAsked'
                and notice.about = gathering.id)
            order by seat.id
            """
        ) { $0[0] }
    }

    /// The gathering of the same project before this one that took place.
    func gatheringBefore(_ gathering: Gathering) throws -> Gathering? {
        try one(
            """
            select \(Gathering.columns) from gathering
            where gathering.project = \(gathering.project) and gathering.starts < \(gathering.plan.starts.moment)
            and gathering.called_off is null order by gathering.starts desc, gathering.id limit 1
            """
        ) { Gathering(row: $0) }
    }
}

extension Writer {
    /// Keeps an answer. With a card the last is what counts; with nothing there is one, which nobody can find again.
    func lookBack(
        _ typed: LookBack.Typed, on occasion: Occasion, by seat: ID<Seat>, as id: ID<LookBack>, language: String,
        at now: Moment
    ) throws {
        switch typed.bearing {
        case .card:
            guard try !hasLookedBack(on: occasion, seat) else { throw Refusal.lookedBackAlready }
            try run(
                """
                insert into look_back (id, \(occasion.column), seat, worked, did_not, language, said, shown)
                values (\(ID<LookBack>.signed(at: now)), \(occasion.id), \(seat), \(typed.worked), \(typed.didNot),
                    \(language), \(now), 1)
                on conflict (seat, \(occasion.column)) do update set worked = excluded.worked, did_not = excluded.did_not,
                    language = excluded.language, said = excluded.said
                """)
        case .nothing:
            try lookBackWithNothing(typed, on: occasion, as: id, language: language) {
                guard try lookBack(on: occasion, by: seat) == nil, try !hasLookedBack(on: occasion, seat) else {
                    return false
                }
                let marks = occasion.marks[0].table
                try run("insert into \(marks) (\(occasion.column), seat) values (\(occasion.id), \(seat))")
                return true
            }
        }
        try showLooksBack(on: occasion, at: now)
    }

    /// The same for whoever holds a receipt: it has no name, so the answer is given with nothing.
    func lookBack(
        _ typed: LookBack.Typed, on gathering: Gathering, by receipt: ID<Receipt>, as id: ID<LookBack>,
        language: String, at now: Moment
    ) throws {
        try lookBackWithNothing(typed, on: .gathering(gathering), as: id, language: language) {
            try run(
                """
                insert into looked_back_receipt (gathering, receipt) values (\(gathering.id), \(receipt))
                on conflict do nothing
                """) > 0
        }
        try showLooksBack(on: .gathering(gathering), at: now)
    }

    /// - Parameter mark: leaves the mark that somebody has answered; false where it is there.
    private func lookBackWithNothing(
        _ typed: LookBack.Typed, on occasion: Occasion, as id: ID<LookBack>, language: String,
        _ mark: () throws -> Bool
    ) throws {
        // The page made the id, all of it chance: the same page sent twice is one answer, as long as it is not shown.
        let same = try count(
            """
            select count(*) from look_back where id = \(id) and \(occasion.column) = \(occasion.id) and seat is null
            and worked = \(typed.worked) and did_not = \(typed.didNot)
            """)
        if same > 0 { return }
        guard try mark() else { throw Refusal.lookedBackAlready }
        try run(
            """
            insert into look_back (id, \(occasion.column), worked, did_not, language, shown)
            values (\(id), \(occasion.id), \(typed.worked), \(typed.didNot), \(language), 0)
            """)
    }

    /// Takes back what somebody answered with their card.
    func takeLookBackBack(on occasion: Occasion, by seat: ID<Seat>, at now: Moment) throws {
        try takeLookBackBack(on: occasion.id, by: seat, at: now)
    }

    /// - Parameter occasion: the id of a gathering or of a project, as it was noted.
    func takeLookBackBack(on occasion: String, by seat: ID<Seat>, at now: Moment) throws {
        try run("delete from look_back where seat = \(seat) and (gathering = \(occasion) or project = \(occasion))")
        try note(.lookBack, of: occasion, how: seat.text, at: now)
    }

    /// Once a gathering is over, or a project's end is close, shows what was given with nothing, as soon as enough are
    /// there that nobody can be picked out. Every row is written anew in an order that is all chance and under another
    /// id, the marks of who answered too: neither the order in the file nor its transactions join one to the other.
    func showLooksBack(on occasion: Occasion, at now: Moment) throws {
        guard occasion.isShown(at: now) else { return }
        let its: SQL = "\(occasion.column) = \(occasion.id)"
        let rows = try all("select worked, did_not, language, shown, seat is null from look_back where \(its)") { row in
            (
                worked: row[0] as String, didNot: row[1] as String, language: row[2] as String, row[3] as Bool,
                row[4] as Bool
            )
        }
        let nameless = rows.filter(\.4)
        guard nameless.count(where: { !$0.3 }) >= LookBack.fewestWithNothing, rows.count >= LookBack.fewestInAll else {
            return
        }
        try run("delete from look_back where \(its) and seat is null")
        for row in nameless.shuffled() {
            try run(
                """
                insert into look_back (id, \(occasion.column), worked, did_not, language, shown)
                values (\(ID<LookBack>.anonymous()), \(occasion.id), \(row.worked), \(row.didNot), \(row.language), 1)
                """)
        }
        for (table, who) in occasion.marks {
            let marks = try all("select \(who) from \(table) where \(its)") { $0[0] as String }
            try run("delete from \(table) where \(its)")
            for mark in marks.shuffled() {
                try run("insert into \(table) (\(occasion.column), \(who)) values (\(occasion.id), \(mark))")
            }
        }
    }

    /// Does the same for every gathering that ended by itself, and says how many there were.
    @discardableResult
    func showLooksBackOfTheEnded(at now: Moment) throws -> Int {
        let ended = now + .seconds(-Gathering.codeOutlives.components.seconds)
        let over = try all(
            """
            select \(Gathering.columns) from gathering where gathering.id in (
                select hidden.gathering from look_back hidden
                where hidden.shown = 0 and hidden.gathering is not null group by hidden.gathering
                having count(*) >= \(LookBack.fewestWithNothing))
            and (gathering.closed is not null or gathering.ends <= \(ended))
            """
        ) { Gathering(row: $0) }
        for gathering in over { try showLooksBack(on: .gathering(gathering), at: now) }
        return over.count
    }

    /// Does the same for every project that comes to its end.
    func showLooksBackOfEnds(at now: Moment) throws {
        let near: [ID<Project>] = try all(
            """
            select project_end.project from project_end
            where project_end.ended is null and project_end.told is not null and exists (
                select 1 from look_back where look_back.project = project_end.project and look_back.shown = 0)
            """
        ) { $0[0] }
        for id in near {
            guard let project = try project(id) else { continue }
            try showLooksBack(on: .end(of: project, end(of: id)), at: now)
        }
    }
}
