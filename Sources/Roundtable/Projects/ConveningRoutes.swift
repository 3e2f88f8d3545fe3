import Hummingbird
import Markup
import Storage

/// Who looks after a project's gatherings; taking that up, sharing it and stopping.
struct ConveningRoutes: Sendable {
    let house: House

    /// GET /projects/:project/convening
    func show(_ request: Request, _ context: PersonContext) async throws -> Response { try await page(context) }

    /// POST /projects/:project/convening: yes or no for oneself; or somebody else is asked.
    func say(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (said, asked) = (context.form["convening"], context.form.id("seat", of: Seat.self))
        do {
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                switch said {
                case "yes": try db.convene(seat, at: now)
                case "no": try db.stopConvening(seat, at: now)
                default:
                    guard seat.convenes else { throw Missing() }
                    try db.ask(asked, toConveneIn: id, at: now)
                }
            }
            return .see("/projects/\(id)/convening")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let convening = try await house.database.read { try $0.convening(id, seating: person) }
        return house.respond(conveningPage(convening, context.visit, refusal), context.visit)
    }

    private func conveningPage(_ convening: Convening, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, project) = (visit.t, convening.project)
        let now =
            convening.conveners.isEmpty
            ? t("convening.nobody") : t("convening.now", names: names(convening.conveners, t))
        return Page(
            title: t("convening.title"),
            main: """
                \(backLink(t("project.back"), to: project.address))
                \(problems(refusal, t))
                <h1>\(t("convening.title"))</h1>
                <p class="lead">\(now)</p>
                \(paragraph(t("convening.text")))
                \(convening.seat.convenes ? sharing(convening, visit, refusal) : .empty)
                \(mine(convening, visit))
                """,
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }

    /// What the reader may take up or put down.
    private func mine(_ convening: Convening, _ visit: Visit) -> HTML {
        let t = visit.t
        let yes = button(t("convening.yes"), .main, name: "convening", value: "yes")
        let no = button(t("convening.no"), name: "convening", value: "no")
        func form(_ words: String, _ buttons: HTML...) -> HTML {
            "\(paragraph(words))\(visit.form(to: "\(convening.project.address)/convening", acts(buttons)))"
        }
        if convening.seat.convenes {
            let last = t(convening.conveners.count == 1 ? "convening.stop.last" : "convening.stop.text")
            return more(
                t("convening.stop"), form(last, button(t("convening.stop.button"), name: "convening", value: "no")))
        }
        if convening.conveners.isEmpty { return form(t("convening.free"), yes) }
        return convening.asked.contains(convening.seat.id)
            ? form(t("convening.asked"), yes, no) : paragraph(t("convening.others"))
    }

    /// Room to ask somebody else, and who has not answered yet.
    private func sharing(_ convening: Convening, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let waiting = convening.waiting
        let asked = waiting.isEmpty ? .empty : paragraph(t("convening.waiting", names: names(waiting, t)))
        guard !convening.others.isEmpty else { return asked }
        let people = convening.others.map { Choice(value: $0.id.text, label: nameHere($0.name, t)) }
        let fields: HTML = """
            \(choices("seat", label: t("card.owner.whom"), error: refusal?.at("seat", t), of: people))
            \(acts([button(t("convening.ask.button"), .main)]))
            """
        return """
            <h2>\(t("convening.ask"))</h2>
            \(asked)
            \(visit.form(to: "\(convening.project.address)/convening", fields))
            """
    }

    private func names(_ seats: [Seat], _ t: Words) -> String { t.list(seats.map { nameHere($0.name, t) }) }
}
