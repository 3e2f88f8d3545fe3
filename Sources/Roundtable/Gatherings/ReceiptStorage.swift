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
