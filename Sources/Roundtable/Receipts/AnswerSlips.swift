import Hummingbird
import Markup
import Storage

/// What became of what was said by each paper receipt of a gathering, one slip a number, to be handed back to people
/// who have no phone. It holds nothing that opens a receipt: whoever finds a slip can open nothing with it.
struct AnswerSlipRoutes: Sendable {
    let house: House

    /// As much of what somebody said as tells them which it was; the rest they know.
    private static let longestQuote = 120

    /// GET /gatherings/:gathering/slips: all of a hall at once; of more than that a few, with ways on from there.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let asked = SlipsAsked(context.visit)
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            guard seat.isMember else { throw Missing() }
            let stretch = try db.slips(asked, at: id, now: now)
            let ids = stretch.said.map(\.contribution.id)
            return SlipsView(
                gathering: gathering, project: project, stretch: stretch, isMany: asked.isMany,
                thanks: try db.thanks(for: ids), threads: try db.threads(from: ids),
                changes: try db.smallChanges(from: ids))
        }
        return house.respond(page(view, context.t), context.visit)
    }

    private func page(_ view: SlipsView, _ t: Words) -> Page {
        let numbers = Dictionary(grouping: view.stretch.said, by: { $0.number ?? 0 }).sorted { $0.key < $1.key }
        let slips = numbers.map { number, said in slip(number, said, view, t) }
        return Page(
            title: t("slips.title", name: view.gathering.name),
            main: """
                <div class="screen-only">\(backLink(t("gathering.change.back"), to: view.gathering.address))
                <h1>\(t("slips.title", name: view.gathering.name))</h1>
                \(numbers.isEmpty ? paragraph(t("slips.none")) : notice(.receipt, paragraph(t("slips.text"))))
                \(ways(view, t))</div>
                <ol class="answer-slips" role="list">\(slips)</ol>
                """,
            bare: "answering", isReadHere: true)
    }

    /// Which numbers these are and the ways to the others, where there are others.
    private func ways(_ view: SlipsView, _ t: Words) -> HTML {
        let (stretch, here) = (view.stretch, view.gathering.address + "/slips")
        guard let first = stretch.numbers.first, let last = stretch.numbers.last,
            stretch.before != nil || stretch.after != nil
        else { return .empty }
        func way(_ words: String, from number: Int?, isMany: Bool) -> HTML? {
            number.map { buttonLink(words, to: "\(here)?from=\($0)\(isMany ? "&many=yes" : "")") }
        }
        let ways = [
            way(t("slips.before"), from: stretch.before, isMany: view.isMany),
            way(t("slips.after"), from: stretch.after, isMany: view.isMany),
            view.isMany
                ? nil : way(t("slips.many", most: t.number(SlipsAsked.many)), from: first, isMany: true),
        ]
        return """
            \(paragraph(t("slips.these", first: t.number(first), last: t.number(last))))
            \(acts(ways.compactMap { $0 }))
            """
    }

    private func slip(_ number: Int, _ said: [Said], _ view: SlipsView, _ t: Words) -> HTML {
        let isHome = house.paperNote(t).isEmpty
        let further = isHome ? t("slips.home", address: house.settings.address + "/words") : t("slips.ask")
        return """
            <li class="answer-slip"><div class="deal-head"><b class="deal-number">\(t("deal.number", number: t.number(number)))</b>\
            <span class="deal-name"><bdi>\(view.gathering.name)</bdi></span></div>\
            <h2>\(t("slips.became"))</h2>\
            \(said.map { became($0, view, t) })\
            <p class="deal-print">\(t("slips.printed", day: t.day(house.now().milliseconds))) \
            \(further)</p></li>
            """
    }

    private func became(_ said: Said, _ view: SlipsView, _ t: Words) -> HTML {
        let contribution = said.contribution
        if let takenBack = contribution.takenBack {
            return paragraph(t("contribution.gone", day: t.day(takenBack.milliseconds)))
        }
        let short = contribution.words.count > Self.longestQuote
        let words = short ? contribution.words.prefix(Self.longestQuote) + "…" : contribution.words[...]
        let isAnswered = hasAnswer(contribution.id, view.threads, view.changes)
        let thanks = (view.thanks[contribution.id] ?? []).map { thanks in
            let line = thanks.line(isOverdue: thanks.isOverdue(on: house.today, answered: isAnswered), t)
            return "\(paragraph(line))\(thanks.words.isEmpty ? .empty : HTML(paragraphs: thanks.words))" as HTML
        }
        return """
            <blockquote dir="auto" lang="\(contribution.language)">\(HTML(paragraphs: String(words)))</blockquote>\
            \(said.setAside == nil ? .empty : paragraph(t("setAside.yours")))\(thanks)\(fates(contribution, view, t))
            """
    }

    private func fates(_ contribution: Contribution, _ view: SlipsView, _ t: Words) -> HTML {
        guard case .receipt(let receipt) = contribution.giver else { return .empty }
        let asks = view.threads.filter { $0.sources.contains { $0.contribution == contribution.id } }.map { thread in
            let by = thread.answers.last.map { t("fate.answeredBy", name: nameHere($0.name, t)) } ?? ""
            return """
                <p dir="auto" lang="\(thread.ask.language)"><b>\(thread.ask.words)</b></p>
                <p>\(thread.fate(for: [.receipt(receipt)]).said(on: house.today, t)) \(by)</p>
                \(answerWords(thread, most: Self.longestQuote))
                """ as HTML
        }
        let made = view.changes.filter { $0.contribution == contribution.id }.map { change in
            "<p dir=\"auto\" lang=\"\(change.language)\"><b>\(change.words)</b></p>\(paragraph(change.standing(t)))"
                as HTML
        }
        return asks.isEmpty && made.isEmpty ? paragraph(t("fate.heard")) : "\(asks)\(made)"
    }
}

/// What the slips of a gathering are made from.
private struct SlipsView: Sendable {
    let gathering: Gathering
    let project: Project
    let stretch: SlipStretch
    let isMany: Bool
    let thanks: [ID<Contribution>: [Thanks]]
    let threads: [AskThread]
    let changes: [Change]
}

/// From which number on somebody wants to see slips, and whether as many as can be printed together.
struct SlipsAsked: Sendable {
    let from: Int?
    let isMany: Bool

    /// As many as are dealt at once: a full hall, printed together and handed out.
    static let many = ReceiptDealRoutes.most
    /// Where more were dealt than a hall's, a page shows what can be looked through on a screen.
    static let few = 10

    init(from: Int? = nil, isMany: Bool = false) { (self.from, self.isMany) = (from, isMany) }

    init(_ visit: Visit) {
        self.init(from: visit.query["from"].flatMap { Int($0) }, isMany: visit.query["many"] == "yes")
    }
}

/// The slips of some numbers, one after another, and where those before and after them begin.
struct SlipStretch: Sendable {
    let numbers: [Int]
    let said: [Said]
    let before: Int?
    let after: Int?
}

extension Reader {
    /// The slips of those who said something by a paper receipt of this gathering: all where no more were dealt than
    /// to a hall. Where none has that number or a higher one, from the first on. Three statements to five.
    func slips(_ asked: SlipsAsked, at gathering: ID<Gathering>, now: Moment) throws -> SlipStretch {
        let isHall = try asked.from == nil && lastReceipt(of: gathering) <= SlipsAsked.many
        let length = isHall || asked.isMany ? SlipsAsked.many : SlipsAsked.few
        let cards = try cards(at: gathering, from: asked.from ?? 1, most: length + 1)
        guard !cards.isEmpty || asked.from == nil else {
            return try slips(SlipsAsked(isMany: asked.isMany), at: gathering, now: now)
        }
        var shown = Array(cards.prefix(length))
        var said = try said(byCards: shown.map(\.id), at: now)
        // What did not fit may be the rest of what the last of them said, who is left for the next page then.
        if said.count == Self.mostAtOnce, let last = said.last?.number, last != said.first?.number {
            said.removeAll { $0.number == last }
            shown.removeAll { $0.number >= last }
        }
        let before = try asked.from.flatMap { _ in
            try shown.first.flatMap { try numbers(at: gathering, before: $0.number, most: length).last }
        }
        return SlipStretch(
            numbers: shown.map(\.number), said: said, before: before,
            after: cards.dropFirst(shown.count).first?.number)
    }

    /// The paper receipts by which something was said, by their numbers from one on.
    private func cards(
        at gathering: ID<Gathering>, from number: Int, most: Int
    ) throws -> [(id: ID<Receipt>, number: Int)] {
        try all(
            """
            select receipt.id, receipt.number from receipt
            where receipt.gathering = \(gathering) and receipt.number >= \(number) and \(Self.isHeard)
            order by receipt.number limit \(most)
            """
        ) { row in (row[0], row[1]) }
    }

    /// Their numbers, going down from one.
    private func numbers(at gathering: ID<Gathering>, before number: Int, most: Int) throws -> [Int] {
        try all(
            """
            select receipt.number from receipt
            where receipt.gathering = \(gathering) and receipt.number < \(number) and \(Self.isHeard)
            order by receipt.number desc limit \(most)
            """
        ) { $0[0] }
    }

    private static var isHeard: SQL {
        """
        exists (select 1 from contribution where contribution.receipt = receipt.id and contribution.shared is not null)
        """
    }
}
