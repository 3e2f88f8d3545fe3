import Hummingbird
import Markup

/// An ask with all that its page needs.
struct AskView: Sendable {
    let project: Project
    let seat: Seat
    let thread: AskThread
    let voices: [Voice]
    let seats: [Seat]
    let successors: [(ID<Ask>, String)]
    let steered: [Concern]

    var ways: String { project.address + "/asks" }
}

extension AskRoutes {
    func listPage(_ project: Project, _ threads: [AskThread], _ page: PageNumber, _ context: PersonContext) -> Page {
        let (t, today, address) = (context.t, house.today, project.address + "/asks")
        let draw = buttonLink(t("ask.draw"), to: address + "/new", .main, picture: .thread)
        let shown = threads.prefix(Self.perPage)
        let lines = shown.map { thread -> HTML in
            """
            <li class="ledger-line"><h2><a href="\(thread.ask.address)"><bdi>\(thread.ask.words)</bdi></a></h2>\
            <div>\(sentences(thread.state(on: today, t)))</div></li>
            """
        }
        let list: HTML = """
            \(acts([draw, buttonLink(t("promise.mine.title"), to: project.address + "/promises", picture: .hand)]))
            <ol class="stack" role="list">\(lines)</ol>
            \(pager(page.number, hasMore: threads.count > Self.perPage, at: address, t))
            """
        let empty = emptyPlace(.thread, title: t("ask.none.title"), t("ask.none.text"), act: draw)
        return Page(
            title: t("ask.list.title"),
            main: "<h1>\(t("ask.list.title"))</h1>\(threads.isEmpty && page.number == 0 ? empty : list)",
            project: projectWays(project, here: address, t))
    }

    func askPage(_ view: AskView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, ask) = (visit.t, view.thread.ask)
        let main: HTML = """
            \(backLink(t("ask.back"), to: view.ways))
            \(problems(refusal, t))
            <h1 dir="auto" lang="\(ask.language)">\(ask.words)</h1>
            \(smallPrint("\(t("ask.drawn", name: nameHere(ask.drawer, t), day: t.day(ask.drawn.milliseconds), count: view.thread.sources.count))"))
            \(thread(view, t))
            \(answers(view, t))
            \(yourTurn(view, visit))
            \(meanings(view, visit))
            \(asking(view, visit))
            \(putting(view, visit))
            \(shaping(view, visit))
            \(steeredPart(
                view.steered, about: Concern.About(.ask, ask.id.text), sentTo: view.project.address + "/steered",
                answering: view.project.address + "/steered", once: house.newID(), visit, refusal))
            """
        return Page(
            title: ask.words, main: main, context: cameFrom(view, visit),
            project: projectWays(view.project, here: view.ways, t), isRefused: refusal != nil)
    }

    /// What it came from and what it became.
    private func thread(_ view: AskView, _ t: Words) -> HTML {
        let ask = view.thread.ask
        let from = ask.dividedFrom.map { old -> HTML in
            "<p>\(t.html("ask.dividedFrom", link: Mark { "<a href=\"/asks/\(old.text)\">\($0)</a>" }))</p>"
        }
        let into = view.successors.map { "<li><a href=\"/asks/\($0.0.text)\"><bdi>\($0.1)</bdi></a></li>" as HTML }
        return """
            \(from)\(sentences(view.thread.state(on: house.today, t)))
            \(into.isEmpty ? .empty : "<p>\(t("ask.became"))</p><ul>\(into)</ul>")
            """
    }

    /// The last answer largest, those before it folded beneath.
    private func answers(_ view: AskView, _ t: Words) -> HTML {
        guard let last = view.thread.answers.last else { return .empty }
        let way = view.thread.promises.last { $0.answer == last.id }.map {
            acts([buttonLink(t("promise.see"), to: $0.address, .main, picture: .path)])
        }
        let before = view.thread.answers.dropLast().reversed().map { answer -> HTML in
            let old = view.thread.promises.first { $0.answer == answer.id }
            let link = old.map { "<p><a href=\"\($0.address)\">\(t("promise.see"))</a></p>" as HTML }
            return "\(answerSheet(answer, t))\(link)"
        }
        return """
            <h2 id="answer">\(t("answer.title"))</h2>\(answerSheet(last, t))\(way)
            \(before.isEmpty ? .empty : more(t("answer.before", count: before.count), "\(before)"))
            """
    }

    /// What waits for the one who looks: to accept it, hand it on, or answer.
    private func yourTurn(_ view: AskView, _ visit: Visit) -> HTML {
        let (t, thread) = (visit.t, view.thread)
        if let waiting = thread.waiting, waiting.to == view.seat.id {
            let form: HTML = """
                <p>\(t("putting.yours", name: nameHere(waiting.byName, t)))</p>
                \(acts([button(t("putting.accept"), .main)]))
                """
            return notice(
                .hand, title: t("putting.yours.title"), visit.form(to: thread.ask.address + "/acceptance", form))
        }
        guard (try? thread.mayAnswer(view.seat.id)) != nil else { return .empty }
        let words = t(thread.answers.isEmpty ? "answer.give" : "answer.again")
        return acts([
            buttonLink(
                words, to: thread.ask.address + "/answers", thread.answers.isEmpty ? .main : .usual, picture: .pencil)
        ])
    }

    private func cameFrom(_ view: AskView, _ visit: Visit) -> HTML {
        let t = visit.t
        let quotes = view.thread.sources.map { source -> HTML in
            if source.isTakenBack { return "<p class=\"saying-gone\">\(t("ask.source.gone"))</p>" }
            let isMine = source.giver.map { view.voices.contains($0) } ?? false
            let isAside = source.setAside?.holds(at: house.now()) ?? false
            let remove = visit.form(
                to: "\(view.thread.ask.address)/sources/\(source.contribution.text)/removal",
                button(t("ask.source.remove"), .link))
            if isAside, !isMine {
                return "\(asideGone(source.contribution, t))\(view.thread.mayRemove(source) ? remove : .empty)"
            }
            return """
                <div lang="\(source.language)">\(quote(source.words, by: "\(nameHere(source.name, t))"))</div>\
                \(isAside ? smallPrint("\(t("setAside.yours"))") : .empty)\(view.thread.mayRemove(source) ? remove : .empty)
                """
        }
        let add =
            view.thread.ask.ended == nil
            ? "<p><a href=\"\(view.thread.ask.address)/sources\">\(t("ask.source.add"))</a></p>" as HTML : .empty
        return "<h2 id=\"came-from\">\(t("ask.cameFrom"))</h2>\(quotes)\(add)"
    }

    /// Who asks this too, and the way to say so.
    private func asking(_ view: AskView, _ visit: Visit) -> HTML {
        let (t, thread) = (visit.t, view.thread)
        let askers = thread.alsos.map { Asker(voice: $0.voice, name: $0.name, canBeReached: true, since: $0.said) }
        let who = askers.isEmpty ? .empty : paragraph(t("also.who", count: askers.count, names: names(of: askers, t)))
        let mine = thread.alsos.contains { view.voices.contains($0.voice) }
        let act =
            mine
            ? button(t("also.stop"), .link, name: "also", value: "no")
            : button(t("also.say"), picture: .hand, name: "also", value: "yes")
        // Whoever's words it came from asks it already.
        let asksAlready = thread.sources.contains { source in
            !source.isTakenBack && source.giver.map { view.voices.contains($0) } == true
        }
        let form =
            thread.takesMoreAskers && (mine || !asksAlready)
            ? visit.form(to: thread.ask.address + "/also", acts([act])) : .empty
        if who.isEmpty, form.isEmpty { return .empty }
        return "<h2 id=\"also\">\(t("also.title"))</h2>\(who)\(form)"
    }

    /// Who has had it, and before whom it can be put.
    private func putting(_ view: AskView, _ visit: Visit) -> HTML {
        let (t, thread) = (visit.t, view.thread)
        let history = thread.puttings.map { "<li>\(puttingLine($0, t))</li>" as HTML }
        let past = history.isEmpty ? .empty : "<ul class=\"history\">\(history)</ul>" as HTML
        guard thread.ask.ended == nil, thread.holder == nil || thread.holder?.to == view.seat.id else {
            return history.isEmpty ? .empty : "<h2>\(t("putting.title"))</h2>\(past)"
        }
        let has = (thread.holder ?? thread.waiting)?.to
        let people = view.seats.filter { $0.id != has }.map {
            Choice(value: $0.id.text, label: $0.id == view.seat.id ? t("putting.me") : nameHere($0.name, t))
        }
        let isOn = thread.holder != nil || thread.waiting?.to == view.seat.id
        let form: HTML = """
            <input type="hidden" name="version" value="\(thread.ask.version)">
            \(choices("seat", label: t("putting.whom"), hint: t("putting.whom.hint"), of: people, chosen: visit.form["seat"]))
            \(acts([button(t(isOn ? "putting.handOn" : "putting.put"))]))
            """
        let sent = visit.form(to: thread.ask.address + "/putting", form)
        return """
            <h2>\(t("putting.title"))</h2>\(past)
            \(people.isEmpty ? .empty : more(t(isOn ? "putting.handOn.more" : "putting.put.more"), sent, isOpen: visit.form.has("version")))
            """
    }

    private func puttingLine(_ putting: Putting, _ t: Words) -> String {
        let (to, by) = (nameHere(putting.toName, t), nameHere(putting.byName, t))
        let day = t.day((putting.settled ?? putting.put).milliseconds)
        switch putting.outcome {
        case nil: return t("putting.line.waiting", name: to, by: by, day: t.day(putting.put.milliseconds))
        case .accepted: return t("putting.line.accepted", name: to, day: day)
        case .handed: return t("putting.line.handed", name: to, day: day)
        case .elsewhere: return t("putting.line.elsewhere", name: to, day: day)
        case .left: return t("putting.line.left", day: day)
        }
    }

    /// Dividing it, where nobody is held to it.
    private func shaping(_ view: AskView, _ visit: Visit) -> HTML {
        guard (try? view.thread.mayEnd()) != nil else { return .empty }
        return "<p><a href=\"\(view.thread.ask.address)/division\">\(visit.t("division.way"))</a></p>"
    }
}

/// An answer, in its giver's own name.
func answerSheet(_ answer: Answer, _ t: Words) -> HTML {
    let said = t.day(answer.said.milliseconds)
    let print =
        switch answer.kind {
        case .promise: t("answer.print.promise", day: said, due: answer.day.map { t.day($0.text) } ?? "")
        case .cannot: t("answer.print.cannot", day: said)
        case .thinking: t("answer.print.thinking", day: said, due: answer.day.map { t.day($0.text) } ?? "")
        }
    // words: answer.kind.*
    return sheet(
        """
        <p>\(nameplate(nameHere(answer.name, t)))</p><p><b>\(t("answer.kind.\(answer.kind.rawValue)"))</b></p>\
        <div class="answer-words" dir="auto" lang="\(answer.language)">\(HTML(paragraphs: answer.words))</div>\
        \(smallPrint("\(print)"))
        """)
}

/// The ways to the page before and the page after.
func pager(_ page: Int, hasMore: Bool, at address: String, _ t: Words) -> HTML {
    let before = page > 0 ? "<a href=\"\(address)?page=\(page)\">\(t("pager.before"))</a>" as HTML : .empty
    let after = hasMore ? "<a href=\"\(address)?page=\(page + 2)\">\(t("pager.after"))</a>" as HTML : .empty
    return before.isEmpty && after.isEmpty ? .empty : acts([before, after].filter { !$0.isEmpty })
}
