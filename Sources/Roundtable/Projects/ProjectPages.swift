import Markup

/// A person's projects and the way to another, for their own place.
func myProjects(_ projects: [(Project, news: Int)], _ t: Words) -> HTML {
    "<h2 id=\"projects\">\(t("project.mine.title"))</h2>\(projectLinks(projects, t))"
}

private func projectLinks(_ projects: [(Project, news: Int)], _ t: Words) -> HTML {
    let list = projects.map { project, news in
        let waiting: HTML =
            news == 0 ? .empty : "<br><a href=\"\(project.address)/news\">\(t("news.waiting", count: news))</a>"
        return "<li><a href=\"\(project.address)\"><bdi>\(project.name)</bdi></a>\(waiting)</li>" as HTML
    }
    return """
        \(list.isEmpty ? paragraph(t("project.mine.none")) : "<ul>\(list)</ul>")
        \(acts([buttonLink(t("project.mine.start"), to: "/projects/new", picture: .table)]))
        """
}

extension ProjectRoutes {
    func listPage(_ projects: [(Project, news: Int)], _ t: Words) -> Page {
        Page(
            title: t("project.mine.title"),
            main: """
                \(backLink(t("project.mine.back"), to: "/me"))
                <h1>\(t("project.mine.title"))</h1>
                \(projectLinks(projects, t))
                """)
    }

    func newPage(_ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let once = visit.form.id("once", of: Project.self) ?? house.newID()
        let says = !visit.form["organisation"].isEmpty || !visit.form["words"].isEmpty
        let form: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(field(
                "name", label: t("project.new.title"), hint: t("project.new.hint"), error: refusal?.at("name", t),
                value: visit.form["name"], isQuestion: true))
            \(more(t("concern.ask"), "\(paragraph(t("concern.text")))\(concernFields(visit, refusal))", isOpen: says))
            \(acts([button(t("project.new.button"), .main)]))
            \(paragraph(t("project.new.nothingElse")))
            """
        return Page(
            title: t("project.new.title"),
            main: """
                \(backLink(t("project.mine.back"), to: "/me"))
                \(problems(refusal, t))
                \(visit.form(to: "/projects", form))
                """,
            isRefused: refusal != nil)
    }

    private func concernFields(_ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        return """
            \(field(
                "organisation", label: t("concern.organisation"), error: refusal?.at("organisation", t),
                value: visit.form["organisation"], autocomplete: "organization"))
            \(area(
                "words", label: t("concern.words"), hint: t("concern.words.hint"), error: refusal?.at("words", t),
                value: visit.form["words"]))
            """
    }

    func concernPage(_ project: Project, _ concerns: [Concern], _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let once = visit.form.id("once", of: Concern.self) ?? house.newID()
        let form: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(concernFields(visit, refusal))
            \(acts([button(t("concern.button"), .main)]))
            """
        return Page(
            title: t("concern.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("concern.title"))</h1>
                \(paragraph(t("concern.text")))
                \(concernList(concerns, t))
                <h2>\(concerns.isEmpty ? t("concern.say") : t("concern.sayMore"))</h2>
                \(visit.form(to: "\(project.address)/concerns", form))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }

    func seatPage(_ project: Project, _ seat: Seat, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let form: HTML = """
            \(field(
                "name", label: t("seat.name"), hint: t("seat.name.hint"), error: refusal?.at("name", t),
                value: refusal == nil ? seat.name : visit.form["name"], autocomplete: "given-name"))
            \(acts([button(t("seat.name.save"), .main)]))
            """
        let renew = acts([button(t("seat.receipt.renew"))])
        return Page(
            title: t("seat.title"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("seat.title"))</h1>
                \(seat.member.map { paragraph(t("seat.since", day: t.day($0.milliseconds))) })
                \(visit.form(to: "\(project.address)/seat/name", form))
                <p><a href="/me/known">\(t("seat.known"))</a></p>
                <p><a href="/me/helps">\(t("seat.helps"))</a></p>
                <p><a href="\(project.address)/table">\(t("seat.table"))</a></p>
                <h2>\(t("receipt.title"))</h2>
                \(paragraph(t("seat.receipt")))
                \(visit.form(to: "\(project.address)/receipt", renew))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }
}
