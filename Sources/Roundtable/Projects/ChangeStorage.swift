import Storage

extension CardChange {
    /// The columns that `init(row:keys:)` reads, of `card_change` named `card`, with its proposer's `seat`.
    static let columns: SQL = """
        \(Wording.columns), card.id, card.card, card.from_version, card.seat, seat.name, card.proposed, card.outcome
        """

    init(row: Row, keys: [ID<Seat>]) {
        let outcome: String? = row[11]
        self.init(
            id: row[5], card: row[6], wording: Wording(row: row, from: 0), fromVersion: row[7], proposer: row[8],
            proposerName: row[9], proposed: row[10], outcome: outcome.flatMap { Outcome(rawValue: $0) }, keys: keys)
    }
}

extension Reader {
    /// The changes of a project that still wait for a yes, the oldest first. Two statements.
    func waitingChanges(in project: ID<Project>) throws -> [CardChange] {
        let keys = try all(
            """
            select key.card_change, key.seat from key join card_change on card_change.id = key.card_change
            join card on card.id = card_change.card
            where card.project = \(project) and card_change.settled is null order by key.turned, key.seat
            """
        ) { row in (row[0] as ID<CardChange>, row[1] as ID<Seat>) }
        let turned = Dictionary(grouping: keys, by: \.0).mapValues { $0.map(\.1) }
        return try all(
            """
            select \(CardChange.columns)
            from card_change card join seat on seat.id = card.seat join card stands on stands.id = card.card
            where stands.project = \(project) and card.settled is null order by card.proposed, card.id
            """
        ) { row in CardChange(row: row, keys: turned[row[5]] ?? []) }
    }

    /// A change to a card of this project; to another project it doesn't exist.
    func change(_ id: ID<CardChange>, in project: ID<Project>) throws -> CardChange {
        let keys = try all("select seat from key where card_change = \(id) order by turned, seat") { $0[0] as ID<Seat> }
        let change = try one(
            """
            select \(CardChange.columns)
            from card_change card join seat on seat.id = card.seat join card stands on stands.id = card.card
            where card.id = \(id) and stands.project = \(project)
            """
        ) { row in CardChange(row: row, keys: keys) }
        guard let change else { throw Missing() }
        return change
    }
}

extension Writer {
    /// Proposes other words for a card, with the proposer's own yes. Sent twice it is one proposal.
    func propose(_ says: Wording, for card: Card, as id: ID<CardChange>, by seat: Seat, at now: Moment) throws {
        let new =
            try run(
                """
                insert into card_change (id, card, kind, words, amount, pay_by, day, from_version, seat, proposed)
                values (\(id), \(card.id), \(says.kind), \(says.words), \(says.amount), \(says.payBy), \(says.day),
                    \(card.version), \(seat.id), \(now))
                on conflict (id) do nothing
                """) > 0
        guard new else {
            let there = try change(id, in: card.project)
            guard there.wording == says, there.proposer == seat.id else { throw Refusal.sentBefore }
            return
        }
        try turn(id, by: seat.id, at: now)
        try post(.changeProposed(change: id), in: card.project, at: now)
    }

    /// One person's yes.
    func turn(_ change: ID<CardChange>, by seat: ID<Seat>, at now: Moment) throws {
        try run(
            "insert into key (card_change, seat, turned) values (\(change), \(seat), \(now)) on conflict do nothing")
    }

    /// Ends a change, once. Of two who end it together the second is refused.
    func settle(_ change: ID<CardChange>, _ outcome: CardChange.Outcome, at now: Moment) throws {
        let settled = try run(
            """
            update card_change set settled = \(now), outcome = \(outcome.rawValue) where id = \(change) and settled is null
            """)
        guard settled > 0 else { throw Refusal.changeSettled }
    }

    /// Makes the change, with the last yes it needed. What else was proposed for the card is void: it has moved on.
    func apply(_ change: CardChange, to card: Card, by keys: [ID<Seat>], at now: Moment) throws {
        try settle(change.id, .applied, at: now)
        try self.change(card, to: change.wording, by: keys, at: now)
        try run(
            """
            update card_change set settled = \(now), outcome = \(CardChange.Outcome.overtaken.rawValue)
            where card = \(card.id) and settled is null
            """)
    }
}
