import Markup

extension AskRoutes {
    /// What each giver says of the ask that was drawn from their words; for the one who looks, a way to say it.
    func meanings(_ view: AskView, _ visit: Visit) -> HTML {
        let (t, thread) = (visit.t, view.thread)
        let lines = thread.sources.filter { !$0.isTakenBack }.map { source -> HTML in
            let isMine = source.giver.map { view.voices.contains($0) } ?? false
            let form = isMine && thread.ask.ended == nil ? meaningForm(thread.ask, source, visit) : .empty
            return """
                <li class="meant"><p class="nameplate\(source.name == nil ? " saying-unnamed" : "")">\
                <bdi>\(nameHere(source.name, t))</bdi></p>\(meant(source, t))\(form)</li>
                """
        }
        guard !lines.isEmpty else { return .empty }
        return "<h2 id=\"meant\">\(t("meaning.title"))</h2><ul class=\"stack\" role=\"list\">\(lines)</ul>"
    }
}

/// What one giver says, in a sentence; silence is neither yes nor no.
func meant(_ source: Source, _ t: Words) -> HTML {
    switch source.means {
    case true?: return paragraph(t("meaning.yes"))
    case false?: return "\(paragraph(t("meaning.no")))<div dir=\"auto\">\(HTML(paragraphs: source.objection))</div>"
    case nil: return paragraph(t(source.giver == nil ? "meaning.nobody" : "meaning.silent"))
    }
}

/// Where a giver says yes, or what they meant instead.
func meaningForm(_ ask: Ask, _ source: Source, _ visit: Visit, back: HTML = .empty) -> HTML {
    let t = visit.t
    let name = "objection-\(ask.id.text)-\(source.contribution.text)"
    let hidden: HTML = "\(back)<input type=\"hidden\" name=\"source\" value=\"\(source.contribution.text)\">"
    let no: HTML = """
        \(hidden)\(area(name, label: t("meaning.objection"), value: source.objection, rows: 3))
        \(acts([button(t("meaning.sayNo"), name: "means", value: "no")]))
        """
    let yes = visit.form(
        to: ask.address + "/meaning",
        "\(hidden)\(acts([button(t("meaning.sayYes"), name: "means", value: "yes")]))")
    return """
        \(source.means == true ? .empty : yes)\
        \(more(t("meaning.notQuite"), visit.form(to: ask.address + "/meaning", no), isOpen: source.means == false))
        """
}

/// Where the one whose words led to a small change says whether it reached them; and half a year later, whether it is
/// still so.
func witnessForm(_ change: Change, at now: Moment, _ visit: Visit, back: HTML = .empty) -> HTML {
    let t = visit.t
    guard change.mayBeAskedAgain(at: now) else {
        let form = visit.form(to: change.address + "/witnesses", "\(back)\(reachedButtons(t))")
        return "<p><b>\(t("witness.title"))</b></p>\(form)"
    }
    return """
        <p><b>\(t("stillSo.title"))</b> \(t("stillSo.text"))</p>\
        \(visit.form(to: change.address + "/still-so", "\(back)\(stillSoButtons(t))"))
        """
}

private func stillSoButtons(_ t: Words) -> HTML {
    acts([
        button(t("stillSo.yes"), name: "still", value: "yes"), button(t("stillSo.no"), name: "still", value: "no"),
    ])
}

/// The same weight for both: nobody is pushed to a yes.
private func reachedButtons(_ t: Words) -> HTML {
    acts([
        button(t("witness.yes"), name: "reached", value: "yes"), button(t("witness.no"), name: "reached", value: "no"),
    ])
}

/// Where one whom it reached says, half a year later, whether it is still so.
func stillSoForm(_ promise: Promise, _ visit: Visit, back: HTML = .empty) -> HTML {
    let t = visit.t
    let name = "still-" + promise.id.text
    return visit.form(
        to: promise.address + "/still-so",
        """
        \(back)\(area(name, label: t("stillSo.words"), hint: t("stillSo.words.hint"), rows: 3))
        \(stillSoButtons(t))
        """)
}

/// Where one who asked says whether it reached them; they may change their mind.
func witnessForm(_ promise: Promise, _ said: Witness?, _ visit: Visit, back: HTML = .empty) -> HTML {
    let t = visit.t
    let name = "said-" + promise.id.text
    let words = area(
        name, label: t("witness.words"), hint: t("witness.words.hint"), value: said?.words ?? "", rows: 3)
    return visit.form(
        to: promise.address + "/witnesses",
        """
        \(back)\(words)
        \(reachedButtons(t))
        """)
}
