import HTTPTypes
import Hummingbird
import Markup
import Storage

extension OfferRoutes {
    /// GET /projects/:project/offer/new: a card to be laid.
    func askCard(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await newCard(context)
    }

    private func newCard(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, _) = try await house.database.read { try $0.project(id, seating: person) }
        return house.respond(wordingPage(project, nil, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/cards
    func addCard(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, form) = (try context.id("project", of: Project.self), context.form)
            let (person, now) = (context.person.id, house.now())
            let says = try Wording.ofCard(form, today: house.today)
            let (cardID, change) = (form.id("once") ?? house.newID(Card.self), house.newID(CardChange.self))
            let isProposed = try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                try db.offer(of: project).add()
                try db.mind(["words"], of: form, in: id, by: seat.id)
                let isFree = project.laid == nil
                let card = Card(
                    id: cardID, project: id, topic: nil, wording: says, owner: nil, isStanding: isFree, laid: now,
                    version: isFree ? 1 : 0)
                let isNew = try db.add(card, by: seat, at: now)
                if !isFree, isNew { try db.propose(says, for: card, as: change, by: seat, at: now) }
                return !isFree && isNew
            }
            return .see(
                "/projects/\(id.text)/" + (isProposed ? "proposals/\(change.text)" : "offer#card-\(cardID.text)"))
        } catch let refusal as Refusal {
            return try await newCard(context, refusal)
        }
    }

    /// GET /projects/:project/cards/:card: the card, whose name it may bear, and how it read before.
    func showCard(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await card(context)
    }

    private func card(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, cardID) = (try context.id("project", of: Project.self), try context.id("card", of: Card.self))
        let person = context.person.id
        let view = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            let changes = try db.waitingChanges(in: id).filter { $0.card == cardID }
            return CardView(
                project: project, seat: seat, card: try db.card(cardID, in: id), wordings: try db.wordings(of: cardID),
                changes: changes, seats: try db.seats(in: id),
                steered: try db.steered(about: Concern.About(.card, cardID.text)))
        }
        return house.respond(cardPage(view, context.visit, refusal), context.visit)
    }

    /// GET /projects/:project/cards/:card/wording
    func askWording(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await wording(context)
    }

    private func wording(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, cardID) = (try context.id("project", of: Project.self), try context.id("card", of: Card.self))
        let person = context.person.id
        let (project, card) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.card(cardID, in: id))
        }
        if let topic = card.topic { return .see("\(project.address)/topics/\(topic.rawValue)") }
        return house.respond(wordingPage(project, card, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/cards/:card/wording: other words, or with `off` none: it leaves the table.
    func reword(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, cardID) = (try context.id("project", of: Project.self), try context.id("card", of: Card.self))
            let (form, person, now) = (context.form, context.person.id, house.now())
            let typed = form.ticked("off") ? nil : try Wording.ofCard(form, today: house.today)
            let once = form.id("once") ?? house.newID(CardChange.self)
            let proposed = try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                let card = try db.card(cardID, in: id)
                guard card.topic == nil else { throw Missing() }
                let says = typed ?? card.wording.tapped(.takenOff)
                if card.wording == says { return nil as ID<CardChange>? }
                guard card.version == Int(form["version"]) else { throw Refusal.changedMeanwhile }
                if typed != nil { try db.mind(["words"], of: form, in: id, by: seat.id) }
                return try db.reword(card, as: says, in: project, by: seat, once: once, at: now)
            }
            return .see("/projects/\(id.text)/\(proposed.map { "proposals/\($0.text)" } ?? "cards/\(cardID.text)")")
        } catch let refusal as Refusal {
            return try await wording(context, refusal)
        }
    }

    /// POST /projects/:project/cards/:card/owner: asks somebody with a seat to put their name to it.
    func askOwner(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, cardID) = (try context.id("project", of: Project.self), try context.id("card", of: Card.self))
            let (person, now, asked) = (context.person.id, house.now(), context.form.id("seat", of: Seat.self))
            try await house.database.write { db in
                _ = try db.project(id, seating: person)
                let card = try db.card(cardID, in: id)
                guard let seat = try db.seats(in: id).first(where: { $0.id == asked }) else {
                    throw Refusal.nobodyAsked
                }
                if card.owner?.seat == seat.id { return }
                try db.setOwner(card.asking(seat), of: card)
                try db.post(.ownerAsked(card: cardID, seat: seat.id), in: id, at: now)
            }
            return .see("/projects/\(id.text)/cards/\(cardID.text)")
        } catch let refusal as Refusal {
            return try await card(context, refusal)
        }
    }

    /// POST /projects/:project/cards/:card/acceptance: the person who was asked says yes, or no, or not any more.
    func answerOwning(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, cardID) = (try context.id("project", of: Project.self), try context.id("card", of: Card.self))
            let (person, now, yes) = (context.person.id, house.now(), context.form["answer"] == "yes")
            try await house.database.write { db in
                let (_, seat) = try db.project(id, seating: person)
                let card = try db.card(cardID, in: id)
                let owner = try card.answered(by: seat, yes: yes, at: now)
                try db.setOwner(owner, of: card)
                if owner?.accepted != card.owner?.accepted { try db.post(.offerChanged(card: cardID), in: id, at: now) }
            }
            return .see("/projects/\(id.text)/cards/\(cardID.text)")
        } catch let refusal as Refusal {
            return try await card(context, refusal)
        }
    }
}

/// All that a card's page shows.
struct CardView: Sendable {
    let project: Project
    /// The reader's own.
    let seat: Seat
    let card: Card
    let wordings: [OldWording]
    let changes: [CardChange]
    let seats: [Seat]
    let steered: [Concern]
}

extension House {
    /// The day on the wall here.
    var today: Day { Day(now(), in: settings.zone) }
}

extension Refusal {
    static let nobodyAsked = Refusal("card.refusal.nobodyAsked", field: "seat")
}
