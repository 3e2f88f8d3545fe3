import Foundation
import Markup

// A gathering, calmly: when, where, who comes, what happens, and how to get in.

extension GatheringRoutes {
    func gatheringsPage(
        _ project: Project, _ all: [(Gathering, GatheringCounts)], at now: Moment, _ t: Words
    ) -> Page {
        let coming = all.filter { $0.0.hear(at: now) == .open }.reversed().map { comingItem($0.0, t) }
        let past = all.filter { $0.0.hear(at: now) != .open }.map { pastItem($0.0, $0.1, t) }
        let new = buttonLink(
            t("gathering.call"), to: project.address + "/gatherings/new", .main, picture: .calendar)
        let empty = emptyPlace(
            .calendar, title: t("gathering.list.none"), t("gathering.list.none.text"), act: new)
        return Page(
            title: t("gathering.list.title"),
            main: """
                <h1>\(t("gathering.list.title"))</h1>
                \(all.isEmpty ? empty : acts([new]))
                \(coming.isEmpty ? .empty : "<h2>\(t("gathering.list.coming"))</h2>\(stack(coming))")
                \(past.isEmpty ? .empty : "<h2>\(t("gathering.list.past"))</h2>\(stack(past))")
                """,
            project: projectWays(project, here: project.address + "/gatherings", t))
    }

    private func comingItem(_ gathering: Gathering, _ t: Words) -> HTML {
        """
        <h3><a href="\(gathering.address)"><bdi>\(gathering.name)</bdi></a></h3>
        <p>\(gathering.when(t))</p><p><bdi>\(gathering.plan.place)</bdi></p>
        """
    }

    private func pastItem(_ gathering: Gathering, _ counts: GatheringCounts, _ t: Words) -> HTML {
        let spoke = t(counts.spoke.isMore ? "gathering.spoke.more" : "gathering.spoke", count: counts.spoke.number)
        return """
            <h3><a href="\(gathering.address)"><bdi>\(gathering.name)</bdi></a></h3>
            <p>\(gathering.when(t))</p>
            <p>\(gathering.calledOff == nil ? spoke : t("gathering.calledOff"))</p>
            """
    }

    func gatheringPage(
        _ shown: ShownGathering, at now: Moment, _ visit: Visit, _ refusal: Refusal? = nil
    ) -> Page {
        let t = visit.t
        let (gathering, plan, isMember) = (shown.gathering, shown.gathering.plan, shown.seat.isMember)
        let list = shown.project.address + "/gatherings"
        return Page(
            title: gathering.name,
            main: """
                \(isMember ? backLink(t("gathering.back"), to: list) : .empty)
                \(problems(refusal, t))
                <h1 dir="auto">\(gathering.name)</h1>
                <p class="lead">\(gathering.when(t))<br><bdi>\(plan.place)</bdi></p>
                \(smallPrint(HTML(text: t("gathering.calledBy", kind: t(plan.kind.key), name: someone(shown.caller, t)))))
                \(state(gathering, at: now, t))
                \(gathering.isToCome(at: now) ? answers(shown, visit) : .empty)
                \(gathering.hear(at: now) == .open ? enter(gathering, t) : .empty)
                \(gathering.calledOff == nil && visit.reach == .safe ? needs(shown, at: now, t) : .empty)
                \(part("gathering.plan.title", plan.plan.isEmpty ? .empty : planList(plan.plan), t))
                \(comers(shown, t))
                \(part("gathering.access.title", prose(plan.access), t))
                \(question(shown, t))
                \(shown.before.map { lastTime($0, shown.looksBack, t) })
                \(lookedBackOn(gathering, shown.before == nil ? shown.looksBack : [], at: now, t))
                \(offerWay(gathering, of: shown.project, for: shown.seat, t))
                \(part("gathering.worried.title", prose(plan.worried), t))
                \(gathering.calledOff == nil ? calendarLink(gathering, t) : .empty)
                \(isMember ? running(shown, at: now, visit) : .empty)
                \(steeredPart(
                    shown.steered, about: Concern.About(.gathering, gathering.id.text),
                    sentTo: gathering.address + "/steered",
                    answering: isMember ? shown.project.address + "/steered" : nil, once: house.newID(), visit, refusal))
                \(isMember && gathering.calledOff == nil ? onPaper(gathering, t) : .empty)
                """,
            project: isMember ? projectWays(shown.project, here: list, t) : nil, isRefused: refusal != nil)
    }

    private func state(_ gathering: Gathering, at now: Moment, _ t: Words) -> HTML {
        if gathering.calledOff != nil { return notice(.calendar, paragraph(t("gathering.calledOff"))) }
        guard gathering.hear(at: now) != .open else { return .empty }
        return notice(.door, paragraph(t("gathering.closed")))
    }

    private func enter(_ gathering: Gathering, _ t: Words) -> HTML {
        acts([buttonLink(t("gathering.enter"), to: gathering.address + "/room", .main, picture: .door)])
    }

    private func answers(_ shown: ShownGathering, _ visit: Visit) -> HTML {
        let t = visit.t
        // words: gathering.coming.*
        let all = Coming.allCases.map { Choice(value: $0.rawValue, label: t("gathering.coming.\($0.rawValue)")) }
        let mine = shown.coming.first { $0.seat == shown.seat.id }?.answer
        let row = taps("coming", label: t("gathering.coming.title"), of: all, chosen: mine?.rawValue)
        return """
            <h2 id="coming">\(t("gathering.coming.title"))</h2>
            \(visit.form(to: shown.gathering.address + "/coming", row))
            """
    }

    /// The way to what helps oneself there; and for whoever convenes, to what people need.
    private func needs(_ shown: ShownGathering, at now: Moment, _ t: Words) -> HTML {
        let isOn = shown.gathering.takesOutcomes(at: now)
        let words =
            shown.gathering.mayReadNeeds(shown.seat)
            ? t("need.way.all") : t(isOn ? "need.way.said" : "need.way")
        return "<p><a href=\"\(shown.gathering.address)/needs\">\(words)</a></p>"
    }

    /// How many are coming, in words and chairs; by name for the group alone.
    private func comers(_ shown: ShownGathering, _ t: Words) -> HTML {
        let maybe = shown.count(.maybe)
        let named = shown.coming.filter { $0.answer == .coming || $0.answer == .bringing }.map {
            let name = someone($0.name, t)
            return $0.answer == .bringing ? t("gathering.who.with", name: name) : name
        }
        return """
            <h2>\(t("gathering.who.title"))</h2>
            \(prose(shown.gathering.plan.who))
            \(shown.chairs == 0 ? paragraph(t("gathering.who.nobody")) : chairs(shown.chairs, t("gathering.who.count", count: shown.chairs)))
            \(maybe == 0 ? .empty : paragraph(t("gathering.who.maybe", count: maybe)))
            \(shown.seat.isMember && !named.isEmpty ? paragraph(t.list(named)) : .empty)
            \(shown.seat.isMember ? "<p><a href=\"\(shown.project.address)/table\">\(t("balance.way"))</a></p>" : .empty)
            """
    }

    private func question(_ shown: ShownGathering, _ t: Words) -> HTML {
        guard !shown.gathering.question.isEmpty else { return .empty }
        let by = HTML(text: t("gathering.question.by", name: someone(shown.asker ?? "", t)))
        return "<h2>\(t("gathering.question.title"))</h2>\(quote(shown.gathering.question, by: by))"
    }

    private func calendarLink(_ gathering: Gathering, _ t: Words) -> HTML {
        acts([buttonLink(t("gathering.calendar"), to: gathering.address + "/calendar.ics", picture: .calendar)])
    }

    private func part(_ title: String, _ body: HTML, _ t: Words) -> HTML {
        // words: gathering.plan.title gathering.access.title gathering.worried.title
        body.isEmpty ? .empty : "<h2>\(t(title))</h2>\(body)"
    }

    /// What whoever runs the day needs: the code, the wall, receipts, changing it, and closing it.
    private func running(_ shown: ShownGathering, at now: Moment, _ visit: Visit) -> HTML {
        let (t, gathering) = (visit.t, shown.gathering)
        guard gathering.hear(at: now) == .open else { return .empty }
        let close = visit.form(to: gathering.address + "/closing", button(t("gathering.close")))
        let off = visit.form(to: gathering.address + "/called-off", button(t("gathering.callOff")))
        return """
            <h2 id="code">\(t("gathering.running.title"))</h2>
            \(code(shown, visit))
            \(house.isAlone ? notice(.unknown, title: t("gathering.alone"), paragraph(t("gathering.alone.text"))) : .empty)
            \(acts([
                buttonLink(t("gathering.wall"), to: gathering.address + "/wall", picture: .card),
                buttonLink(t("gathering.wayIn"), to: gathering.address + "/way-in", picture: .door),
                buttonLink(t("scribe.way"), to: gathering.address + "/scribe", picture: .pencil),
                buttonLink(t("gathering.receipts"), to: gathering.address + "/receipts", picture: .card),
                buttonLink(t("gathering.change"), to: gathering.address + "/plan", picture: .pencil),
            ]))
            \(gathering.mayClose(shown.seat) ? more(t("gathering.close.ask"), "\(paragraph(t("gathering.close.text")))\(acts([close]))") : .empty)
            \(gathering.isToCome(at: now) ? more(t("gathering.callOff.ask"), "\(paragraph(t("gathering.callOff.text")))\(acts([off]))") : .empty)
            """
    }

    /// What came on paper, and what goes back on it.
    private func onPaper(_ gathering: Gathering, _ t: Words) -> HTML {
        """
        <h2>\(t("paper.heading"))</h2>
        \(acts([
            buttonLink(t("paper.title"), to: gathering.address + "/paper", picture: .pencil),
            buttonLink(t("slips.way"), to: gathering.address + "/slips", picture: .receipt),
        ]))
        """
    }

    private func code(_ shown: ShownGathering, _ visit: Visit) -> HTML {
        let (t, gathering) = (visit.t, shown.gathering)
        if let code = gathering.code { return "\(paragraph(t("gathering.code.text")))\(codeDisplay(code))" }
        guard let offer = shown.offer else {
            return visit.form(to: gathering.address + "/code", acts([button(t("gathering.code.make"))]))
        }
        let missing = offer.missing
        let lay = Mark { "<a href=\"\(shown.project.address)/offer#lay\">\($0)</a>" }
        let lines: HTML =
            missing.isEmpty
            ? "<p>\(t.html("gathering.code.lay", link: lay))</p>"
            : "\(paragraph(t("offer.lacks.title", count: missing.count)))\(lackingList(missing, in: shown.project, t))"
        return notice(.card, title: t("gathering.code.waits"), lines)
    }
}

extension Gathering {
    /// The day and the times, on the clock of its own place.
    func when(_ t: Words) -> String { t.range(plan.starts.text, plan.ends.text, in: plan.starts.zone) }
}

extension Gathering.Kind {
    // words: gathering.kind.*
    var key: String { "gathering.kind.\(rawValue)" }
}

/// A name that somebody chose, or the word for somebody who gave none.
func someone(_ name: String, _ t: Words) -> String { name.isEmpty ? t("person.somebody") : name }

/// What somebody wrote, as they laid it out; nothing when they wrote nothing.
func prose(_ text: String) -> HTML { text.isEmpty ? .empty : "<div dir=\"auto\">\(HTML(paragraphs: text))</div>" }

/// A plan whose every line begins with a time is shown as times and what happens then; any other as it was written.
func planList(_ plan: String) -> HTML {
    let lines = plan.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
    let isTimed = lines.allSatisfy { $0.count == 2 && $0[0].wholeMatch(of: /\d{1,2}[:.]\d{2}/) != nil }
    guard isTimed else { return prose(plan) }
    let items = lines.map { "<li><b>\(String($0[0]))</b><span dir=\"auto\">\(String($0[1]))</span></li>" as HTML }
    return "<ul class=\"plan\" role=\"list\">\(items)</ul>"
}
