import Hummingbird
import Markup
import Storage

/// Saying that this house went wrong with what it holds about somebody, and what came of it.
struct ComplaintRoutes: Sendable {
    let house: House

    private static let cookie = "complaint"

    /// GET /complaints: how to complain, here or elsewhere.
    func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        let about = try await house.database.read { try $0.about() }
        return house.respond(askPage(about, visit), visit)
    }

    /// POST /complaints
    func complain(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let now = house.now()
            guard let id = visit.form.id("once", of: Complaint.self) else { throw HTTPError(.badRequest) }
            let complaint = try Complaint.typed(visit.form, id: id, at: now)
            // From the form and the browser, so that sending it again gives the same words, and to nobody else.
            let words = SixWords(hash: house.secret.hash("\(id) \(visit.guardToken)", for: "complaint words"))
            let hash = house.complaintHash(of: words)
            try await house.database.write { try $0.add(complaint, hash: hash) }
            var response = Response.see("/complaints/mine")
            house.keep(words, as: Self.cookie, in: &response)
            return response
        } catch let refusal as Refusal {
            let about = try await house.database.read { try $0.about() }
            return house.respond(askPage(about, visit, refusal), visit)
        }
    }

    /// GET /complaints/mine: what I complained of and what came of it, while this device has its words.
    func showMine(_ request: Request, _ visit: Visit) async throws -> Response {
        try await minePage(request, visit)
    }

    private func minePage(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        guard let words = house.keepsake(Self.cookie, in: request) else { return .see("/words") }
        let hash = house.complaintHash(of: words)
        guard let complaint = try await house.database.read({ try $0.complaint(withWords: hash) }) else {
            return .see("/words")
        }
        return house.respond(minePage(complaint, words, visit, refusal), visit)
    }

    /// POST /complaints/mine/more
    func addMore(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let entry = Complaint.Entry(
                kind: .added, words: try Complaint.words(visit.form), keeper: nil, said: house.now())
            let hash = mine(request)
            try await house.database.write { try $0.add(entry, by: nil, to: $0.theirs(hash)) }
            return .see("/complaints/mine")
        } catch let refusal as Refusal {
            return try await minePage(request, visit, refusal)
        }
    }

    /// POST /complaints/mine/taking-back
    func takeBack(_ request: Request, _ visit: Visit) async throws -> Response {
        let (hash, now) = (mine(request), house.now())
        try await house.database.write { try $0.withdraw($0.theirs(hash).id, at: now) }
        return .see("/complaints/mine")
    }

    private func mine(_ request: Request) -> String? {
        house.keepsake(Self.cookie, in: request).map { house.complaintHash(of: $0) }
    }

    /// GET /house/complaints
    func list(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let complaints = try await house.database.read { try $0.complaints() }
        return house.respond(listPage(complaints, context.t), context.visit)
    }

    /// GET /house/complaints/:complaint
    func show(_ request: Request, _ context: KeeperContext) async throws -> Response {
        try await page(context)
    }

    /// POST /house/complaints/:complaint/log: what was done, in the keeper's own name.
    func write(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let id = try context.id("complaint", of: Complaint.self)
        let (keeper, now) = (context.person, house.now())
        do {
            let form = context.form
            try await house.database.write { db in
                guard let complaint = try db.complaint(id) else { throw Missing() }
                try db.add(Complaint.entry(form, by: keeper, at: now), by: keeper.id, to: complaint)
            }
            return .see("/house/complaints/\(id)")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: KeeperContext, _ refusal: Refusal? = nil) async throws -> Response {
        let id = try context.id("complaint", of: Complaint.self)
        guard let complaint = try await house.database.read({ try $0.complaint(id) }) else { throw Missing() }
        return house.respond(keeperPage(complaint, context.visit, refusal), context.visit)
    }

    fileprivate static let opened = cookie
}

extension House {
    fileprivate func complaintHash(of words: SixWords) -> String {
        secret.hash(words.slug, for: Complaint.opening.kind)
    }
}

extension Reader {
    /// Whose words are in this hand; to whoever holds none it isn't there.
    fileprivate func theirs(_ hash: String?) throws -> Complaint {
        guard let hash, let complaint = try complaint(withWords: hash) else { throw Missing() }
        return complaint
    }
}

extension Complaint {
    /// The words of a complaint open it on this device for a while.
    static let opening = Opening(kind: "complaint") { hash, house, visit in
        guard try await house.database.read({ try $0.complaint(withWords: hash) }) != nil else { return nil }
        let t = visit.t
        return Opening.Offer(
            title: t("complaint.opens.title"), text: paragraph(t("complaint.opens.text")),
            button: t("complaint.opens.button"))
    } open: { words, hash, house, request, visit in
        var response = Response.see("/complaints/mine")
        house.keep(words, as: ComplaintRoutes.opened, in: &response)
        return response
    }
}
