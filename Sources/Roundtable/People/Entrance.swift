import Hummingbird
import Markup
import Storage

/// What this house says of itself: written by its keeper, read by anybody before they say a word.
struct About: Sendable, Equatable {
    var name = ""
    /// Who is responsible for this house and for what is kept in it.
    var responsible = ""
    /// How to reach them.
    var contact = ""
    /// How to complain about how this house uses what people say.
    var complaints = ""
    var version = 0

    /// Room for a name and an address; these stand on the first page.
    static let longestLine = 120
    static let longestText = 1_000

    /// What a keeper typed, within its limits.
    init(_ form: Form, version: Int) throws(Refusal) {
        name = form.line("name")
        responsible = form.lines("responsible")
        contact = form.lines("contact")
        complaints = form.lines("complaints")
        self.version = version
        guard !Text.isBlank(responsible) else { throw .nobodyResponsible }
        guard Text.fits(name, letters: Self.longestLine) else { throw .aboutTooLong(Self.longestLine, "name") }
        for (field, text) in [("responsible", responsible), ("contact", contact), ("complaints", complaints)] {
            guard Text.fits(text, letters: Self.longestText) else { throw .aboutTooLong(Self.longestText, field) }
        }
    }

    init() {}
}

extension Refusal {
    static let nobodyResponsible = Refusal("about.refusal.nobody", field: "responsible")
    static func aboutTooLong(_ limit: Int, _ field: String) -> Refusal {
        Refusal("about.refusal.long", limit: limit, field: field)
    }
    static let changedMeanwhile = Refusal("error.refusal.changedMeanwhile")
}

extension Reader {
    func about() throws -> About? {
        try one("select name, responsible, contact, complaints, version from house") { row in
            var about = About()
            about.name = row[0]
            about.responsible = row[1]
            about.contact = row[2]
            about.complaints = row[3]
            about.version = row[4]
            return about
        }
    }
}

extension Writer {
    /// Writes what the house says of itself, unless somebody else has since `about.version`.
    func write(_ about: About, at now: Moment) throws {
        let changed = try run(
            """
            insert into house (id, name, responsible, contact, complaints, opened, version)
            values ('house', \(about.name), \(about.responsible), \(about.contact), \(about.complaints), \(now), 1)
            on conflict (id) do update set name = excluded.name, responsible = excluded.responsible,
                contact = excluded.contact, complaints = excluded.complaints, version = house.version + 1
            where house.version = \(about.version)
            """)
        guard changed > 0 else { throw Refusal.changedMeanwhile }
    }
}

/// The first page, and what this house says of itself.
struct EntranceRoutes: Sendable {
    let house: House

    /// GET /
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        let about = try await house.database.read { try $0.about() }
        return house.respond(firstPage(about, visit), visit)
    }

    /// GET /about
    func about(_ request: Request, _ visit: Visit) async throws -> Response {
        let about = try await house.database.read { try $0.about() }
        let t = visit.t
        let main: HTML = "\(backLink(t("door.back"), to: "/"))<h1>\(t("about.title"))</h1>\(aboutHouse(about, t))"
        return house.respond(Page(title: t("about.title"), main: main), visit)
    }

    /// GET /house/about
    func edit(_ request: Request, _ context: KeeperContext) async throws -> Response {
        let about = try await house.database.read { try $0.about() } ?? About()
        return house.respond(editPage(about, context.visit), context.visit)
    }

    /// POST /house/about
    func write(_ request: Request, _ context: KeeperContext) async throws -> Response {
        do {
            let about = try About(context.form, version: Int(context.form["version"]) ?? 0)
            let now = house.now()
            try await house.database.write { try $0.write(about, at: now) }
            return .see("/about")
        } catch let refusal as Refusal {
            var typed = About()
            (typed.name, typed.responsible) = (context.form["name"], context.form["responsible"])
            (typed.contact, typed.complaints) = (context.form["contact"], context.form["complaints"])
            typed.version = try await house.database.read { try $0.about()?.version } ?? 0
            return house.respond(editPage(typed, context.visit, refusal), context.visit)
        }
    }

    private func firstPage(_ about: About?, _ visit: Visit) -> Page {
        let t = visit.t
        return Page(
            title: t("door.title"),
            main: """
                <h1>\(t("door.title"))</h1>
                \(visit.query["passed"] == nil ? .empty : notice(.passItOn, title: t("door.passed"), paragraph(t("door.passed.text"))))
                <p class="lead">\(t("door.lead"))</p>
                \(visit.next.isEmpty || visit.person != nil ? .empty : comeInFirst(visit))
                \(visit.reach == .safe ? everyDoor(visit) : house.hallDoor(visit))
                \(aboutHouse(about, t))
                """)
    }

    /// Why whoever asked for a page of somebody's is on this one.
    private func comeInFirst(_ visit: Visit) -> HTML {
        let t = visit.t
        let how = visit.reach == .safe ? t("door.first") : t("door.first.hall")
        return notice(.key, title: t("error.known.title"), paragraph(how))
    }

    private func everyDoor(_ visit: Visit) -> HTML {
        let t = visit.t
        let start = visit.person == nil ? "/people/new?next=/projects/new" : "/projects/new"
        let words = "/words\(visit.person == nil ? visit.onwards : "")"
        return """
            \(doors([
                door(t("door.code.title"), t("door.code.text"), to: "/codes", picture: .card),
                door(t("door.words.title"), t("door.words.text"), to: words, picture: .key),
                door(t("door.invited.title"), t("door.invited.text"), to: "/words", picture: .envelope),
                door(t("door.start.title"), t("door.start.text"), to: start, picture: .table),
            ]))
            \(house.settings.practice == .offered ? lookRound(t) : .empty)
            """
    }

    private func lookRound(_ t: Words) -> HTML {
        "<p><a href=\"/practice\">\(t("practice.door"))</a></p>"
    }

    private func aboutHouse(_ about: About?, _ t: Words) -> HTML {
        // Whatever a house says of its own, the regulator stands beside it.
        let complaints: HTML? = about.flatMap { about in
            about.complaints.isEmpty
                ? nil : "\(HTML(paragraphs: about.complaints))\(paragraph(t("complaint.regulator")))"
        }
        let name = about?.name ?? ""
        return """
            \(name.isEmpty ? .empty : "<p class=\"lead\"><b dir=\"auto\">\(name)</b></p>" as HTML)
            <h2>\(t("about.responsible.title"))</h2>
            \(about.map { HTML(paragraphs: $0.responsible) } ?? paragraph(t("about.responsible.nobody")))
            \(about.map { HTML(paragraphs: $0.contact) })
            <h2>\(t("about.readers.title"))</h2>
            \(paragraph(t("about.readers.text")))
            \(paragraph(t("about.readers.keeper")))
            <h2>\(t("about.complaints.title"))</h2>
            \(complaints ?? paragraph(t(about == nil ? "about.complaints.nobody" : "about.complaints.usual")))
            <p><a href="/complaints">\(t("complaint.door"))</a></p>
            """
    }

    private func editPage(_ about: About, _ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let fields: HTML = """
            <input type="hidden" name="version" value="\(about.version)">
            \(field("name", label: t("about.edit.name"), error: refusal?.at("name", t), value: about.name))
            \(area(
                "responsible", label: t("about.edit.responsible"), hint: t("about.edit.responsible.hint"),
                error: refusal?.at("responsible", t), value: about.responsible, rows: 3))
            \(area(
                "contact", label: t("about.edit.contact"), error: refusal?.at("contact", t), value: about.contact,
                rows: 3))
            \(area(
                "complaints", label: t("about.edit.complaints"), hint: t("about.edit.complaints.hint"),
                error: refusal?.at("complaints", t), value: about.complaints))
            \(acts([button(t("about.edit.save"), .main)]))
            """
        return Page(
            title: t("about.edit.title"),
            main: """
                \(backLink(t("door.back"), to: "/"))
                \(problems(refusal, t))
                <h1>\(t("about.edit.title"))</h1>
                \(visit.form(to: "/house/about", fields))
                """,
            isRefused: refusal != nil)
    }
}
