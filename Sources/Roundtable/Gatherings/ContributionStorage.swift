import Storage

extension Contribution {
    /// The columns that `init(row:from:)` reads, of a table or alias named `contribution`: 18 of them.
    static let columns: SQL = """
        contribution.id, contribution.project, contribution.gathering, contribution.seat, contribution.receipt,
        contribution.scribe, contribution.words, contribution.language, contribution.direction, contribution.signed,
        contribution.on_wall, contribution.shared, contribution.said, contribution.mended, contribution.read_back,
        contribution.taken_back, contribution.changed, contribution.version
        """

    init(row: Row, from column: Int = 0) {
        let seat: ID<Seat>? = row[column + 3]
        let receipt: ID<Receipt>? = row[column + 4]
        self.init(
            id: row[column], project: row[column + 1], gathering: row[column + 2],
            giver: seat.map { .seat($0) } ?? receipt.map { .receipt($0) } ?? .nobody,
            scribe: row[column + 5], words: row[column + 6], language: row[column + 7], direction: row[column + 8],
            isSigned: row[column + 9], isOnWall: row[column + 10], shared: row[column + 11], said: row[column + 12],
            mended: row[column + 13], readBack: row[column + 14], takenBack: row[column + 15],
            changed: row[column + 16], version: row[column + 17])
    }
}

extension Said {
    /// A contribution with everything that stands beside it, as `init(row:)` reads it. What has lapsed is left out
    /// by `init(row:now:)`, so the clock decides at the moment of reading.
    fileprivate static let source: SQL = """
        select \(Contribution.columns), giver.name, scribe.name, receipt.number, gathering.name,
            set_aside.id, set_aside.seat, set_aside.kind, set_aside.reason, set_aside.began, set_aside.lapses,
            set_aside.seconded, set_aside.reply
        from contribution
        left join receipt on receipt.id = contribution.receipt
        left join seat as giver on giver.id = coalesce(contribution.seat, receipt.seat)
        left join seat as scribe on scribe.id = contribution.scribe
        left join gathering on gathering.id = contribution.gathering
        left join set_aside on set_aside.contribution = contribution.id and set_aside.ended is null
        """

    fileprivate init(row: Row, now: Moment) {
        let contribution = Contribution(row: row)
        let name: String? = row[18]
        let aside: ID<SetAside>? = row[22]
        let setAside = aside.map { id in
            SetAside(
                id: id, contribution: contribution.id, seat: row[23],
                kind: SetAside.Kind(rawValue: row[24]) ?? .harm, reason: row[25], began: row[26], lapses: row[27],
                seconded: row[28], reply: row[29])
        }
        self.init(
            contribution: contribution, name: contribution.isSigned && name?.isEmpty == false ? name : nil,
            scribe: row[19], number: row[20], setAside: setAside.flatMap { $0.holds(at: now) ? $0 : nil },
            gatheringName: row[21])
    }
}

/// A page of what was said, in the order it was said, with what lies before and after it.
struct SaidPage: Sendable {
    let said: [Said]
    let hasEarlier: Bool
    let hasLater: Bool

    /// About what can be read in one sitting, and quickly sent to a phone.
    static let length = 50
}

/// Where a page of what was said begins or ends: the moment and the id of a contribution.
struct SaidPlace: Sendable {
    let said: Moment
    let id: ID<Contribution>
}

extension Reader {
    func said(_ id: ID<Contribution>, at now: Moment) throws -> Said? {
        try one("\(Said.source) where contribution.id = \(id)") { Said(row: $0, now: now) }
    }

    func contribution(_ id: ID<Contribution>) throws -> Contribution? {
        try one("select \(Contribution.columns) from contribution where id = \(id)") { Contribution(row: $0) }
    }

    func contributions(_ ids: [ID<Contribution>]) throws -> [Contribution] {
        try all("select \(Contribution.columns) from contribution where id in \(list: ids) order by said, id") {
            Contribution(row: $0)
        }
    }

    /// What was said in a project, the latest page unless another is asked for. One statement.
    ///
    /// - Parameter seat: whose private words are shown too.
    func said(
        in project: ID<Project>, seat: ID<Seat>, before: SaidPlace? = nil, after: SaidPlace? = nil, at now: Moment
    ) throws -> SaidPage {
        let whole: SQL = """
            contribution.project = \(project) and (contribution.shared is not null or contribution.seat = \(seat))
            """
        let most = SaidPage.length + 1
        if let after {
            let rows = try all(
                """
                \(Said.source) where \(whole) and (contribution.said, contribution.id) > (\(after.said), \(after.id))
                order by contribution.said, contribution.id limit \(most)
                """
            ) { Said(row: $0, now: now) }
            return SaidPage(
                said: Array(rows.prefix(SaidPage.length)), hasEarlier: true, hasLater: rows.count == most)
        }
        let bound: SQL = before.map { "and (contribution.said, contribution.id) < (\($0.said), \($0.id))" } ?? ""
        let rows = try all(
            """
            \(Said.source) where \(whole) \(bound)
            order by contribution.said desc, contribution.id desc limit \(most)
            """
        ) { Said(row: $0, now: now) }
        return SaidPage(
            said: rows.prefix(SaidPage.length).reversed(), hasEarlier: rows.count == most, hasLater: before != nil)
    }

    /// Who wrote first, and when. Empty for somebody unnamed.
    func firstSaid(in project: ID<Project>) throws -> (name: String, said: Moment, place: SaidPlace)? {
        try one(
            """
            select case when contribution.signed = 1 then coalesce(seat.name, '') else '' end, contribution.said,
                contribution.id
            from contribution left join seat on seat.id = contribution.seat
            where contribution.project = \(project) and contribution.shared is not null
            order by contribution.said, contribution.id limit 1
            """
        ) { row in (row[0], row[1], SaidPlace(said: row[1], id: row[2])) }
    }

    /// What was said in a gathering: all of it in the order it was said; or what has changed since a number, in the
    /// order it changed, so that nothing older is missed where there is more than fits.
    func said(at gathering: ID<Gathering>, seat: ID<Seat>?, since number: Int64 = 0, at now: Moment) throws -> [Said] {
        let order: SQL = number > 0 ? "contribution.changed" : "contribution.said, contribution.id"
        return try all(
            """
            \(Said.source) where contribution.gathering = \(gathering) and contribution.changed > \(number)
            and (contribution.shared is not null or contribution.seat = \(seat))
            order by \(order) limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    /// A long day of a large gathering; more than this is read by pages, in the project.
    static var mostAtOnce: Int { 1_000 }

    /// What has changed in a project since a number.
    func said(in project: ID<Project>, since number: Int64, at now: Moment) throws -> [Said] {
        try all(
            """
            \(Said.source) where contribution.project = \(project) and contribution.changed > \(number)
            and contribution.shared is not null
            order by contribution.changed limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    /// What a giver said, by their receipt: newest first. What they keep to themselves is not on it.
    func said(by receipt: Receipt, at now: Moment) throws -> [Said] {
        try all(
            """
            \(Said.source) where (contribution.receipt = \(receipt.id) or contribution.seat = \(receipt.seat))
            and contribution.shared is not null
            order by contribution.said desc, contribution.id limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    func thanks(for contributions: [ID<Contribution>]) throws -> [ID<Contribution>: [Thanks]] {
        let all = try all(
            """
            select thanks.contribution, seat.name, thanks.words, thanks.hear_by, thanks.said
            from thanks join seat on seat.id = thanks.seat
            where thanks.contribution in \(list: contributions) order by thanks.said, thanks.seat
            """
        ) { row in Thanks(contribution: row[0], name: row[1], words: row[2], hearBy: row[3], said: row[4]) }
        return Dictionary(grouping: all, by: \.contribution)
    }

    /// The seats and receipts that this visitor may act for, in one project or everywhere.
    func hand(of person: ID<Person>?, receipts hashes: [String]) throws -> Hand {
        var hand = Hand()
        if let person {
            hand.seats = Set(try all("select id from seat where person = \(person) and gone is null") { $0[0] })
            hand.receipts = Set(
                try all("select id from receipt where seat in \(list: Array(hand.seats))") { $0[0] })
        }
        hand.held = try receipts(withWords: hashes)
        for receipt in hand.held {
            hand.receipts.insert(receipt.id)
            if let seat = receipt.seat { hand.seats.insert(seat) }
        }
        return hand
    }

    /// The highest number there is: what a page shows is everything up to it.
    func latestChange(in project: ID<Project>) throws -> Int64 {
        try one("select coalesce(max(changed), 0) from contribution where project = \(project)") { $0[0] } ?? 0
    }
}

extension Writer {
    /// Adds what was said, once, and says whether it was new. The same id with other words, or from somebody else,
    /// is refused.
    func add(_ contribution: Contribution) throws -> Bool {
        let (seat, receipt): (ID<Seat>?, ID<Receipt>?) =
            switch contribution.giver {
            case .seat(let seat): (seat, nil)
            case .receipt(let receipt): (nil, receipt)
            case .nobody: (nil, nil)
            }
        let isNew =
            try run(
                """
                insert into contribution (id, project, gathering, seat, receipt, scribe, words, language, direction,
                    signed, on_wall, shared, said, mended, read_back, taken_back, changed, version)
                values (\(contribution.id), \(contribution.project), \(contribution.gathering), \(seat), \(receipt),
                    \(contribution.scribe), \(contribution.words), \(contribution.language), \(contribution.direction),
                    \(contribution.isSigned), \(contribution.isOnWall), \(contribution.shared), \(contribution.said),
                    \(contribution.mended), \(contribution.readBack), \(contribution.takenBack),
                    \(contribution.changed), \(contribution.version))
                on conflict (id) do nothing
                """) > 0
        guard !isNew else { return true }
        let there = try self.contribution(contribution.id)
        guard there?.words == contribution.words, there?.giver == contribution.giver,
            there?.project == contribution.project
        else { throw Refusal.saidBefore }
        return false
    }

    /// Gives a contribution other words, unless it changed since `version`.
    func mend(_ contribution: Contribution, words: String, at now: Moment) throws {
        try keeping(
            try run(
                """
                update contribution set words = \(words), direction = \(Text.direction(of: words)), mended = \(now),
                    read_back = null, changed = \(nextChange()), version = version + 1
                where id = \(contribution.id) and version = \(contribution.version) and taken_back is null
                """))
        try note(.mended, of: contribution.id, at: now)
    }

    /// Takes a contribution back: its words are gone from here on, and its place says so.
    func takeBack(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set words = '', signed = 0, on_wall = 0, taken_back = \(now),
                changed = \(nextChange()), version = version + 1
            where id = \(id) and taken_back is null
            """)
        try note(.words, of: id, at: now)
    }

    /// Changes what the giver lets be seen of it.
    func show(_ id: ID<Contribution>, isSigned: Bool, isOnWall: Bool, at now: Moment) throws {
        try run(
            """
            update contribution set signed = \(isSigned), on_wall = \(isOnWall), changed = \(nextChange())
            where id = \(id) and taken_back is null
            """)
        try note(.shown, of: id, how: "\(isSigned ? 1 : 0)\(isOnWall ? 1 : 0)", at: now)
    }

    /// Shares what somebody had kept to themselves.
    func share(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set shared = \(now), changed = \(nextChange())
            where id = \(id) and shared is null and taken_back is null
            """)
    }

    func markReadBack(_ id: ID<Contribution>, at now: Moment) throws {
        try run(
            """
            update contribution set read_back = \(now), changed = \(nextChange())
            where id = \(id) and taken_back is null
            """)
    }

    /// One thanks from each seat; a second says it anew.
    func thank(_ id: ID<Contribution>, from seat: ID<Seat>, words: String, hearBy: Day?, at now: Moment) throws {
        try run(
            """
            insert into thanks (contribution, seat, words, hear_by, said)
            values (\(id), \(seat), \(words), \(hearBy), \(now))
            on conflict (contribution, seat) do update set words = excluded.words, hear_by = excluded.hear_by
            """)
    }

    func setAside(_ id: ID<Contribution>, by seat: ID<Seat>, kind: SetAside.Kind, reason: String, at now: Moment) throws
    {
        try run(
            """
            update set_aside set ended = \(now)
            where contribution = \(id) and ended is null and seconded is null and lapses <= \(now)
            """)
        let added = try run(
            """
            insert into set_aside (id, contribution, seat, kind, reason, began, lapses, reply)
            select \(ID<SetAside>.signed(at: now)), \(id), \(seat), \(kind.rawValue), \(reason), \(now),
                \(now + SetAside.alone), ''
            where not exists (select 1 from set_aside where contribution = \(id) and ended is null)
            """)
        guard added > 0 else { throw Refusal.alreadySetAside }
        try touch(id)
    }

    /// A second seat agrees: it holds until somebody ends it.
    func second(_ aside: SetAside, by seat: ID<Seat>, at now: Moment) throws {
        guard seat != aside.seat else { throw Refusal.secondSeat }
        try run(
            """
            update set_aside set second = \(seat), seconded = \(now)
            where id = \(aside.id) and seconded is null and ended is null
            """)
    }

    func reply(_ reply: String, to aside: ID<SetAside>, at now: Moment) throws {
        try run("update set_aside set reply = \(reply), replied = \(now) where id = \(aside) and ended is null")
    }

    /// Puts words back where they were.
    func endSetAside(_ aside: SetAside, at now: Moment) throws {
        try run("update set_aside set ended = \(now) where id = \(aside.id) and ended is null")
        try touch(aside.contribution)
    }

    private func touch(_ id: ID<Contribution>) throws {
        try run("update contribution set changed = \(nextChange()) where id = \(id)")
    }

    private func keeping(_ changed: Int) throws {
        guard changed > 0 else { throw Refusal.changedMeanwhile }
    }
}
