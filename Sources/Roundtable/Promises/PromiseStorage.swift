import Storage

extension Writer {
    /// Marks a promise as changed, unless somebody else has changed it since `version`.
    func touch(_ promise: ID<Promise>, from version: Int) throws {
        let touched = try run(
            """
            update promise set version = version + 1 where id = \(promise) and version = \(version)
            """)
        guard touched > 0 else { throw Refusal.changedMeanwhile }
    }

    /// Keeps a step once, and says whether it was new.
    @discardableResult
    func add(
        _ way: Step.Way, _ words: String = "", obstacle: String = "", to promise: ID<Promise>, as id: ID<Step>,
        by seat: ID<Seat>, language: String, at now: Moment
    ) throws -> Bool {
        let new =
            try run(
                """
                insert into step (id, promise, seat, way, words, language, direction, obstacle, taken)
                values (\(id), \(promise), \(seat), \(way), \(words), \(language), \(Text.direction(of: words)), \(obstacle),
                    \(now))
                on conflict (id) do nothing
                """) > 0
        guard
            try new
                || count(
                    """
                    select count(*) from step where id = \(id) and seat = \(seat) and words = \(words)
                    and obstacle = \(obstacle) and way = \(way)
                    """) > 0
        else { throw Refusal.sentBefore }
        return new
    }

    /// Somebody whom it reached says that it is not so any more, in their words. It is not said to be done from then
    /// on, and its owner may take it further.
    func slipBack(
        _ promise: Promise, in project: ID<Project>, by voice: Voice, words: String, language: String, at now: Moment
    ) throws {
        try unreport(promise)
        try run(
            """
            insert into step (id, promise, seat, receipt, way, words, language, direction, obstacle, taken)
            values (\(ID<Step>.signed(at: now)), \(promise.id), \(voice.seat), \(voice.receipt), \(Step.Way.back),
                \(words), \(language), \(Text.direction(of: words)), '', \(now))
            """)
        try post(.slippedBack(promise: promise.id), in: project, at: now)
    }

    /// Has those whom something reached asked once, half a year after it was done, whether it is still so.
    func askAgainLater(_ letter: Letter, _ lasting: Lasting, in project: ID<Project>, at now: Moment) throws {
        guard now < lasting.askedAgain else { return }
        let (kind, about, details) = letter.kept
        let isPosted = try count(
            "select count(*) from letter where kind = \(kind) and about = \(about) and details = \(details)")
        guard isPosted == 0 else { return }
        try post(letter, in: project, at: now, notBefore: lasting.askedAgain)
    }

    /// Its owner says that it is done; those who asked are asked.
    func report(_ promise: Promise, in project: ID<Project>, by seat: ID<Seat>, at now: Moment) throws {
        try touch(promise.id, from: promise.version)
        try run("update promise set reported = \(now), reported_by = \(seat) where id = \(promise.id)")
        try post(.promiseReported(promise: promise.id), in: project, at: now)
    }

    /// A step back of its owner's: it is not said to be done any more.
    func unreport(_ promise: Promise) throws {
        try touch(promise.id, from: promise.version)
        try run("update promise set reported = null, reported_by = null where id = \(promise.id)")
    }

    func giveOwner(_ seat: ID<Seat>, to promise: Promise) throws {
        try touch(promise.id, from: promise.version)
        try run("update promise set owner = \(seat) where id = \(promise.id)")
    }

    /// Keeps what one who asked says; the last that they said is what counts.
    func keep(_ witness: Witness, of promise: ID<Promise>) throws {
        let (seat, receipt) = (witness.voice.seat, witness.voice.receipt)
        try run(
            """
            delete from witness where promise = \(promise) and (seat = \(seat) or receipt = \(receipt)
                or receipt in (select id from receipt where seat = \(seat)))
            """)
        try run(
            """
            insert into witness (id, promise, seat, receipt, reached, words, said)
            values (\(ID<Witness>.signed(at: witness.said)), \(promise), \(seat), \(receipt), \(witness.reached),
                \(witness.words), \(witness.said))
            """)
    }

    /// Logs the change that a promise has become, once: when the first of those who asked says that it reached them.
    func logChange(of promise: Promise, _ ask: Ask, on day: Day, at now: Moment) throws {
        guard let seat = promise.reportedBy else { return }
        try run(
            """
            insert into change (id, project, promise, seat, words, language, direction, asked_by, day, logged)
            values (\(ID<Change>.signed(at: now)), \(ask.project), \(promise.id), \(seat), \(ask.words), \(ask.language),
                \(ask.direction), '', \(day), \(now))
            on conflict (promise) do nothing
            """)
    }
}

/// Who is at the door for an ask or a promise: by a seat, by receipts that this device holds, or both.
struct Caller: Sendable {
    /// Their seat in this project, if they have one and have not left.
    let seat: Seat?
    /// Whoever they are here: their seat first.
    let voices: [Voice]
}

extension Reader {
    /// The seats of those who say that a promise reached them, as long as it is still the same
    /// report that they spoke of.
    func seatsReached(by promise: ID<Promise>, reported: Moment) throws -> [ID<Seat>] {
        try all(
            """
            select seat.id from promise join witness on witness.promise = promise.id
            left join receipt on receipt.id = witness.receipt
            join seat on seat.id = coalesce(witness.seat, receipt.seat)
            where promise.id = \(promise) and promise.reported = \(reported) and promise.ended is null
            and witness.reached = 1 and witness.said >= \(reported) and seat.gone is null order by seat.id
            """
        ) { $0[0] }
    }

    /// Whose promise it is; nobody's where its owner has left.
    func owner(of promise: ID<Promise>) throws -> [ID<Seat>] {
        try all("select owner from promise where id = \(promise) and owner is not null") { $0[0] }
    }

    /// Somebody at the door of a project, with whatever they hold. To anybody who holds nothing of it, it isn't there.
    ///
    /// - Parameter card: the receipt that they speak by, where they hold it: then they speak as its giver alone.
    func caller(
        _ person: ID<Person>?, receipts hashes: [String], by card: ID<Receipt>? = nil, in project: ID<Project>
    ) throws -> Caller {
        let seat = try person.flatMap { person in
            try one(
                """
                select \(Seat.columns) from seat
                where seat.project = \(project) and seat.person = \(person) and seat.gone is null
                """
            ) { Seat(row: $0) }
        }
        let held = try receipts(withWords: hashes).filter { $0.project == project }
        let inHand = held.filter { $0.id == card }
        let voices =
            inHand.isEmpty
            ? [seat.map { Voice.seat($0.id) }].compactMap { $0 } + held.map(\.voice) : inHand.map(\.voice)
        guard !voices.isEmpty else { throw Missing() }
        return Caller(seat: seat, voices: voices)
    }
}
