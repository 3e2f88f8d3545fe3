import HTTPTypes
import Hummingbird
import Markup
import Storage

/// The offer: reading it, its cards and what is thought of first, and laying it on the table.
struct OfferRoutes: Sendable {
    let house: House

    /// GET /projects/:project/offer. Six statements, however many cards there are.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await offer(context)
    }

    func offer(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, offer, changes) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.offer(of: project), try db.waitingChanges(in: id))
        }
        return house.respond(offerPage(project, offer, changes, context.visit, refusal), context.visit)
    }

    /// GET /projects/:project/offer/sheet
    func showSheet(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, offer) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.offer(of: project))
        }
        let back = backLink(context.t("offer.back"), to: "\(project.address)/offer")
        return house.respond(sheetPage(project, offer, back: back, context.t), context.visit)
    }

    /// POST /projects/:project/offer/laid: from now on two people's yes changes it, and anybody may be invited.
    func lay(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            try await house.database.write { db in
                let (project, _) = try db.project(id, seating: person)
                try db.offer(of: project).lay()
                try db.lay(project, at: now)
                try db.post(.offerLaid(project: id), in: id, at: now)
            }
            return .see("/projects/\(id.text)/offer")
        } catch let refusal as Refusal {
            return try await offer(context, refusal)
        }
    }

    /// GET /projects/:project/topics/:topic: one line of *think first*, with room for words.
    func askTopic(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await topic(context)
    }

    private func topic(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        guard let topic = Topic(rawValue: try context.parameter("topic")) else { throw Missing() }
        let (project, card) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.card(about: topic, in: id))
        }
        return house.respond(topicPage(project, topic, card, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/topics/:topic: a tap, or the whole line.
    func answerTopic(_ request: Request, _ context: PersonContext) async throws -> Response {
        guard let topic = Topic(rawValue: try context.parameter("topic")) else { throw Missing() }
        do {
            let (id, form) = (try context.id("project", of: Project.self), context.form)
            let typed = try Wording.ofTopic(topic, form)
            let (person, now, once) = (context.person.id, house.now(), form.id("once") ?? house.newID(CardChange.self))
            let fresh = house.newID(Card.self)
            let (says, proposed) = try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                let card = try db.card(about: topic, in: id)
                let says = form.has("words") ? typed : card?.wording.tapped(typed.kind) ?? typed
                if says == card?.wording { return (says, nil as ID<CardChange>?) }
                guard card?.version ?? 0 == Int(form["version"]) else { throw Refusal.changedMeanwhile }
                try db.mind(["words", "amount", "payBy"], of: form, in: id, by: seat.id)
                if let card {
                    return (says, try db.reword(card, as: says, in: project, by: seat, once: once, at: now))
                } else {
                    let card = Card(
                        id: fresh, project: id, topic: topic, wording: says, owner: nil, isStanding: true, laid: now,
                        version: 1)
                    try db.add(card, by: seat, at: now)
                }
                return (says, nil)
            }
            if let proposed { return .see("/projects/\(id.text)/proposals/\(proposed.text)") }
            let asksHowMuch = topic == .money && says.kind == .sorted && says.amount.isEmpty
            return .see("/projects/\(id.text)/\(asksHowMuch ? "topics/money" : "offer#think-\(topic.rawValue)")")
        } catch let refusal as Refusal {
            return try await self.topic(context, refusal)
        }
    }
}

extension Writer {
    /// Changes a card at once while the offer is being written; once it is laid, proposes it for two people's keys, and
    /// says what it is proposed as.
    /// Which of the two it is decided here, in the transaction, whatever the page said when it was opened.
    @discardableResult
    func reword(
        _ card: Card, as says: Wording, in project: Project, by seat: Seat, once: ID<CardChange>, at now: Moment
    ) throws -> ID<CardChange>? {
        if project.laid == nil {
            try change(card, to: says, by: seat.id, agreeing: [seat.id], at: now)
            return nil
        }
        try propose(says, for: card, as: once, by: seat, at: now)
        return once
    }
}
