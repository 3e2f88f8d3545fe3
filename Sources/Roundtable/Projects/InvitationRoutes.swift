import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Giving out invitations, and taking a seat by one.
struct InvitationRoutes: Sendable {
    let house: House

    /// GET /projects/:project/invitations
    func list(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await list(context)
    }

    private func list(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let (project, offer, open) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.offer(of: project), try db.openInvitations(in: id, at: now))
        }
        return house.respond(listPage(project, offer, open, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/invitations: six words, kept by the device that made them and by nobody else.
    func make(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, form) = (try context.id("project", of: Project.self), context.form)
            guard let kind = form.choice("kind", as: Invitation.Kind.self) else { throw Refusal.noInvitationKind }
            let (person, now) = (context.person.id, house.now())
            let (ends, words) = (try Invitation.end(form, from: now), SixWords.random())
            let hash = house.secret.hash(words.slug, for: Invitation.opening.kind)
            let once = form.id("once") ?? house.newID(Invitation.self)
            let isNew = try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                let open = try db.openInvitations(in: id, at: now).count
                try Invitation.mayBeGiven(kind, offer: db.offer(of: project), open: open)
                let invitation = Invitation(
                    id: once, project: id, seat: seat.id, from: seat.name, kind: kind, made: now, ends: ends, ended: nil
                )
                return try db.add(invitation, hash: hash)
            }
            var response = Response.see("/projects/\(id.text)/invitations/\(once.text)")
            let seconds = Int((ends.milliseconds - now.milliseconds) / 1000)
            if isNew { house.keep(words, as: once.text, for: seconds, in: &response) }
            return response
        } catch let refusal as Refusal {
            return try await list(context, refusal)
        }
    }

    /// GET /projects/:project/invitations/:invitation: the slip to hand over, while this device has its words.
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let id = try context.id("project", of: Project.self)
        let (invitationID, person) = (try context.id("invitation", of: Invitation.self), context.person.id)
        let invited = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return Invited(
                invitation: try db.invitation(invitationID, in: id), project: project,
                concerns: try db.concerns(in: id), offer: try db.offer(of: project), isSeated: true)
        }
        let words = house.keepsake(invitationID.text, in: request)
        return house.respond(slipPage(invited, words, context.visit), context.visit)
    }

    /// POST /projects/:project/invitations/:invitation/ended: anybody with a seat may end it.
    func end(_ request: Request, _ context: PersonContext) async throws -> Response {
        let id = try context.id("project", of: Project.self)
        let (invitationID, person) = (try context.id("invitation", of: Invitation.self), context.person.id)
        let now = house.now()
        try await house.database.write { db in
            let (project, _) = try db.project(id, seating: person)
            try db.end(db.invitation(invitationID, in: project.id).id, at: now)
        }
        var response = Response.see("/projects/\(id.text)/invitations")
        house.forget(invitationID.text, in: &response)
        return response
    }
}

extension Invitation {
    /// An invitation shows who invites, what is wrong and the whole offer, and only then the button.
    static let opening = Opening(kind: "invitation") { hash, house, visit in
        let (person, now) = (visit.person?.id, house.now())
        guard let invited = try await house.database.read({ try $0.invited(by: hash, person) }) else { return nil }
        return offer(invited, house, visit, at: now)
    } open: { words, hash, house, request, visit in
        let (now, language) = (house.now(), visit.words.language)
        if let person = visit.person {
            let invitation = try await house.database.write {
                try $0.accept(hash, person: person.id, name: person.name, at: now)
            }
            return .see("/projects/\(invitation.project.text)")
        }
        guard let id = house.arrival(visit) else { throw HTTPError(.badRequest) }
        let person = Person(id: id, name: try Person.named(visit.form["name"]), keeps: false)
        let invitation = try await house.database.write { db in
            try db.add(person, language: language, at: now)
            return try db.accept(hash, person: person.id, name: person.name, at: now)
        }
        var response = Response.see("/me/pass?next=/projects/\(invitation.project.text)")
        try await house.letIn(person.id, in: &response)
        try await house.givePass(to: person.id, in: &response)
        return response
    }

    private static func offer(_ invited: Invited, _ house: House, _ visit: Visit, at now: Moment) -> Opening.Offer {
        let t = visit.t
        let (invitation, project) = (invited.invitation, invited.project)
        let title = t("invitation.title", name: nameHere(invitation.from, t), project: project.name)
        if invited.isSeated {
            let link = acts([buttonLink(t("invitation.goOn"), to: project.address, .main)])
            return Opening.Offer(
                title: title, text: "\(paragraph(t("invitation.seated")))\(link)", button: nil)
        }
        guard invitation.isOpen(at: now) else {
            return Opening.Offer(title: title, text: paragraph(t("invitation.refusal.ended")), button: nil)
        }
        let asks = invitation.kind == .help ? t("invitation.help.text") : t("invitation.join.text")
        let once = visit.form.id("once", of: Person.self) ?? house.newID()
        let name: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            \(field(
                "name", label: t("person.name.title"), hint: t("person.name.text"), value: visit.form["name"],
                autocomplete: "given-name"))
            """
        return Opening.Offer(
            title: title,
            text: """
                <p class="lead">\(asks)</p>
                \(concernList(invited.concerns, t))
                \(offerSheet(invited.offer, worried: project.worried, t))
                <h2>\(t("invitation.seat.title"))</h2>
                \(paragraph(t("invitation.seat.text")))
                """,
            button: t("invitation.button"), fields: visit.person == nil ? name : .empty)
    }
}
