import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Asking for letters by mail, and stopping them.
struct MailRoutes: Sendable {
    let house: House

    /// GET /me/mail
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let person = context.person.id
        let address = try await house.database.read { try $0.mailAddress(of: person) }
        return house.respond(mailPage(address, context), context.visit)
    }

    /// POST /me/mail: a letter goes there that asks whether it is right.
    func ask(_ request: Request, _ context: PersonContext) async throws -> Response {
        guard house.settings.mail != nil else { throw Missing() }
        let (person, now, words) = (context.person.id, house.now(), SixWords.random())
        do {
            let address = try MailAddress.read(context.form["address"])
            guard let sealed = Keepsake.seal([words], house.secret) else { throw HTTPError(.internalServerError) }
            let proof = house.secret.hash(words.slug, for: MailAddress.opening.kind)
            let kept = MailAddress(
                id: .anonymous(), person: person, sealed: MailAddress.seal(address, house.secret), proven: nil,
                failed: nil)
            try await house.database.write { try $0.ask(kept, words: sealed, proof: proof, at: now) }
            return .see("/me/mail")
        } catch let refusal as Refusal {
            return house.respond(mailPage(nil, context, refusal), context.visit)
        }
    }

    /// POST /me/mail/stopped
    func stopMine(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        try await house.database.write { try $0.stopMail(of: person, at: now) }
        return .see("/me/mail")
    }

    /// GET /mail/:mail/stop: a button. Looking stops nothing: links are fetched by scanners.
    func askStop(_ request: Request, _ visit: Visit) async throws -> Response {
        let id = try visit.id("mail", of: MailAddress.self)
        guard try await house.database.read({ try $0.mailAddress(id) }) != nil else { throw Missing() }
        let t = visit.t
        let page = Page(
            title: t("mail.stop.title"),
            main: """
                <h1>\(t("mail.stop.title"))</h1>
                \(paragraph(t("mail.stop.text")))
                \(visit.form(to: "/mail/\(id.text)/stop", acts([button(t("mail.stop.button"), .main)])))
                """)
        return house.respond(page, visit)
    }

    /// POST /mail/:mail/stop: the button, or one tap in the reader's mail program (`ForgeryGuard`).
    func stop(_ request: Request, _ visit: Visit) async throws -> Response {
        let (id, now) = (try visit.id("mail", of: MailAddress.self), house.now())
        guard try await house.database.write({ try $0.stopMail(id, at: now) }) else { throw Missing() }
        return house.respond(donePage("mail.stopped.title", "mail.stopped.text", visit), visit)
    }

    private func mailPage(_ address: MailAddress?, _ context: PersonContext, _ refusal: Refusal? = nil) -> Page {
        let t = context.t
        return Page(
            title: t("mail.title"),
            main: """
                \(backLink(t("me.title"), to: "/me"))
                <h1>\(t("mail.title"))</h1>
                \(house.settings.mail == nil ? paragraph(t("mail.none")) : mailState(address, context, refusal))
                """,
            isRefused: refusal != nil)
    }

    private func mailState(_ address: MailAddress?, _ context: PersonContext, _ refusal: Refusal?) -> HTML {
        let t = context.t
        guard let address, let shown = MailAddress.open(address.sealed, house.secret) else {
            let fields: HTML = """
                \(field(
                    "address", label: t("mail.address.label"), hint: t("mail.address.hint"),
                    error: refusal.map { $0.said(in: t) }, value: context.form["address"], autocomplete: "email"))
                \(acts([button(t("mail.address.button"), .main)]))
                """
            return "\(paragraph(t("mail.text")))\(context.visit.form(to: "/me/mail", fields))"
        }
        let out = acts([button(t("mail.stop.button"))])
        return """
            \(address.failed == nil ? .empty : notice(.table, paragraph(t("mail.failed"))))
            \(paragraph(address.proven == nil ? t("mail.waiting", address: shown) : t("mail.proven", address: shown)))
            \(context.visit.form(to: "/me/mail/stopped", out))
            """
    }
}

private func donePage(_ title: String, _ text: String, _ visit: Visit) -> Page {
    // words: mail.stopped.* mail.thanks.*
    let t = visit.t
    return Page(
        title: t(title),
        main: "<h1>\(t(title))</h1>\(paragraph(t(text)))\(acts([buttonLink(t("mail.home"), to: "/me")]))")
}

extension MailAddress {
    /// Six words in a letter: the button says that its reader asked for it.
    static let opening = Opening(kind: "mail") { hash, house, visit in
        let now = house.now()
        guard try await house.database.read({ try $0.mailAddress(provenBy: hash, at: now) }) != nil else { return nil }
        let t = visit.t
        return Opening.Offer(
            title: t("mail.open.title"), text: paragraph(t("mail.open.text")), button: t("mail.open.button"))
    } open: { _, hash, house, _, visit in
        let now = house.now()
        try await house.database.write { db in
            guard let address = try db.mailAddress(provenBy: hash, at: now) else { throw Missing() }
            try db.proveMail(address.id, at: now)
        }
        return house.respond(donePage("mail.thanks.title", "mail.thanks.text", visit), visit)
    }
}
