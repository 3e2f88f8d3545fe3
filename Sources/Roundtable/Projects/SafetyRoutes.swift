import Hummingbird
import Markup
import Storage

/// Whom people in a project can tell if they are worried, and how.
struct SafetyRoutes: Sendable {
    let house: House

    /// GET /projects/:project/safety
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await page(context)
    }

    /// POST /projects/:project/safety
    func write(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        do {
            let form = context.form
            let words = try Safety.typed(form)
            try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                try db.mind(["words"], of: form, in: id, by: seat.id)
                guard words != project.worried else { return }
                try db.write(words, over: Int(form["version"]) ?? 0, toTellIn: id, by: seat.id, at: now)
            }
            return .see("/projects/\(id)/safety")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, safety) = try await house.database.read { db in
            (try db.project(id, seating: person).0, try db.safety(of: id))
        }
        return house.respond(safetyPage(project, safety, context.visit, refusal), context.visit)
    }

    private func safetyPage(_ project: Project, _ safety: Safety?, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let fields: HTML = """
            <input type="hidden" name="version" value="\(safety?.version ?? 0)">
            \(area(
                "words", label: t("safety.words"), hint: t("safety.words.hint"), error: refusal?.at("words", t),
                value: refusal == nil ? safety?.words ?? "" : visit.form["words"]))
            \(acts([button(t("safety.save"), .main)]))
            """
        let written = safety.map { safety in
            let day = t.day(safety.said.milliseconds)
            return smallPrint("\(t("safety.written", name: nameHere(safety.writer, t), day: day))")
        }
        return Page(
            title: t("safety.title"),
            main: """
                \(backLink(t("project.back"), to: project.address))
                \(problems(refusal, t))
                <h1>\(t("safety.title"))</h1>
                \(worriedWords(project.worried, t))
                \(written)
                \(paragraph(t("safety.text")))
                \(visit.form(to: "\(project.address)/safety", fields))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }
}

/// Whom to tell, under its heading: in the offer, on the screen and on paper.
func worriedPart(_ worried: String, _ t: Words) -> HTML {
    "<h2>\(t("safety.title"))</h2>\(worriedWords(worried, t))"
}

/// The same beside a project's pages, which have no headings, with the way to change it.
func worriedHere(_ project: Project, _ t: Words) -> HTML {
    """
    <p><b>\(t("safety.title"))</b></p>
    \(worriedWords(project.worried, t))
    \(paragraph(t("join.night.text")))
    <p><a href="\(project.address)/safety">\(safetyWay(project, t))</a></p>
    """
}

func safetyWay(_ project: Project, _ t: Words) -> String {
    t(project.worried.isEmpty ? "safety.say" : "safety.change")
}

private func worriedWords(_ worried: String, _ t: Words) -> HTML {
    worried.isEmpty ? paragraph(t("safety.none")) : "<div dir=\"auto\">\(HTML(paragraphs: worried))</div>"
}
