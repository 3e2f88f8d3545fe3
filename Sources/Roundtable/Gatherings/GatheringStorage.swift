import Foundation
import Storage

extension Gathering {
    /// The columns that `init(row:from:)` reads, of a table or alias named `gathering`: 21 of them.
    static let columns: SQL = """
        gathering.id, gathering.project, gathering.seat, gathering.kind, gathering.name, gathering.starts_at,
        gathering.ends_at, gathering.zone, gathering.place, gathering.plan, gathering.who, gathering.access,
        gathering.worried, gathering.question, gathering.asked_by, gathering.code, gathering.closed,
        gathering.called_off, gathering.covered, gathering.made, gathering.version
        """

    init(row: Row, from column: Int = 0) {
        let zone = TimeZone(identifier: row[column + 7]) ?? .gmt
        self.init(
            id: row[column], project: row[column + 1], caller: row[column + 2],
            plan: GatheringPlan(
                kind: Kind(rawValue: row[column + 3]) ?? .meeting, name: row[column + 4],
                starts: LocalTime(row[column + 5] as String, in: zone)!,
                ends: LocalTime(row[column + 6] as String, in: zone)!,
                place: row[column + 8], plan: row[column + 9], who: row[column + 10], access: row[column + 11],
                worried: row[column + 12], question: row[column + 13]),
            asker: row[column + 14], code: row[column + 15], closed: row[column + 16], calledOff: row[column + 17],
            isCovered: row[column + 18], made: row[column + 19], version: row[column + 20])
    }
}

extension Gathering {
    /// That what a query calls `seat` has a chair at what it calls `gathering`, or that they said they would come.
    static let isExpected: SQL = """
        (exists (select 1 from chair where chair.gathering = gathering.id and chair.seat = seat.id)
        or exists (
            select 1 from coming where coming.gathering = gathering.id and coming.seat = seat.id
            and coming.answer in ('coming', 'bringing')))
        """
}

/// What somebody says of coming to a gathering.
enum Coming: String, Sendable, CaseIterable {
    case coming, maybe, bringing, not
}

/// How many came to a gathering that is over, and how many of them spoke.
struct GatheringCounts: Sendable {
    let came: Int
    let spoke: Counted

    /// Who spoke is counted so far and no further: a sentence, not a score, and one for each gathering of a long list.
    static let mostSpoke = 100

    private static let speaker: SQL = "coalesce(contribution.seat, contribution.receipt, contribution.id)"
    private static let heard: SQL = """
        contribution where contribution.gathering = gathering.id
        and contribution.shared is not null and contribution.taken_back is null
        """

    /// How many spoke at `gathering`, up to one more than are told. An index (`contribution_speaker`) leads from each
    /// to the next, so that somebody who said a thousand things takes no longer than somebody who said one.
    fileprivate static let spoken: SQL = """
        (with recursive speaker (who) as (
            select min(\(speaker)) from \(heard)
            union all
            select (select min(\(speaker)) from \(heard) and \(speaker) > speaker.who)
            from speaker where speaker.who is not null)
        select count(*) from (
            select who from speaker where who is not null limit \(mostSpoke + 1)) as speakers)
        """
}

extension Reader {
    /// The gathering, its project, and the seat that lets this person in: a member's, or a guest's who has a chair
    /// there. To anybody else it doesn't exist. One statement.
    func gathering(_ id: ID<Gathering>, seating person: ID<Person>) throws -> (Gathering, Project, Seat) {
        let found = try one(
            """
            select \(Gathering.columns), \(Project.columns), \(Seat.columns)
            from gathering join project on project.id = gathering.project
            join seat on seat.project = gathering.project
            where gathering.id = \(id) and seat.person = \(person) and seat.gone is null
            and (seat.member is not null
                or exists (select 1 from chair where chair.gathering = gathering.id and chair.seat = seat.id))
            """
        ) { row in (Gathering(row: row), Project(row: row, from: 21), Seat(row: row, from: 27)) }
        guard let found else { throw Missing() }
        return found
    }

    /// The gatherings of a project with how many came and spoke, the last to start first. One statement.
    func gatherings(in project: ID<Project>) throws -> [(Gathering, GatheringCounts)] {
        try all(
            """
            select \(Gathering.columns),
                (select count(*) from chair where chair.gathering = gathering.id),
                \(GatheringCounts.spoken)
            from gathering where gathering.project = \(project) order by gathering.starts desc, gathering.id
            """
        ) { row in
            let spoke = Counted(row[22], upTo: GatheringCounts.mostSpoke)
            return (Gathering(row: row), GatheringCounts(came: row[21], spoke: spoke))
        }
    }

    /// The name of a seat; empty for somebody who gave none or has gone unsigned.
    func name(of seat: ID<Seat>) throws -> String? {
        try one("select name from seat where id = \(seat)") { $0[0] }
    }

    /// What each says of coming, by name.
    func coming(to gathering: ID<Gathering>) throws -> [(seat: ID<Seat>, name: String, answer: Coming)] {
        try all(
            """
            select seat.id, seat.name, coming.answer from coming join seat on seat.id = coming.seat
            where coming.gathering = \(gathering) and seat.gone is null order by coming.said, seat.id
            """
        ) { row in (row[0], row[1], Coming(rawValue: row[2]) ?? .maybe) }
    }

    /// The gathering that a code opens now. A code that has died opens nothing.
    func gathering(code: String, at now: Moment) throws -> (Gathering, Project)? {
        let found = try one(
            """
            select \(Gathering.columns), \(Project.columns)
            from gathering join project on project.id = gathering.project where gathering.code = \(code)
            """
        ) { row in (Gathering(row: row), Project(row: row, from: 21)) }
        guard let found, found.0.isJoinable(at: now) else { return nil }
        return found
    }
}

extension Writer {
    /// Adds a gathering once. A form sent twice is still one gathering; the same id with another name is refused.
    func add(_ gathering: Gathering) throws -> Bool {
        let plan = gathering.plan
        let isNew =
            try run(
                """
                insert into gathering (id, project, seat, kind, name, starts_at, ends_at, zone, starts, ends, place,
                    plan, who, access, worried, question, asked_by, code, covered, made, version)
                values (\(gathering.id), \(gathering.project), \(gathering.caller), \(plan.kind.rawValue),
                    \(plan.name), \(plan.starts.text), \(plan.ends.text), \(plan.starts.zone.identifier),
                    \(plan.starts.moment), \(plan.ends.moment), \(plan.place), \(plan.plan), \(plan.who),
                    \(plan.access), \(plan.worried), \(plan.question), \(gathering.asker), \(gathering.code),
                    \(gathering.isCovered), \(gathering.made), \(gathering.version))
                on conflict (id) do nothing
                """) > 0
        guard !isNew else { return true }
        let same = try count(
            """
            select count(*) from gathering where id = \(gathering.id) and seat = \(gathering.caller)
            and kind = \(plan.kind.rawValue) and name = \(plan.name) and question = \(plan.question)
            and starts_at = \(plan.starts.text) and ends_at = \(plan.ends.text)
            and zone = \(plan.starts.zone.identifier) and place = \(plan.place) and plan = \(plan.plan)
            and who = \(plan.who) and access = \(plan.access) and worried = \(plan.worried)
            """)
        guard same == 1 else { throw Refusal.sentBefore }
        return false
    }

    /// Writes a new plan, unless somebody else has changed it since `gathering.version`.
    func change(_ gathering: Gathering, to plan: GatheringPlan, asker: ID<Seat>?) throws {
        let changed = try run(
            """
            update gathering set kind = \(plan.kind.rawValue), name = \(plan.name), starts_at = \(plan.starts.text),
                ends_at = \(plan.ends.text), zone = \(plan.starts.zone.identifier), starts = \(plan.starts.moment),
                ends = \(plan.ends.moment), place = \(plan.place), plan = \(plan.plan), who = \(plan.who),
                access = \(plan.access), worried = \(plan.worried), question = \(plan.question),
                asked_by = \(asker), version = version + 1
            where id = \(gathering.id) and version = \(gathering.version)
                and closed is null and called_off is null
            """)
        guard changed > 0 else { throw Refusal.changedMeanwhile }
    }

    /// The code dies with it.
    func callOff(_ gathering: ID<Gathering>, at now: Moment) throws -> Bool {
        let isNew =
            try run(
                """
                update gathering set called_off = \(now), code = null, version = version + 1
                where id = \(gathering) and called_off is null and closed is null
                """) > 0
        if isNew { try note(.calledOff, of: gathering, at: now) }
        return isNew
    }

    /// Closes it, once; its code dies.
    func close(_ gathering: ID<Gathering>, at now: Moment) throws {
        try run(
            """
            update gathering set closed = \(now), code = null, version = version + 1
            where id = \(gathering) and called_off is null and closed is null
            """)
        try note(.closed, of: gathering, at: now)
    }

    /// Covers or uncovers the wall. What hangs there has changed by it, so walls that are open elsewhere follow.
    func cover(_ gathering: ID<Gathering>, _ isCovered: Bool) throws -> Int64 {
        let changed = try nextChange()
        try run("update gathering set covered = \(isCovered) where id = \(gathering)")
        try run("update contribution set changed = \(changed) where gathering = \(gathering) and on_wall > 0")
        return changed
    }

    /// Gives a gathering a code that no living one has. One that died by itself may be given again.
    func giveCode(to gathering: ID<Gathering>, of candidates: [Code], at now: Moment) throws {
        let dead = now + .seconds(-Gathering.codeOutlives.components.seconds)
        for candidate in candidates {
            try run("update gathering set code = null where code = \(candidate.text) and ends <= \(dead)")
            let given = try run(
                """
                update gathering set code = \(candidate.text) where id = \(gathering) and code is null
                and not exists (select 1 from gathering as other where other.code = \(candidate.text))
                """)
            if given > 0 { return }
            let has = try one("select code from gathering where id = \(gathering)") { $0[0] as String? } ?? nil
            if has != nil { return }
        }
        throw Refusal.noCodeLeft
    }

    func say(_ answer: Coming, to gathering: ID<Gathering>, seat: ID<Seat>, at now: Moment) throws {
        try run(
            """
            insert into coming (gathering, seat, answer, said)
            values (\(gathering), \(seat), \(answer.rawValue), \(now))
            on conflict (gathering, seat) do update set answer = excluded.answer, said = excluded.said
            """)
    }

    /// Takes a chair there, once.
    func sitDown(_ seat: ID<Seat>, at gathering: ID<Gathering>, at now: Moment) throws {
        try run(
            """
            insert into chair (gathering, seat, came) values (\(gathering), \(seat), \(now))
            on conflict (gathering, seat) do nothing
            """)
    }
}
