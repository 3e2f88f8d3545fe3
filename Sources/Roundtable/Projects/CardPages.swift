import Markup

extension OfferRoutes {
    /// Room for a new card (`card` is nil) or for other words on one.
    func wordingPage(_ project: Project, _ card: Card?, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let form = visit.form
        let says = card?.wording
        let title = card == nil ? t("card.new.title") : t("card.wording.title")
        let isProposal = project.laid != nil
        let once = form.has("once") ? form["once"] : house.newID(Card.self).text
        let kinds = Wording.Kind.ofCards.map { kind in Choice(value: kind.rawValue, label: kindName(kind, t)) }
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once)">
            <input type="hidden" name="version" value="\(card?.version ?? 0)">
            \(choices(
                "kind", label: t("card.kind.title"), error: refusal?.at("kind", t), of: kinds,
                chosen: form.has("kind") ? form["kind"] : says?.kind.rawValue))
            \(area(
                "words", label: t("card.words"), hint: t("card.words.hint"), error: refusal?.at("words", t),
                value: form.has("words") ? form["words"] : says?.words ?? "", rows: 4))
            \(dateField(
                "day", label: t("card.day"), hint: t("card.day.hint"), error: refusal?.at("day", t),
                value: form.has("day") ? form["day"] : says?.day?.text ?? ""))
            \(isProposal ? paragraph(t("change.why")) : .empty)
            \(acts([button(isProposal ? t("change.propose") : t("card.lay"), .main)]))
            """
        let present = refusal == .changedMeanwhile ? card.map { presentWords($0.wording, laid: $0.laid, t) } : nil
        let address = card.map { "\(project.address)/cards/\($0.id.text)/wording" } ?? "\(project.address)/cards"
        return Page(
            title: title,
            main: """
                \(backLink(t("offer.back"), to: "\(project.address)/offer"))
                \(problems(refusal, t))
                <h1>\(title)</h1>
                \(present)
                \(visit.form(to: address, fields))
                """,
            project: projectWays(project, here: "\(project.address)/offer", t), isRefused: refusal != nil)
    }

    /// One line of *think first*, with words, and for money how much and by when.
    func topicPage(_ project: Project, _ topic: Topic, _ card: Card?, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let form = visit.form
        let says = card?.wording
        let isProposal = project.laid != nil
        func typed(_ name: String, _ kept: String?) -> String { form.has(name) ? form[name] : kept ?? "" }
        let money: HTML =
            topic != .money
            ? .empty
            : """
            \(field(
                "amount", label: t("money.amount"), hint: t("money.amount.hint"), error: refusal?.at("amount", t),
                value: typed("amount", says?.amount)))
            \(field(
                "payBy", label: t("money.payBy"), hint: t("money.payBy.hint"), error: refusal?.at("payBy", t),
                value: typed("payBy", says?.payBy)))
            \(paragraph(t("money.decline.text")))
            """
        let once = form.has("once") ? form["once"] : house.newID(CardChange.self).text
        let kinds = Wording.Kind.ofTopics.map { Choice(value: $0.rawValue, label: topicAnswer($0, t)) }
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once)">
            <input type="hidden" name="version" value="\(card?.version ?? 0)">
            \(choices(
                "kind", label: topicName(topic, t), error: refusal?.at("kind", t), of: kinds,
                chosen: typed("kind", says?.kind.rawValue), isQuestion: true))
            \(money)
            \(field(
                "words", label: t("topic.words"), hint: t("topic.words.hint"), error: refusal?.at("words", t),
                value: typed("words", says?.words)))
            \(isProposal ? paragraph(t("change.why")) : .empty)
            \(acts([button(isProposal ? t("change.propose") : t("topic.save"), .main)]))
            """
        let present = refusal == .changedMeanwhile ? says.map { presentTopic($0, t) } : nil
        return Page(
            title: topicName(topic, t),
            main: """
                \(backLink(t("offer.back"), to: "\(project.address)/offer#think-\(topic.rawValue)"))
                \(problems(refusal, t))
                \(present)
                \(visit.form(to: "\(project.address)/topics/\(topic.rawValue)", fields))
                """,
            project: projectWays(project, here: "\(project.address)/offer", t), isRefused: refusal != nil)
    }

    private func presentWords(_ says: Wording, laid: Moment, _ t: Words) -> HTML {
        sheet(
            """
            <p class="small-print">\(t("card.now"))</p><p><b>\(kindName(says.kind, t))</b></p>\(cardWords(says))\
            <p class="small-print">\(cardDay(says, laid: laid, t))</p>
            """)
    }

    private func presentTopic(_ says: Wording, _ t: Words) -> HTML {
        sheet("<p class=\"small-print\">\(t("card.now"))</p>\(topicWords(says, t))")
    }

    /// What a line of *think first* says, in full.
    func topicWords(_ says: Wording, _ t: Words) -> HTML {
        let lines = [
            says.amount.isEmpty ? nil : (t("money.amount"), says.amount),
            says.payBy.isEmpty ? nil : (t("money.payBy"), says.payBy),
        ].compactMap { $0 }
        return """
            <p><b>\(topicAnswer(says.kind, t))</b></p>
            \(lines.isEmpty ? .empty : rows(lines.map { ($0.0, "<span dir=\"auto\">\($0.1)</span>" as HTML) }))
            <p dir="auto">\(says.words)</p>
            """
    }

    /// What a wording of any card says, in full.
    func wordingInFull(_ says: Wording, of card: Card, _ t: Words) -> HTML {
        guard card.topic == nil else { return topicWords(says, t) }
        return """
            <p><b>\(kindName(says.kind, t))</b></p>\(cardWords(says))\
            <p class="small-print">\(cardDay(says, laid: card.laid, t))</p>
            """
    }

    func cardPage(_ view: CardView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let (project, card) = (view.project, view.card)
        let title = card.topic.map { topicName($0, t) } ?? t("card.title")
        let isOff = card.wording.kind == .takenOff
        let isOnTable = card.topic == nil && card.isStanding && !isOff
        let written = view.wordings.first.map { now in
            """
            \(smallPrint("\(t("card.written", name: nameHere(now.writer, t), day: t.moment(now.written.milliseconds)))"))
            \(missingSides(now.missing, t))
            """ as HTML
        }
        return Page(
            title: title,
            main: """
                \(backLink(t("offer.back"), to: "\(project.address)/offer"))
                \(problems(refusal, t))
                <h1>\(title)</h1>
                \(sheet("\(wordingInFull(card.wording, of: card, t))\(written)"))
                \(acts([buttonLink(t(isOff ? "card.putBack" : "card.change"), to: "\(project.address)/cards/\(card.id.text)/wording")]))
                \(waitingFor(view, t))
                \(isOnTable ? owning(view, visit, refusal) : .empty)
                \(isOnTable ? takingOff(view, visit) : .empty)
                \(history(view, t))
                \(steeredPart(
                    view.steered, about: Concern.About(.card, card.id.text), sentTo: project.address + "/steered",
                    answering: project.address + "/steered", once: house.newID(), visit, refusal))
                """,
            project: projectWays(project, here: "\(project.address)/offer", t), isRefused: refusal != nil)
    }

    private func waitingFor(_ view: CardView, _ t: Words) -> HTML {
        let items = view.changes.map { change -> HTML in
            let address = "\(view.project.address)/proposals/\(change.id.text)"
            let link = Mark { "<a href=\"\(address)\">\($0)</a>" }
            return "<p>\(t.html("change.waiting.words", link: link, name: nameHere(change.act.openerName, t)))</p>"
        }
        return items.isEmpty ? .empty : notice(.key, title: t("change.waiting.title"), "\(items)")
    }

    /// Whose name the card bears, who was asked, or whom to ask. Nobody's name shows before their yes.
    private func owning(_ view: CardView, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let address = "\(view.project.address)/cards/\(view.card.id.text)"
        let title: HTML = "<h2>\(t("card.owner.title"))</h2>"
        if view.card.owner?.seat == view.seat.id {
            let isAccepted = view.card.owner?.accepted != nil
            let answers =
                isAccepted
                ? button(t("card.owner.letGo"), .link, name: "answer", value: "no")
                : "\(button(t("card.owner.yes"), .main, name: "answer", value: "yes"))\(button(t("card.owner.no"), name: "answer", value: "no"))"
            let said = isAccepted ? t("card.owner.you") : t("card.owner.asked")
            return "\(title)<p>\(said)</p>\(visit.form(to: "\(address)/acceptance", acts([answers])))"
        }
        if let name = view.card.bears { return "\(title)<p>\(t("card.owner", name: name))</p>" }
        let people = view.seats.map { Choice(value: $0.id.text, label: nameHere($0.name, t)) }
        let form: HTML = """
            \(choices("seat", label: t("card.owner.whom"), error: refusal?.at("seat", t), of: people))
            \(acts([button(t("card.owner.ask"))]))
            """
        let waiting = view.card.owner == nil ? t("card.nobody") : t("card.owner.waiting")
        return "\(title)<p>\(waiting)</p>\(more(t("card.owner.ask"), visit.form(to: "\(address)/owner", form)))"
    }

    /// Taking a card off is a change like any other: while the offer is written one tap, and later two people's yes.
    private func takingOff(_ view: CardView, _ visit: Visit) -> HTML {
        let t = visit.t
        let isProposal = view.project.laid != nil
        let form: HTML = """
            <input type="hidden" name="once" value="\(house.newID(CardChange.self).text)">
            <input type="hidden" name="version" value="\(view.card.version)">
            <input type="hidden" name="off" value="yes">
            \(paragraph(isProposal ? t("change.why") : t("card.takeOff.text")))
            \(acts([button(isProposal ? t("change.propose") : t("card.takeOff"))]))
            """
        return more(
            t("card.takeOff"), visit.form(to: "\(view.project.address)/cards/\(view.card.id.text)/wording", form))
    }

    private func history(_ view: CardView, _ t: Words) -> HTML {
        let old = view.wordings.dropFirst()
        let items = old.map { old -> HTML in
            let small = t("card.written", name: nameHere(old.writer, t), day: t.moment(old.written.milliseconds))
            return """
                <div class="sheet">\(wordingInFull(old.wording, of: view.card, t))\(smallPrint("\(small)"))\
                \(missingSides(old.missing, t))</div>
                """
        }
        return """
            <h2 id="before">\(t("card.history"))</h2>
            \(items.isEmpty ? paragraph(t("card.history.none")) : stack(items))
            """
    }
}
