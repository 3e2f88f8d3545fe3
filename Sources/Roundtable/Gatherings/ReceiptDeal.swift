import HTTPTypes
import Hummingbird
import Markup
import Storage

/// A paper receipt as it is dealt: its number and the words that open it. The words are printed, never kept.
struct DealtReceipt: Sendable {
    let id: ID<Receipt>
    let number: Int
    let words: SixWords
}

/// Dealing paper receipts, for those who speak and don't type.
struct ReceiptDealRoutes: Sendable {
    let house: House

    /// Ten sheets of twelve: a full hall. More is another press of the button.
    static let most = 120
    static let onSheet = 12

    /// GET /gatherings/:gathering/receipts
    func ask(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(context)
    }

    private func asking(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (gathering, project, dealt) = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            guard seat.isMember else { throw Missing() }
            return (gathering, project, try db.lastReceipt(of: id))
        }
        return house.respond(askPage(gathering, project, dealt: dealt, context.visit, refusal), context.visit)
    }

    /// POST /gatherings/:gathering/receipts: the sheet is the answer to the press itself, since its words are kept
    /// nowhere. A second press of the same button deals nothing.
    func deal(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
            guard let count = Int(context.form.line("count")), (1...Self.most).contains(count) else {
                throw Refusal.howManyReceipts
            }
            let first = context.form.id("once", of: Receipt.self) ?? house.newID()
            let fresh = (0..<count).map { place -> (ID<Receipt>, SixWords) in
                (place == 0 ? first : house.newID(), SixWords.random())
            }
            let hashes = fresh.map { house.receiptHash(of: $0.1) }
            let (gathering, dealt) = try await house.database.write { db in
                let (gathering, project, seat) = try db.gathering(id, seating: person)
                guard seat.isMember else { throw Missing() }
                guard gathering.hear(at: now) != .closed else { throw Refusal.gatheringOver }
                let number = try db.deal(fresh.map(\.0), hashes, at: gathering, in: project.id, now: now)
                return (
                    gathering,
                    fresh.enumerated().map { DealtReceipt(id: $1.0, number: number + $0, words: $1.1) }
                )
            }
            return house.respond(sheetPage(gathering, dealt, context.visit), context.visit)
        } catch let refusal as Refusal {
            return try await asking(context, refusal)
        }
    }

    private func askPage(
        _ gathering: Gathering, _ project: Project, dealt: Int, _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        // A refused press is answered with a new id: the old one may have dealt.
        let fields: HTML = """
            <input type="hidden" name="once" value="\(house.newID(Receipt.self).text)">
            \(field(
                "count", label: t("deal.count"), hint: t("deal.count.hint", count: Self.most),
                error: refusal?.at("count", t), value: visit.form.has("count") ? visit.form["count"] : "12",
                kind: .number, isShort: true))
            \(acts([button(t("deal.button"), .main, picture: .card)]))
            """
        return Page(
            title: t("deal.title"),
            main: """
                \(backLink(t("gathering.change.back"), to: gathering.address))
                \(problems(refusal, t))
                <h1>\(t("deal.title"))</h1>
                \(paragraph(t("deal.text")))
                \(paragraph(t("deal.once")))
                \(dealt == 0 ? .empty : paragraph(t("deal.dealt", count: dealt)))
                \(visit.form(to: gathering.address + "/receipts", fields))
                """,
            project: projectWays(project, here: project.address + "/gatherings", t), isRefused: refusal != nil)
    }

    private func sheetPage(_ gathering: Gathering, _ dealt: [DealtReceipt], _ visit: Visit) -> Page {
        let t = visit.t
        let sheets = stride(from: 0, to: dealt.count, by: Self.onSheet).map { start -> HTML in
            let slips = dealt[start..<min(start + Self.onSheet, dealt.count)].map { slip($0, gathering, t) }
            return "<ol class=\"deal\" role=\"list\">\(slips)</ol>"
        }
        return Page(
            title: t("deal.sheet.title", name: gathering.name),
            main: """
                <div class="screen-only">\(backLink(t("gathering.change.back"), to: gathering.address))
                <h1>\(t("deal.sheet.title", name: gathering.name))</h1>
                \(notice(.card, paragraph(t("deal.sheet.print"))))</div>
                \(sheets)
                """,
            bare: "dealing", isReadHere: true, isShownOnce: true)
    }

    private func slip(_ receipt: DealtReceipt, _ gathering: Gathering, _ t: Words) -> HTML {
        let address = "\(house.settings.address)/words/\(receipt.words.slug)"
        return """
            <li class="deal-slip"><div class="deal-head"><b class="deal-number">\(t("deal.number", number: t.number(receipt.number)))</b>\
            <span class="deal-name"><bdi>\(gathering.name)</bdi></span></div>\
            \(qrCode(address, label: t("deal.qr", number: t.number(receipt.number))))\
            <p class="deal-words" translate="no">\(receipt.words.spoken)</p>\
            <p class="deal-print">\(t("deal.opens", address: "\(house.settings.address)/words"))</p>
            <p class="deal-print deal-where">\(deal(note: t))</p></li>
            """
    }
}

extension ReceiptDealRoutes {
    /// Where the address works: at home too, or in the hall alone; and how it is found in the hall where that differs.
    private func deal(note t: Words) -> String {
        let here = house.addressHere
        let inHall = here == house.settings.address ? "" : t("deal.inHall", address: "\(here)/words")
        return [house.paperNote(t), inHall].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension Refusal {
    static let howManyReceipts = Refusal("deal.refusal.count", limit: ReceiptDealRoutes.most, field: "count")
    static let dealtAlready = Refusal("deal.refusal.already")
}

extension Reader {
    /// The number of the last receipt dealt at a gathering; 0 when none was.
    func lastReceipt(of gathering: ID<Gathering>) throws -> Int {
        try count("select coalesce(max(number), 0) from receipt where gathering = \(gathering)")
    }
}

extension Writer {
    /// Deals receipts, and gives the number of the first. Two who deal at once get different numbers; ids that were
    /// dealt before are refused, because their words are gone.
    func deal(
        _ ids: [ID<Receipt>], _ hashes: [String], at gathering: Gathering, in project: ID<Project>, now: Moment
    ) throws -> Int {
        // Whoever else deals here waits for this row, or starts again.
        try run("update gathering set covered = covered where id = \(gathering.id)")
        let first = try lastReceipt(of: gathering.id) + 1
        for (place, (id, hash)) in zip(ids, hashes).enumerated() {
            let isNew =
                try run(
                    """
                    insert into receipt (id, project, gathering, number, hash, made)
                    values (\(id), \(project), \(gathering.id), \(first + place), \(hash), \(now))
                    on conflict (id) do nothing
                    """) > 0
            guard isNew else { throw Refusal.dealtAlready }
        }
        return first
    }
}
