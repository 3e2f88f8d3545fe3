import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Coming in, one's own place, and going out of a shared tablet.
struct PersonRoutes: Sendable {
    let house: House

    /// GET /people/new: the one question.
    func askName(_ request: Request, _ visit: Visit) async throws -> Response {
        house.respond(namePage(visit), visit)
    }

    /// POST /people
    func arrive(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            guard let id = house.arrival(visit) else { throw HTTPError(.badRequest) }
            let person = Person(id: id, name: try Person.named(visit.form["name"]), keeps: false)
            let now = house.now()
            try await house.database.write { try $0.add(person, language: visit.words.language, at: now) }
            var response = Response.see("/me/pass")
            try await house.letIn(person.id, in: &response)
            try await house.givePass(to: person.id, in: &response)
            if let next = safePath(visit.form["next"]) { response.headers[.location] = "/me/pass?next=\(next.inQuery)" }
            return response
        } catch let refusal as Refusal {
            return house.respond(namePage(visit, refusal), visit)
        }
    }

    /// GET /me/pass: the words, while this device still has them; else the way to new ones.
    func showPass(_ request: Request, _ context: PersonContext) async throws -> Response {
        let person = context.person.id
        let pass = try await house.database.read { try $0.pass(of: person) }
        let words = try await heldPass(of: person, in: request)
        let next = safePath(request.uri.queryParameters["next"].map { String($0) } ?? "")
        return house.respond(passPage(context, pass: pass, words: words, next: next), context.visit)
    }

    /// The words that this device still has, if they still open this person's place.
    private func heldPass(of person: ID<Person>, in request: Request) async throws -> SixWords? {
        guard let words = house.keepsake("pass", in: request) else { return nil }
        let hash = house.secret.hash(words.slug, for: "pass")
        let opened = try await house.database.read { try $0.person(withPass: hash)?.id }
        return opened == person ? words : nil
    }

    /// POST /me/pass: new words; the old ones open nothing any more.
    func renewPass(_ request: Request, _ context: PersonContext) async throws -> Response {
        var response = Response.see("/me/pass")
        try await house.givePass(to: context.person.id, in: &response)
        return response
    }

    /// POST /me/pass/cancelled
    func cancelPass(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        try await house.database.write { try $0.cancelPass(of: person, at: now) }
        var response = Response.see("/me")
        house.forget("pass", in: &response)
        return response
    }

    /// POST /me/devices/:device/out
    func signOut(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (person, now) = (context.person.id, house.now())
        let device = try context.id("device", of: Device.self)
        try await house.database.write { try $0.removeDevice(device, of: person, at: now) }
        house.live.hangUp { $0.device == device && $0.person == person }
        return .see(device == context.visit.device ? "/" : "/me")
    }

    /// POST /pass-it-on: hides everything of theirs on this device at once, what a browser keeps included.
    func passItOn(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.passOn(request, to: "/?passed=1", leaving: visit)
    }
}

extension House {
    /// The id of whoever comes in by the form that was sent: the same when it is sent twice, and another from another
    /// browser, so that nobody who learns an id can come in as its person.
    func arrival(_ visit: Visit) -> ID<Person>? {
        visit.form.id("once", of: Person.self).map { once in
            .made(from: secret.hash("\(once) \(visit.guardToken)", for: "arrival"))
        }
    }

    /// Lets a person stay on the device that asked.
    func letIn(_ person: ID<Person>, in response: inout Response) async throws {
        let token = freshToken()
        let hash = secret.hash(token, for: "device")
        let (id, now) = (newID(Device.self), now())
        try await database.write { try $0.addDevice(id, of: person, hash: hash, at: now) }
        response.setCookie(cookie(Doorkeeper.cookie, token))
    }

    /// Signs this device out and has the browser forget all that this house ever gave it.
    ///
    /// - Parameter leaving: the visit whose device is let go; nothing when its person has left the house already.
    func passOn(_ request: Request, to address: String, leaving visit: Visit?) async throws -> Response {
        if let person = visit?.person, let device = visit?.device {
            let now = now()
            try await database.write { try $0.removeDevice(device, of: person.id, at: now) }
            live.hangUp { $0.device == device }
        }
        var response = Response.see(address)
        response.headers[.clearSiteData] = "\"cache\", \"storage\""
        for name in request.cookieNames where name == Doorkeeper.cookie || name.hasPrefix(Keepsake.cookie("")) {
            response.setCookie(cookie(name, "", maxAge: 0))
        }
        return response
    }

    /// Makes six new words for a person's place; the device that asked keeps them a while, to be written down.
    func givePass(to person: ID<Person>, in response: inout Response) async throws {
        let words = SixWords.random()
        let hash = secret.hash(words.slug, for: "pass")
        let (id, now) = (newID(Pass.self), now())
        try await database.write { try $0.renewPass(of: person, as: id, hash: hash, at: now) }
        keep(words, as: "pass", in: &response)
    }
}

/// A path of this house to go on to, with what follows it, or nothing: never another site's address.
func safePath(_ text: String) -> String? {
    func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
    }
    let path = text.utf8.prefix { $0 != UInt8(ascii: "?") }
    let query = text.utf8.dropFirst(path.count + 1)
    let allowed = path.allSatisfy(isPlain) && query.allSatisfy { isPlain($0) || "=&%_.".utf8.contains($0) }
    return text.hasPrefix("/") && !text.hasPrefix("//") && allowed && text.utf8.count <= 200 ? text : nil
}

extension String {
    /// An address that `safePath` let through, as a value in the query of another.
    ///
    /// Most hold nothing that would end it, and this stands on every page.
    var inQuery: String {
        let isPlain = utf8.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: "?") }
        if isPlain { return self }
        return replacing("%", with: "%25").replacing("&", with: "%26").replacing("?", with: "%3F")
    }
}

extension Request {
    /// The names of the cookies that were sent.
    var cookieNames: [String] {
        headers[values: .cookie].flatMap { $0.split(separator: ";") }
            .compactMap { $0.split(separator: "=").first.map { $0.trimmingCharacters(in: .whitespaces) } }
    }
}

extension Pass {
    /// A pass opens its person's place on this device.
    static let opening = Opening(kind: "pass") { hash, house, visit in
        guard let person = try await house.database.read({ try $0.person(withPass: hash) }) else { return nil }
        let t = visit.t
        return Opening.Offer(
            title: t("pass.opens.title", name: person.name), text: paragraph(t("pass.opens.text")),
            button: t("pass.opens.button"))
    } open: { words, hash, house, request, visit in
        guard let person = try await house.database.read({ try $0.person(withPass: hash) }) else { throw Missing() }
        var response = Response.see(visit.next.isEmpty ? "/me" : visit.next)
        try await house.letIn(person.id, in: &response)
        return response
    }
}

/// The words that a new house prints once: whoever opens them keeps the house.
enum FirstKey {
    static let opening = Opening(kind: "first key") { hash, house, visit in
        guard try await house.database.read({ try $0.isFirstKey(hash) }) else { return nil }
        let t = visit.t
        return Opening.Offer(
            title: t("keeper.opens.title"), text: paragraph(t("keeper.opens.text")),
            button: t("keeper.opens.button"),
            fields: visit.person == nil
                ? field("name", label: t("person.name.title"), hint: t("person.name.text"), autocomplete: "given-name")
                : .empty)
    } open: { words, hash, house, request, visit in
        var response = Response.see("/house/about")
        let now = house.now()
        if let person = visit.person?.id {
            try await house.database.write { try $0.turnFirstKey(hash, by: person, at: now) }
            return response
        }
        let person = Person(id: house.newID(), name: try Person.named(visit.form["name"]), keeps: true)
        try await house.database.write { db in
            try db.add(person, language: visit.words.language, at: now)
            try db.turnFirstKey(hash, by: person.id, at: now)
        }
        response.headers[.location] = "/me/pass?next=/house/about"
        try await house.letIn(person.id, in: &response)
        try await house.givePass(to: person.id, in: &response)
        return response
    }
}
