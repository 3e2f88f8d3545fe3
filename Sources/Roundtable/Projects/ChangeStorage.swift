import Storage

extension Reader {
    /// The changes of a project that still wait for keys, the oldest first. Three statements.
    func waitingChanges(in project: ID<Project>) throws -> [CardChange] {
        try changes(where: "act.project = \(project) and act.kind = \(Act.Kind.offer) and act.settled is null")
    }

    /// A change to a card of this project; to another project it doesn't exist.
    func change(_ id: ID<CardChange>, in project: ID<Project>) throws -> CardChange {
        guard let change = try changes(where: "act.id = \(id) and act.project = \(project)").first else {
            throw Missing()
        }
        return change
    }

    private func changes(where condition: SQL) throws -> [CardChange] {
        let acts = Dictionary(uniqueKeysWithValues: try acts(where: condition).map { ($0.id.text, $0) })
        return try all(
            """
            select \(Wording.columns), card.id, card.card, card.from_version
            from act join card_change card on card.id = act.id where \(condition) order by act.opened, act.id
            """
        ) { row in
            acts[row[5]].map { act in
                CardChange(
                    id: row[5], card: row[6], wording: Wording(row: row, from: 0), fromVersion: row[7], act: act)
            }
        }.compactMap { $0 }
    }
}

extension Writer {
    /// Proposes other words for a card. Sent twice it is one proposal. Its proposer turns a key like anybody else.
    func propose(_ says: Wording, for card: Card, as id: ID<CardChange>, by seat: Seat, at now: Moment) throws {
        guard try open(.offer, as: CardChange.act(id), in: card.project, by: seat.id, at: now) else {
            let there = try change(id, in: card.project)
            guard there.wording == says, there.act.opener == seat.id else { throw Refusal.sentBefore }
            return
        }
        try run(
            """
            insert into card_change (id, card, kind, words, amount, pay_by, day, from_version)
            values (\(id), \(card.id), \(says.kind), \(says.words), \(says.amount), \(says.payBy), \(says.day),
                \(card.version))
            """)
        try post(.changeProposed(change: id), in: card.project, at: now)
    }

    /// Makes the change, with the last key it needed. What else was proposed for the card is void: it has moved on.
    func apply(_ change: CardChange, to card: Card, by keys: [ID<Seat>], at now: Moment) throws {
        try settle(change.act.id, .applied, at: now)
        try self.change(card, to: change.wording, by: change.act.opener, agreeing: keys, at: now)
        try run(
            """
            update act set settled = \(now), outcome = \(Act.Outcome.overtaken)
            where settled is null and id in (select id from card_change where card = \(card.id))
            """)
    }
}
