import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What came on paper, typed in afterwards by somebody of the group: said to be so, with the day on the paper, and tied
/// to the number on its giver's receipt.
struct PaperRoutes: Sendable {
    let house: House

    /// GET /gatherings/:gathering/paper
    func show(_ request: Request, _ context: PersonContext) async throws -> Response { try await page(context) }

    /// POST /gatherings/:gathering/paper: taken at any time, since paper comes when it comes.
    func write(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        guard let once = context.form.id("once", of: Contribution.self) else { throw HTTPError(.badRequest) }
        let (form, language) = (context.form, context.t.language)
        do {
            let words = try Saying.words(form)
            let contribution = try await house.keep { db in
                let (gathering, _, scribe) = try db.scribing(id, person)
                let said = try gathering.moment(onPaper: form, at: now)
                try db.mind(["words"], of: form, in: gathering.project, by: scribe.id)
                return Contribution(
                    spoken: words, by: try db.giver(numbered: form, at: id) ?? .nobody, scribe: scribe, at: id,
                    id: once, isSigned: false, language: language, now: said, typed: now,
                    changed: try db.nextChange())
            }
            return .see("/gatherings/\(id)/paper#contribution-\(contribution.id)")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let (gathering, project, seat, typed) = try await house.database.read { db in
            let (gathering, project, seat) = try db.scribing(id, person)
            return (gathering, project, seat, try db.said(onPaperAt: id, now: now))
        }
        return house.respond(paperPage(gathering, project, seat, typed, context, refusal), context.visit)
    }

    private func paperPage(
        _ gathering: Gathering, _ project: Project, _ seat: Seat, _ typed: [Said], _ context: PersonContext,
        _ refusal: Refusal?
    ) -> Page {
        let (t, form) = (context.t, context.form)
        let once = refusal == .saidBefore ? house.newID() : form.id("once", of: Contribution.self) ?? house.newID()
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(field(
                "number", label: t("paper.number"), hint: t("paper.number.hint"), error: refusal?.at("number", t),
                value: form["number"], kind: .number, isShort: true))
            \(dateField(
                "day", label: t("paper.day"), error: refusal?.at("day", t),
                value: form.has("day") ? form["day"] : gathering.plan.starts.day.text))
            \(area("words", label: t("paper.words"), error: refusal?.at("words", t), value: form["words"], rows: 4))
            \(acts([button(t("paper.write"), .main, picture: .pencil)]))
            """
        return Page(
            title: t("paper.title"),
            main: """
                \(backLink(t("gathering.change.back"), to: gathering.address))
                \(problems(refusal, t))
                <h1>\(t("paper.title"))</h1>
                \(paragraph(t("paper.text")))
                \(context.visit.form(to: "\(gathering.address)/paper", class: "scribe", fields))
                \(typed.isEmpty ? .empty : "<h2>\(t("paper.typed"))</h2>")
                <ol class="stack" role="list">\(saidItems(typed, seat: seat, t))</ol>
                """,
            project: projectWays(project, here: "\(project.address)/gatherings", t),
            isRefused: refusal != nil)
    }
}

extension Gathering {
    /// When something on paper was said: at noon of the day on it, or now where that is still to come.
    fileprivate func moment(onPaper form: Form, at now: Moment) throws(Refusal) -> Moment {
        guard let day = form.day("day"), let noon = LocalTime("\(day.text)T12:00", in: plan.starts.zone) else {
            throw .noPaperDay
        }
        guard day <= Day(now, in: plan.starts.zone) else { throw .paperDayToCome }
        return min(noon.moment, now)
    }
}

extension Refusal {
    static let noPaperDay = Refusal("paper.refusal.day", field: "day")
    static let paperDayToCome = Refusal("paper.refusal.toCome", field: "day")
}
