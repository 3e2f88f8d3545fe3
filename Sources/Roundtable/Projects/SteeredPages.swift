import Hummingbird
import Markup

/// What feels steered about something, with its answers, and room to say so: a part of that thing's own page.
///
/// - Parameters:
///   - address: where the form is sent.
///   - answering: where a member answers; nothing for a guest.
func steeredPart(
    _ concerns: [Concern], about: Concern.About, sentTo address: String, answering: String?, once: ID<Concern>,
    _ visit: Visit, _ refusal: Refusal?
) -> HTML {
    let t = visit.t
    let said = concerns.map { concern -> HTML in
        let way = answering.map { "<p><a href=\"\($0)#\(concern.id.text)\">\(t("steered.answer"))</a></p>" as HTML }
        return "<li>\(steeredSaying(concern, t))\(way)</li>"
    }
    let list: HTML =
        said.isEmpty
        ? .empty : "<h2 id=\"feels-steered\">\(t("steered.title"))</h2><ul class=\"stack\" role=\"list\">\(said)</ul>"
    let form = steerForm(about, sentTo: address, once: once, visit, refusal)
    return "\(list)\(more(t("steered.raise"), form, isOpen: visit.form.has("steered")))"
}

/// What somebody said feels steered, and everything that was answered to it.
func steeredSaying(_ concern: Concern, _ t: Words) -> HTML {
    let day = t.day(concern.said.milliseconds)
    let who = t("steered.who", name: nameHere(concern.writer, t), day: day)
    let words: HTML =
        concern.words.isEmpty
        ? "<p class=\"saying-gone\">\(t("steered.gone"))</p>"
        : "<div lang=\"\(concern.language)\">\(quote(concern.words, by: "\(who)"))</div>"
    let replies = concern.replies.map { reply -> HTML in
        let who = t("steered.answered", name: nameHere(reply.name, t), day: t.day(reply.said.milliseconds))
        return "<p>\(who)</p><div dir=\"auto\" lang=\"\(reply.language)\">\(HTML(paragraphs: reply.words))</div>"
    }
    return "\(words)\(replies.isEmpty ? [paragraph(t("steered.unanswered"))] : replies)"
}

private func steerForm(
    _ about: Concern.About, sentTo address: String, once: ID<Concern>, _ visit: Visit, _ refusal: Refusal?
) -> HTML {
    let t = visit.t
    let kept = visit.form.has("steered") ? visit.form.id("once", of: Concern.self) ?? once : once
    return visit.form(
        to: address,
        """
        <input type="hidden" name="once" value="\(kept.text)">
        <input type="hidden" name="about-\(about.kind.rawValue)" value="\(about.id)">
        \(area(
            "steered", label: t("steered.label"), hint: t("steered.hint"), error: refusal?.at("steered", t),
            value: visit.form["steered"], rows: 3))
        \(checkbox("signed", label: t("steered.sign"), hint: t("steered.sign.hint"), isOn: visit.form.ticked("signed")))
        \(acts([button(t("steered.say"))]))
        """)
}

extension SteeredRoutes {
    /// All that feels steered in a project, each with room for an answer by name.
    func steeredPage(
        _ project: Project, _ seat: ID<Seat>, _ concerns: [Concern], _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let said = concerns.map { concern -> HTML in
            // words: steered.about.*
            let about = concern.about.map {
                "<p><a href=\"\($0.address(in: project))\">\(t("steered.about.\($0.kind.rawValue)"))</a></p>" as HTML
            }
            return
                "<li id=\"\(concern.id.text)\">\(about)\(steeredSaying(concern, t))\(replyForm(concern, project, visit, refusal))</li>"
        }
        return Page(
            title: t("steered.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("steered.title"))</h1>
                \(paragraph(t("steered.text")))
                \(said.isEmpty ? paragraph(t("steered.none")) : "<ul class=\"stack\" role=\"list\">\(said)</ul>")
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }

    private func replyForm(_ concern: Concern, _ project: Project, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let isTyped = visit.path.contains(concern.id.text)
        let once = (isTyped ? visit.form.id("once", of: Concern.Reply.self) : nil) ?? house.newID()
        // Several forms stand on this page: each field is known by the concern that it answers.
        let name = "reply-\(concern.id.text)"
        let form: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(area(
                name, label: t("steered.reply.label"), error: isTyped ? refusal?.at("reply", t) : nil,
                value: isTyped ? visit.form[name] : "", rows: 3))
            \(acts([button(t("steered.reply"))]))
            """
        return more(
            t("steered.answer"),
            visit.form(to: "\(project.address)/steered/\(concern.id.text)/replies", form), isOpen: isTyped)
    }

    /// The question alone, with what was typed and refused.
    func steerPage(_ project: Project, _ about: Concern.About, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        return Page(
            title: t("steered.raise"),
            main: """
                \(backLink(t("project.back"), to: about.address(in: project)))
                \(problems(refusal, t))
                <h1>\(t("steered.raise"))</h1>
                \(steerForm(about, sentTo: project.address + "/steered", once: house.newID(), visit, refusal))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }
}
