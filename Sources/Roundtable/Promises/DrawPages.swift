import Markup

extension AskRoutes {
    func drawPage(
        _ project: Project, _ picking: Picking, _ asks: [(ID<Ask>, String)], _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let address = project.address + "/asks"
        let merged = Set(visit.form.all("merge"))
        let others = asks.map { ask -> HTML in
            tickBox("merge", ask.0.text, isOn: merged.contains(ask.0.text), "<bdi>\(ask.1)</bdi>")
        }
        let form: HTML = """
            <input type="hidden" name="once" value="\((visit.form.id("once") ?? house.newID(Ask.self)).text)">
            \(area(
                "words", label: t("draw.words"), hint: t("draw.words.hint"), error: refusal?.at("words", t),
                value: visit.form["words"], rows: 3))
            \(picker(picking, refusal, t))
            \(others.isEmpty ? .empty : more(t("draw.merge"), "\(paragraph(t("draw.merge.text")))\(others)", isOpen: !merged.isEmpty))
            \(acts([button(t("draw.button"), .main)]))
            """
        return Page(
            title: t("ask.draw"),
            main: """
                \(backLink(t("ask.back"), to: address))\(problems(refusal, t))
                <h1>\(t("ask.draw"))</h1>\(paragraph(t("draw.text")))\(visit.form(to: address, form))
                """,
            project: projectWays(project, here: address, t), isRefused: refusal != nil)
    }

    func sourcesPage(
        _ project: Project, _ thread: AskThread, _ picking: Picking, _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let form: HTML = "\(picker(picking, refusal, t))\(acts([button(t("ask.source.addThese"), .main)]))"
        return Page(
            title: t("ask.source.add"),
            main: """
                \(backLink(t("ask.backToAsk"), to: thread.ask.address))\(problems(refusal, t))
                <h1>\(t("ask.source.add"))</h1><p class="lead"><bdi>\(thread.ask.words)</bdi></p>
                \(visit.form(to: thread.ask.address + "/sources", form))
                """,
            project: projectWays(project, here: project.address + "/asks", t), isRefused: refusal != nil)
    }

    func divisionPage(_ project: Project, _ thread: AskThread, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let sources = thread.sources.map { source -> HTML in
            let name = "source-\(source.contribution.text)"
            let isAside = source.setAside?.holds(at: house.now()) ?? false
            let words =
                source.isTakenBack
                ? t("ask.source.gone") : isAside ? t("setAside.place") : shortened(source.words)
            return choices(
                name, label: words,
                of: [
                    Choice(value: "both", label: t("division.both")),
                    Choice(value: "first", label: t("division.first")),
                    Choice(value: "second", label: t("division.second")),
                ], chosen: visit.form[name].isEmpty ? "both" : visit.form[name])
        }
        let form: HTML = """
            <input type="hidden" name="version" value="\(thread.ask.version)">
            \(area("first", label: t("division.firstWords"), error: refusal?.at("first", t), value: visit.form["first"], rows: 3))
            \(area("second", label: t("division.secondWords"), error: refusal?.at("second", t), value: visit.form["second"], rows: 3))
            <h2>\(t("division.sources"))</h2>\(sources)
            \(acts([button(t("division.button"), .main)]))
            """
        return Page(
            title: t("division.title"),
            main: """
                \(backLink(t("ask.backToAsk"), to: thread.ask.address))\(problems(refusal, t))
                <h1>\(t("division.title"))</h1><p class="lead"><bdi>\(thread.ask.words)</bdi></p>
                \(paragraph(t("division.text")))\(visit.form(to: thread.ask.address + "/division", form))
                """,
            project: projectWays(project, here: project.address + "/asks", t), isRefused: refusal != nil)
    }

    func answerPage(
        _ project: Project, _ seat: Seat, _ thread: AskThread, _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let mayAnswer = (try? thread.mayAnswer(seat.id)) != nil
        let now = thread.answers.last.map { "<h2>\(t("answer.now"))</h2>\(answerSheet($0, t))" as HTML }
        return Page(
            title: t("answer.give"),
            main: """
                \(backLink(t("ask.backToAsk"), to: thread.ask.address))\(problems(refusal, t))
                <h1>\(t("answer.give"))</h1><p class="lead"><bdi>\(thread.ask.words)</bdi></p>
                \(mayAnswer ? now ?? .empty : "\(sentences(thread.state(on: house.today, t)))\(now)")
                \(mayAnswer || refusal != nil ? answerForm(thread, visit, refusal) : paragraph(t("answer.refusal.notYours")))
                """,
            project: projectWays(project, here: project.address + "/asks", t), isRefused: refusal != nil)
    }

    private func answerForm(_ thread: AskThread, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let kinds = Answer.Kind.allCases.map { kind in
            // words: answer.choice.*
            Choice(
                value: kind.rawValue, label: t("answer.choice.\(kind.rawValue)"),
                hint: t("answer.choice.\(kind.rawValue).hint"))
        }
        return visit.form(
            to: thread.ask.address + "/answers",
            """
            <input type="hidden" name="once" value="\((visit.form.id("once") ?? house.newID(Answer.self)).text)">
            <input type="hidden" name="version" value="\(thread.ask.version)">
            \(choices("kind", label: t("answer.choice"), error: refusal?.at("kind", t), of: kinds, chosen: visit.form["kind"]))
            \(area("words", label: t("answer.words"), hint: t("answer.words.hint"), error: refusal?.at("words", t), value: visit.form["words"]))
            \(dateField("day", label: t("answer.day"), hint: t("answer.day.hint"), error: refusal?.at("day", t), value: visit.form["day"]))
            \(smallPrint("\(t("answer.ownName"))"))
            \(acts([button(t("answer.button"), .main)]))
            """)
    }
}

/// Words of a contribution on a line of a list; the whole stands on the ask's own page.
func shortened(_ words: String) -> String {
    let longest = 240
    return words.count > longest ? words.prefix(longest) + "…" : words
}

/// A box to tick before something that stands in markup.
func tickBox(_ name: String, _ value: String, isOn: Bool, isOneOf: Bool = false, _ label: HTML) -> HTML {
    """
    <label class="choice"><input type="\(isOneOf ? "radio" : "checkbox")" name="\(name)" value="\(value)"\
    \(flag: "checked", isOn)><span>\(label)</span></label>
    """
}

/// A word to look for, where there is more than can be seen at once.
private func look(_ picking: Picking, _ t: Words) -> HTML {
    """
    <div class="picker-look">\(field("word", label: t("picker.word"), value: picking.word, kind: .search, isShort: true))\
    \(button(t("picker.look"), name: "look", value: "yes"))</div>
    """
}

/// Words to choose from: those chosen so far first, then a page of the rest, with a word to look for. What was
/// ticked goes along from page to page in the form itself.
func picker(_ picking: Picking, _ refusal: Refusal?, isOneOf: Bool = false, _ t: Words) -> HTML {
    func line(_ pick: Pick, isOn: Bool) -> HTML {
        let day = t.day(pick.said.milliseconds)
        let small =
            pick.asks == 0
            ? t("picker.print", name: nameHere(pick.name, t), day: day)
            : t("picker.printAsked", name: nameHere(pick.name, t), day: day, count: pick.asks)
        return tickBox(
            "source", pick.id.text, isOn: isOn, isOneOf: isOneOf,
            "<span dir=\"auto\" lang=\"\(pick.language)\">\(shortened(pick.words))</span> <span class=\"choice-hint\">\(small)</span>"
        )
    }
    let chosen = picking.chosen.map { line($0, isOn: true) }
    let rest = picking.rest.map { line($0, isOn: false) }
    let next = picking.hasMore ? button(t("picker.next"), name: "page", value: String(picking.page + 2)) : .empty
    let first = picking.page > 0 ? button(t("picker.first"), name: "page", value: "1") : .empty
    return """
        <fieldset class="field picker" id="source"><legend class="field-label">\(t(isOneOf ? "picker.one" : "picker.title"))</legend>
        \(refusal?.at("source", t).map { "<p class=\"field-error\" id=\"source-error\">\($0)</p>" as HTML })
        \(chosen.isEmpty ? .empty : "<p class=\"field-hint\">\(t("picker.chosen", count: chosen.count))</p>\(chosen)")
        \(picking.isShort ? .empty : look(picking, t))
        \(rest.isEmpty ? paragraph(t(picking.word.isEmpty ? "picker.none" : "picker.noMatch")) : "\(rest)")
        \(acts([first, next].filter { !$0.isEmpty }))
        </fieldset>
        """
}
