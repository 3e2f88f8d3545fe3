import Storage

extension Reader {
    /// Whole threads, however many asks meet the condition on `ask`, in eight statements; the newest first.
    func threads(where condition: SQL) throws -> [AskThread] {
        var threads = try all(
            """
            select ask.id, ask.project, ask.seat, drawer.name, ask.words, ask.language, ask.direction, ask.drawn,
                ask.divided_from, ask.ended, ask.version
            from ask join seat drawer on drawer.id = ask.seat
            where \(condition) order by ask.drawn desc, ask.id desc
            """
        ) { row in
            AskThread(
                Ask(
                    id: row[0], project: row[1], seat: row[2], drawer: row[3], words: row[4], language: row[5],
                    direction: row[6], drawn: row[7], dividedFrom: row[8], ended: row[9], version: row[10]))
        }
        guard !threads.isEmpty else { return [] }
        let places = Dictionary(uniqueKeysWithValues: threads.enumerated().map { ($1.ask.id, $0) })
        for (ask, source) in try sources(condition) { threads[places[ask]!].sources.append(source) }
        for (ask, also) in try alsos(condition) { threads[places[ask]!].alsos.append(also) }
        for (ask, putting) in try puttings(condition) { threads[places[ask]!].puttings.append(putting) }
        for (ask, answer) in try answers(condition) { threads[places[ask]!].answers.append(answer) }
        for promise in try promises(condition) { threads[places[promise.ask]!].promises.append(promise) }
        for (ask, promise, step) in try steps(condition) {
            threads[places[ask]!].steps[promise, default: []].append(step)
        }
        for (ask, promise, witness) in try witnesses(condition) {
            threads[places[ask]!].witnesses[promise, default: []].append(witness)
        }
        return threads
    }

    private func sources(_ condition: SQL) throws -> [(ID<Ask>, Source)] {
        try all(
            """
            select ask.id, contribution.id, contribution.words, contribution.language, contribution.direction,
                contribution.taken_back is not null, contribution.signed, contribution.seat, contribution.receipt,
                receipt.seat, named.name, ask_source.added, ask_source.means, ask_source.objection,
                giver.person is not null or exists (select 1 from receipt held where held.seat = giver.id)
                    or (receipt.id is not null), \(SetAside.columns)
            from ask join ask_source on ask_source.ask = ask.id
            join contribution on contribution.id = ask_source.contribution
            left join receipt on receipt.id = contribution.receipt
            left join seat named on named.id = coalesce(contribution.seat, receipt.seat)
            left join seat giver on giver.id = coalesce(receipt.seat, contribution.seat)
            left join set_aside on set_aside.contribution = contribution.id and set_aside.ended is null
            where \(condition) order by ask_source.added, contribution.said, contribution.id
            """
        ) { row in
            let isSigned: Bool = row[6]
            let name: String? = row[10]
            return (
                row[0],
                Source(
                    contribution: row[1], words: row[2], language: row[3], direction: row[4], isTakenBack: row[5],
                    setAside: SetAside(row: row, from: 15), name: isSigned && name?.isEmpty == false ? name : nil,
                    giver: Voice(seat: row[7], receipt: row[8], seatOfReceipt: row[9]), canBeReached: row[14],
                    added: row[11], means: row[12], objection: row[13])
            )
        }
    }

    private func alsos(_ condition: SQL) throws -> [(ID<Ask>, Also)] {
        try all(
            """
            select ask.id, also.seat, also.receipt, receipt.seat, named.name, also.said,
                named.person is not null or exists (select 1 from receipt held where held.seat = named.id)
                    or (receipt.id is not null)
            from ask join also on also.ask = ask.id
            left join receipt on receipt.id = also.receipt
            left join seat named on named.id = coalesce(also.seat, receipt.seat)
            where \(condition) order by also.said, also.id
            """
        ) { row in
            let name: String? = row[4]
            return (
                row[0],
                Also(
                    voice: Voice(seat: row[1], receipt: row[2], seatOfReceipt: row[3])!,
                    name: name?.isEmpty == false ? name : nil, canBeReached: row[6], said: row[5])
            )
        }
    }

    private func puttings(_ condition: SQL) throws -> [(ID<Ask>, Putting)] {
        try all(
            """
            select ask.id, putting.id, putting.to_seat, receiver.name, putting.by_seat, sender.name, putting.put,
                putting.outcome, putting.settled
            from ask join putting on putting.ask = ask.id
            join seat receiver on receiver.id = putting.to_seat join seat sender on sender.id = putting.by_seat
            where \(condition) order by putting.put, putting.id
            """
        ) { row in
            (
                row[0],
                Putting(
                    id: row[1], to: row[2], toName: row[3], by: row[4], byName: row[5], put: row[6], outcome: row[7],
                    settled: row[8])
            )
        }
    }

    private func answers(_ condition: SQL) throws -> [(ID<Ask>, Answer)] {
        try all(
            """
            select ask.id, answer.id, answer.seat, seat.name, answer.kind, answer.words, answer.language,
                answer.direction, answer.day, answer.said
            from ask join answer on answer.ask = ask.id join seat on seat.id = answer.seat
            where \(condition) order by answer.said, answer.id
            """
        ) { row in
            (
                row[0],
                Answer(
                    id: row[1], seat: row[2], name: row[3], kind: row[4], words: row[5], language: row[6],
                    direction: row[7], day: row[8], said: row[9])
            )
        }
    }

    private func promises(_ condition: SQL) throws -> [Promise] {
        try all(
            """
            select promise.id, promise.ask, promise.answer, promise.owner, coalesce(owner.name, ''), promise.due,
                promise.reported_by, promise.reported, promise.ended, promise.made, promise.version
            from ask join promise on promise.ask = ask.id left join seat owner on owner.id = promise.owner
            where \(condition) order by promise.made, promise.id
            """
        ) { row in
            Promise(
                id: row[0], ask: row[1], answer: row[2], owner: row[3], ownerName: row[4], due: row[5],
                reportedBy: row[6], reported: row[7], ended: row[8], made: row[9], version: row[10])
        }
    }

    private func steps(_ condition: SQL) throws -> [(ID<Ask>, ID<Promise>, Step)] {
        try all(
            """
            select ask.id, promise.id, step.id, step.seat, coalesce(seat.name, ''), step.way, step.words, step.language,
                step.obstacle, step.taken
            from ask join promise on promise.ask = ask.id join step on step.promise = promise.id
            left join seat on seat.id = step.seat
            where \(condition) order by step.taken, step.id
            """
        ) { row in
            (
                row[0], row[1],
                Step(
                    id: row[2], seat: row[3], name: row[4], way: row[5], words: row[6], language: row[7],
                    obstacle: row[8], taken: row[9])
            )
        }
    }

    private func witnesses(_ condition: SQL) throws -> [(ID<Ask>, ID<Promise>, Witness)] {
        try all(
            """
            select ask.id, promise.id, witness.seat, witness.receipt, receipt.seat, witness.reached, witness.words,
                witness.said
            from ask join promise on promise.ask = ask.id join witness on witness.promise = promise.id
            left join receipt on receipt.id = witness.receipt
            where \(condition) order by witness.said, witness.id
            """
        ) { row in
            (
                row[0], row[1],
                Witness(
                    voice: Voice(seat: row[2], receipt: row[3], seatOfReceipt: row[4])!, reached: row[5], words: row[6],
                    said: row[7])
            )
        }
    }
}

extension Reader {
    /// An ask with its thread, and the member's seat that lets this person see it. To anybody else it isn't there.
    func thread(_ id: ID<Ask>, seating person: ID<Person>) throws -> (Project, Seat, AskThread) {
        guard let place = try one("select project from ask where id = \(id)", { $0[0] as ID<Project> }) else {
            throw Missing()
        }
        let (project, seat) = try project(place, seating: person)
        guard let thread = try threads(where: "ask.id = \(id)").first else { throw Missing() }
        return (project, seat, thread)
    }

    func thread(_ id: ID<Promise>, seating person: ID<Person>) throws -> (Project, Seat, AskThread, Promise) {
        guard let ask = try ask(answeredBy: id) else { throw Missing() }
        let (project, seat, thread) = try thread(ask, seating: person)
        guard let promise = thread.promises.first(where: { $0.id == id }) else { throw Missing() }
        return (project, seat, thread, promise)
    }

    /// The asks that one ended in: what it was divided into, or what it was put together in.
    func successors(of ask: Ask) throws -> [(ID<Ask>, String)] {
        guard let ended = ask.ended else { return [] }
        return try all(
            """
            select ask.id, ask.words from ask where ask.project = \(ask.project) and ask.id <> \(ask.id)
            and (ask.divided_from = \(ask.id) or ask.drawn = \(ended) and exists (
                select 1 from ask_source mine join ask_source theirs on theirs.contribution = mine.contribution
                where mine.ask = \(ask.id) and theirs.ask = ask.id))
            order by ask.drawn, ask.id
            """
        ) { row in (row[0], row[1]) }
    }
}
