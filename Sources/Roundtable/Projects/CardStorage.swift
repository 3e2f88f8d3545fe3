import Storage

extension Wording.Kind: Storable {
    var stored: Value { rawValue.stored }

    init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(rawValue: text)
    }
}

extension Wording {
    /// The columns that `init(row:from:)` reads, of a table or alias named `card`: 5 of them.
    static let columns: SQL = "card.kind, card.words, card.amount, card.pay_by, card.day"

    init(row: Row, from column: Int) {
        self.init(
            kind: row[column], words: row[column + 1], amount: row[column + 2], payBy: row[column + 3],
            day: row[column + 4])
    }
}

extension Card {
    /// The columns that `init(row:)` reads, of `card` with its owner's `seat` as `owner`.
    static let columns: SQL = """
        \(Wording.columns), card.id, card.project, card.topic, card.owner, owner.name, card.accepted, card.standing,
        card.laid, card.version
        """

    init(row: Row) {
        let topic: String? = row[7]
        let owner: ID<Seat>? = row[8]
        self.init(
            id: row[5], project: row[6], topic: topic.flatMap { Topic(rawValue: $0) },
            wording: Wording(row: row, from: 0),
            owner: owner.map { Owner(seat: $0, name: row[9] as String? ?? "", accepted: row[10]) },
            isStanding: row[11], laid: row[12], version: row[13])
    }
}

/// One wording that a card has or had.
struct OldWording: Sendable {
    let version: Int
    let wording: Wording
    let writer: String
    let written: Moment
    /// The sides that nobody turned a key for, where it took two people's.
    let missing: [Key.Side]
}

extension Reader {
    /// The offer as it stands.
    func offer(of project: Project) throws -> Offer {
        Offer(
            try all(
                """
                select \(Card.columns) from card left join seat owner on owner.id = card.owner
                where card.project = \(project.id) and card.standing = 1 order by card.laid, card.id
                """
            ) { row in Card(row: row) }, laid: project.laid)
    }

    /// The offer as it read at a moment: what somebody was offered when they said yes, to stand beside what is offered
    /// now. Names are those that its cards bear now.
    func offer(of project: Project, at moment: Moment) throws -> Offer {
        Offer(
            try all(
                """
                select was.kind, was.words, was.amount, was.pay_by, was.day, card.id, card.project, card.topic, card.owner,
                    owner.name, card.accepted, 1, card.laid, was.version
                from card_wording was join card on card.id = was.card left join seat owner on owner.id = card.owner
                where card.project = \(project.id) and was.version = (
                    select max(version) from card_wording
                    where card_wording.card = was.card and card_wording.written <= \(moment))
                order by card.laid, card.id
                """
            ) { row in Card(row: row) }, laid: project.laid.flatMap { $0 <= moment ? $0 : nil })
    }

    /// A card of a project, standing or still proposed; to another project it doesn't exist.
    func card(_ id: ID<Card>, in project: ID<Project>) throws -> Card {
        let card = try one(
            """
            select \(Card.columns) from card left join seat owner on owner.id = card.owner
            where card.id = \(id) and card.project = \(project)
            """
        ) { row in Card(row: row) }
        guard let card else { throw Missing() }
        return card
    }

    /// The line of *think first* about a topic, if it is answered.
    func card(about topic: Topic, in project: ID<Project>) throws -> Card? {
        try one(
            """
            select \(Card.columns) from card left join seat owner on owner.id = card.owner
            where card.project = \(project) and card.topic = \(topic.rawValue)
            """
        ) { row in Card(row: row) }
    }

    /// Everything that a card has said, the newest first; the first is what it says now. Three statements.
    func wordings(of card: ID<Card>) throws -> [OldWording] {
        let agreed = try acts(
            where: """
                act.outcome = \(Act.Outcome.applied)
                and act.id in (select card_change.id from card_change where card_change.card = \(card))
                """)
        return try all(
            """
            select \(Wording.columns), card.version, seat.name, card.written
            from card_wording card join seat on seat.id = card.seat
            where card.card = \(card) order by card.version desc
            """
        ) { row in
            let written: Moment = row[7]
            return OldWording(
                version: row[5], wording: Wording(row: row, from: 0), writer: row[6], written: written,
                missing: agreed.first { $0.settled == written }?.missing ?? [])
        }
    }
}

extension Writer {
    /// Adds a card and its first wording, once. A form sent twice is one card; the same id with other words is refused.
    /// Says whether it was new.
    @discardableResult
    func add(_ card: Card, by seat: Seat, at now: Moment) throws -> Bool {
        let says = card.wording
        let new =
            try run(
                """
                insert into card (id, project, topic, kind, words, amount, pay_by, day, owner, accepted, standing, laid, version)
                values (\(card.id), \(card.project), \(card.topic?.rawValue), \(says.kind), \(says.words), \(says.amount),
                    \(says.payBy), \(says.day), \(ID<Seat>?.none), \(Moment?.none), \(card.isStanding), \(card.laid),
                    \(card.version))
                on conflict do nothing
                """) > 0
        if new {
            if card.isStanding { try keep(card, by: seat.id, at: now) }
            return true
        }
        // Sent twice, or two people answering the same line at once.
        guard let there = try? self.card(card.id, in: card.project) else { throw Refusal.changedMeanwhile }
        let others = try count(
            """
            select (select count(*) from card_wording where card = \(card.id) and version = 1 and seat <> \(seat.id))
                + (select count(*) from card_change join act on act.id = card_change.id
                    where card_change.card = \(card.id) and from_version = 0 and act.seat <> \(seat.id))
            """)
        guard there.wording == says, others == 0 else { throw Refusal.sentBefore }
        return false
    }

    /// Gives a card other words, unless somebody else has since `card.version`. The old wording is kept.
    ///
    /// - Parameters:
    ///   - writer: whose words they are.
    ///   - keys: who said yes to them.
    func change(
        _ card: Card, to says: Wording, by writer: ID<Seat>, agreeing keys: [ID<Seat>], at now: Moment
    ) throws {
        let owner = card.ownerAfterChange(by: keys)
        let changed = try run(
            """
            update card set kind = \(says.kind), words = \(says.words), amount = \(says.amount), pay_by = \(says.payBy),
                day = \(says.day), accepted = \(owner?.accepted), standing = 1, version = version + 1
            where id = \(card.id) and version = \(card.version)
            """)
        guard changed > 0 else { throw Refusal.changedMeanwhile }
        let next = Card(
            id: card.id, project: card.project, topic: card.topic, wording: says, owner: owner, isStanding: true,
            laid: card.laid, version: card.version + 1)
        try keep(next, by: writer, at: now)
        if let owner, owner.accepted == nil, card.owner?.accepted != nil {
            try post(.ownerAsked(card: card.id, seat: owner.seat), in: card.project, at: now)
        }
    }

    /// Keeps what a card says now, where it can be read for good.
    private func keep(_ card: Card, by seat: ID<Seat>, at now: Moment) throws {
        let says = card.wording
        try run(
            """
            insert into card_wording (card, version, kind, words, amount, pay_by, day, seat, written)
            values (\(card.id), \(card.version), \(says.kind), \(says.words), \(says.amount), \(says.payBy), \(says.day),
                \(seat), \(now))
            """)
        try post(.offerChanged(card: card.id), in: card.project, at: now)
    }

    /// Sets who is asked to own a card, or has said yes to it, unless somebody else did since it was looked up.
    func setOwner(_ owner: Card.Owner?, of card: Card) throws {
        let before = card.owner
        let changed = try run(
            """
            update card set owner = \(owner?.seat), accepted = \(owner?.accepted)
            where id = \(card.id) and coalesce(owner, '') = \(before?.seat.text ?? "")
            """)
        guard changed > 0 else { throw Refusal.changedMeanwhile }
    }

    /// Lays the offer on the table.
    func lay(_ project: Project, at now: Moment) throws {
        let laid = try run(
            """
            update project set laid = \(now), version = version + 1
            where id = \(project.id) and version = \(project.version) and laid is null
            """)
        guard laid > 0 else { throw Refusal.changedMeanwhile }
    }
}
