import Markup

extension InvitationRoutes {
    func listPage(
        _ project: Project, _ offer: Offer, _ open: [Invitation], _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        return Page(
            title: t("invitation.list.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("invitation.list.title"))</h1>
                <p class="lead">\(t("invitation.list.text"))</p>
                \(offer.laid == nil ? waits(offer, project, t) : .empty)
                \(makeForm(project, offer, visit, refusal))
                <h2>\(t("invitation.open.title"))</h2>
                \(open.isEmpty ? paragraph(t("invitation.open.none")) : stack(open.map { openItem($0, project, visit) }))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }

    /// What general invitations still wait for.
    private func waits(_ offer: Offer, _ project: Project, _ t: Words) -> HTML {
        let missing = offer.missing
        let lay = Mark { "<a href=\"\(project.address)/offer#lay\">\($0)</a>" }
        let lines: HTML =
            missing.isEmpty
            ? "<p>\(t.html("invitation.waits.lay", link: lay))</p>"
            : "\(paragraph(t("offer.lacks.title", count: missing.count)))\(lackingList(missing, in: project, t))"
        return notice(.card, title: t("invitation.waits.title"), lines)
    }

    private func makeForm(_ project: Project, _ offer: Offer, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let form = visit.form
        let once = form.has("once") ? form["once"] : house.newID(Invitation.self).text
        let help = Choice(value: "help", label: t("invitation.help"), hint: t("invitation.help.hint"))
        let join = Choice(value: "join", label: t("invitation.join"), hint: t("invitation.join.hint"))
        let days = Invitation.lengths.map { Choice(value: String($0), label: t("invitation.days", count: $0)) }
        let usual = offer.laid == nil ? "help" : "join"
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once)">
            \(choices(
                "kind", label: t("invitation.kind"), error: refusal?.at("kind", t),
                of: offer.laid == nil ? [help] : [join, help], chosen: form.has("kind") ? form["kind"] : usual))
            \(choices(
                "days", label: t("invitation.ends"), error: refusal?.at("days", t), of: days,
                chosen: form.has("days") ? form["days"] : String(Invitation.usualLength)))
            \(acts([button(t("invitation.make"), .main, picture: .envelope)]))
            """
        return visit.form(to: project.address + "/invitations", fields)
    }

    private func openItem(_ invitation: Invitation, _ project: Project, _ visit: Visit) -> HTML {
        let t = visit.t
        let address = "\(project.address)/invitations/\(invitation.id.text)"
        let day = t.day(invitation.ends.milliseconds)
        let said =
            invitation.kind == .help
            ? t("invitation.open.help", name: nameHere(invitation.from, t), day: day)
            : t("invitation.open.join", name: nameHere(invitation.from, t), day: day)
        return sheet(
            """
            <p><a href="\(address)">\(said)</a></p>
            \(visit.form(to: address + "/ended", button(t("invitation.end"), .link)))
            """)
    }

    /// What is handed over: the words, who invites and to what, and the offer to keep.
    func slipPage(_ invited: Invited, _ words: SixWords?, _ visit: Visit) -> Page {
        let t = visit.t
        let (project, invitation) = (invited.project, invited.invitation)
        let title = t("invitation.title", name: nameHere(invitation.from, t), project: project.name)
        let asks = invitation.kind == .help ? t("invitation.help.text") : t("invitation.join.text")
        let ends = t("invitation.ends.day", day: t.day(invitation.ends.milliseconds))
        let isOpen = invitation.isOpen(at: house.now())
        let held: HTML =
            isOpen
            ? words.map { slip($0, t) } ?? paragraph(t("invitation.notHere"))
            : paragraph(t("invitation.refusal.ended"))
        return Page(
            title: title,
            main: """
                \(backLink(t("invitation.back"), to: "\(project.address)/invitations"))
                <h1>\(title)</h1>
                <p class="lead">\(asks)</p>
                \(held)
                \(paragraph(ends))
                <div class="print-only">\(concernList(invited.concerns, t))</div>
                <div class="print-only slip-offer">\(offerSheet(invited.offer, worried: project.worried, t))</div>
                """,
            project: projectWays(project, here: project.address, t))
    }

    private func slip(_ words: SixWords, _ t: Words) -> HTML {
        let howTo = "\(t("invitation.howTo", address: house.settings.address)) \(house.paperNote(t))"
        return """
            <div class="sheet slip">
            \(sixWordsDisplay(words.words))
            \(house.wayIn(by: words, label: t("invitation.qr"), t))
            \(house.opensWhatLasts ? smallPrint("\(howTo)") : .empty)
            </div>
            <p class="screen-only">\(t("invitation.shownOnce"))</p>
            """
    }
}
