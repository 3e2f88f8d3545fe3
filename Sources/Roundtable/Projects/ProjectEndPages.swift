import Markup
import Storage

extension ProjectEndRoutes {
    private func lookingBack(on project: Project, _ t: Words) -> HTML {
        "<h2>\(t("lookBack.title"))</h2><p><a href=\"\(project.address)/looking-back\">\(t("lookBack.way"))</a></p>"
    }

    func endPage(_ project: Project, _ end: ProjectEnd?, _ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let typed = refusal != nil
        let kinds = ProjectEnd.How.allCases.map { how in
            // words: end.how.*
            // words: end.what.*
            Choice(value: how.rawValue, label: t("end.how.\(how.rawValue)"), hint: t("end.what.\(how.rawValue)"))
        }
        let fields: HTML = """
            \(dateField(
                "day", label: t("end.day"), hint: t("end.day.hint"), error: refusal?.at("day", t),
                value: typed ? visit.form["day"] : end?.day.text ?? ""))
            \(choices(
                "how", label: t("end.how"), error: refusal?.at("how", t), of: kinds,
                chosen: typed ? visit.form["how"] : (end?.how ?? .unsigned).rawValue))
            \(acts([button(t("end.save"), .main)]))
            """
        return Page(
            title: t("end.title"),
            main: """
                \(backLink(t("project.back"), to: project.address))
                \(problems(refusal, t))
                <h1>\(t("end.title"))</h1>
                \(paragraph(end.map { t("end.ends", day: t.day($0.day.text)) } ?? t("end.none")))
                \(end.map { paragraph(t("end.what.\($0.how.rawValue)")) })
                \(paragraph(t("end.public")))
                \(paragraph(t("end.text")))
                \(visit.form(to: "\(project.address)/end", fields))
                """,
            context: """
                \(end?.told == nil ? .empty : lookingBack(on: project, t))
                <h2>\(t("held.take"))</h2>
                \(paragraph(t("end.take")))
                <p><a href="/me/held">\(t("held.title"))</a></p>
                """,
            project: projectWays(project, here: project.address, t), isRefused: typed)
    }
}
