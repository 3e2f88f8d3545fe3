import Storage

extension Said {
    /// A contribution with everything that stands beside it, as `init(row:)` reads it.
    fileprivate static let source: SQL = """
        select \(Contribution.columns), giver.name, scribe.name, receipt.number, gathering.name,
            \(SetAside.columns), picture.width, picture.height
        from contribution
        left join receipt on receipt.id = contribution.receipt
        left join seat as giver on giver.id = coalesce(contribution.seat, receipt.seat)
        left join seat as scribe on scribe.id = contribution.scribe
        left join gathering on gathering.id = contribution.gathering
        left join set_aside on set_aside.contribution = contribution.id and set_aside.ended is null
        left join picture on picture.contribution = contribution.id
        """

    /// With what has lapsed left out, so that the clock decides at the moment of reading.
    fileprivate init(row: Row, now: Moment) {
        self.init(row: row)
        lapse(at: now)
    }

    fileprivate init(row: Row) {
        let contribution = Contribution(row: row)
        let name: String? = row[19]
        self.init(
            contribution: contribution, name: contribution.isSigned && name?.isEmpty == false ? name : nil,
            scribe: row[20], number: row[21], setAside: SetAside(row: row, from: 23), gatheringName: row[22],
            picture: (row[32] as Int?).map { PixelSize(width: $0, height: row[33]) })
    }

    fileprivate mutating func lapse(at now: Moment) {
        if let aside = setAside, !aside.holds(at: now) { setAside = nil }
    }
}

/// A page of what was said, in the order it was said, with what lies before and after it.
struct SaidPage: Sendable {
    let said: [Said]
    let givers: [Contribution.Giver]
    let hasEarlier: Bool
    let hasLater: Bool
    /// As it was written for those who read it. A page that is kept keeps that too.
    let written = Written<Look>()

    /// About what can be read in one sitting, and quickly sent to a phone.
    static let length = 50

    fileprivate init(said: [Said], hasEarlier: Bool, hasLater: Bool) {
        (self.said, self.hasEarlier, self.hasLater) = (said, hasEarlier, hasLater)
        givers = said.map(\.contribution.giver)
    }

    /// Without what sets aside no longer.
    fileprivate func lapsed(at now: Moment) -> SaidPage {
        guard said.contains(where: { $0.setAside?.holds(at: now) == false }) else { return self }
        let said = said.map { said in
            var said = said
            said.lapse(at: now)
            return said
        }
        return SaidPage(said: said, hasEarlier: hasEarlier, hasLater: hasLater)
    }
}

/// Where things are said: in a whole project, or at one gathering of it.
enum SaidIn: Sendable, Hashable {
    case project(ID<Project>)
    case gathering(ID<Gathering>)

    fileprivate var holds: SQL {
        switch self {
        case .project(let id): "contribution.project = \(id)"
        case .gathering(let id): "contribution.gathering = \(id)"
        }
    }
}

/// Where a page of what was said begins or ends: the moment and the id of a contribution.
struct SaidPlace: Sendable, Hashable {
    let said: Moment
    let id: ID<Contribution>
}

/// Which page of what was said is asked for, and with whose private words.
private struct SaidAsked: Sendable, Hashable {
    let whole: SaidIn
    let own: ID<Seat>?
    let before: SaidPlace?
    let after: SaidPlace?
}

extension Reader {
    func said(_ id: ID<Contribution>, at now: Moment) throws -> Said? {
        try one("\(Said.source) where contribution.id = \(id)") { Said(row: $0, now: now) }
    }

    /// What was said in a project or at a gathering, the latest page unless another is asked for. Two statements.
    ///
    /// - Parameter seat: whose private words are shown too. Whoever keeps none reads what everybody reads.
    func said(
        in whole: SaidIn, seat: ID<Seat>, before: SaidPlace? = nil, after: SaidPlace? = nil, at now: Moment
    ) throws -> SaidPage {
        let own = try one(
            "select 1 from contribution where seat = \(seat) and shared is null and \(whole.holds) limit 1"
        ) { _ in seat }
        let asked = SaidAsked(whole: whole, own: own, before: before, after: after)
        return try kept(for: asked) { try said(asked) }.lapsed(at: now)
    }

    private func said(_ asked: SaidAsked) throws -> SaidPage {
        let own: SQL = asked.own.map { "or contribution.seat = \($0)" } ?? ""
        let whole: SQL = "\(asked.whole.holds) and (contribution.shared is not null \(own))"
        let most = SaidPage.length + 1
        if let after = asked.after {
            let rows = try all(
                """
                \(Said.source) where \(whole) and (contribution.said, contribution.id) > (\(after.said), \(after.id))
                order by contribution.said, contribution.id limit \(most)
                """
            ) { Said(row: $0) }
            return SaidPage(
                said: Array(rows.prefix(SaidPage.length)), hasEarlier: true, hasLater: rows.count == most)
        }
        let bound: SQL =
            asked.before.map { "and (contribution.said, contribution.id) < (\($0.said), \($0.id))" } ?? ""
        let rows = try all(
            """
            \(Said.source) where \(whole) \(bound)
            order by contribution.said desc, contribution.id desc limit \(most)
            """
        ) { Said(row: $0) }
        return SaidPage(
            said: rows.prefix(SaidPage.length).reversed(), hasEarlier: rows.count == most,
            hasLater: asked.before != nil)
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

    /// What a scribe wrote down for others at a gathering, the newest first.
    func said(writtenBy scribe: ID<Seat>, at gathering: ID<Gathering>, now: Moment) throws -> [Said] {
        try all(
            """
            \(Said.source) where contribution.scribe = \(scribe) and contribution.gathering = \(gathering)
            order by contribution.said desc, contribution.id desc limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    /// What came to a gathering on paper and was typed in afterwards, the newest first.
    func said(onPaperAt gathering: ID<Gathering>, now: Moment) throws -> [Said] {
        try all(
            """
            \(Said.source) where contribution.gathering = \(gathering) and contribution.typed is not null
            and contribution.shared is not null
            order by contribution.said desc, contribution.id desc limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    /// As many as are ever shown together.
    static var mostAtOnce: Int { 1_000 }

    /// What has changed in a project or at a gathering since a number, in the order it changed: at least
    /// `Live.mostRead` where there are so many, and all that changed under the last of their numbers.
    func said(in whole: SaidIn, since number: Int64, at now: Moment) throws -> [Said] {
        let later: SQL = """
            \(whole.holds) and contribution.changed > \(number) and contribution.shared is not null
            """
        return try all(
            """
            \(Said.source) where \(later) and contribution.changed <= coalesce(
                (select contribution.changed from contribution where \(later)
                    order by contribution.changed limit 1 offset \(Live.mostRead - 1)), \(Int64.max))
            order by contribution.changed
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

    /// What was said by these paper receipts, by their numbers.
    func said(byCards receipts: [ID<Receipt>], at now: Moment) throws -> [Said] {
        guard !receipts.isEmpty else { return [] }
        return try all(
            """
            \(Said.source) where contribution.receipt in \(list: receipts) and contribution.shared is not null
            order by receipt.number, contribution.said, contribution.id limit \(Self.mostAtOnce)
            """
        ) { Said(row: $0, now: now) }
    }

    /// The highest number there is: what a page shows is everything up to it.
    func latestChange(in project: ID<Project>) throws -> Int64 {
        try one("select coalesce(max(changed), 0) from contribution where project = \(project)") { $0[0] } ?? 0
    }
}
