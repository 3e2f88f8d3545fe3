import Storage

extension Receipt {
    static let columns: SQL = """
        receipt.id, receipt.project, receipt.gathering, receipt.number, receipt.seat, receipt.made,
        receipt.hash
        """

    init(row: Row, from column: Int = 0) {
        self.init(
            id: row[column], project: row[column + 1], gathering: row[column + 2], number: row[column + 3],
            seat: row[column + 4], made: row[column + 5], hash: row[column + 6])
    }
}

extension Reader {
    func receipt(withWords hash: String) throws -> Receipt? { try receipts(withWords: [hash]).first }

    /// The receipts that these words open, in no order; words that are no longer good open none.
    func receipts(withWords hashes: [String]) throws -> [Receipt] {
        guard !hashes.isEmpty else { return [] }
        return try all("select \(Receipt.columns) from receipt where hash in \(list: hashes)") { Receipt(row: $0) }
    }

    func receipt(of seat: ID<Seat>) throws -> Receipt? {
        try one("select \(Receipt.columns) from receipt where seat = \(seat)") { Receipt(row: $0) }
    }

    /// The receipt that was dealt with this number at a gathering.
    func receipt(number: Int, at gathering: ID<Gathering>) throws -> Receipt? {
        try one("select \(Receipt.columns) from receipt where gathering = \(gathering) and number = \(number)") {
            Receipt(row: $0)
        }
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
}

extension Writer {
    /// Brings a receipt, and what it opens, to the seat that its holder takes: from paper, or from a guest's seat. All
    /// else of the guest's stays where it is, what they keep to themselves too, since a receipt gives nothing else
    /// away. A member's receipt stays the member's, and whoever has one here already keeps that.
    func bring(_ receipt: Receipt, to seat: ID<Seat>) throws -> Moved {
        let isBrought = try run(
            """
            update receipt set seat = \(seat) where id = \(receipt.id)
            and (seat is null or seat in (select id from seat where member is null and gone is null))
            and not exists (select 1 from receipt as other where other.seat = \(seat))
            """)
        guard isBrought > 0, let guest = receipt.seat else { return Moved() }
        let changed = try nextChange()
        // What has no name is left as it was: that it moved would tell whose it is.
        try run(
            """
            update contribution set seat = \(seat), changed = case when signed = 1 then \(changed) else changed end
            where seat = \(guest) and shared is not null
            """)
        try run(
            """
            update also set seat = \(seat) where seat = \(guest)
            and not exists (select 1 from also as other where other.ask = also.ask and other.seat = \(seat))
            """)
        try run(
            """
            update witness set seat = \(seat) where seat = \(guest) and not exists (
                select 1 from witness as other where other.promise = witness.promise and other.seat = \(seat))
            """)
        try run("update step set seat = \(seat) where seat = \(guest)")
        let moved = try moved(since: changed - 1, round: [seat])
        try tellElsewhere(moved)
        return moved
    }

    /// Gives a seat its receipt, or new words for the one it has: the old ones open nothing any more. It stays the
    /// receipt that it was, made when it was: the offer of that day goes on being shown by it.
    func renewReceipt(of seat: Seat, hash: String, at now: Moment) throws {
        let receipt: ID<Receipt> = try one(
            """
            insert into receipt (id, project, seat, hash, made)
            values (\(ID<Receipt>.signed(at: now)), \(seat.project), \(seat.id), \(hash), \(now))
            on conflict (seat) do update set hash = excluded.hash returning id
            """
        ) { $0[0] }!
        try note(.receipt, of: receipt, at: now)
    }
}
