import Hummingbird
import Markup

extension LedgerRoutes {
    func ledgerPage(_ view: LedgerView, _ visit: Visit) -> Page {
        let t = visit.t
        let all = view.ledger.lines
        let shown = all.dropFirst(view.page * Ledger.perPage).prefix(Ledger.perPage)
        let lines = shown.map { line($0.thread, t) }
        let log = buttonLink(t("different.log"), to: view.project.address + "/changes", picture: .pencil)
        let list: HTML =
            lines.isEmpty
            ? (view.page == 0 ? paragraph(t("ledger.none")) : .empty)
            : "\(counts(view.ledger, t))<ol class=\"ledger stack wide\" role=\"list\">\(lines)</ol>"
        let hasMore =
            all.count > (view.page + 1) * Ledger.perPage || view.changes.count > Ledger.mostChanges
        return Page(
            title: t("ledger.title"),
            main: """
                <h1>\(t("ledger.title"))</h1>
                <p class="lead">\(t("ledger.lead", day: t.day(house.now().milliseconds)))</p>
                \(acts([log]))
                <p class="screen-only"><a href="\(view.project.address)/publishing">\(t("publishing.way"))</a></p>
                \(list)
                \(changes(view, visit))
                \(view.page == 0 ? waiting(view, t) : .empty)
                \(pager(view.page, hasMore: hasMore, at: view.here, t))
                """,
            project: projectWays(view.project, here: view.here, t))
    }

    /// How many there are of each, in sentences: never a share of the whole, and never all of it.
    private func counts(_ ledger: Ledger, _ t: Words) -> HTML {
        let said = Ledger.Part.allCases.compactMap { part -> String? in
            let count = ledger.count(part)
            // words: ledger.count.*
            return count == 0 ? nil : t("ledger.count.\(part.rawValue)", count: count)
        }
        return "<p>\(t("ledger.asked", count: ledger.lines.count)) \(said.joined(separator: " "))</p>"
    }

    private func line(_ thread: AskThread, _ t: Words) -> HTML {
        let askers = thread.askers
        let who = askers.isEmpty ? .empty : smallPrint("\(t("ledger.who", names: names(of: askers, t)))")
        return """
            <li class="ledger-line"><h2 dir="auto" lang="\(thread.ask.language)">\
            <a href="\(thread.ask.address)#came-from">\(thread.ask.words)</a></h2>\(who)\
            <dl><div><dt>\(t("ledger.said"))</dt><dd>\(said(thread, t))</dd></div>\
            <div><dt>\(t("ledger.did"))</dt><dd>\(did(thread, t))</dd></div></dl></li>
            """
    }

    private func said(_ thread: AskThread, _ t: Words) -> HTML {
        guard let answer = thread.answers.last else {
            return sentences(thread.state(on: house.today, t))
        }
        // words: answer.kind.*
        return """
            <p>\(t("ledger.answer", name: nameHere(answer.name, t), answer: t("answer.kind.\(answer.kind.rawValue)")))</p>\
            <div dir="auto" lang="\(answer.language)">\(HTML(paragraphs: shortened(answer.words)))</div>
            """
    }

    /// What came of it; with the last thing that is in the way, and the promise that was broken.
    private func did(_ thread: AskThread, _ t: Words) -> HTML {
        let broken = thread.promises.filter { $0.ended != nil }.map { promise -> HTML in
            let day = t.day(promise.due.text)
            return
                "<p>\(t.html("ledger.broken", link: Mark { "<a href=\"\(promise.address)\">\($0)</a>" }, day: day))</p>"
        }
        guard let promise = thread.promise else {
            let nothing = thread.answers.isEmpty ? t("ledger.nothingYet") : ""
            let state = thread.answers.isEmpty ? [nothing] : thread.state(on: house.today, t)
            return "\(sentences(state))\(broken)"
        }
        let steps = thread.steps[promise.id] ?? []
        let hindered = steps.last.flatMap { $0.obstacle.isEmpty ? nil : $0 }
        let hindrance = hindered.map { step -> HTML in
            """
            <p><b>\(t("step.obstacle"))</b></p>\
            <div dir="auto" lang="\(step.language)">\(HTML(paragraphs: shortened(step.obstacle)))</div>
            """
        }
        let see: HTML = "<p class=\"screen-only\"><a href=\"\(promise.address)\">\(t("promise.see"))</a></p>"
        return "\(sentences(promise.state(in: thread, on: house.today, t)))\(hindrance)\(broken)\(see)"
    }

    private func changes(_ view: LedgerView, _ visit: Visit) -> HTML {
        guard !view.changes.isEmpty else { return .empty }
        let t = visit.t
        let lines = view.changes.prefix(Ledger.mostChanges).map { change -> HTML in
            let day = t.day(change.day.text)
            let print = t("different.print", name: nameHere(change.logger, t), day: day)
            let asked = change.askedBy.isEmpty ? .empty : paragraph(t("different.asked", name: change.askedBy))
            let isMine = change.giver == .seat(view.seat.id)
            let isAside = change.setAside?.holds(at: house.now()) ?? false
            let words = change.contributionWords.map { quote(shortened($0), by: link(to: change.contribution, t)) }
            let source = isAside && !isMine ? change.contribution.map { asideGone($0, t) } : words
            return """
                <li class="ledger-line" id="change-\(change.id.text)"><h3 dir="auto" lang="\(change.language)">\
                \(change.words)</h3><div>\(asked)\(source)\(isAside && isMine ? smallPrint("\(t("setAside.yours"))") : .empty)\
                \(paragraph(change.standing(t)))\
                \(isMine ? witnessForm(change, at: house.now(), visit) : .empty)\
                \(smallPrint("\(print)"))</div></li>
                """
        }
        return "<h2>\(t("different.title"))</h2><ol class=\"ledger stack wide\" role=\"list\">\(lines)</ol>"
    }

    private func link(to contribution: ID<Contribution>?, _ t: Words) -> HTML {
        contribution.map { "<a href=\"/contributions/\($0.text)\">\(t("different.words"))</a>" } ?? .empty
    }

    private func waiting(_ view: LedgerView, _ t: Words) -> HTML {
        let (all, isMore) = (view.waitingCount.number, view.waitingCount.isMore)
        guard all > 0 else { return .empty }
        let lines = view.waiting.map { waiting -> HTML in
            let day = t.day(waiting.shared.milliseconds)
            let late = waiting.hearBy.map { day in
                " " + t("ledger.waiting.late", day: t.day(day.text), name: nameHere(waiting.thanker, t))
            }
            return """
                <li><div dir="auto" lang="\(waiting.language)"><a href="/contributions/\(waiting.id.text)">\
                \(shortened(waiting.words))</a></div>\
                \(smallPrint("\(t("ledger.waiting.print", name: nameHere(waiting.name, t), day: day))\(late ?? "")"))</li>
                """
        }
        let further = isMore ? 0 : all - view.waiting.count
        let count = t(isMore ? "ledger.waiting.more" : "ledger.waiting.count", count: all)
        return """
            <h2>\(t("ledger.waiting.title"))</h2>\(paragraph(count))
            <ol class="waits">\(lines)</ol>\(further > 0 ? paragraph(t("ledger.waiting.further", count: further)) : .empty)
            """
    }

    /// Three fields and a button.
    func changePage(_ project: Project, _ picking: Picking, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let day = visit.form.has("day") ? visit.form["day"] : house.today.text
        let hasChosen = !picking.chosen.isEmpty || visit.form.ticked("look") || visit.form.ticked("page")
        let form: HTML = """
            <input type="hidden" name="once" value="\((visit.form.id("once") ?? house.newID(Change.self)).text)">
            \(area(
                "words", label: t("different.what"), hint: t("different.what.hint"), error: refusal?.at("words", t),
                value: visit.form["words"], rows: 2))
            \(field(
                "asked", label: t("different.who"), hint: t("different.who.hint"), error: refusal?.at("asked", t),
                value: visit.form["asked"]))
            \(more(t("different.orWords"), picker(picking, refusal, isOneOf: true, t), isOpen: hasChosen))
            \(dateField("day", label: t("different.when"), error: refusal?.at("day", t), value: day))
            \(acts([button(t("different.button"), .main)]))
            """
        let here = project.address + "/we-said-we-did"
        return Page(
            title: t("different.log"),
            main: """
                \(backLink(t("ledger.back"), to: here))\(problems(refusal, t))
                <h1>\(t("different.log"))</h1>\(visit.form(to: project.address + "/changes", form))
                """,
            project: projectWays(project, here: here, t), isRefused: refusal != nil)
    }
}
