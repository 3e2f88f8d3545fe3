import Storage

extension Concern.About {
    /// Where a concern keeps what it is about.
    fileprivate var column: SQL {
        switch kind {
        case .gathering: "concern.gathering"
        case .ask: "concern.ask"
        case .card: "concern.card"
        }
    }

    fileprivate init?(gathering: String?, ask: String?, card: String?) {
        if let gathering {
            self.init(.gathering, gathering)
        } else if let ask {
            self.init(.ask, ask)
        } else if let card {
            self.init(.card, card)
        } else {
            return nil
        }
    }
}

extension Reader {
    /// What was said to feel steered about one thing, the first first, with what was answered. Two statements.
    func steered(about: Concern.About) throws -> [Concern] { try steered(where: "\(about.column) = \(about.id)") }

    /// All that was said to feel steered in a project. Two statements.
    func steered(in project: ID<Project>) throws -> [Concern] {
        try steered(where: "concern.project = \(project) and concern.kind = 'steered'")
    }

    private func steered(where condition: SQL) throws -> [Concern] {
        let replies = try all(
            """
            select concern.id, concern_reply.seat, seat.name, concern_reply.words, concern_reply.language,
                concern_reply.said
            from concern join concern_reply on concern_reply.concern = concern.id
            join seat on seat.id = concern_reply.seat
            where \(condition) order by concern_reply.said, concern_reply.id
            """
        ) { row in
            (
                row[0] as ID<Concern>,
                Concern.Reply(seat: row[1], name: row[2], words: row[3], language: row[4], said: row[5])
            )
        }
        let answered = Dictionary(grouping: replies, by: \.0).mapValues { $0.map(\.1) }
        return try all(
            """
            select concern.id, concern.words, concern.language, concern.direction, concern.signed, seat.name,
                concern.said, concern.gathering, concern.ask, concern.card
            from concern join seat on seat.id = concern.seat
            where \(condition) order by concern.said, concern.id
            """
        ) { row in
            Concern(
                id: row[0], organisation: "", words: row[1], language: row[2], direction: row[3],
                writer: row[4] ? row[5] : "", said: row[6],
                about: Concern.About(gathering: row[7], ask: row[8], card: row[9]), replies: answered[row[0]] ?? [])
        }
    }

    /// Whether it belongs to this project.
    func isThere(_ about: Concern.About, in project: ID<Project>) throws -> Bool {
        let table: SQL =
            switch about.kind {
            case .gathering: "gathering"
            case .ask: "ask"
            case .card: "card"
            }
        return try count("select count(*) from \(table) where id = \(about.id) and project = \(project)") > 0
    }

    /// Whose concern it is, where it says that something in this project feels steered.
    func raiser(of concern: ID<Concern>, in project: ID<Project>) throws -> ID<Seat>? {
        try one(
            "select seat from concern where id = \(concern) and project = \(project) and kind = 'steered'"
        ) { $0[0] }
    }
}

extension Writer {
    /// Keeps that something feels steered, once, and tells every seat.
    func raise(
        _ said: (words: String, isSigned: Bool), about: Concern.About, as id: ID<Concern>, by seat: Seat,
        language: String, at now: Moment
    ) throws {
        guard try isThere(about, in: seat.project) else { throw Missing() }
        func of(_ kind: Concern.About.Kind) -> String? { about.kind == kind ? about.id : nil }
        let isNew =
            try run(
                """
                insert into concern (id, project, seat, organisation, words, language, direction, said, kind, signed,
                    gathering, ask, card)
                values (\(id), \(seat.project), \(seat.id), '', \(said.words), \(language),
                    \(Text.direction(of: said.words)), \(now), 'steered', \(said.isSigned), \(of(.gathering)),
                    \(of(.ask)), \(of(.card)))
                on conflict (id) do nothing
                """) > 0
        guard isNew else {
            let same = try count(
                "select count(*) from concern where id = \(id) and seat = \(seat.id) and words = \(said.words)")
            guard same > 0 else { throw Refusal.sentBefore }
            return
        }
        try post(.steered(concern: id), in: seat.project, at: now)
    }

    /// Keeps an answer, by name, once. Whoever raised it doesn't answer it themselves.
    func reply(
        _ words: String, to concern: ID<Concern>, as id: ID<Concern.Reply>, by seat: Seat, language: String,
        at now: Moment
    ) throws {
        guard let raiser = try raiser(of: concern, in: seat.project) else { throw Missing() }
        guard raiser != seat.id else { throw Refusal.ownReply }
        let isNew =
            try run(
                """
                insert into concern_reply (id, concern, seat, words, language, direction, said)
                values (\(id), \(concern), \(seat.id), \(words), \(language), \(Text.direction(of: words)), \(now))
                on conflict (id) do nothing
                """) > 0
        guard isNew else {
            let same = try count(
                "select count(*) from concern_reply where id = \(id) and seat = \(seat.id) and words = \(words)")
            guard same > 0 else { throw Refusal.sentBefore }
            return
        }
        try post(.steeredAnswered(concern: concern), in: seat.project, at: now)
    }
}
