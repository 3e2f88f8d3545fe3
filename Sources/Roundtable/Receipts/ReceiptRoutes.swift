import Hummingbird
import Markup
import Storage

/// What one giver said and what became of it, for whoever holds the receipt's six words. It sees every room, as the
/// doors and the migrations do; it gives nothing away but what this giver said.
struct ReceiptRoutes: Sendable {
    let house: House

    /// GET /receipts: the receipt that this device holds.
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        try await page(request, visit)
    }

    private func page(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        guard let words = house.keepsake("receipt", in: request) else { return .see("/words") }
        let (hash, now) = (house.secret.hash(words.slug, for: "receipt"), house.now())
        let view = try await house.database.read { db -> ReceiptView? in
            guard let receipt = try db.receipt(withWords: hash) else { return nil }
            let said = try db.said(by: receipt, at: now)
            return ReceiptView(
                receipt: receipt, said: said, thanks: try db.thanks(for: said.map(\.contribution.id)),
                threads: try db.threads(from: said.map(\.contribution.id)),
                offer: try db.receiptOffer(in: receipt.project),
                next: try db.nextGathering(in: receipt.project, after: now),
                isSeated: try db.isMember(receipt.seat))
        }
        guard let view else { throw Missing() }
        return house.respond(receiptPage(view, words, visit, refusal), visit)
    }

    /// GET /receipts/offer: the offer as it was when this card was given out, and as it is now.
    func showOffer(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let hash = house.heldReceipt(in: request) else { return .see("/words") }
        let view = try await house.database.read { db -> (Project, now: Offer, then: Offer)? in
            guard let receipt = try db.receipt(withWords: hash), let project = try db.project(receipt.project),
                project.laid != nil
            else { return nil }
            return (project, try db.offer(of: project), try db.offer(of: project, at: receipt.made))
        }
        guard let (project, now, then) = view else { throw Missing() }
        return house.respond(offerPage(project, now: now, then: then, visit.t), visit)
    }

    /// POST /receipts/renewed: new words for my own receipt; the old ones open nothing any more.
    func renew(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let hash = house.heldReceipt(in: request) else { throw Missing() }
        let (words, now) = (SixWords.random(), house.now())
        let fresh = house.secret.hash(words.slug, for: "receipt")
        try await house.database.write { db in
            guard try db.run("update receipt set hash = \(fresh), made = \(now) where hash = \(hash)") > 0 else {
                throw Missing()
            }
        }
        var response = Response.see("/receipts")
        house.keep(words, as: "receipt", for: House.longestCookie, in: &response)
        return response
    }

    /// POST /projects/:project/receipt: new words for a member who lost theirs.
    func renewOwn(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let seat = try await house.database.read { try $0.project(id, seating: person).1 }
        var response = Response.see("/receipts?next=/projects/\(id)")
        try await house.giveReceipt(to: seat, in: &response)
        return response
    }

    /// POST /receipts/seat: whoever holds a receipt takes a seat in its project; what they said is theirs there.
    func takeSeat(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let hash = house.heldReceipt(in: request) else { throw Missing() }
        let now = house.now()
        do {
            let name = try Person.named(visit.person?.name.isEmpty == false ? visit.person!.name : visit.form["name"])
            let newcomer = visit.person ?? Person(id: house.newID(), name: name, keeps: false)
            let language = visit.words.language
            let isNew = visit.person == nil
            let project = try await house.database.write { db in
                guard let receipt = try db.receipt(withWords: hash) else { throw Missing() }
                if isNew { try db.add(newcomer, language: language, at: now) }
                let seat = try db.takeSeat(
                    in: receipt.project, person: newcomer.id, name: name, asMember: true, at: now)
                try db.run(
                    """
                    update receipt set seat = \(seat.id) where id = \(receipt.id) and seat is null
                    and not exists (select 1 from receipt as other where other.seat = \(seat.id))
                    """)
                return receipt.project
            }
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
    let said: [Said]
    let thanks: [ID<Contribution>: [Thanks]]
    /// Every ask that any of it became part of.
    let threads: [AskThread]
    let offer: ReceiptOffer
    let next: Gathering?
    let isSeated: Bool
}

/// The project's name and when its offer was laid, for the receipt.
struct ReceiptOffer: Sendable {
    let project: String
    let laid: Moment?
}

extension Reader {
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
        var response = Response.see("/receipts")
        house.keep(words, as: "receipt", for: House.longestCookie, in: &response)
        return response
    }
}
