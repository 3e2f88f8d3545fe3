import Hummingbird
import Markup
import Storage

/// What worked and what didn't, asked of those of whom nothing but a receipt is known. It has no name, so each answer
/// is given with nothing.
extension ReceiptRoutes {
    /// GET /receipts/looking-back?card=…&gathering=…
    func askWhatWorked(_ request: Request, _ visit: Visit) async throws -> Response {
        try await asking(request, visit)
    }

    private func asking(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let (held, now) = (HeldReceipts(in: request, house), house.now())
        guard !held.words.isEmpty else { return .see("/words") }
        let (receipt, asked) = try await house.database.read { db in
            try db.lookingBack(visit.lookedBackOn, by: visit.card, among: held)
        }
        guard asked.gathering.asksWhatWorked(at: now) || refusal != nil else { throw Missing() }
        return house.respond(whatWorkedPage(receipt, asked.gathering, isDone: asked.isDone, visit, refusal), visit)
    }

    /// POST /receipts/looking-back
    func sayWhatWorked(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            let (held, now, form) = (HeldReceipts(in: request, house), house.now(), visit.form)
            let (card, gathering, language) = (visit.card, visit.lookedBackOn, visit.words.language)
            let typed = try LookBack.typed(form)
            let once = form.id("once-nothing", of: LookBack.self) ?? .anonymous()
            let address = try await house.database.write { db in
                let (receipt, asked) = try db.lookingBack(gathering, by: card, among: held)
                guard asked.gathering.asksWhatWorked(at: now) else { throw Refusal.lookBackOver }
                try db.mind(["worked", "did-not"], of: form, in: receipt.project, by: nil)
                try db.lookBack(
                    typed, on: asked.gathering, by: receipt.id, as: once, language: language, at: now)
                return receipt.address
            }
            return .see(address)
        } catch let refusal as Refusal {
            return try await asking(request, visit, refusal)
        }
    }

    private func whatWorkedPage(
        _ receipt: Receipt, _ gathering: Gathering, isDone: Bool, _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let (t, form) = (visit.t, visit.form)
        let once = form.id("once-nothing", of: LookBack.self) ?? .anonymous()
        let fields: HTML = """
            <input type="hidden" name="card" value="\(receipt.id.text)">
            <input type="hidden" name="gathering" value="\(gathering.id.text)">
            <input type="hidden" name="once-nothing" value="\(once.text)">
            <input type="hidden" name="bearing" value="\(LookBack.Bearing.nothing.rawValue)">
            \(lookBackQuestions(form["worked"], form["did-not"], refusal, t))
            \(paragraph(t("lookBack.bearing.nothing.hint")))
            \(acts([button(t("lookBack.say"), .main)]))
            """
        let isOver = isDone && refusal == nil
        return Page(
            title: t("lookBack.title"),
            main: """
                \(backLink(t("receipt.back"), to: receipt.address))
                \(problems(refusal, t))
                <h1>\(t("lookBack.title"))</h1>
                <p class="lead"><bdi>\(gathering.name)</bdi></p>
                \(isOver ? paragraph(t("lookBack.done.nothing")) : visit.form(to: "/receipts/looking-back", fields))
                """,
            isRefused: refusal != nil)
    }

    /// The ways there from a receipt: one for each gathering that it gave words to, while it is asked.
    func lookBackWays(_ view: ReceiptView, _ t: Words) -> HTML {
        guard !view.looksBack.isEmpty else { return .empty }
        let ways = view.looksBack.map { gathering, isDone -> HTML in
            let address = "/receipts/looking-back?card=\(view.receipt.id.text)&gathering=\(gathering.id.text)"
            let way: HTML =
                isDone
                ? paragraph(t("lookBack.done.nothing"))
                : acts([buttonLink(t("lookBack.way"), to: address, picture: .pencil)])
            return "<p><bdi>\(gathering.name)</bdi></p>\(way)"
        }
        return "<h2>\(t("lookBack.title"))</h2>\(ways)"
    }
}

extension Reader {
    /// A gathering that words were given to by a receipt in the hand; anything else isn't there.
    fileprivate func lookingBack(
        _ gathering: ID<Gathering>?, by card: ID<Receipt>?, among held: HeldReceipts
    ) throws -> (Receipt, (gathering: Gathering, isDone: Bool)) {
        let receipt = try receipt(card, among: held).0
        guard let asked = try gatheringsToLookBack(on: receipt).first(where: { $0.gathering.id == gathering }) else {
            throw Missing()
        }
        return (receipt, asked)
    }
}

extension Visiting {
    /// The gathering that is asked about, in the address or from its page's form.
    fileprivate var lookedBackOn: ID<Gathering>? {
        visit.query["gathering"].flatMap { ID<Gathering>($0) } ?? form.id("gathering", of: Gathering.self)
    }
}
