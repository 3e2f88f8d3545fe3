import Foundation
import Storage

/// What is brought in is written in pieces of this many rows: large enough to share a flush, and what is written of the
/// indexes, whose places are all chance; small enough that people who are writing at the same moment hardly wait.
let importedAtOnce = 2_000

/// Where something brought in goes: the project, the seat that stands for its source, and the gathering it becomes.
struct ImportPlace: Sendable {
    let project: ID<Project>
    let seat: ID<Seat>
    let gathering: ID<Gathering>
}

/// The gathering that a conversation becomes: already closed, with no code to come in by.
struct ImportedGathering: Sendable {
    let name: String
    let place: String
    let plan: String
    let question: String
    let starts: LocalTime
    let ends: LocalTime
}

/// One thing said, with what became of it where it was said.
struct ImportedContribution: Sendable {
    let id: ID<Contribution>
    let receipt: ID<Receipt>
    let words: String
    let said: Moment
    /// The setting aside that goes with it, when those who looked after the conversation left it out.
    let setAside: ID<ImportedContribution>?
}

/// A receipt that was just dealt to a giver.
struct ImportedReceipt: Sendable {
    let id: ID<Receipt>
    let number: Int
    let hash: String
}

extension Reader {
    func projects(named name: String) throws -> [ID<Project>] {
        try all("select id from project where name = \(name) order by began") { $0[0] }
    }

    /// The receipts dealt in a gathering, and the highest number among them.
    func receipts(dealtIn gathering: ID<Gathering>) throws -> (ids: Set<ID<Receipt>>, highest: Int) {
        let dealt = try all("select id, coalesce(number, 0) from receipt where gathering = \(gathering)") { row in
            (row[0] as ID<Receipt>, row[1] as Int)
        }
        return (Set(dealt.map(\.0)), dealt.map(\.1).max() ?? 0)
    }
}

extension Writer {
    func addImported(_ project: ID<Project>, named name: String, at now: Moment) throws {
        try run("insert into project (id, name, began, version) values (\(project), \(name), \(now), 1)")
    }

    /// The seat that stands for the source. Nobody sits in it: it has no person, and is gone from the start.
    func addSource(_ place: ImportPlace, named name: String, at now: Moment) throws {
        try run(
            """
            insert into seat (id, project, name, convenes, taken, gone)
            values (\(place.seat), \(place.project), \(name), 0, \(now), \(now)) on conflict (id) do nothing
            """)
    }

    func addImported(_ gathering: ImportedGathering, _ place: ImportPlace, at now: Moment) throws {
        let (starts, ends) = (gathering.starts, gathering.ends)
        try run(
            """
            insert into gathering (id, project, seat, kind, name, starts_at, ends_at, zone, starts, ends, place, plan,
                who, access, worried, question, closed, covered, made, version)
            values (\(place.gathering), \(place.project), \(place.seat), \(Gathering.Kind.drop.rawValue), \(gathering.name),
                \(starts.text), \(ends.text), \(starts.zone.identifier), \(starts.moment), \(ends.moment),
                \(gathering.place), \(gathering.plan), '', '', '', \(gathering.question), \(ends.moment), 0, \(now), 1)
            on conflict (id) do nothing
            """)
    }

    /// An invitation for one person to help to write the offer, so that a project which nobody is
    /// in yet can be entered.
    func addInvitation(_ hash: String, _ place: ImportPlace, until ends: Moment, at now: Moment) throws {
        try run(
            """
            insert into invitation (id, project, seat, kind, hash, made, ends)
            values (\(ID<Invitation>.signed(at: now)), \(place.project), \(place.seat), \(Invitation.Kind.help.rawValue), \(hash), \(now), \(ends))
            """)
    }

    func addImported(_ receipts: [ImportedReceipt], _ place: ImportPlace, at now: Moment) throws {
        let rows: [SQL] = receipts.map { receipt in
            "(\(receipt.id), \(place.project), \(place.gathering), \(receipt.number), \(receipt.hash), \(now))"
        }
        guard !rows.isEmpty else { return }
        try run(
            "insert into receipt (id, project, gathering, number, hash, made) values \(rows.joined(by: ", "))")
    }

    /// Adds those that are not there yet, and says which they were.
    func addImported(
        _ contributions: [ImportedContribution], _ place: ImportPlace, language: String
    ) throws -> Set<ID<Contribution>> {
        let changes = try nextChanges(contributions.count)
        let rows: [SQL] = zip(contributions, changes).map { contribution, change in
            """
            (\(contribution.id), \(place.project), \(place.gathering), \(contribution.receipt), \(contribution.words),
            \(language), \(Text.direction(of: contribution.words)), 0, 0, \(contribution.said), \(contribution.said),
            \(change), 1)
            """
        }
        return Set(
            try all(
                """
                insert into contribution (id, project, gathering, receipt, words, language, direction, signed, on_wall,
                    shared, said, changed, version)
                values \(rows.joined(by: ", ")) on conflict (id) do nothing returning id
                """
            ) { $0[0] as ID<Contribution> })
    }

    /// Sets aside what the source had left out. Both yeses were given there, so it does not lapse here.
    func addSettingsAside(
        of contributions: [ImportedContribution], _ place: ImportPlace, reason: String, at now: Moment
    ) throws {
        let rows: [SQL] = contributions.compactMap { contribution in
            contribution.setAside.map { id in
                """
                (\(id), \(contribution.id), \(place.seat), \(SetAside.Kind.before.rawValue), \(reason), \(now), \(now), \(place.seat), \(now), '')
                """
            }
        }
        guard !rows.isEmpty else { return }
        try run(
            """
            insert into set_aside (id, contribution, seat, kind, reason, began, lapses, second, seconded, reply)
            values \(rows.joined(by: ", ")) on conflict (id) do nothing
            """)
    }
}
