import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Storage

/// Meets every request: reads the form, checks that it came from a page of ours, and finds the reader's language.
struct Reception: RouterMiddleware {
    /// Longest form that is read, in bytes. The longest field of ours takes 32,000; most take a line.
    static let longestForm = 256 * 1024
    /// Of a file that is too large so much is heard to its end, so that a browser listens to why. Beyond it the line is
    /// cut.
    static let mostHeard = 200_000_000
    static let guardCookie = "guard"

    let house: House

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var request = request
        var context = context
        context.path = request.uri.path
        for (name, value) in request.uri.queryParameters { context.query[String(name)] = String(value) }
        context.forwarded = house.settings.proxy.flatMap { forwarded(request, context, by: $0) }
        context.reach = reach(of: request, context)
        context.sender = sender(of: request, context)
        if let kept = request.cookie(Display.cookie) {
            context.display = Display(cookie: kept, languages: house.catalogue.languages)
        }
        context.words = Words(
            house.catalogue, language: language(of: request, context), zone: house.settings.zone)
        let known = request.cookie(Self.guardCookie)
        let keepsake = known ?? freshToken()
        context.guardToken = house.secret.mark(keepsake, for: "guard")

        if [.get, .head].contains(request.method) {
            // With what follows it, where that is plain.
            context.comesBackTo = request.uri.query.flatMap { safePath("\(context.path)?\($0)") } ?? context.path
        } else {
            do { try await read(&request, into: &context) } catch { context.unread = error }
        }
        defer { context.upload?.discard() }
        // With its own page, as everything that is refused here has.
        if context.reach == .outside, house.settings.hall != nil { context.unread = Missing() }
        var response = try await next(request, context)
        // What another site had somebody send is given none: its fields would go through at the next press.
        let isOurs = request.method == .get || context.sender == .ours
        if known == nil, isOurs, !context.path.hasPrefix("/public/") {
            response.setCookie(house.cookie(Self.guardCookie, keepsake))
        }
        if context.reach != .safe { response.openCookies() }
        return response
    }

    /// The form in the request's body. What is wrong with it is said later, in `ErrorPages`' reach, so that it gets
    /// a page like everything else; so is the check against forgery, so that what was typed is never lost to it.
    private func read(_ request: inout Request, into visit: inout Visit) async throws {
        if let border = ArrivingForm.border(in: request.headers[.contentType] ?? "") {
            return try await receive(request, border, into: &visit)
        }
        let body = try await request.body.collect(upTo: Self.longestForm)
        guard let form = Form(urlEncoded: String(buffer: body)) else { throw HTTPError(.badRequest) }
        visit.form = form
    }

    /// Reads a form that may bring a file. It is kept only at a door that asks for one, for somebody whom we know and
    /// who has shown that they come from a page of ours: that field stands first.
    private func receive(_ request: Request, _ border: String, into visit: inout Visit) async throws {
        let (token, data) = (visit.guardToken, house.settings.data)
        let isAsked = await asksForFile(request, visit)
        let room = isAsked ? house.arrivals.room() : nil
        var arriving = ArrivingForm(border: border, room: Self.longestForm) { form in
            room != nil && ForgeryGuard.equal(form["guard"], token) ? Upload.place(in: data) : nil
        }
        defer {
            (visit.form, visit.upload) = (arriving.form, arriving.upload)
            visit.upload?.room = room
        }
        var heard = 0
        do {
            for try await piece in request.body {
                heard += piece.readableBytes
                guard heard <= Self.mostHeard, try arriving.take(piece) else {
                    throw HTTPError(.contentTooLarge)
                }
            }
        } catch {
            arriving.giveUp()
            throw StorageTrouble(unwritten: error) ?? error
        }
        guard arriving.finish() else { throw HTTPError(.badRequest) }
        if isAsked, room == nil { throw StorageTrouble.busy }
    }

    private func asksForFile(_ request: Request, _ visit: Visit) async -> Bool {
        guard visit.path.hasSuffix(Upload.door), let token = request.cookie(Doorkeeper.cookie) else { return false }
        let hash = house.secret.hash(token, for: "device")
        // Where the database can't be asked, the door says so.
        return (try? await house.database.read { try $0.person(onDevice: hash) }) != nil
    }

    /// Whom our own proxy asks for, as it says last; nobody else is believed.
    private func forwarded(_ request: Request, _ context: Visit, by proxy: String) -> String? {
        guard proxy == context.peer else { return nil }
        return request.headers[.forwardedFor]?.split(separator: ",").last?.trimmingCharacters(in: .whitespaces)
    }

    /// The proxy is on the line between: it alone knows how its visitor came.
    private func reach(of request: Request, _ context: Visit) -> Reach {
        guard let peer = context.channel.remoteAddress.flatMap(Network.init) else { return .safe }
        if let proxy = house.settings.proxy, proxy == context.peer {
            let by = request.headers[.forwardedProtocol] ?? (house.isBehindHTTPS ? "https" : "http")
            if by == "https" { return .safe }
        }
        let from = context.forwarded.map { Network(address: $0) } ?? peer
        return from.isThisMachine ? .safe : from.isPrivate ? .hall : .outside
    }

    /// Whose page sent it, as its browser says. Over plain HTTP browsers say no more than where that page came from, which
    /// is where we were asked unless a proxy stands between.
    private func sender(of request: Request, _ context: Visit) -> Sender {
        switch request.headers[.secFetchSite] {
        case "same-origin": return .ours
        case "none": return .unsaid
        case .some: return .another
        case nil: break
        }
        guard context.reach != .safe, context.forwarded == nil, let origin = request.headers[.origin], origin != "null",
            let here = request.head.authority
        else { return .unsaid }
        return origin == "http://\(here)" ? .ours : .another
    }

    /// The language chosen before on this device, else the first that the browser asks for and the house speaks.
    /// Between the two comes what its person chose before, once they are known (`Doorkeeper`).
    private func language(of request: Request, _ context: Visit) -> String {
        context.display.language ?? house.catalogue.language(accepting: request.headers[.acceptLanguage] ?? "")
    }
}

/// Turns away what can't be read, and what didn't come from a page of ours, keeping what was typed.
struct ForgeryGuard: RouterMiddleware {
    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        if let unread = context.unread { throw unread }
        if request.method != .get, request.method != .head, !stopsMail(request, context) {
            // A browser that says where a form comes from is believed when it isn't from here, be it from the house next
            // door (`same-site`, or the same machine at another port).
            guard context.sender != .another else { throw Forged(elsewhere: true) }
            guard Self.equal(context.form["guard"], context.guardToken) else { throw Forged(elsewhere: false) }
        }
        return try await next(request, context)
    }

    /// One tap in a mail program stops its letters. It comes from a mail provider's machine, which has been on no page of
    /// ours (RFC 8058, 3.1); whoever could forge it can only stop letters, and holds an address that is all chance.
    private func stopsMail(_ request: Request, _ context: Visit) -> Bool {
        request.method == .post && context.path.hasPrefix("/mail/") && context.path.hasSuffix("/stop")
            && context.form["List-Unsubscribe"] == "One-Click"
    }

    /// Compares in a time that does not depend on where the two differ.
    static func equal(_ one: String, _ other: String) -> Bool {
        var (one, other) = (one, other)
        return one.withUTF8 { one in
            other.withUTF8 { one.count == $0.count && zip(one, $0).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0 }
        }
    }
}

/// Whose page sent a form.
enum Sender: Sendable {
    case ours, another
    /// The browser doesn't say.
    case unsaid
}

/// A form that did not carry what our own pages carry: sent from elsewhere, or from a page kept so long
/// that this browser has forgotten it.
struct Forged: Error {
    let elsewhere: Bool
}

extension StorageTrouble {
    /// What a file that could not be written means: no room on the disk; nothing for any other trouble.
    fileprivate init?(unwritten error: any Error) {
        guard let error = error as? CocoaError, error.code == .fileWriteOutOfSpace else { return nil }
        self = .full
    }
}

extension Request {
    /// What a cookie of ours holds, read where it stands: every page asks for three, and holds few others.
    func cookie(_ name: String) -> String? {
        for header in headers where header.name == .cookie {
            var value = header.value
            if let held = value.withUTF8({ Self.value(of: name, in: $0) }) { return held }
        }
        return nil
    }

    private static func value(of name: String, in cookies: UnsafeBufferPointer<UInt8>) -> String? {
        let length = name.utf8.count
        var start = 0
        while start < cookies.count {
            let end = cookies[start...].firstIndex(of: UInt8(ascii: ";")) ?? cookies.count
            if end - start > length, cookies[start + length] == UInt8(ascii: "="),
                cookies[start..<start + length].elementsEqual(name.utf8)
            {
                return String(decoding: cookies[(start + length + 1)..<end], as: UTF8.self)
            }
            start = cookies[end...].firstIndex { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") } ?? cookies.count
        }
        return nil
    }
}

extension Network {
    /// Who is at the other end of a connection, as it stands there; nothing where no network lies between.
    fileprivate init?(_ address: SocketAddress) {
        switch address {
        case .v4(let four): self.init(bytes: withUnsafeBytes(of: four.address.sin_addr) { Array($0) })
        case .v6(let six): self.init(bytes: withUnsafeBytes(of: six.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: return nil
        }
    }
}

extension Response {
    /// A browser throws away what is marked for HTTPS alone when it comes by plain HTTP, and a guest would never get in.
    fileprivate mutating func openCookies() {
        let cookies = headers[values: .setCookie]
        guard cookies.contains(where: { $0.contains("; Secure") }) else { return }
        headers[values: .setCookie] = cookies.map { $0.replacing("; Secure", with: "") }
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let forwardedProtocol = HTTPField.Name("X-Forwarded-Proto")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let clearSiteData = HTTPField.Name("Clear-Site-Data")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")!
    static let frameOptions = HTTPField.Name("X-Frame-Options")!
    static let robots = HTTPField.Name("X-Robots-Tag")!
}

extension House {
    /// How long a device stays in: until its person says otherwise, as far as browsers allow (400 days,
    /// draft-ietf-httpbis-rfc6265bis 4.1.2.2), and anew at each visit.
    static let longestCookie = 400 * 86_400

    /// Whether people reach it by HTTPS, as far as was set.
    var isBehindHTTPS: Bool { settings.address.hasPrefix("https://") }

    func cookie(_ name: String, _ value: String, maxAge: Int = longestCookie) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/",
            secure: isBehindHTTPS, httpOnly: true, sameSite: .lax)
    }
}
