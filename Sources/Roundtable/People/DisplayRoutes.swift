import HTTPTypes
import Hummingbird
import Markup
import Storage

/// How this device shows and says pages: its language, its letters, its light.
struct DisplayRoutes: Sendable {
    let house: House

    /// GET /display
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        house.respond(displayPage(visit, house.languages, next: safePath(visit.query["next"] ?? "")), visit)
    }

    /// POST /display: what was chosen, kept on this device; then back to where they were. A form may hold one choice
    /// or all. A language is kept for the person as well, so that it is there on their other devices.
    func choose(_ request: Request, _ visit: Visit) async throws -> Response {
        let tags = house.languages.map(\.tag)
        let chosen = visit.display.choosing(visit.form, languages: tags)
        if let person = visit.person?.id, let language = chosen.language, tags.contains(visit.form["language"]) {
            try await house.database.write { try $0.speak(language, to: person) }
        }
        var response = Response.see(safePath(visit.form["next"]) ?? "/display")
        let age = chosen.written.isEmpty ? 0 : House.longestCookie
        response.setCookie(house.cookie(Display.cookie, chosen.written, maxAge: age))
        return response
    }
}
