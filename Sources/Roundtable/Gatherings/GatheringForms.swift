import Foundation
import Markup

// Calling and changing a gathering: one page in four short parts, most of it to leave empty if one likes. Whatever is
// refused, every part keeps what was typed.

extension GatheringRoutes {
    /// The zones that people here are most likely to meet in; the house's own comes first.
    static let commonZones = [
        "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Berlin", "Europe/Athens", "Africa/Lagos",
        "Africa/Johannesburg", "Asia/Karachi", "Asia/Kolkata", "Australia/Sydney", "Pacific/Auckland",
        "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    ]

    func newGatheringPage(_ project: Project, _ typed: Form, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let once = typed.id("once", of: Gathering.self) ?? house.newID()
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(planFields(typed, visit, refusal))
            \(acts([button(t("gathering.new.button"), .main, picture: .calendar)]))
            """
        return Page(
            title: t("gathering.new.title"),
            main: """
                \(backLink(t("gathering.back"), to: project.address + "/gatherings"))
                \(problems(refusal, t))
                <h1>\(t("gathering.new.title"))</h1>
                \(paragraph(t("gathering.new.text")))
                \(visit.form(to: project.address + "/gatherings", fields))
                """,
            project: projectWays(project, here: project.address + "/gatherings", t), isRefused: refusal != nil)
    }

    func changeGatheringPage(
        _ gathering: Gathering, _ project: Project, _ typed: Form, version: Int, _ visit: Visit,
        _ refusal: Refusal? = nil
    ) -> Page {
        let t = visit.t
        let fields: HTML = """
            <input type="hidden" name="version" value="\(version)">
            \(planFields(typed, visit, refusal))
            \(acts([button(t("gathering.change.button"), .main)]))
            """
        return Page(
            title: t("gathering.change.title"),
            main: """
                \(backLink(t("gathering.change.back"), to: gathering.address))
                \(problems(refusal, t))
                <h1>\(t("gathering.change.title"))</h1>
                \(refusal == .changedMeanwhile ? asItIsNow(gathering, t) : .empty)
                \(visit.form(to: gathering.address + "/plan", fields))
                """,
            project: projectWays(project, here: project.address + "/gatherings", t), isRefused: refusal != nil)
    }

    /// What somebody else has written since, beside what was typed.
    private func asItIsNow(_ gathering: Gathering, _ t: Words) -> HTML {
        let plan = gathering.plan
        let texts = [
            ("gathering.new.plan", plan.plan), ("gathering.new.who", plan.who), ("gathering.new.access", plan.access),
            ("gathering.new.worried", plan.worried), ("gathering.new.question", plan.question),
        ]
        let said = texts.filter { !$0.1.isEmpty }.map { (name: t($0.0), says: prose($0.1)) }
        let first: [(name: String, says: HTML)] = [
            (t("gathering.new.name"), prose(plan.name)), (t("gathering.new.day"), paragraph(gathering.when(t))),
            (t("gathering.new.place"), prose(plan.place)),
        ]
        return sheet("<h2>\(t("gathering.change.now"))</h2>\(rows(first + said))")
    }

    private func planFields(_ typed: Form, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        func text(_ name: String, _ label: String, hint: String? = nil, rows: Int = 3) -> HTML {
            area(
                name, label: t(label), hint: hint.map { t($0) }, error: refusal?.at(name, t), value: typed[name],
                rows: rows)
        }
        let kinds = Gathering.Kind.allCases.map { Choice(value: $0.rawValue, label: t($0.key)) }
        return """
            <h2>\(t("gathering.new.what"))</h2>
            \(field("name", label: t("gathering.new.name"), hint: t("gathering.new.name.hint"), error: refusal?.at("name", t), value: typed["name"]))
            \(choices("kind", label: t("gathering.new.kind"), error: refusal?.at("kind", t), of: kinds, chosen: typed["kind"]))
            \(timeFields(typed, visit, refusal))
            <h2>\(t("gathering.new.where"))</h2>
            \(field("place", label: t("gathering.new.place"), error: refusal?.at("place", t), value: typed["place"]))
            \(text("access", "gathering.new.access", hint: "gathering.new.access.hint"))
            <h2>\(t("gathering.new.happens"))</h2>
            \(text("plan", "gathering.new.plan", hint: "gathering.new.plan.hint", rows: 5))
            \(text("who", "gathering.new.who", hint: "gathering.new.who.hint"))
            \(field("question", label: t("gathering.new.question"), hint: t("gathering.new.question.hint"), error: refusal?.at("question", t), value: typed["question"]))
            <h2>\(t("gathering.new.safe"))</h2>
            \(text("worried", "gathering.new.worried", hint: "gathering.new.worried.hint"))
            """
        // words: gathering.new.*
    }

    private func timeFields(_ typed: Form, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        func day(_ name: String, _ label: String) -> HTML {
            dateField(name, label: label, error: refusal?.at(name, t), value: typed[name])
        }
        func time(_ name: String, _ label: String) -> HTML {
            field(name, label: label, error: refusal?.at(name, t), value: typed[name], kind: .time)
        }
        let rarely: HTML = "\(day("last-day", t("gathering.new.lastDay")))\(zoneField(typed["zone"], t))"
        let isOpen =
            !typed["last-day"].isEmpty || refusal?.field == "last-day" || refusal?.field == "zone"
            || typed["zone"] != house.settings.zone.identifier
        return """
            \(day("day", t("gathering.new.day")))
            \(time("start", t("gathering.new.start")))
            \(time("end", t("gathering.new.end")))
            \(more(t("gathering.new.rarely"), rarely, isOpen: isOpen))
            """
    }

    private func zoneField(_ chosen: String, _ t: Words) -> HTML {
        var zones = [house.settings.zone.identifier]
        for zone in [chosen] + Self.commonZones where !zones.contains(zone) && TimeZone(identifier: zone) != nil {
            zones.append(zone)
        }
        let options = zones.map { zone -> HTML in
            let place = (zone.split(separator: "/").last ?? "").replacing("_", with: " ")
            let name = TimeZone(identifier: zone).map { t.name(of: $0) }
            let said = t("gathering.zone", place: String(place), name: name ?? zone)
            return "<option value=\"\(zone)\"\(flag: "selected", zone == chosen)>\(said)</option>"
        }
        return """
            <div class="field"><label class="field-label" for="zone">\(t("gathering.new.zone"))</label>
            <select class="input" id="zone" name="zone">\(options)</select></div>
            """
    }
}
