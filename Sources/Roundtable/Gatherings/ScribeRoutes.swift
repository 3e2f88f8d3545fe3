import Hummingbird
import Markup
import Storage

/// Writing for those who speak: each line tied to somebody in the room, to the number on a card, or to nobody.
struct ScribeRoutes: Sendable {
    let house: House

    /// GET /gatherings/:gathering/scribe
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await page(context)
    }

    /// POST /gatherings/:gathering/scribe
    func write(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        guard let once = context.form.id("once", of: Contribution.self) else { throw HTTPError(.badRequest) }
        let (form, language) = (context.form, context.t.language)
        do {
            let words = try Saying.words(form)
            let contribution = try await house.keep { db in
                let (gathering, _, scribe) = try db.scribing(id, person)
                guard gathering.hear(at: now) != .closed else { throw Refusal.gatheringHeard }
                let giver = try db.speaker(form, at: id)
                // Nobody's name can stand beside it: better asked now than left out without a word.
                if case .nobody = giver, form.ticked("signed") { throw Refusal.whoseName }
                // Whose receipt a number is, nobody may learn from being told.
                let about = if case .seat(let seat) = giver { [seat] } else { [] as [ID<Seat>] }
                try db.mind(["words"], of: form, in: scribe.project, by: scribe.id, about: about)
                return Contribution(
                    spoken: words, by: giver, scribe: scribe, at: id, id: once, isSigned: form.ticked("signed"),
                    language: language, now: now, changed: try db.nextChange())
            }
            return .see("/gatherings/\(id)/scribe#contribution-\(contribution.id)")
        } catch let refusal as Refusal {
            return try await page(context, refusal)
        }
    }

    private func page(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let view = try await house.database.read { db in
            let (gathering, project, seat) = try db.scribing(id, person)
            return ScribeView(
                gathering: gathering, project: project, seat: seat, room: try db.room(at: id),
                written: try db.said(writtenBy: seat.id, at: id, now: now))
        }
        return house.respond(scribePage(view, context, refusal), context.visit)
    }

    private func scribePage(_ view: ScribeView, _ context: PersonContext, _ refusal: Refusal?) -> Page {
        let (t, form) = (context.t, context.form)
        let once = form.id("once", of: Contribution.self) ?? house.newID()
        let room = view.room.filter { !$0.name.isEmpty }.map { Choice(value: $0.id.text, label: $0.name) }
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(choices(
                "speaker", label: t("scribe.speaker"), error: refusal?.at("speaker", t),
                of: room + [Choice(value: "", label: t("scribe.nobody"))], chosen: form["speaker"]))
            \(field(
                "number", label: t("scribe.number"), hint: t("scribe.number.hint"), error: refusal?.at("number", t),
                value: form["number"], kind: .number, isShort: true))
            \(area("words", label: t("scribe.words"), error: refusal?.at("words", t), value: form["words"], rows: 4))
            \(checkbox("signed", label: t("scribe.signed"), isOn: form.ticked("signed")))
            \(acts([button(t("scribe.write"), .main, picture: .pencil)]))
            """
        return Page(
            title: t("scribe.title"),
            main: """
                \(backLink(t("gathering.backToRoom"), to: "\(view.gathering.address)/room"))
                \(problems(refusal, t))
                <h1>\(t("scribe.title"))</h1>
                \(context.visit.form(to: "\(view.gathering.address)/scribe", class: "scribe", fields))
                \(view.written.isEmpty ? .empty : "<h2>\(t("scribe.written"))</h2>")
                <ol class="stack" role="list">\(view.written.map { written($0, by: view.seat, t) })</ol>
                """,
            project: projectWays(view.project, here: "\(view.project.address)/gatherings", t),
            isRefused: refusal != nil)
    }
}

/// One thing that a scribe wrote down, with the way to say that it was read back while it wasn't.
private func written(_ said: Said, by seat: Seat, _ t: Words) -> HTML {
    let contribution = said.contribution
    guard contribution.isToReadBack(by: seat), contribution.takenBack == nil, said.setAside == nil else {
        return "\(saidItems([said], seat: seat, t))"
    }
    let way: HTML = "<a href=\"\(contribution.address)\">\(t("contribution.readBack.way"))</a>"
    return "<li id=\"\(said.element)\">\(saidArticle(said, acts: [way], t))</li>"
}

/// What a scribe's page shows.
struct ScribeView: Sendable {
    let gathering: Gathering
    let project: Project
    let seat: Seat
    let room: [Seat]
    let written: [Said]
}

extension Reader {
    /// The gathering, for a member who writes for others there.
    func scribing(_ id: ID<Gathering>, _ person: ID<Person>) throws -> (Gathering, Project, Seat) {
        let found = try gathering(id, seating: person)
        guard found.2.isMember else { throw Missing() }
        return found
    }

    /// Who is at a gathering as far as anybody can tell, by name. A member needs no code to come in: whoever said that
    /// they come is there, and whoever said something by name. What is said without a name puts nobody on a list.
    fileprivate func room(at gathering: ID<Gathering>) throws -> [Seat] {
        try all(
            """
            select \(Seat.columns) from gathering join seat on seat.project = gathering.project
            where gathering.id = \(gathering) and seat.gone is null
            and (\(Gathering.isExpected) or exists (
                select 1 from contribution where contribution.seat = seat.id and contribution.gathering = gathering.id
                and contribution.signed = 1 and contribution.shared is not null))
            order by lower(seat.name), seat.id
            """
        ) { Seat(row: $0) }
    }

    /// Whose receipt has the number that was typed; nothing where none was.
    func giver(numbered form: Form, at gathering: ID<Gathering>) throws -> Contribution.Giver? {
        guard !form.line("number").isEmpty else { return nil }
        guard let number = Int(form.line("number")), let receipt = try receipt(number: number, at: gathering) else {
            throw Refusal.noSuchCard
        }
        return .receipt(receipt.id)
    }

    /// Whom a scribe's line is tied to: the number on a card, somebody in the room, or nobody.
    fileprivate func speaker(_ form: Form, at gathering: ID<Gathering>) throws -> Contribution.Giver {
        if let giver = try giver(numbered: form, at: gathering) { return giver }
        guard !form["speaker"].isEmpty else { return .nobody }
        let room = try room(at: gathering)
        guard let seat = form.id("speaker", of: Seat.self), room.contains(where: { $0.id == seat }) else {
            throw Refusal.nobodyThere
        }
        return .seat(seat)
    }
}

extension Refusal {
    static let noSuchCard = Refusal("scribe.refusal.number", field: "number")
    static let whoseName = Refusal("scribe.refusal.name", field: "speaker")
}
