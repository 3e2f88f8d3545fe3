import Markup
import Storage

extension ComplaintRoutes {
    func askPage(_ about: About?, _ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let once = visit.form.id("once", of: Complaint.self) ?? house.newID()
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(area(
                "words", label: t("complaint.words"), hint: t("complaint.words.hint"),
                error: refusal?.at("words", t), value: visit.form["words"]))
            \(field(
                "called", label: t("complaint.name"), hint: t("complaint.maybe"), error: refusal?.at("called", t),
                value: visit.form["called"]))
            \(field(
                "reach", label: t("complaint.reach"), hint: t("complaint.reach.hint"),
                error: refusal?.at("reach", t), value: visit.form["reach"]))
            \(acts([button(t("complaint.send"), .main)]))
            """
        let elsewhere = about.flatMap { $0.complaints.isEmpty ? nil : HTML(paragraphs: $0.complaints) }
        return Page(
            title: t("complaint.title"),
            main: """
                \(backLink(t("door.back"), to: "/"))
                \(problems(refusal, t))
                <h1>\(t("complaint.title"))</h1>
                \(paragraph(t("complaint.text", count: Complaint.daysToAnswer)))
                \(visit.form(to: "/complaints", fields))
                """,
            context: """
                <h2>\(t("complaint.elsewhere"))</h2>
                \(elsewhere)
                \(paragraph(t("complaint.regulator")))
                """,
            isRefused: refusal != nil)
    }

    func minePage(_ complaint: Complaint, _ words: SixWords, _ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let wayIn = house.wayIn(by: words, label: t("complaint.qr"), t)
        let more: HTML = """
            \(area("words", label: t("complaint.more"), error: refusal?.at("words", t), value: visit.form["words"]))
            \(acts([button(t("complaint.add"))]))
            """
        let isOpen = complaint.takenBack == nil
        return Page(
            title: t("complaint.mine"),
            main: """
                \(problems(refusal, t))
                <h1>\(t("complaint.mine"))</h1>
                \(paragraph(standing(of: complaint, t)))
                <div class="sheet slip">
                <h2 class="slip-title">\(picture(.receipt))\(t("complaint.keep"))</h2>
                \(sixWordsDisplay(words.words))
                \(wayIn)
                </div>
                \(story(complaint, said: t("complaint.said"), t))
                \(isOpen ? visit.form(to: "/complaints/mine/more", more) : .empty)
                """,
            context: """
                \(isOpen ? takingBack(visit) : .empty)
                <h2>\(t("complaint.elsewhere"))</h2>
                \(paragraph(t("complaint.regulator")))
                """,
            isRefused: refusal != nil)
    }

    private func takingBack(_ visit: Visit) -> HTML {
        let t = visit.t
        return """
            <h2>\(t("complaint.takeBack"))</h2>
            \(paragraph(t("complaint.takeBack.text")))
            \(visit.form(to: "/complaints/mine/taking-back", acts([button(t("complaint.takeBack"))])))
            """
    }

    func listPage(_ complaints: [Complaint], _ t: Words) -> Page {
        let items = complaints.map { complaint -> HTML in
            """
            <h2><a href="/house/complaints/\(complaint.id.text)">\(complaint.heading(t))</a></h2>
            \(paragraph(standing(of: complaint, t)))
            """
        }
        return Page(
            title: t("complaint.list"),
            main: """
                \(backLink(t("complaint.list.place"), to: "/me"))
                <h1>\(t("complaint.list"))</h1>
                \(paragraph(t("complaint.list.text", count: Complaint.daysToAnswer)))
                \(items.isEmpty ? paragraph(t("complaint.list.none")) : stack(items))
                """)
    }

    func keeperPage(_ complaint: Complaint, _ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        // words: complaint.kind.*
        let kinds = Complaint.Kind.ofKeepers.map { kind in
            Choice(value: kind.rawValue, label: t("complaint.kind.\(kind.rawValue)"))
        }
        let usual: Complaint.Kind = complaint.standing == .waiting ? .acknowledged : .noted
        let chosen = visit.form.has("kind") ? visit.form["kind"] : usual.rawValue
        let fields: HTML = """
            \(choices(
                "kind", label: t("complaint.kind"), error: refusal?.at("kind", t), of: kinds, chosen: chosen))
            \(area(
                "words", label: t("complaint.entry"), hint: t("complaint.entry.hint"),
                error: refusal?.at("words", t), value: visit.form["words"]))
            \(acts([button(t("complaint.entry.save"), .main)]))
            """
        let form = visit.form(to: "/house/complaints/\(complaint.id.text)/log", fields)
        let asked = [("complaint.their.name", complaint.name), ("complaint.their.reach", complaint.reach)]
            .filter { !$0.1.isEmpty }
        // words: complaint.their.name complaint.their.reach
        let facts = asked.map { (name: t($0.0), says: "<bdi>\($0.1)</bdi>" as HTML) }
        return Page(
            title: complaint.heading(t),
            main: """
                \(backLink(t("complaint.list.back"), to: "/house/complaints"))
                \(problems(refusal, t))
                <h1>\(complaint.heading(t))</h1>
                \(paragraph(standing(of: complaint, t)))
                \(facts.isEmpty ? .empty : rows(facts))
                \(story(complaint, said: t("complaint.their.words"), t))
                \(complaint.takenBack == nil ? form : .empty)
                """,
            isRefused: refusal != nil)
    }

    /// What was written, and everything that has happened since, with its day.
    private func story(_ complaint: Complaint, said: String, _ t: Words) -> HTML {
        let first: HTML =
            complaint.takenBack == nil
            ? HTML(paragraphs: complaint.words) : paragraph(t("complaint.gone"))
        let log = complaint.log.map { entry -> HTML in
            // words: complaint.log.*
            let key = "complaint.log.\(entry.kind.rawValue)"
            return """
                <li><h3>\(t(key))</h3>\(HTML(paragraphs: entry.words))\
                \(smallPrint("\(byline(entry, t))"))</li>
                """
        }
        let since: HTML = "<h2>\(t("complaint.since"))</h2><ol role=\"list\" class=\"stack\">\(log)</ol>"
        return """
            <section><h2>\(said)</h2><div dir="auto">\(first)</div>\
            \(smallPrint("\(t.moment(complaint.made.milliseconds))"))</section>
            \(log.isEmpty ? .empty : since)
            """
    }

    private func byline(_ entry: Complaint.Entry, _ t: Words) -> String {
        let moment = t.moment(entry.said.milliseconds)
        guard entry.kind != .added else { return moment }
        return t("complaint.byline", name: entry.keeper ?? t("complaint.formerKeeper"), moment: moment)
    }

    private func standing(of complaint: Complaint, _ t: Words) -> String {
        switch complaint.standing {
        case .waiting:
            complaint.isLate(at: house.now())
                ? t("complaint.standing.late", day: t.day(complaint.due.milliseconds))
                : t("complaint.standing.waiting", day: t.day(complaint.due.milliseconds))
        case .lookedInto: t("complaint.standing.lookedInto")
        case .settled: t("complaint.standing.settled")
        case .takenBack: t("complaint.standing.takenBack")
        }
    }
}

extension Complaint {
    fileprivate func heading(_ t: Words) -> String { t("complaint.heading", day: t.day(made.milliseconds)) }
}
