import Markup

extension OfferRoutes {
    func offerPage(
        _ project: Project, _ offer: Offer, _ changes: [CardChange], _ visit: Visit, _ refusal: Refusal? = nil
    ) -> Page {
        let t = visit.t
        return Page(
            title: t("offer.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("offer.title"))</h1>
                <p class="lead">\(t("offer.lead"))</p>
                \(changes.isEmpty ? .empty : waiting(changes, project, t))
                \(offer.cards.isEmpty ? noCards(project, t) : laidCards(offer, project, t))
                \(moneyRows(offer.topics[.money]?.wording, t))
                \(worriedPart(project.worried, t))
                <p class="screen-only"><a href="\(project.address)/safety">\(safetyWay(project, t))</a></p>
                <h2 id="think">\(t("topic.title"))</h2>
                \(thinking(offer, project, visit))
                \(laying(offer, project, visit))
                """,
            context: aside(t), project: projectWays(project, here: "\(project.address)/offer", t),
            isRefused: refusal != nil)
    }

    private func aside(_ t: Words) -> HTML {
        "<h2>\(t("offer.how.title"))</h2>\(paragraph(t("offer.how.text")))\(paragraph(t("offer.how.names")))"
    }

    private func noCards(_ project: Project, _ t: Words) -> HTML {
        emptyPlace(
            .card, title: t("offer.empty.title"), t("offer.empty.text"),
            act: buttonLink(t("card.add"), to: "\(project.address)/offer/new", .main))
    }

    private func laidCards(_ offer: Offer, _ project: Project, _ t: Words) -> HTML {
        let sections = Wording.Kind.ofCards.map { kind -> HTML in
            let cards = offer.cards(kind).map { cardItem($0, t, links: cardLinks($0, project, t)) }
            if cards.isEmpty, kind != .decided { return .empty }
            return """
                <section>\(kindTitle(kind, t))\
                \(cards.isEmpty ? paragraph(t("offer.decided.none")) : "<ul class=\"stack cards\" role=\"list\">\(cards)</ul>")\
                </section>
                """
        }
        return """
            <div class="laid">\(sections)</div>
            \(acts([
                buttonLink(t("card.add"), to: "\(project.address)/offer/new", .main),
                buttonLink(t("offer.print"), to: "\(project.address)/offer/sheet", picture: .receipt),
            ]))
            """
    }

    private func cardLinks(_ card: Card, _ project: Project, _ t: Words) -> HTML {
        let address = "\(project.address)/cards/\(card.id.text)"
        let before: HTML = card.version < 2 ? .empty : "<a href=\"\(address)#before\">\(t("card.before"))</a>"
        return """
            <p class="saying-acts screen-only"><a href="\(address)/wording">\(t("card.change"))</a> \
            <a href="\(address)">\(t("card.open"))</a> \(before)</p>
            """
    }

    /// *Think first*: while the offer is being written a tap answers a line; once it is laid the lines stand.
    private func thinking(_ offer: Offer, _ project: Project, _ visit: Visit) -> HTML {
        let t = visit.t
        guard offer.laid == nil else {
            return rows(
                Topic.allCases.map { topic in
                    let says = offer.topics[topic]?.wording
                    return (topicName(topic, t), "\(topicLine(says, t)) \(wordsLink(topic, says, project, t))")
                })
        }
        let lines = Topic.allCases.map { thinkLine($0, offer.topics[$0], project, visit) }
        return "\(paragraph(t("topic.text")))<ul class=\"stack\" role=\"list\">\(lines)</ul>"
    }

    private func thinkLine(_ topic: Topic, _ card: Card?, _ project: Project, _ visit: Visit) -> HTML {
        let t = visit.t
        let name = topicName(topic, t)
        let choices = Wording.Kind.ofTopics.map { Choice(value: $0.rawValue, label: topicAnswer($0, t)) }
        let form: HTML = """
            <input type="hidden" name="version" value="\(card?.version ?? 0)">
            \(taps("kind", label: name, of: choices, chosen: card?.wording.kind.rawValue))
            """
        return """
            <li class="think" id="think-\(topic.rawValue)"><p class="think-about">\(name)</p>\
            \(visit.form(to: project.address + "/topics/" + topic.rawValue, form))\
            <p class="small-print"><span dir="auto">\(card?.wording.words)</span> \
            \(wordsLink(topic, card?.wording, project, t))</p></li>
            """
    }

    private func wordsLink(_ topic: Topic, _ says: Wording?, _ project: Project, _ t: Words) -> HTML {
        let unseen = Mark { "<span class=\"unseen\">\($0)</span>" }
        let name = topicName(topic, t)
        let said =
            says?.words.isEmpty ?? true
            ? t.html("topic.words.add", unseen: unseen, about: name)
            : t.html("topic.words.change", unseen: unseen, about: name)
        return "<a class=\"screen-only\" href=\"\(project.address)/topics/\(topic.rawValue)\">\(said)</a>"
    }

    private func laying(_ offer: Offer, _ project: Project, _ visit: Visit) -> HTML {
        let t = visit.t
        if let laid = offer.laid {
            return paragraph(t("offer.laid.since", day: t.day(laid.milliseconds)))
        }
        let missing = offer.missing
        let lay =
            missing.isEmpty
            ? visit.form(to: project.address + "/offer/laid", acts([button(t("offer.lay.button"), .main)]))
            : "\(paragraph(t("offer.lacks.title", count: missing.count)))\(lackingList(missing, in: project, t))"
        return """
            <section class="screen-only" id="lay"><h2>\(t("offer.lay.title"))</h2>
            \(paragraph(t("offer.lay.text")))\(lay)</section>
            """
    }

    private func waiting(_ changes: [CardChange], _ project: Project, _ t: Words) -> HTML {
        let items = changes.map { change -> HTML in
            let address = "\(project.address)/proposals/\(change.id.text)"
            let link = Mark { "<a href=\"\(address)\">\($0)</a>" }
            let said =
                change.fromVersion == 0
                ? t.html("change.waiting.new", link: link, name: nameHere(change.act.openerName, t))
                : t.html("change.waiting.words", link: link, name: nameHere(change.act.openerName, t))
            return "<li>\(said)</li>"
        }
        return notice(.key, title: t("change.waiting.title"), "<ul>\(items)</ul>")
    }

    /// The whole offer alone on a sheet of A4, with the way back to where its reader came from.
    /// - Parameter worried: whom to tell at a gathering, for whoever reads it at that gathering's door.
    func sheetPage(_ project: Project, _ offer: Offer, worried: String? = nil, back: HTML, _ t: Words) -> Page {
        Page(
            title: t("offer.title"),
            main: """
                <div class="screen-only">\(back)</div>
                <h1>\(t("offer.sheet.title", project: project.name))</h1>
                <p class="lead">\(t("offer.lead"))</p>
                \(offerSheet(offer, worried: project.worried.isEmpty ? worried ?? "" : project.worried, t))
                <p class="print-foot">\(t("layout.printed", address: house.settings.address, day: t.day(house.now().milliseconds)))</p>
                """,
            bare: "offer-sheet", isReadHere: true)
    }
}
