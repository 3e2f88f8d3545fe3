import HTTPTypes
import Hummingbird
import Logging
import Markup
import Storage

/// The headers that every answer carries, and one line in the log for each request.
///
/// The line holds what was asked for by its pattern (`/projects/{project}`), never the address itself, which may
/// hold words that open something; no name, no network address, nothing that was typed.
struct Courtesies: RouterMiddleware {
    let house: House

    /// Everything comes from this house: no other site, no inline script or style, in no frame.
    static let contentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// Nobody else sets any of these.
    static let headers = [
        HTTPField(name: .contentSecurityPolicy, value: contentPolicy),
        // Never what stands in an address. Where it came from, a form has to say: over plain HTTP nothing else tells.
        HTTPField(name: .referrerPolicy, value: "strict-origin"),
        HTTPField(name: .contentTypeOptions, value: "nosniff"),
        HTTPField(name: .frameOptions, value: "DENY"),
        HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
        HTTPField(name: .crossOriginResourcePolicy, value: "same-origin"),
        HTTPField(name: .permissionsPolicy, value: "camera=(), geolocation=(), microphone=()"),
        HTTPField(name: .robots, value: "noindex"),
    ]

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers.append(contentsOf: Self.headers)
        if house.isBehindHTTPS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        // Asked for the headers alone, a page that says no has no body either: the next answer follows at once.
        if request.method == .head { response = response.createHeadResponse() }
        let took = ContinuousClock.now - start
        house.figures?.answered(
            method: "\(request.method)", door: context.endpointPath ?? "none", status: response.status.code, took: took)
        house.log.info(
            "answered",
            metadata: [
                "method": "\(request.method)", "door": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)", "microseconds": "\(Int(took / .microseconds(1)))",
            ])
        return response
    }
}

/// Finds the person whom this device belongs to, by its cookie.
struct Doorkeeper: RouterMiddleware {
    static let cookie = "roundtable"
    let house: House

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        guard let token = request.cookie(Self.cookie) else { return try await next(request, context) }
        let hash = house.secret.hash(token, for: "device")
        var context = context
        if let known = try await house.database.read({ try $0.person(onDevice: hash) }) {
            context.person = known.person
            context.device = known.device
            if context.display.language == nil, known.language != context.words.language {
                context.words = Words(house.catalogue, language: known.language, zone: house.settings.zone)
            }
        }
        return try await next(request, context)
    }
}
