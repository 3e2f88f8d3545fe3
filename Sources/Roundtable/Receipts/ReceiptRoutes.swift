import Hummingbird
import Markup
import Storage

/// What one giver said and what became of it, for whoever holds the receipt's six words. It sees every room, as the
/// doors and the migrations do; it gives nothing away but what this giver said.
struct ReceiptRoutes: Sendable {
    let house: House

    /// GET /receipts: the receipt that this device was given last, or with `?card=` another that it holds.
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        try await page(request, visit)
    }

    private func page(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let (held, now) = (HeldReceipts(in: request, house), house.now())
        guard !held.words.isEmpty else { return .see("/words") }
        let view = try await house.database.read { db in
            let (receipt, others) = try db.receipt(visit.card, among: held)
            let said = try db.said(by: receipt, at: now)
            return ReceiptView(
                receipt: receipt, words: held.words(of: receipt), others: others, said: said,
                thanks: try db.thanks(for: said.map(\.contribution.id)),
                threads: try db.threads(from: said.map(\.contribution.id)),
                changes: try db.smallChanges(from: said.map(\.contribution.id)),
                offer: try db.receiptOffer(in: receipt.project),
                next: try db.nextGathering(in: receipt.project, after: now),
                isSeated: try db.isMember(receipt.seat),
                looksBack: try db.gatheringsToLookBack(on: receipt).filter { $0.gathering.asksWhatWorked(at: now) })
        }
        return house.respond(receiptPage(view, visit, refusal), visit)
    }

    /// GET /receipts/offer: the offer as it was when this card was given out, and as it is now.
    func showOffer(_ request: Request, _ visit: Visit) async throws -> Response {
        let held = HeldReceipts(in: request, house)
        guard !held.words.isEmpty else { return .see("/words") }
        let (receipt, project, now, then) = try await house.database.read { db in
            let receipt = try db.receipt(visit.card, among: held).0
            guard let project = try db.project(receipt.project), project.laid != nil else { throw Missing() }
            return (receipt, project, try db.offer(of: project), try db.offer(of: project, at: receipt.made))
        }
        return house.respond(offerPage(receipt, project, now: now, then: then, visit.t), visit)
    }

    /// POST /receipts/renewed: new words for my own receipt; the old ones open nothing any more.
    func renew(_ request: Request, _ visit: Visit) async throws -> Response {
        let (held, words, now) = (HeldReceipts(in: request, house), SixWords.random(), house.now())
        let fresh = house.receiptHash(of: words)
        let receipt = try await house.database.write { db in
            let receipt = try db.receipt(visit.card, among: held).0
            try db.run("update receipt set hash = \(fresh) where id = \(receipt.id)")
            try db.note(.receipt, of: receipt.id, at: now)
            return receipt
        }
        var response = Response.see(receipt.address)
        held.hold(words, dropping: [receipt.hash], house, in: &response)
        return response
    }

    /// POST /projects/:project/receipt: new words for a member who lost theirs.
    func renewOwn(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let seat = try await house.database.read { try $0.project(id, seating: person).1 }
        var response = Response.see("/receipts?next=/projects/\(id)")
        try await house.giveReceipt(to: seat, for: request, in: &response)
        return response
    }

    /// POST /gatherings/:gathering/receipt: for somebody whose words another wrote down. Words that this device holds
    /// already stay as they are.
    func giveInRoom(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (seat, receipt) = try await house.database.read { db in
            let (_, _, seat) = try db.gathering(id, seating: person)
            return (seat, try db.receipt(of: seat.id))
        }
        var response = Response.see("/receipts?next=/gatherings/\(id)/room")
        let isHeld = receipt.map { HeldReceipts(in: request, house).hashes.contains($0.hash) } ?? false
        if !isHeld { try await house.giveReceipt(to: seat, for: request, in: &response) }
        return response
    }

    /// POST /receipts/seat: whoever holds a receipt takes a seat in its project; what they said is theirs there.
    func takeSeat(_ request: Request, _ visit: Visit) async throws -> Response {
        let (held, now) = (HeldReceipts(in: request, house), house.now())
        do {
            let name = try Person.named(visit.person?.name.isEmpty == false ? visit.person!.name : visit.form["name"])
            let newcomer = visit.person ?? Person(id: house.newID(), name: name, keeps: false)
            let language = visit.words.language
            let isNew = visit.person == nil
            let (project, moved) = try await house.database.write { db in
                let receipt = try db.receipt(visit.card, among: held).0
                if isNew { try db.add(newcomer, language: language, at: now) }
                let seat = try db.takeSeat(
                    in: receipt.project, person: newcomer.id, name: name, asMember: true, at: now)
                return (receipt.project, try db.bring(receipt, to: seat.id))
            }
            house.tellLive(moved)
            var response = Response.see(isNew ? "/me/pass?next=/projects/\(project)" : "/projects/\(project)")
            if isNew {
                try await house.letIn(newcomer.id, in: &response)
                try await house.givePass(to: newcomer.id, in: &response)
            }
            return response
        } catch let refusal as Refusal {
            return try await page(request, visit, refusal)
        }
    }
}

/// What a receipt shows.
struct ReceiptView: Sendable {
    let receipt: Receipt
    let words: SixWords
    /// The other receipts that this device holds, each with its project's name.
    let others: [(Receipt, project: String)]
    let said: [Said]
    let thanks: [ID<Contribution>: [Thanks]]
    /// Every ask that any of it became part of.
    let threads: [AskThread]
    /// The small changes that any of it led to.
    let changes: [Change]
    let offer: ReceiptOffer
    let next: Gathering?
    let isSeated: Bool
    /// The gatherings that it gave words to where it is asked now what worked.
    let looksBack: [(gathering: Gathering, isDone: Bool)]
}

/// The project's name and when its offer was laid, for the receipt.
struct ReceiptOffer: Sendable {
    let project: String
    let laid: Moment?
}

extension Reader {
    /// The receipt with this id, or else the latest, of those in the hand; and the others there, each with its
    /// project's name. Missing when it is not in the hand, or its words are no longer good.
    func receipt(
        _ card: ID<Receipt>?, among held: HeldReceipts
    ) throws -> (Receipt, others: [(Receipt, project: String)]) {
        let found = try receipts(withWords: held.hashes)
        let inOrder = held.hashes.compactMap { hash in found.first { $0.hash == hash } }
        guard let receipt = card == nil ? inOrder.first : inOrder.first(where: { $0.id == card }) else {
            throw Missing()
        }
        let names = Dictionary(
            uniqueKeysWithValues: try all(
                "select id, name from project where id in \(list: inOrder.map(\.project))"
            ) { row in (row[0] as ID<Project>, row[1] as String) })
        let others = inOrder.filter { $0.id != receipt.id }
        return (receipt, others.map { ($0, names[$0.project] ?? "") })
    }

    func receiptOffer(in project: ID<Project>) throws -> ReceiptOffer {
        try one("select name, laid from project where id = \(project)") { ReceiptOffer(project: $0[0], laid: $0[1]) }!
    }

    /// The next gathering of a project that has not ended and is not called off.
    func nextGathering(in project: ID<Project>, after now: Moment) throws -> Gathering? {
        try one(
            """
            select \(Gathering.columns) from gathering
            where gathering.project = \(project) and gathering.ends > \(now) and gathering.called_off is null
            and gathering.closed is null order by gathering.starts limit 1
            """
        ) { Gathering(row: $0) }
    }

    func isMember(_ seat: ID<Seat>?) throws -> Bool {
        try count("select count(*) from seat where id = \(seat) and member is not null and gone is null") > 0
    }
}

extension Receipt {
    /// A receipt opens on this device, and opens nothing else.
    static let opening = Opening(kind: "receipt") { hash, house, visit in
        guard let receipt = try await house.database.read({ try $0.receipt(withWords: hash) }) else { return nil }
        let offer = try await house.database.read { try $0.receiptOffer(in: receipt.project) }
        let t = visit.t
        return Opening.Offer(
            title: t("receipt.opens.title", project: offer.project), text: paragraph(t("receipt.opens.text")),
            button: t("receipt.opens.button"))
    } open: { words, hash, house, request, visit in
        guard let receipt = try await house.database.read({ try $0.receipt(withWords: hash) }) else { throw Missing() }
        var response = Response.see(receipt.address)
        HeldReceipts(in: request, house).hold(words, house, in: &response)
        return response
    }
}

extension Visiting {
    /// The receipt that is asked for, in the address or from its page's form; nothing for the latest in the hand.
    var card: ID<Receipt>? {
        visit.query["card"].flatMap { ID<Receipt>($0) } ?? form.id("card", of: Receipt.self)
    }
}
