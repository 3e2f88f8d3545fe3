import Hummingbird
import Markup

/// What somebody looks back on, and what they said of it before.
struct LookingBack: Sendable {
    let occasion: Occasion
    let project: Project
    let seat: Seat
    /// With their card; nothing where they have not answered so.
    let mine: LookBack?
    /// Whether they answered with nothing.
    let isDone: Bool
    /// What everybody said, where it is shown here.
    let answers: [LookBack]?
}

extension LookBackRoutes {
    /// Two plain questions side by side, and how it is to be signed.
    func lookBackPage(_ view: LookingBack, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let body: HTML =
            view.isDone && refusal == nil ? paragraph(t("lookBack.done.nothing")) : lookBackForm(view, visit, refusal)
        let (back, here, end): (HTML, String, HTML) =
            switch view.occasion {
            case .gathering(let gathering):
                (backLink(t("lookBack.back"), to: gathering.address), view.project.address + "/gatherings", .empty)
            case .end(let project, let end):
                (backLink(t("project.back"), to: project.address), project.address, ending(end, t))
            }
        return Page(
            title: t("lookBack.title"),
            main: """
                \(back)
                \(problems(refusal, t))
                <h1>\(t("lookBack.title"))</h1>
                <p class="lead"><bdi>\(view.occasion.name)</bdi></p>
                \(end)
                \(view.answers.map { sides($0, t) })
                \(view.answers == nil ? body : "<div class=\"screen-only\">\(body)</div>")
                """,
            project: view.seat.isMember ? projectWays(view.project, here: here, t) : nil, isRefused: refusal != nil)
    }

    /// When the project ends, from when answers are shown, and that they go with the rest.
    private func ending(_ end: ProjectEnd?, _ t: Words) -> HTML {
        guard let end, let shows = end.showsWhatWorked else { return .empty }
        let isShown = shows <= house.now()
        let shown = isShown ? t("lookBack.end.shown") : t("lookBack.end.shows", day: t.day(shows.milliseconds))
        return "\(paragraph(t("end.ends", day: t.day(end.day.text))))\(paragraph(shown))"
    }

    private func lookBackForm(_ view: LookingBack, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, typed) = (visit.t, visit.form)
        let once = typed.id("once-nothing", of: LookBack.self) ?? .anonymous()
        func value(_ field: String, _ before: String?) -> String { typed.has(field) ? typed[field] : before ?? "" }
        // words: lookBack.bearing.*
        let bearings = LookBack.Bearing.allCases.map { bearing in
            Choice(
                value: bearing.rawValue, label: t("lookBack.bearing.\(bearing.rawValue)"),
                hint: view.occasion.hint(bearing, t))
        }
        let chosen = value("bearing", view.mine == nil ? nil : LookBack.Bearing.card.rawValue)
        let form: HTML = """
            <input type="hidden" name="once-nothing" value="\(once.text)">
            \(lookBackQuestions(value("worked", view.mine?.worked), value("did-not", view.mine?.didNot), refusal, t))
            \(choices(
                "bearing", label: t("lookBack.bearing"), error: refusal?.at("bearing", t), of: bearings, chosen: chosen))
            \(acts([button(t("lookBack.say"), .main)]))
            """
        let address = view.occasion.address
        let back = visit.form(to: address + "/taking-back", button(t("lookBack.takeBack"), .link))
        return "\(visit.form(to: address, form))\(view.mine == nil ? .empty : back)"
    }
}

extension Occasion {
    /// What it means to put one's name to an answer, or nothing.
    fileprivate func hint(_ bearing: LookBack.Bearing, _ t: Words) -> String {
        if case .end = self, bearing == .nothing { return t("lookBack.end.nothing") }
        // words: lookBack.bearing.*
        return t("lookBack.bearing.\(bearing.rawValue).hint")
    }
}

/// The two plain questions, side by side.
func lookBackQuestions(_ worked: String, _ didNot: String, _ refusal: Refusal?, _ t: Words) -> HTML {
    """
    <div class="sides">
    \(area("worked", label: t("lookBack.worked"), error: refusal?.at("worked", t), value: worked, rows: 4))
    \(area("did-not", label: t("lookBack.didNot"), error: refusal?.at("did-not", t), value: didNot, rows: 4))
    </div>
    """
}

/// What worked and what didn't, side by side; with the way to say so while it is asked.
func lookedBackOn(_ gathering: Gathering, _ answers: [LookBack], at now: Moment, _ t: Words) -> HTML {
    let say =
        gathering.asksWhatWorked(at: now)
        ? acts([buttonLink(t("lookBack.way"), to: Occasion.gathering(gathering).address, picture: .pencil)]) : .empty
    guard gathering.showsWhatWorked(at: now) else {
        return say.isEmpty ? .empty : "<h2 id=\"looking-back\">\(t("lookBack.title"))</h2>\(say)"
    }
    return "<h2 id=\"looking-back\">\(t("lookBack.title"))</h2>\(sides(answers, t))\(say)"
}

/// What worked beside what didn't, as everybody said it.
private func sides(_ answers: [LookBack], _ t: Words) -> HTML {
    func side(_ title: String, _ words: (LookBack) -> String) -> HTML {
        let said = answers.filter { !words($0).isEmpty }.map { answer -> HTML in
            let who = answer.name.map { nameHere($0, t) } ?? t("lookBack.withNothing")
            return "<li lang=\"\(answer.language)\">\(quote(words(answer), by: "\(who)"))</li>"
        }
        let list: HTML = said.isEmpty ? paragraph(t("lookBack.none")) : "<ul class=\"stack\" role=\"list\">\(said)</ul>"
        return "<section class=\"sheet\"><h3>\(title)</h3>\(list)</section>"
    }
    return """
        <div class="sides">\(side(t("lookBack.worked"), \.worked))\(side(t("lookBack.didNot"), \.didNot))</div>
        \(smallPrint("\(t("lookBack.few", least: LookBack.fewestWithNothing, all: LookBack.fewestInAll))"))
        """
}

/// What didn't work the last time, for whoever comes to the next.
func lastTime(_ before: Gathering, _ answers: [LookBack], _ t: Words) -> HTML {
    let said = answers.filter { !$0.didNot.isEmpty }.map { answer -> HTML in
        let who = answer.name.map { nameHere($0, t) } ?? t("lookBack.withNothing")
        return "<li lang=\"\(answer.language)\">\(quote(answer.didNot, by: "\(who)"))</li>"
    }
    guard !said.isEmpty else { return .empty }
    let way: HTML = "<a href=\"\(before.address)#looking-back\"><bdi>\(before.name)</bdi></a>"
    return """
        <h2 id="last-time">\(t("lookBack.lastTime"))</h2><p>\(way)</p><ul class="stack" role="list">\(said)</ul>
        """
}
