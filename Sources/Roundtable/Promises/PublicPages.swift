import Foundation
import Markup

extension PublicLedger {
    /// The page that anyone may read, and that its group reads before it turns its keys.
    func page(at address: String, today: Day, _ t: Words, isPreview: Bool = false) -> Page {
        let title = t("public.title", project: project.name)
        let lines = asks.map { ask -> HTML in
            """
            <li class="ledger-line" id="ask-\(ask.id.text)"><h2 dir="auto" lang="\(ask.language)">\(ask.words)</h2>\
            <div>\(ask.body(today: today, t))\(ask.print(t))</div></li>
            """
        }
        let list: HTML =
            lines.isEmpty ? paragraph(t("ledger.none")) : "<ol class=\"ledger stack wide\" role=\"list\">\(lines)</ol>"
        let feeds = isPreview ? HTML.empty : feedLinks(t)
        return Page(
            title: title,
            main: """
                \(isPreview ? backLink(t("publishing.back"), to: project.address + "/publishing") : .empty)
                <h1 dir="auto">\(title)</h1>
                <p class="lead">\(t("public.lead"))</p>
                \(missingSides(publication.missing, t))
                \(list)
                \(smallPrint("\(t("public.changed", day: t.day(changed.milliseconds)))"))
                \(feeds)
                """,
            head: isPreview ? .empty : head(at: address, title, t))
    }

    private func feedLinks(_ t: Words) -> HTML {
        """
        <p class="screen-only">\(t("public.follow"))</p><ul class="screen-only">\
        <li><a href="\(publication.atom)">\(t("public.atom"))</a></li>\
        <li><a href="\(publication.json)">\(t("public.json"))</a></li></ul>
        """
    }

    /// What a link to it shows elsewhere: its title and what such a page is, and nothing that anybody said.
    private func head(at address: String, _ title: String, _ t: Words) -> HTML {
        """
        <meta name="description" content="\(t("public.lead"))">
        <link rel="canonical" href="\(address)\(publication.address)">
        <link rel="alternate" type="application/atom+xml" title="\(title)" href="\(publication.atom)">
        <link rel="alternate" type="application/feed+json" title="\(title)" href="\(publication.json)">
        <meta property="og:type" content="website">
        <meta property="og:title" content="\(title)">
        <meta property="og:description" content="\(t("public.lead"))">
        <meta property="og:url" content="\(address)\(publication.address)">
        <meta property="og:locale" content="\(t.language == "cy" ? "cy_GB" : "en_GB")">
        <meta property="og:site_name" content="\(t("layout.name"))">

        """
    }
}

extension PublicAsk {
    /// When it was asked and when it last changed, in small print.
    func print(_ t: Words) -> HTML {
        smallPrint(
            "\(t("public.asked", day: t.day(asked.milliseconds), changed: t.day(changed.milliseconds)))")
    }

    /// The answer, how it stands, and the words of those who want them read: the same on the page and in the feeds.
    func body(today: Day, _ t: Words) -> HTML {
        """
        \(answered(t))\(sentences(state(on: today, t)))\(quotes.map { quoted($0, t) })
        """
    }

    private func answered(_ t: Words) -> HTML {
        guard let answer else { return .empty }
        // words: answer.kind.*
        let said = t(
            "public.answer", answer: t("answer.kind.\(answer.kind.rawValue)"), day: t.day(answer.said.milliseconds))
        return "<p>\(said)</p><div dir=\"auto\" lang=\"\(answer.language)\">\(HTML(paragraphs: answer.words))</div>"
    }

    private func quoted(_ said: PublicWords, _ t: Words) -> HTML {
        let who = said.name.isEmpty ? t("public.quote.unnamed") : t("public.quote", name: said.name)
        return "<div lang=\"\(said.language)\">\(quote(said.words, by: "\(who)"))</div>"
    }

    /// How it stands, in whole sentences without a name.
    private func state(on today: Day, _ t: Words) -> [String] {
        let until = day.map { t.day($0.text) } ?? ""
        switch part {
        case .unanswered: return [t("public.state.unanswered")]
        case .cannot: return []
        case .thinking: return [day == nil ? t("public.state.unanswered") : t("public.state.thinking", day: until)]
        case .late: return [t("public.state.late", day: until)]
        // A promise that was followed by *we can't* is broken, and nothing goes back and forth any more.
        case .slipped: return [t(answer?.kind == .cannot ? "public.state.broken" : "promise.state.slipped")]
        case .promised: return [t("public.state.promised", day: until)]
        case .nobodys: return done(t) + [t("promise.state.nobodys")]
        case .saidDone, .done: return done(t)
        }
    }

    private func done(_ t: Words) -> [String] {
        guard let reported else { return [] }
        var said = [t("public.state.reported", day: t.day(reported.milliseconds))]
        said.append(reached == 0 ? t("public.state.reachedNobody") : t("public.state.reached", count: reached))
        if notYet > 0 { said.append(t("public.state.notYet", count: notYet)) }
        return said
    }
}
