import Hummingbird
import Markup
import Storage

/// Somebody's own place: what they are part of, and what is theirs alone.
struct PlaceRoutes: Sendable {
    let house: House

    /// GET /me
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let person = context.person.id
        let keeps = context.person.keeps
        let (projects, news, visited, pass, devices, waiting) = try await house.database.read { db in
            let projects = try db.projects(seating: person)
            return (
                projects, try db.news(for: projects.map(\.1.id)), try db.gatherings(asGuest: person),
                try db.pass(of: person), try db.devices(of: person), keeps ? try db.complaintsWaiting() : nil
            )
        }
        let hasCard = !HeldReceipts(in: request, house).words.isEmpty
        let mine: HTML = """
            \(placeVisited(visited, hasCard: hasCard, context.t))
            \(myProjects(projects.map { ($0, news[$1.id] ?? 0) }, context.t))
            """
        let people = PersonRoutes(house: house)
        return house.respond(
            people.placePage(context, first: mine, pass: pass, devices: devices, complaints: waiting), context.visit)
    }
}

/// Where somebody came in by a code and has no seat, with the way back to what they said there.
private func placeVisited(_ visited: [Gathering], hasCard: Bool, _ t: Words) -> HTML {
    guard !visited.isEmpty || hasCard else { return .empty }
    let ways = visited.map { "<li><a href=\"\($0.address)/room\"><bdi>\($0.plan.name)</bdi></a></li>" as HTML }
    let card = buttonLink(t("me.card"), to: "/receipts", picture: .receipt)
    return """
        \(visited.isEmpty ? .empty : "<h2>\(t("me.visited"))</h2><ul>\(ways)</ul>" as HTML)
        \(hasCard ? acts([card]) : .empty)
        """
}

extension Reader {
    /// The gatherings that somebody came to without a seat in the project, the last they came to first.
    fileprivate func gatherings(asGuest person: ID<Person>) throws -> [Gathering] {
        try all(
            """
            select \(Gathering.columns) from seat join chair on chair.seat = seat.id
            join gathering on gathering.id = chair.gathering
            where seat.person = \(person) and seat.member is null and seat.gone is null
            order by chair.came desc, gathering.id limit \(mostVisited)
            """
        ) { Gathering(row: $0) }
    }
}

/// More than anybody goes to as a guest, and short enough to look through.
private let mostVisited = 20
