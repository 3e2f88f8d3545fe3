import Markup

extension NeedRoutes {
    func cardPage(_ needs: [Need], _ context: PersonContext, _ refusal: Refusal?) -> Page {
        let t = context.t
        return Page(
            title: t("need.title"),
            main: """
                \(backLink(t("known.back"), to: "/me"))
                \(problems(refusal, t))
                <h1>\(t("need.title"))</h1>
                \(paragraph(t("need.text")))
                \(paragraph(t("need.who")))
                <h2 id="card">\(t("need.card"))</h2>
                \(needs.isEmpty ? paragraph(t("need.none")) : stack(needs.map { cardLine($0, context) }))
                \(adding(needs, context, refusal))
                """,
            isRefused: refusal != nil)
    }

    private func cardLine(_ need: Need, _ context: PersonContext) -> HTML {
        let off = button(context.t("need.off", words: need.words), .link)
        return """
            <p lang="\(need.language)"><b><bdi>\(need.words)</bdi></b></p>
            \(context.visit.form(to: "/me/helps/\(need.id.text)/off", off))
            """
    }

    /// Room for one's own words, and some to pick.
    private func adding(_ needs: [Need], _ context: PersonContext, _ refusal: Refusal?) -> HTML {
        let (t, form) = (context.t, context.form)
        let once = refusal == .sentBefore ? nil : form.id("once", of: Need.self)
        let hidden: HTML = "<input type=\"hidden\" name=\"once\" value=\"\((once ?? house.newID()).text)\">"
        let typed: HTML = """
            \(hidden)
            \(field(
                "words", label: t("need.words"), hint: t("need.words.hint"), error: refusal?.at("words", t),
                value: form["words"]))
            \(acts([button(t("need.add"), .main)]))
            """
        let there = Set(needs.map { BareWords($0.words).apart })
        // words: need.suggested.*
        let picks = Need.suggested.map { t("need.suggested.\($0)") }.filter { !there.contains(BareWords($0).apart) }
        let picking: HTML = """
            <input type="hidden" name="once" value="\(house.newID(Need.self).text)">
            \(paragraph(t("need.pick")))
            \(acts(picks.map { button($0, name: "picked", value: $0) }))
            """
        return """
            \(context.visit.form(to: "/me/helps", typed))
            \(picks.isEmpty || needs.count >= Need.most ? .empty : context.visit.form(to: "/me/helps", picking))
            """
    }

    func needsPage(_ view: NeedsView, at now: Moment, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, gathering) = (visit.t, view.gathering)
        return Page(
            title: t("need.there.title"),
            main: """
                \(backLink(t("gathering.change.back"), to: gathering.address))
                \(problems(refusal, t))
                <h1>\(t("need.there.title"))</h1>
                <p class="lead"><bdi>\(gathering.name)</bdi><br>\(gathering.when(t))</p>
                \(own(view, at: now, visit))
                \(view.isWhole ? everybodys(view, t) : .empty)
                """,
            project: view.seat.isMember
                ? projectWays(view.project, here: view.project.address + "/gatherings", t) : nil,
            isRefused: refusal != nil)
    }

    private func own(_ view: NeedsView, at now: Moment, _ visit: Visit) -> HTML {
        let t = visit.t
        let isOn = view.gathering.takesOutcomes(at: now)
        let lines = view.mine.map { brought -> HTML in
            """
            <p lang="\(brought.need.language)"><b><bdi>\(brought.need.words)</bdi></b></p>
            \(isOn ? ticks(brought, view.gathering, visit) : .empty)
            """
        }
        let card = "<p><a href=\"/me/helps\">\(t("need.there.card"))</a></p>" as HTML
        return """
            <h2>\(t("need.there.mine"))</h2>
            \(lines.isEmpty ? paragraph(t("need.there.mine.none")) : paragraph(t(isOn ? "need.there.say" : "need.there.later")))
            \(lines.isEmpty ? .empty : stack(lines))
            \(card)
            """
    }

    private func ticks(_ brought: BroughtNeed, _ gathering: Gathering, _ visit: Visit) -> HTML {
        let t = visit.t
        let both = [
            Choice(value: Need.Outcome.met.rawValue, label: t("need.met")),
            Choice(value: Need.Outcome.unmet.rawValue, label: t("need.unmet")),
        ]
        let row = taps(
            "outcome", label: t("need.was", words: brought.need.words), of: both, chosen: brought.outcome?.rawValue)
        let back = brought.outcome == nil ? .empty : button(t("need.back"), .link, name: "outcome", value: "back")
        return visit.form(to: "\(gathering.address)/needs/\(brought.need.id.text)", "\(row)\(back)")
    }

    /// Each need once, with those who have it and what they say of it.
    private func everybodys(_ view: NeedsView, _ t: Words) -> HTML {
        let lines = BroughtNeed.together(view.needs).map { group -> HTML in
            """
            <p lang="\(group[0].need.language)"><b><bdi>\(group[0].need.words)</bdi></b></p>
            \(group.map { paragraph(said($0, t)) })
            """
        }
        return """
            <h2>\(t("need.there.all"))</h2>
            \(paragraph(t(lines.isEmpty ? "need.there.all.none" : "need.there.all.text")))
            \(lines.isEmpty ? .empty : stack(lines))
            """
    }

    private func said(_ brought: BroughtNeed, _ t: Words) -> String {
        let name = someone(brought.name, t)
        return switch brought.outcome {
        case nil: t("need.for", name: name)
        case .met: t("need.for.met", name: name)
        case .unmet: t("need.for.unmet", name: name)
        }
    }
}
