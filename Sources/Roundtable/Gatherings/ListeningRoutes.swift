import Hummingbird
import Markup
import Storage

/// What those who watch are sent: each thing that was said, as it is now, the same for everybody in one language.
struct ListeningRoutes: Sendable {
    let house: House

    /// GET /projects/:project/live
    func project(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, house) = (try context.id("project", of: Project.self), context.person.id, house)
        _ = try await house.database.read { try $0.project(id, seating: person) }
        let t = context.t
        return house.follow(.project(id), request, context) { number in
            let now = house.now()
            return try await house.database.read { try $0.said(in: .project(id), since: number, at: now) }.map {
                piece($0, t)
            }
        }
    }

    /// GET /gatherings/:gathering/live
    func gathering(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, house) = (try context.id("gathering", of: Gathering.self), context.person.id, house)
        _ = try await house.database.read { try $0.gathering(id, seating: person) }
        let t = context.t
        return house.follow(.gathering(id), request, context) { number in
            let now = house.now()
            return try await house.database.read { try $0.said(in: .gathering(id), since: number, at: now) }
                .map { piece($0, t) }
        }
    }

    /// GET /gatherings/:gathering/wall/live
    func wall(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, house) = (try context.id("gathering", of: Gathering.self), context.person.id, house)
        _ = try await house.database.read { try $0.gathering(id, seating: person) }
        return house.follow(.wall(id), request, context) { number in
            let now = house.now()
            let (isCovered, said) = try await house.database.read { db in
                (try db.isCovered(id), try db.said(in: .gathering(id), since: number, at: now))
            }
            return said.map { wallPiece($0, isCovered: isCovered) }
        }
    }
}

private func piece(_ said: Said, _ t: Words) -> LivePiece {
    LivePiece(element: said.element, changed: said.contribution.changed, html: saidItems([said], seat: nil, t)[0])
}

/// What the wall shows of it now: nothing when it is covered, or not for the wall any more.
func wallPiece(_ said: Said, isCovered: Bool) -> LivePiece {
    let contribution = said.contribution
    let hangs = contribution.isOnWall && contribution.isShared && said.setAside == nil && !isCovered
    let line = WallWords(
        id: contribution.id, words: contribution.words, language: contribution.language,
        name: contribution.wall == .named ? said.name ?? "" : "", shared: contribution.shared ?? contribution.said)
    return LivePiece(
        element: "wall-\(contribution.id.text)", changed: contribution.changed, html: hangs ? wallItem(line) : .empty)
}

extension Reader {
    fileprivate func isCovered(_ gathering: ID<Gathering>) throws -> Bool {
        try one("select covered from gathering where id = \(gathering)") { $0[0] } ?? true
    }
}
