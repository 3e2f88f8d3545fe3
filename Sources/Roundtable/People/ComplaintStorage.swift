import Storage

extension Reader {
    /// The complaint that these words open, with its log.
    func complaint(withWords hash: String) throws -> Complaint? {
        try complaints("complaint.hash = \(hash)").first
    }

    func complaint(_ id: ID<Complaint>) throws -> Complaint? { try complaints("complaint.id = \(id)").first }

    /// The latest: those that nobody has answered first, the oldest of them on top. Two statements.
    func complaints() throws -> [Complaint] {
        let all = try complaints(
            "complaint.id in (select id from complaint order by made desc limit \(Complaint.mostListed))")
        return all.filter { $0.standing == .waiting } + all.filter { $0.standing != .waiting }.reversed()
    }

    /// How many wait for a first answer.
    func complaintsWaiting() throws -> Int {
        try count(
            """
            select count(*) from complaint where taken_back is null
            and not exists (
                select 1 from complaint_entry
                where complaint_entry.complaint = complaint.id and complaint_entry.kind <> 'added')
            """)
    }

    private func complaints(_ which: SQL) throws -> [Complaint] {
        var logs: [ID<Complaint>: [Complaint.Entry]] = [:]
        let entries = try all(
            """
            select complaint_entry.complaint, complaint_entry.kind, complaint_entry.words, person.name,
                complaint_entry.said
            from complaint join complaint_entry on complaint_entry.complaint = complaint.id
            left join person on person.id = complaint_entry.person
            where \(which) order by complaint_entry.said, complaint_entry.id
            """
        ) { row -> (ID<Complaint>, Complaint.Entry) in
            let kind = Complaint.Kind(rawValue: row[1]) ?? .noted
            return (row[0], Complaint.Entry(kind: kind, words: row[2], keeper: row[3], said: row[4]))
        }
        for (complaint, entry) in entries { logs[complaint, default: []].append(entry) }
        return try all(
            """
            select complaint.id, complaint.words, complaint.name, complaint.reach, complaint.made,
                complaint.taken_back
            from complaint where \(which) order by complaint.made, complaint.id
            """
        ) { row in
            let id: ID<Complaint> = row[0]
            return Complaint(
                id: id, words: row[1], name: row[2], reach: row[3], made: row[4], takenBack: row[5],
                log: logs[id, default: []])
        }
    }
}

extension Writer {
    /// Takes a complaint in. Sent twice it is one.
    func add(_ complaint: Complaint, hash: String) throws {
        if let there = try self.complaint(complaint.id) {
            guard try self.complaint(withWords: hash)?.id == there.id, there.isAs(complaint) else {
                throw Refusal.complaintSentBefore
            }
            return
        }
        guard try complaintsWaiting() < Complaint.mostWaiting else { throw Refusal.tooManyComplaints }
        try run(
            """
            insert into complaint (id, hash, words, name, reach, made)
            values (\(complaint.id), \(hash), \(complaint.words), \(complaint.name), \(complaint.reach),
                \(complaint.made))
            """)
    }

    /// Adds a line to the log.
    func add(_ entry: Complaint.Entry, by keeper: ID<Person>?, to complaint: Complaint) throws {
        guard complaint.takenBack == nil else { throw Refusal.complaintClosed }
        guard complaint.log.count < Complaint.mostEntries else { throw Refusal.complaintFull }
        try run(
            """
            insert into complaint_entry (id, complaint, person, kind, words, said)
            values (\(ID<Complaint.Entry>.signed(at: entry.said)), \(complaint.id), \(keeper), \(entry.kind.rawValue),
                \(entry.words), \(entry.said))
            """)
    }

    /// Takes a complaint back: its words are gone, and what the house wrote stays with its days.
    func withdraw(_ complaint: ID<Complaint>, at now: Moment) throws {
        try run(
            """
            update complaint set words = '', name = '', reach = '', taken_back = \(now)
            where id = \(complaint) and taken_back is null
            """)
        try run("update complaint_entry set words = '' where complaint = \(complaint) and kind = 'added'")
        try note(.complaint, of: complaint, at: now)
    }

    /// Complaints that are settled or taken back, and have been quiet for as long as they are kept, are gone.
    func clearComplaints(at now: Moment) throws {
        let before = now - Complaint.keptFor
        let over: [ID<Complaint>] = try all(
            """
            select complaint.id from complaint
            where complaint.made <= \(before)
            and (complaint.taken_back is not null or exists (
                select 1 from complaint_entry
                where complaint_entry.complaint = complaint.id and complaint_entry.kind = 'settled'))
            and not exists (
                select 1 from complaint_entry
                where complaint_entry.complaint = complaint.id and complaint_entry.said > \(before))
            """
        ) { $0[0] }
        try run("delete from complaint_entry where complaint in \(list: over)")
        try run("delete from complaint where id in \(list: over)")
    }
}
