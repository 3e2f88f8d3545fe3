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
        var response =
            safePath(visit.form["again"]).map { kept(sendingTo: $0, chosen, visit) }
            ?? .see(safePath(visit.form["next"]) ?? "/display")
        let age = chosen.written.isEmpty ? 0 : House.longestCookie
        response.setCookie(house.cookie(Display.cookie, chosen.written, maxAge: age))
        return response
    }

    /// The page that said what needs mending had no address: what was typed there is here, in the language now chosen,
    /// and goes back to it by a button.
    private func kept(sendingTo address: String, _ chosen: Display, _ visit: Visit) -> Response {
        var along = Form()
        for (name, value) in visit.form.typed where name.hasPrefix(Display.typed) {
            _ = along.add(String(name.dropFirst(Display.typed.count)), value)
        }
        var visit = visit
        (visit.form, visit.path, visit.display) = (along, address, chosen)
        visit.words = Words(
            house.catalogue, language: chosen.language ?? visit.words.language, zone: house.settings.zone)
        var page = typedPage(visit)
        page.status = .ok
        return house.respond(page, visit)
    }
}
