import Storage

extension Invitation {
    /// The columns that `init(row:)` reads, of `invitation` with its maker's `seat`.
    static let columns: SQL = """
        invitation.id, invitation.project, invitation.seat, seat.name, invitation.kind, invitation.made,
        invitation.ends, invitation.ended
        """

    init(row: Row) {
        let kind: String = row[4]
        self.init(
            id: row[0], project: row[1], seat: row[2], from: row[3], kind: Kind(rawValue: kind) ?? .help, made: row[5],
            ends: row[6], ended: row[7])
    }
}

/// What somebody who was invited reads before they say yes.
struct Invited: Sendable {
    let invitation: Invitation
    let project: Project
    let concerns: [Concern]
    let offer: Offer
    /// Whether the reader has a member's seat here already.
    let isSeated: Bool
}

extension Reader {
    /// The invitations of a project that still open, the newest first.
    func openInvitations(in project: ID<Project>, at now: Moment) throws -> [Invitation] {
        try all(
            """
            select \(Invitation.columns) from invitation join seat on seat.id = invitation.seat
            where invitation.project = \(project) and invitation.ended is null and invitation.ends > \(now)
            order by invitation.made desc, invitation.id
            """
        ) { row in Invitation(row: row) }
    }

    func invitation(_ id: ID<Invitation>, in project: ID<Project>) throws -> Invitation {
        let invitation = try one(
            """
            select \(Invitation.columns) from invitation join seat on seat.id = invitation.seat
            where invitation.id = \(id) and invitation.project = \(project)
            """
        ) { row in Invitation(row: row) }
        guard let invitation else { throw Missing() }
        return invitation
    }

    /// The invitation that these words are, ended or not.
    func invitation(opening hash: String) throws -> Invitation? {
        try one(
            """
            select \(Invitation.columns) from invitation join seat on seat.id = invitation.seat
            where invitation.hash = \(hash)
            """
        ) { row in Invitation(row: row) }
    }

    /// All that the door shows to somebody with these words.
    func invited(by hash: String, _ reader: ID<Person>?) throws -> Invited? {
        guard let invitation = try invitation(opening: hash) else { return nil }
        let project = try one("select \(Project.columns) from project where id = \(invitation.project)") { row in
            Project(row: row)
        }
        guard let project else { return nil }
        let seated = try reader.map { person in
            try count(
                """
                select count(*) from seat where project = \(project.id) and person = \(person) and member is not null
                    and gone is null
                """) > 0
        }
        return Invited(
            invitation: invitation, project: project, concerns: try concerns(in: project.id),
            offer: try offer(of: project), isSeated: seated ?? false)
    }
}

extension Writer {
    /// Adds an invitation once, and says whether it was new.
    func add(_ invitation: Invitation, hash: String) throws -> Bool {
        let isNew =
            try run(
                """
                insert into invitation (id, project, seat, kind, hash, made, ends)
                values (\(invitation.id), \(invitation.project), \(invitation.seat), \(invitation.kind.rawValue), \(hash),
                    \(invitation.made), \(invitation.ends))
                on conflict (id) do nothing
                """) > 0
        let (made, ends) = (invitation.made.milliseconds, invitation.ends.milliseconds)
        let same = try count(
            """
            select count(*) from invitation where id = \(invitation.id) and seat = \(invitation.seat)
            and kind = \(invitation.kind.rawValue) and ends - made = \(ends - made)
            """)
        guard same == 1 else { throw Refusal.sentBefore }
        return isNew
    }

    func end(_ invitation: ID<Invitation>, at now: Moment) throws {
        try run("update invitation set ended = \(now) where id = \(invitation) and ended is null")
        try note(.invitation, of: invitation, at: now)
    }

    /// Gives somebody a member's seat by an invitation. One for one person ends with it; of two who press at once,
    /// the second is refused.
    func accept(_ hash: String, person: ID<Person>, name: String, at now: Moment) throws -> Invitation {
        guard let invitation = try invitation(opening: hash) else { throw Missing() }
        let isSeated =
            try count(
                """
                select count(*) from seat where project = \(invitation.project) and person = \(person)
                    and member is not null and gone is null
                """) > 0
        if isSeated { return invitation }
        guard invitation.isOpen(at: now) else { throw Refusal.invitationEnded }
        if invitation.kind == .help { try end(invitation.id, at: now) }
        _ = try takeSeat(in: invitation.project, person: person, name: name, asMember: true, at: now)
        return invitation
    }
}
