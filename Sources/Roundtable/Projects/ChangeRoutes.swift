import HTTPTypes
import Hummingbird
import Markup
import Storage

/// A change to what was offered, waiting for two people's keys.
struct ChangeRoutes: Sendable {
    let house: House

    /// GET /projects/:project/proposals/:change: the words now and the words proposed, side by side.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await change(context)
    }

    private func change(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, changeID) = (
            try context.id("project", of: Project.self), try context.id("change", of: CardChange.self)
        )
        let person = context.person.id
        let view = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            let change = try db.change(changeID, in: id)
            return ChangeView(project: project, seat: seat, change: change, card: try db.card(change.card, in: id))
        }
        return house.respond(changePage(view, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/proposals/:change/keys: one person's key. The last that is needed makes the change.
    func turn(_ request: Request, _ context: PersonContext) async throws -> Response {
        let form = context.form
        return try await settling(context) { db, change, seat, now in
            let card = try db.card(change.card, in: seat.project)
            let act = try db.turn(Key.typed(form), for: change.act, by: seat, at: now)
            switch change.turning(with: act, on: card, at: now) {
            case .waiting: break
            case .applied: try db.apply(change, to: card, by: act.agreeing, at: now)
            case .overtaken: try db.settle(act.id, .overtaken, at: now)
            }
        }
    }

    /// POST /projects/:project/proposals/:change/withdrawn: its proposer takes it back.
    func withdraw(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await settling(context) { db, change, seat, now in
            try change.act.mayWithdraw(seat.id)
            try db.settle(change.act.id, .withdrawn, at: now)
        }
    }

    private func settling(
        _ context: PersonContext, _ settle: @escaping @Sendable (Writer, CardChange, Seat, Moment) throws -> Void
    ) async throws -> Response {
        do {
            let id = try context.id("project", of: Project.self)
            let change = try context.id("change", of: CardChange.self)
            let (person, now) = (context.person.id, house.now())
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                try settle(db, db.change(change, in: id), seat, now)
            }
            return .see("/projects/\(id.text)/proposals/\(change.text)")
        } catch let refusal as Refusal {
            return try await self.change(context, refusal)
        }
    }

    private struct ChangeView: Sendable {
        let project: Project
        let seat: Seat
        let change: CardChange
        let card: Card
    }

    private func changePage(_ view: ChangeView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let t = visit.t
        let (project, change, card) = (view.project, view.change, view.card)
        let offer = OfferRoutes(house: house)
        let proposed = offer.wordingInFull(change.wording, of: card, t)
        let now: HTML = card.isStanding ? offer.wordingInFull(card.wording, of: card, t) : paragraph(t("change.new"))
        let sides: HTML = """
            <div class="sides"><section class="sheet"><h2>\(t("change.now"))</h2>\(now)</section>\
            <section class="sheet"><h2>\(t("change.proposed"))</h2>\(proposed)</section></div>
            """
        let small = t(
            "change.print", name: nameHere(change.act.openerName, t), day: t.moment(change.act.opened.milliseconds))
        return Page(
            title: t("change.title"),
            main: """
                \(backLink(t("offer.back"), to: "\(project.address)/offer"))
                \(problems(refusal, t))
                <h1>\(t("change.title"))</h1>
                \(change.act.outcome == .applied ? .empty : sides)
                \(smallPrint("\(small)"))
                \(standing(view, visit, refusal))
                """,
            project: projectWays(project, here: "\(project.address)/offer", t), isRefused: refusal != nil)
    }

    /// What became of it, or what this reader can do.
    private func standing(_ view: ChangeView, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let (change, address) = (view.change, "\(view.project.address)/proposals/\(view.change.id.text)")
        let keys = keysTurned(change.act, at: house.now(), t)
        switch change.act.outcome {
        case .applied:
            let card = "\(view.project.address)/cards/\(change.card.text)"
            let missing = missingSides(change.act.missing, t)
            return "\(paragraph(t("change.applied")))\(missing)\(acts([buttonLink(t("card.open"), to: card)]))\(keys)"
        case .withdrawn: return paragraph(t("change.withdrawn"))
        case .overtaken: return paragraph(t("change.overtaken"))
        case nil: break
        }
        if change.fromVersion != view.card.version { return paragraph(t("change.overtaken")) }
        let back = visit.form(to: address + "/withdrawn", button(t("change.withdraw"), .link))
        return """
            \(paragraph(t("change.why")))\(keys)
            \(keyForm(change.act, for: view.seat, to: address + "/keys", yes: t("change.yes"), visit, refusal))
            \(change.act.opener == view.seat.id ? back : .empty)
            """
    }
}
