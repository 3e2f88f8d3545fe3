import Hummingbird
import Markup

/// What somebody looks back on, and what they said of it before.
struct LookingBack: Sendable {
    let gathering: Gathering
    let project: Project
    let seat: Seat
    /// With their card; nothing where they have not answered so.
    let mine: LookBack?
    /// Whether they answered with nothing.
    let isDone: Bool
}

extension LookBackRoutes {
    /// Two plain questions side by side, and how it is to be signed.
    func lookBackPage(_ view: LookingBack, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, gathering) = (visit.t, view.gathering)
        let body: HTML =
            view.isDone && refusal == nil ? paragraph(t("lookBack.done.nothing")) : lookBackForm(view, visit, refusal)
        return Page(
            title: t("lookBack.title"),
            main: """
                \(backLink(t("lookBack.back"), to: gathering.address))
                \(problems(refusal, t))
                <h1>\(t("lookBack.title"))</h1>
                <p class="lead"><bdi>\(gathering.name)</bdi></p>
                \(body)
                """,
            project: view.seat.isMember
                ? projectWays(view.project, here: view.project.address + "/gatherings", t) : nil,
            isRefused: refusal != nil)
    }

    private func lookBackForm(_ view: LookingBack, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, typed) = (visit.t, visit.form)
        let once = typed.id("once-nothing", of: LookBack.self) ?? .anonymous()
        func value(_ field: String, _ before: String?) -> String { typed.has(field) ? typed[field] : before ?? "" }
        // words: lookBack.bearing.*
        let bearings = LookBack.Bearing.allCases.map {
            Choice(
                value: $0.rawValue, label: t("lookBack.bearing.\($0.rawValue)"),
                hint: t("lookBack.bearing.\($0.rawValue).hint"))
        }
        let chosen = value("bearing", view.mine == nil ? nil : LookBack.Bearing.card.rawValue)
        let form: HTML = """
            <input type="hidden" name="once-nothing" value="\(once.text)">
            \(lookBackQuestions(value("worked", view.mine?.worked), value("did-not", view.mine?.didNot), refusal, t))
            \(choices(
                "bearing", label: t("lookBack.bearing"), error: refusal?.at("bearing", t), of: bearings, chosen: chosen))
            \(acts([button(t("lookBack.say"), .main)]))
            """
        let address = view.gathering.address + "/looking-back"
        let back = visit.form(to: address + "/taking-back", button(t("lookBack.takeBack"), .link))
        return "\(visit.form(to: address, form))\(view.mine == nil ? .empty : back)"
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
        ? acts([buttonLink(t("lookBack.way"), to: gathering.address + "/looking-back", picture: .pencil)]) : .empty
    guard gathering.showsWhatWorked(at: now) else {
        return say.isEmpty ? .empty : "<h2 id=\"looking-back\">\(t("lookBack.title"))</h2>\(say)"
    }
    func side(_ title: String, _ words: (LookBack) -> String) -> HTML {
        let said = answers.filter { !words($0).isEmpty }.map { answer -> HTML in
            let who = answer.name.map { nameHere($0, t) } ?? t("lookBack.withNothing")
            return "<li lang=\"\(answer.language)\">\(quote(words(answer), by: "\(who)"))</li>"
        }
        let list: HTML = said.isEmpty ? paragraph(t("lookBack.none")) : "<ul class=\"stack\" role=\"list\">\(said)</ul>"
        return "<section class=\"sheet\"><h3>\(title)</h3>\(list)</section>"
    }
    return """
        <h2 id="looking-back">\(t("lookBack.title"))</h2>
        <div class="sides">\(side(t("lookBack.worked"), \.worked))\(side(t("lookBack.didNot"), \.didNot))</div>
        \(smallPrint("\(t("lookBack.few", least: LookBack.fewestWithNothing, all: LookBack.fewestInAll))"))
        \(say)
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
