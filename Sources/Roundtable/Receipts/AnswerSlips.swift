import Hummingbird
import Markup
import Storage

/// What became of what was said by each paper receipt of a gathering, one slip a number, to be handed back to people who
/// have no phone. It holds nothing that opens a receipt: whoever finds a slip can open nothing with it.
struct AnswerSlipRoutes: Sendable {
    let house: House

    /// As much of what somebody said as tells them which it was; the rest they know.
    private static let longestQuote = 120

    /// GET /gatherings/:gathering/slips
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            guard seat.isMember else { throw Missing() }
            let said = try db.saidByCards(at: id, at: now)
            let ids = said.map(\.contribution.id)
            return SlipsView(
                gathering: gathering, project: project, said: said, thanks: try db.thanks(for: ids),
                threads: try db.threads(from: ids), changes: try db.smallChanges(from: ids))
        }
        return house.respond(page(view, context.t), context.visit)
    }

    private func page(_ view: SlipsView, _ t: Words) -> Page {
        let numbers = Dictionary(grouping: view.said, by: { $0.number ?? 0 }).sorted { $0.key < $1.key }
        let slips = numbers.map { number, said in slip(number, said, view, t) }
        return Page(
            title: t("slips.title", name: view.gathering.name),
            main: """
                <div class="screen-only">\(backLink(t("gathering.change.back"), to: view.gathering.address))
                <h1>\(t("slips.title", name: view.gathering.name))</h1>
                \(numbers.isEmpty ? paragraph(t("slips.none")) : notice(.receipt, paragraph(t("slips.text"))))</div>
                <ol class="answer-slips" role="list">\(slips)</ol>
                """,
            bare: "answering")
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
        let thanks = (view.thanks[contribution.id] ?? []).map {
            paragraph(t("thanks.from", name: nameHere($0.name, t)))
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
                <p>\(thread.fate(for: [.receipt(receipt)]).said(t)) \(by)</p>
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
    let said: [Said]
    let thanks: [ID<Contribution>: [Thanks]]
    let threads: [AskThread]
    let changes: [Change]
}
