import Markup

extension ReceiptRoutes {
    func receiptPage(_ view: ReceiptView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let next = safePath(visit.query["next"] ?? "")
        let isFirst = next != nil
        return Page(
            title: t("receipt.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(isFirst ? t("receipt.kept") : t("receipt.became"))</h1>
                <p class="lead">\(t("receipt.lead", project: view.offer.project))</p>
                \(isFirst ? card(view.words, visit) : .empty)
                \(next.map { acts([buttonLink(t("receipt.goOn"), to: $0, .main)]) })
                \(isFirst ? .empty : whatISaid(view, visit))
                \(isFirst ? .empty : lookBackWays(view, t))
                \(isFirst ? .empty : andNow(view, visit, refusal))
                \(isFirst ? .empty : card(view.words, visit))
                \(acts([visit.form(to: "/receipts/renewed", "\(chosen(view))\(button(t("receipt.renew"), .link))")]))
                \(isFirst ? .empty : others(view, t))
                """, isRefused: refusal != nil)
    }

    /// Which of the receipts in the hand a form is about.
    private func chosen(_ view: ReceiptView) -> HTML {
        "<input type=\"hidden\" name=\"card\" value=\"\(view.receipt.id.text)\">"
    }

    private func others(_ view: ReceiptView, _ t: Words) -> HTML {
        guard !view.others.isEmpty else { return .empty }
        let ways = view.others.map { receipt, project -> HTML in
            "<li><a href=\"\(receipt.address)\"><bdi>\(project)</bdi></a></li>"
        }
        return "<h2>\(t("receipt.others"))</h2><ul>\(ways)</ul>"
    }

    private func card(_ words: SixWords, _ visit: Visit) -> HTML {
        let t = visit.t
        let address = "\(house.settings.address)/words/\(words.slug)"
        return """
            <div class="sheet slip">
            <h2 class="slip-title">\(picture(.receipt))\(t("receipt.keep"))</h2>
            \(sixWordsDisplay(words.words))
            \(qrCode(address, label: t("pass.qr")))
            \(paragraph(t("receipt.keep.how")))
            \(smallPrint("\(t("receipt.only"))"))
            \(addressDisplay(house.settings.address, "/words/\(words.slug)"))
            \(house.paperNote(t).isEmpty ? .empty : smallPrint("\(house.paperNote(t))"))
            </div>
            """
    }

    private func whatISaid(_ view: ReceiptView, _ visit: Visit) -> HTML {
        let t = visit.t
        guard !view.said.isEmpty else { return paragraph(t("receipt.nothing")) }
        // What came to something stands first: among sixty things that were heard it would have to be looked for.
        let led = Set(
            view.threads.flatMap(\.sources).map(\.contribution) + view.changes.compactMap(\.contribution))
        let ordered =
            view.said.filter { led.contains($0.contribution.id) }
            + view.said.filter { !led.contains($0.contribution.id) }
        let items = ordered.map { said -> HTML in
            let contribution = said.contribution
            let fates = fates(
                of: contribution.id, in: view.threads, view.changes, by: view.receipt, at: house.now(),
                on: house.today, visit)
            return """
                \(own(said, t))
                \((view.thanks[contribution.id] ?? []).map { thanked($0, isOverdue: isOverdue($0, view), t) })
                \(contribution.takenBack == nil ? fates : .empty)
                """
        }
        return "<h2>\(t("receipt.youSaid"))</h2>\(stack(items))"
    }

    private func isOverdue(_ thanks: Thanks, _ view: ReceiptView) -> Bool {
        thanks.isOverdue(on: house.today, answered: hasAnswer(thanks.contribution, view.threads, view.changes))
    }

    private func own(_ said: Said, _ t: Words) -> HTML {
        let contribution = said.contribution
        let id = "contribution-\(contribution.id.text)"
        if let takenBack = contribution.takenBack {
            return sayingGone(id: id, t("contribution.gone", day: t.day(takenBack.milliseconds)))
        }
        let way: HTML = "<a href=\"\(contribution.address)\">\(t("contribution.mine"))</a>"
        return saying(
            id: id, who: said.who(t), isNamed: said.name != nil, words: contribution.words,
            language: contribution.language == t.language ? nil : contribution.language, smallPrint: saidPrint(said, t),
            picture: saidPicture(said, t), acts: [way])
    }

    private func andNow(_ view: ReceiptView, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let name: HTML =
            visit.person?.name.isEmpty ?? true
            ? field(
                "name", label: t("person.name.title"), hint: t("person.name.text"), error: refusal?.at("name", t),
                value: visit.form["name"], autocomplete: "given-name")
            : .empty
        let seat = visit.form(
            to: "/receipts/seat",
            "\(paragraph(t("receipt.takeSeat.text")))\(chosen(view))\(name)\(acts([button(t("receipt.takeSeat"), .main, picture: .chair)]))"
        )
        return """
            <h2>\(t("receipt.now"))</h2>
            \(view.next.map { paragraph(t("receipt.next", name: $0.name, when: t.range($0.plan.starts.text, $0.plan.ends.text, in: $0.plan.starts.zone), place: $0.plan.place)) }
                ?? paragraph(t("receipt.noNext")))

            \(offerLink(view, t))
            \(view.isSeated || visit.reach != .safe ? .empty : seat)
            """
    }

    private func offerLink(_ view: ReceiptView, _ t: Words) -> HTML {
        view.offer.laid == nil
            ? .empty : "<p><a href=\"/receipts/offer?card=\(view.receipt.id.text)\">\(t("receipt.offer"))</a></p>"
    }

    /// The offer as it is now, and as it was when this card was given out.
    func offerPage(_ receipt: Receipt, _ project: Project, now: Offer, then: Offer, _ t: Words) -> Page {
        Page(
            title: t("receipt.offer"),
            main: """
                \(backLink(t("receipt.back"), to: receipt.address))
                <h1>\(t("receipt.offer.title", project: project.name))</h1>
                <h2>\(t("receipt.offer.now"))</h2>
                \(offerSheet(now, worried: project.worried, t))
                <h2>\(t("receipt.offer.then"))</h2>
                \(offerSheet(then, worried: nil, t))
                """)
    }
}
