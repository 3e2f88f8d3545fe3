import Storage

extension Writer {
    /// Draws an ask from contributions of its project, once. Those asks that it takes the place of end in the same
    /// moment, and keep their threads.
    func draw(
        _ id: ID<Ask>, _ words: String, from sources: [ID<Contribution>], ending merged: [ID<Ask>] = [],
        dividing divided: ID<Ask>? = nil, by seat: Seat, language: String, at now: Moment
    ) throws {
        let new =
            try run(
                """
                insert into ask (id, project, seat, words, language, direction, drawn, divided_from, changed, version)
                values (\(id), \(seat.project), \(seat.id), \(words), \(language), \(Text.direction(of: words)), \(now),
                    \(divided), \(nextChange()), 1)
                on conflict (id) do nothing
                """) > 0
        guard new else {
            let same = try count(
                """
                select count(*) from ask where id = \(id) and seat = \(seat.id) and words = \(words)
                """)
            guard same > 0 else { throw Refusal.sentBefore }
            return
        }
        var all = sources
        for old in merged {
            guard let thread = try threads(where: "ask.id = \(old) and ask.project = \(seat.project)").first else {
                throw Missing()
            }
            try thread.mayEnd()
            all += thread.sources.map(\.contribution)
            try end(thread.ask, at: now)
        }
        guard !all.isEmpty else { throw Refusal.nothingChosen }
        try add(all, to: id, in: seat.project, by: seat.id, mayBeTakenBack: divided != nil || !merged.isEmpty, at: now)
        try post(.askDrawn(ask: id), in: seat.project, at: now)
    }

    /// Adds what an ask comes from. Only what was shared in its project may be drawn on.
    func add(
        _ sources: [ID<Contribution>], to ask: ID<Ask>, in project: ID<Project>, by seat: ID<Seat>,
        mayBeTakenBack: Bool = false, at now: Moment
    ) throws {
        let chosen = Array(Set(sources))
        let there = try count("select count(*) from ask_source where ask = \(ask)")
        guard there + chosen.count <= Ask.mostSources else { throw Refusal.tooManySources }
        let found = try all(
            """
            select id from contribution where id in \(list: chosen) and project = \(project) and shared is not null
            and (taken_back is null or \(mayBeTakenBack ? 1 : 0) = 1)
            """
        ) { $0[0] as ID<Contribution> }
        guard found.count == chosen.count else { throw Missing() }
        for source in found {
            try run(
                """
                insert into ask_source (ask, contribution, seat, added, objection)
                values (\(ask), \(source), \(seat), \(now), '') on conflict (ask, contribution) do nothing
                """)
        }
    }

    func remove(_ source: ID<Contribution>, from ask: ID<Ask>, at now: Moment) throws {
        try run("delete from ask_source where ask = \(ask) and contribution = \(source)")
        try note(.source, of: ask, how: source.text, at: now)
    }

    func end(_ ask: Ask, at now: Moment) throws {
        try touch(ask.id, from: ask.version)
        try run("update ask set ended = \(now) where id = \(ask.id)")
    }

    /// Marks an ask as changed, unless somebody else has changed it since `version`.
    func touch(_ ask: ID<Ask>, from version: Int) throws {
        let touched = try run(
            """
            update ask set version = version + 1, changed = \(nextChange()) where id = \(ask) and version = \(version)
            """)
        guard touched > 0 else { throw Refusal.changedMeanwhile }
    }

    /// What a giver says of an ask that was drawn from their words; they may say otherwise later.
    func say(_ means: Bool, objection: String, of ask: ID<Ask>, _ contribution: ID<Contribution>, at now: Moment) throws
    {
        try run(
            """
            update ask_source set means = \(means), objection = \(objection), answered = \(now)
            where ask = \(ask) and contribution = \(contribution)
            """)
    }

    /// *I ask this too*, once for each who says it.
    func askToo(_ voice: Voice, _ ask: ID<Ask>, at now: Moment) throws {
        try run(
            """
            insert into also (id, ask, seat, receipt, said)
            values (\(ID<Also>.signed(at: now)), \(ask), \(voice.seat), \(voice.receipt), \(now))
            on conflict do nothing
            """)
    }

    func stopAsking(_ voice: Voice, _ ask: ID<Ask>, at now: Moment) throws {
        try note(.also, of: ask, how: voice.seat?.text ?? "receipt:\(voice.receipt!)", at: now)
        try run(
            """
            delete from also where ask = \(ask) and (seat = \(voice.seat) or receipt = \(voice.receipt)
                or receipt in (select id from receipt where seat = \(voice.seat)))
            """)
    }

    /// Puts an ask to somebody; whoever had it before has it no longer, and the history says so.
    func put(
        _ thread: AskThread, to seat: ID<Seat>, by: ID<Seat>, accepted: Bool = false, at now: Moment
    ) throws {
        if let last = thread.holder ?? thread.waiting {
            let outcome: Putting.Outcome = last.to == by ? .handed : .elsewhere
            try settle(last.id, outcome, at: now)
        }
        let outcome: Putting.Outcome? = accepted ? .accepted : nil
        let settled: Moment? = accepted ? now : nil
        try run(
            """
            insert into putting (id, ask, to_seat, by_seat, put, outcome, settled)
            values (\(ID<Putting>.signed(at: now)), \(thread.ask.id), \(seat), \(by), \(now), \(outcome), \(settled))
            """)
        if !accepted { try post(.askPut(ask: thread.ask.id, seat: seat), in: thread.ask.project, at: now) }
    }

    func settle(_ putting: ID<Putting>, _ outcome: Putting.Outcome, at now: Moment) throws {
        try run("update putting set outcome = \(outcome), settled = \(now) where id = \(putting)")
    }

    /// Keeps an answer. The promise before it ends, and stays readable.
    func answer(
        _ thread: AskThread, _ typed: Answer.Typed, as id: ID<Answer>, by seat: ID<Seat>, language: String,
        at now: Moment
    ) throws {
        try run(
            "update promise set ended = \(now), version = version + 1 where ask = \(thread.ask.id) and ended is null")
        try run(
            """
            insert into answer (id, ask, seat, kind, words, language, direction, day, said)
            values (\(id), \(thread.ask.id), \(seat), \(typed.kind), \(typed.words), \(language),
                \(Text.direction(of: typed.words)), \(typed.day), \(now))
            """)
        if typed.kind == .promise, let due = typed.day {
            try run(
                """
                insert into promise (id, ask, answer, owner, due, made, version)
                values (\(ID<Promise>.signed(at: now)), \(thread.ask.id), \(id), \(seat), \(due), \(now), 1)
                """)
        }
        try post(.askAnswered(ask: thread.ask.id), in: thread.ask.project, at: now)
    }
}

extension Reader {
    /// Whether this very answer was kept before: its page was sent twice.
    func isKept(_ id: ID<Answer>, by seat: ID<Seat>, _ typed: Answer.Typed) throws -> Bool {
        try count(
            """
            select count(*) from answer where id = \(id) and seat = \(seat) and words = \(typed.words)
            and kind = \(typed.kind)
            """) > 0
    }

    /// A member of a project who is still there.
    func member(_ id: ID<Seat>, of project: ID<Project>) throws -> Seat? {
        try one(
            """
            select \(Seat.columns) from seat
            where seat.id = \(id) and seat.project = \(project) and seat.member is not null and seat.gone is null
            """
        ) { Seat(row: $0) }
    }
}
