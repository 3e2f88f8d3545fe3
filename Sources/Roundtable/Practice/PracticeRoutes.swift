import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Looking round first: an invented group of one's own, that may be broken.
struct PracticeRoutes: Sendable {
    let house: House
    /// Nothing when its keeper switched it off, and in a house to practise in.
    let houses: PracticeHouses?

    /// GET /practice
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        guard houses != nil else {
            // Back, by the browser's own way, to the page that led into this house to practise in.
            if house.settings.practice == .isOne { return .see("/me") }
            throw Missing()
        }
        return house.respond(page(visit, isOver: visit.query["over"] != nil, isFull: false), visit)
    }

    /// POST /practice: a group of their own, and in.
    func begin(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let houses else { throw Missing() }
        guard let (token, copy, visitor) = try await houses.begin(language: visit.words.language) else {
            return house.respond(page(visit, isOver: false, isFull: true), visit)
        }
        let project = try await copy.house.database.read { try $0.projects(seating: visitor)[0].0 }
        var inside = Response.see(project.address)
        try await copy.house.letIn(visitor, in: &inside)
        var response = Response.see(project.address)
        response.setCookie(house.cookie(PracticeDoor.cookie, token, maxAge: PracticeDoor.seconds))
        PracticeDoor.hand(inside, out: &response)
        return response
    }

    /// POST /practice/ended: back to the real house (`PracticeDoor` puts the other away).
    func end(_ request: Request, _ visit: Visit) async throws -> Response { .see("/") }

    private func page(_ visit: Visit, isOver: Bool, isFull: Bool) -> Page {
        let t = visit.t
        let note = isFull ? t("practice.full") : isOver ? t("practice.over") : nil
        var page = Page(
            title: t("practice.title"),
            main: """
                \(backLink(t("door.back"), to: "/"))
                <h1>\(t("practice.title"))</h1>
                \(note.map { notice(.table, paragraph($0)) })
                <p class="lead">\(t("practice.lead"))</p>
                \(paragraph(t("practice.try")))
                \(paragraph(t("practice.invented")))
                \(paragraph(t("practice.putAway")))
                \(visit.form(to: "/practice", acts([button(t("practice.begin"), .main, picture: .table)])))
                """)
        if isFull { page.status = .serviceUnavailable }
        return page
    }
}
