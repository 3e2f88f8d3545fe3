import HTTPTypes
import Hummingbird
import Logging
import Markup
import Storage

/// Turns what went wrong into a page that says so plainly. The message of a fault never reaches the page.
struct ErrorPages: RouterMiddleware {
    let house: House

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return answer(error, request, context)
        }
    }

    private func answer(_ error: any Error, _ request: Request, _ visit: Visit) -> Response {
        switch error {
        case is Missing: return page("missing", .notFound, visit)
        case is NeedsSafeLine:
            var visit = visit
            visit.comesBackTo = "/"
            return house.respond(house.hallPage(visit, isRefusing: true), visit)
        case is SignInFirst:
            return request.method == .get
                ? .see("/?next=\(visit.comesBackTo.inQuery)") : page("known", .unauthorized, visit, keeping: true)
        case let refusal as Refusal:
            // What only has to be said otherwise can be said here.
            return page(
                "refused", .unprocessableContent, visit, saying: refusal, keeping: true, again: refusal.field != nil)
        case let reminder as Reminder: return house.respond(reminderPage(reminder, visit), visit)
        case let forged as Forged:
            return page("forged", .forbidden, visit, keeping: !forged.elsewhere, again: !forged.elsewhere)
        case StorageTrouble.away: return page("away", .serviceUnavailable, visit, keeping: true, again: true)
        case StorageTrouble.busy: return page("busy", .serviceUnavailable, visit, keeping: true, again: true)
        case StorageTrouble.full:
            return page(
                "full", HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), visit, keeping: true,
                again: true)
        case let http as HTTPError where http.status == .notFound: return page("missing", .notFound, visit)
        case let http as any HTTPResponseError where http.status.kind == .clientError:
            return page(http.status == .contentTooLarge ? "long" : "malformed", http.status, visit)
        default: return fault(error, visit)
        }
    }

    /// Ours: logged under a short code that the page shows, so that a person can tell us which one it was.
    private func fault(_ error: any Error, _ visit: Visit) -> Response {
        let code = String(UInt32.random(in: .min ... .max), radix: 36)
        // The kind of error only: its words may hold what somebody said.
        house.log.error("fault", metadata: ["code": "\(code)", "kind": "\(type(of: error))"])
        return page("fault", .internalServerError, visit, code: code, keeping: true, again: true)
    }

    private func page(
        _ kind: String, _ status: HTTPResponse.Status, _ visit: Visit, saying refusal: Refusal? = nil,
        code: String = "", keeping: Bool = false, again: Bool = false
    ) -> Response {
        // The same whoever opens it, and wherever: what differed could tell what is behind a door.
        var visit = visit
        (visit.person, visit.comesBackTo) = (nil, "/")
        // words: error.*
        let t = visit.words
        let typed = keeping ? visit.form.typed : []
        let said = refusal.map { $0.said(in: t) } ?? t("error.\(kind).text", code: code)
        let main: HTML = """
            <h1>\(t("error.\(kind).title"))</h1>
            <p>\(said)</p>
            \(typed.isEmpty ? .empty : keptWords(typed, about: refusal?.field, again: again, visit))
            <p><a href="/">\(t("error.home"))</a></p>
            """
        let page = Page(title: t("error.\(kind).title"), main: main, isRefused: !typed.isEmpty, status: status)
        var response = house.respond(page, visit)
        if status == .serviceUnavailable { response.headers[.retryAfter] = "5" }
        return response
    }

    /// What a person typed, so that no trouble of ours loses it. What can be sent again goes as it is shown, changed or
    /// not. What it was refused for is shown even where it is empty.
    private func keptWords(
        _ typed: [(name: String, value: String)], about field: String?, again: Bool, _ visit: Visit
    ) -> HTML {
        let t = visit.words
        let fields = typed.compactMap { name, value -> HTML? in
            let isRefused = field.map { name == $0 || name.hasPrefix("\($0)-") } ?? false
            // What a page of ours carries unseen, an id, is nobody's words.
            if isRefused || value.utf8.count > 20, ID<Never>(value) == nil {
                return area(name, label: t("error.kept"), value: value)
            }
            return again ? "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" : nil
        }
        return again ? visit.form(to: visit.path, "\(fields)\(acts([button(t("error.again"), .main)]))") : "\(fields)"
    }
}

extension Refusal {
    /// The sentence, with the number that it names.
    func said(in t: Words) -> String {
        limit.map { t(key, count: $0) } ?? t(key)
    }
}
