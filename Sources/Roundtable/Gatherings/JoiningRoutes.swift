import HTTPTypes
import Hummingbird
import Markup
import Storage

/// The door of a gathering: a code off the wall, a name or none, and in.
struct JoiningRoutes: Sendable {
    let house: House

    /// GET /codes
    func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        house.respond(codePage(visit), visit)
    }

    /// POST /codes: what was typed. The door itself is the next screen, and the last.
    func read(_ request: Request, _ visit: Visit) async throws -> Response {
        let t = visit.t
        switch Code.read(visit.form["code"]) {
        case .code(let code):
            let now = house.now()
            let isThere = try await house.database.read { try $0.gathering(code: code.text, at: now) != nil }
            return isThere ? .see("/codes/\(code.text)") : try await unknown(visit)
        case .howMany(let count):
            return house.respond(codePage(visit, saying: t("code.refusal.howMany", count: count)), visit)
        case .never(let character):
            let sentence = t(
                "code.refusal.never", letter: String(character), all: t.list(Code.alphabet.map { String($0) }))
            return house.respond(codePage(visit, saying: sentence), visit)
        case .twice(let character):
            return house.respond(codePage(visit, saying: t("code.refusal.twice", letter: String(character))), visit)
        }
    }

    /// GET /codes/:code: names the gathering and says what to know before the first word. Looking joins nothing.
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let (gathering, project) = try await find(visit) else { return try await unknown(visit) }
        return try await door(gathering, project, visit)
    }

    /// GET /codes/:code/offer: the whole offer, to be read before coming in.
    func showOffer(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let (gathering, project) = try await find(visit) else { return try await unknown(visit) }
        let back = backLink(visit.t("join.back"), to: "/codes/\(gathering.code ?? "")")
        return try await offer(of: project, at: gathering, back: back, visit)
    }

    /// GET /gatherings/:gathering/offer: the same, for whoever has come in, when the code has died too.
    func showOfferInside(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (gathering, project, _) = try await house.database.read { try $0.gathering(id, seating: person) }
        let back = backLink(context.t("gathering.change.back"), to: gathering.address)
        return try await offer(of: project, at: gathering, back: back, context.visit)
    }

    private func offer(
        of project: Project, at gathering: Gathering, back: HTML, _ visit: Visit
    ) async throws -> Response {
        guard project.laid != nil else { throw Missing() }
        let offer = try await house.database.read { try $0.offer(of: project) }
        let page = OfferRoutes(house: house).sheetPage(
            project, offer, worried: gathering.plan.worried, back: back, visit.t)
        return house.respond(page, visit)
    }

    /// POST /codes/:code: a person (if this device has none), a seat and a chair, in one step.
    func join(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let (gathering, project) = try await find(visit) else { return try await unknown(visit) }
        do {
            let (now, language, known) = (house.now(), visit.words.language, visit.person)
            let typed = visit.form["name"]
            let name = Text.isBlank(typed) ? "" : try Person.named(typed)
            let person = Person(
                id: known?.id ?? house.arrival(visit) ?? house.newID(), name: known?.name ?? name, keeps: false)
            let token = freshToken()
            let (hash, device) = (house.secret.hash(token, for: "device"), house.newID(Device.self))
            try await house.database.write { db in
                if known == nil {
                    try db.add(person, language: language, at: now)
                    try db.addDevice(device, of: person.id, hash: hash, at: now)
                }
                let seat = try db.takeSeat(
                    in: project.id, person: person.id, name: person.name, asMember: false, at: now)
                try db.sitDown(seat.id, at: gathering.id, at: now)
            }
            var response = Response.see(gathering.address + "/room")
            if known == nil { response.setCookie(house.cookie(Doorkeeper.cookie, token)) }
            return response
        } catch let refusal as Refusal {
            return try await door(gathering, project, visit, refusal)
        }
    }

    private func door(
        _ gathering: Gathering, _ project: Project, _ visit: Visit, _ refusal: Refusal? = nil
    ) async throws -> Response {
        let money = try await house.database.read { try $0.card(about: .money, in: project.id)?.wording }
        return house.respond(doorPage(gathering, project, money, visit, refusal), visit)
    }

    private func find(_ visit: Visit) async throws -> (Gathering, Project)? {
        guard let code = Code(reading: try visit.parameter("code")) else { return nil }
        let now = house.now()
        return try await house.database.read { try $0.gathering(code: code.text, at: now) }
    }

    /// A code that opens nothing. Only these are counted, so a hall behind one address is never kept out.
    private func unknown(_ visit: Visit) async throws -> Response {
        let courtesy = await house.guesses.wrong(
            network: visit.network, device: visit.device?.text ?? visit.guardToken, at: house.now())
        let key = try await courtesy.wait() ? "code.refusal.unknown" : "code.refusal.tooMany"
        // words: code.refusal.*
        return house.respond(codePage(visit, saying: visit.t(key)), visit)
    }

    private func codePage(_ visit: Visit, saying refusal: String? = nil) -> Page {
        let t = visit.t
        let form: HTML = """
            \(codeField(
                "code", label: t("code.title"), hint: t("code.hint"), error: refusal, value: visit.form["code"],
                isQuestion: true))
            \(acts([button(t("code.button"), .main)]))
            """
        return Page(
            title: t("code.title"), main: "\(backLink(t("door.back"), to: "/"))\(visit.form(to: "/codes", form))",
            isRefused: refusal != nil)
    }

    private func doorPage(
        _ gathering: Gathering, _ project: Project, _ money: Wording?, _ visit: Visit, _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let once = visit.form.id("once", of: Person.self) ?? house.newID()
        let name: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(field(
                "name", label: t("join.name"), hint: t("join.name.hint"), error: refusal?.at("name", t),
                value: visit.form["name"], autocomplete: "given-name"))
            """
        let asked: HTML = visit.person.map { paragraph(t("join.as", name: someone($0.name, t))) } ?? name
        return Page(
            title: t("join.title", name: gathering.name),
            main: """
                \(problems(refusal, t))
                <h1>\(t("join.title", name: gathering.name))</h1>
                <p class="lead">\(t("join.project", project: project.name))</p>
                \(visit.form(to: "/codes/\(gathering.code ?? "")", "\(asked)\(acts([button(t("join.button"), .main, picture: .door)]))"))
                <h2>\(t("join.know"))</h2>
                \(visit.reach == .safe ? .empty : notice(.wall, title: t("join.hall"), paragraph(t("join.hall.text"))))
                \(project.laid == nil ? .empty : offered(money, by: gathering, t))
                \(notice(.ear, title: t("join.worried"), prose(gathering.plan.worried)))
                \(notice(.key, title: t("join.secret"), paragraph(t("join.secret.text"))))
                \(notice(.bell, title: t("join.night"), paragraph(t("join.night.text"))))
                """,
            isRefused: refusal != nil)
    }

    /// Money is said before anybody says yes to anything, with the way to all that is offered.
    private func offered(_ money: Wording?, by gathering: Gathering, _ t: Words) -> HTML {
        let way: HTML = "<p><a href=\"/codes/\(gathering.code ?? "")/offer\">\(t("join.offer"))</a></p>"
        return notice(.hand, title: t("money.title"), "\(moneyLine(money, t).map { paragraph($0) })\(way)")
    }
}

/// The way to the offer for a guest, who has no way to the rest of the project.
func offerWay(_ gathering: Gathering, of project: Project, for seat: Seat, _ t: Words) -> HTML {
    guard !seat.isMember, project.laid != nil else { return .empty }
    return "<p><a href=\"\(gathering.address)/offer\">\(t("join.offer"))</a></p>"
}
