import Hummingbird
import Markup

extension PromiseRoutes {
    func promisePage(_ view: PromiseView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, promise, here) = (visit.t, view.promise, view.project.address + "/asks")
        let answer = view.thread.answers.first { $0.id == promise.answer }
        let who =
            promise.owner == nil
            ? t("promise.above.nobody", day: t.day(promise.due.text))
            : t("promise.above", name: nameHere(promise.ownerName, t), day: t.day(promise.due.text))
        let main: HTML = """
            \(backLink(t("ask.backToAsk"), to: view.thread.ask.address))
            \(problems(refusal, t))
            <p class="small-print above">\(who)</p>
            <h1 dir="auto" lang="\(answer?.language ?? view.thread.ask.language)">\(shortened(answer?.words ?? view.thread.ask.words))</h1>
            \(sentences(promise.state(in: view.thread, on: house.today, t)))
            \(why(view, t))
            \(happened(view, t))
            \(reached(view, visit))
            \(acting(view, visit, refusal))
            """
        return Page(
            title: t("promise.title"), main: main, context: beside(view, t),
            project: projectWays(view.project, here: here, t), isRefused: refusal != nil)
    }

    /// Why a promise that ended did: the answer that took its place.
    private func why(_ view: PromiseView, _ t: Words) -> HTML {
        guard let ended = view.promise.ended, let later = view.thread.answers.first(where: { $0.said == ended }) else {
            return .empty
        }
        return "<h2>\(t("promise.why"))</h2>\(answerSheet(later, t))"
    }

    private func happened(_ view: PromiseView, _ t: Words) -> HTML {
        let lines = (view.thread.steps[view.promise.id] ?? []).map { stepLine($0, t) }
        return "<h2>\(t("step.title"))</h2>\(lines.isEmpty ? paragraph(t("step.none")) : steps(lines))"
    }

    private func stepLine(_ step: Step, _ t: Words) -> StepLine {
        let name = nameHere(step.name, t)
        let hindrance: HTML =
            step.obstacle.isEmpty
            ? .empty
            : """
            <p><b>\(t("step.obstacle"))</b></p>\
            <div dir="auto" lang="\(step.language)">\(HTML(paragraphs: step.obstacle))</div>
            """
        let title =
            switch step.way {
            case .forwards: t("step.forwards")
            case .back: t("step.back")
            case .reported: t("step.reported", name: name)
            case .taken: t("step.taken", name: name)
            }
        return StepLine(
            way: step.way == .back ? .back : .forwards, title: title, words: step.words,
            language: step.language == t.language ? nil : step.language, hindrance: hindrance,
            smallPrint: "\(t("step.print", name: name, day: t.day(step.taken.milliseconds)))")
    }

    /// What those who asked say: done for, not yet for; whoever is silent is counted as neither.
    private func reached(_ view: PromiseView, _ visit: Visit) -> HTML {
        let (t, promise, thread) = (visit.t, view.promise, view.thread)
        guard let reported = promise.reported, promise.ended == nil else { return .empty }
        let said = (thread.witnesses[promise.id] ?? []).filter { $0.said >= reported }
        let askers = promise.witnesses(among: thread.askers)
        guard !askers.isEmpty else { return .empty }
        func list(_ reached: Bool) -> [HTML] {
            askers.compactMap { asker in
                guard let witness = said.last(where: { $0.voice == asker.voice }), witness.reached == reached else {
                    return nil
                }
                let words =
                    witness.words.isEmpty
                    ? HTML.empty : "<div class=\"small-print\" dir=\"auto\">\(HTML(paragraphs: witness.words))</div>"
                let again = promise.saidAgain(witness).map {
                    smallPrint("\(t("stillSo.since", day: t.day($0.milliseconds)))")
                }
                return "<li><bdi>\(nameHere(asker.name, t))</bdi>\(words)\(again)</li>"
            }
        }
        let (done, notYet) = (list(true), list(false))
        let both: HTML = """
            <div class="reached">\(done.isEmpty ? .empty : "<div><h3>\(t("witness.done"))</h3><ul role=\"list\">\(done)</ul></div>")\
            \(notYet.isEmpty ? .empty : "<div><h3>\(t("witness.notYet"))</h3><ul role=\"list\">\(notYet)</ul></div>")</div>
            """
        let silent = askers.count - done.count - notYet.count
        let mine = Voice.seat(view.seat.id)
        let again =
            promise.mayBeAskedAgain(mine, said, at: house.now())
            ? "<h3 id=\"still-so\">\(t("stillSo.title"))</h3>\(paragraph(t("stillSo.text")))\(stillSoForm(promise, visit))"
                as HTML : .empty
        let form =
            askers.contains { $0.voice == mine } && again.isEmpty
            ? "<h3>\(t("witness.title"))</h3>\(witnessForm(promise, said.last { $0.voice == mine }, visit))" as HTML
            : .empty
        return """
            <h2 id="reached">\(t("witness.all"))</h2>\(done.isEmpty && notYet.isEmpty ? .empty : both)
            \(silent == 0 ? .empty : paragraph(t("witness.silent", count: silent)))\(again)\(form)
            """
    }

    /// What the one who looks may do: tell of a step, say that it is done, take it up.
    private func acting(_ view: PromiseView, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, promise) = (visit.t, view.promise)
        guard promise.ended == nil else { return .empty }
        let isOwner = promise.owner == view.seat.id
        let takeUp =
            promise.owner != nil
            ? .empty
            : notice(
                .hand, title: t("promise.nobodys.title"),
                """
                <p>\(t("promise.nobodys.text"))</p>\
                \(visit.form(to: promise.address + "/owner", acts([button(t("promise.takeUp"), .main)])))
                """)
        let report =
            isOwner && promise.reported == nil
            ? visit.form(
                to: promise.address + "/reports",
                "\(acts([button(t("promise.report"), .main, picture: .tick)]))\(smallPrint("\(t("promise.report.text"))"))"
            )
            : .empty
        let ways = [Choice(value: "forwards", label: t("step.forwards")), Choice(value: "back", label: t("step.back"))]
        let form: HTML = """
            <input type="hidden" name="once" value="\((visit.form.id("once") ?? house.newID(Step.self)).text)">
            \(isOwner
                ? choices("way", label: t("step.way"), error: refusal?.at("way", t), of: ways, chosen: visit.form["way"])
                : "<input type=\"hidden\" name=\"way\" value=\"back\">\(paragraph(t("step.asYouSeeIt")))")
            \(area("words", label: t("step.words"), error: refusal?.at("words", t), value: visit.form["words"], rows: 3))
            \(area("obstacle", label: t("step.obstacle.label"), hint: t("step.obstacle.hint"), error: refusal?.at("obstacle", t), value: visit.form["obstacle"], rows: 2))
            \(acts([button(t("step.button"))]))
            """
        let move: HTML =
            isOwner && promise.reported == nil
            ? "<p><a href=\"\(view.thread.ask.address)/answers\">\(t("promise.move"))</a></p>" : .empty
        return """
            \(takeUp)\(report)
            \(more(t(isOwner ? "step.tell" : "step.tellBack"), visit.form(to: promise.address + "/steps", form), isOpen: refusal != nil))
            \(move)
            """
    }

    private func beside(_ view: PromiseView, _ t: Words) -> HTML {
        let promise = view.promise
        let hand =
            promise.owner == view.seat.id && promise.ended == nil
            ? """
            <p><a href="\(view.thread.ask.address)">\(t("promise.handOn"))</a></p>
            <p><a href="\(promise.address)/calendar.ics">\(t("promise.calendarFile"))</a></p>
            """ as HTML : .empty
        return """
            <h2>\(t("promise.answers"))</h2><p><a href="\(view.thread.ask.address)"><bdi>\(view.thread.ask.words)</bdi></a></p>
            <h2>\(t("promise.whose"))</h2>
            \(paragraph(promise.owner == nil ? t("promise.whose.nobody") : t("promise.whose.name", name: nameHere(promise.ownerName, t))))
            \(hand)
            """
    }

    func minePage(
        _ project: Project, _ seat: Seat, _ threads: [AskThread], _ toHear: [ToHear], _ context: PersonContext
    ) -> Page {
        let (t, today) = (context.t, house.today)
        let mine = threads.filter { $0.promise?.owner == seat.id }.sorted { $0.promise!.due < $1.promise!.due }
        let waits = threads.filter { ($0.waiting?.to ?? $0.holder?.to) == seat.id && $0.promise?.owner != seat.id }
        func line(_ thread: AskThread, to address: String, level: Int) -> HTML {
            """
            <li class="ledger-line"><h\(level)><a href="\(address)"><bdi>\(thread.ask.words)</bdi></a></h\(level)>\
            <div>\(sentences(thread.state(on: today, t)))</div></li>
            """
        }
        let promised = mine.map { line($0, to: $0.promise!.address, level: 2) }
        let waiting = waits.map { line($0, to: $0.ask.address, level: 3) }
        return Page(
            title: t("promise.mine.title"),
            main: """
                <h1>\(t("promise.mine.title"))</h1>
                \(promised.isEmpty ? paragraph(t("promise.mine.none")) : "<ol class=\"stack\" role=\"list\">\(promised)</ol>")
                \(hearing(toHear, t))
                <h2>\(t("promise.mine.waits"))</h2>
                \(waiting.isEmpty ? paragraph(t("promise.mine.noneWaits")) : "<ol class=\"stack\" role=\"list\">\(waiting)</ol>")
                """,
            project: projectWays(project, here: project.address + "/asks", t))
    }

    /// Those whom one thanked and told by when they would hear.
    private func hearing(_ toHear: [ToHear], _ t: Words) -> HTML {
        guard !toHear.isEmpty else { return .empty }
        let lines = toHear.map { given -> HTML in
            let (day, isLate) = (t.day(given.day.text), given.day < house.today)
            return """
                <li class="ledger-line"><h3 dir="auto" lang="\(given.language)"><a href="/contributions/\(given.id.text)">\
                \(shortened(given.words))</a></h3>\
                <div>\(paragraph(t(isLate ? "promise.mine.hear.late" : "promise.mine.hear.by", day: day)))</div></li>
                """
        }
        return "<h2>\(t("promise.mine.hear"))</h2><ol class=\"stack\" role=\"list\">\(lines)</ol>"
    }
}
