import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Storage

/// *We said, we did* for anyone, at an address of its own, with no name and no pass.
///
/// Each answer is made from what stands now and may be kept nowhere on its way (`no-store`, without a validator to ask
/// by): what somebody takes back is gone from the next answer on, and no cache has an earlier one to show.
struct PublicRoutes: Sendable {
    let house: House

    /// GET /p/:page
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        let ledger = try await ledger(visit)
        return house.respond(
            ledger.page(at: house.settings.address, today: house.today, visit.t), visit)
    }

    /// GET /p/:page/feed.atom
    func atom(_ request: Request, _ visit: Visit) async throws -> Response {
        let ledger = try await ledger(visit)
        let feed = ledger.atom(at: house.settings.address, today: house.today, visit.t)
        return .feed(feed.bytes, type: "application/atom+xml; charset=utf-8")
    }

    /// GET /p/:page/feed.json
    func json(_ request: Request, _ visit: Visit) async throws -> Response {
        let ledger = try await ledger(visit)
        let feed = try ledger.json(at: house.settings.address, today: house.today, visit.t)
        return .feed(feed, type: "application/feed+json; charset=utf-8")
    }

    private func ledger(_ visit: Visit) async throws -> PublicLedger {
        let (id, now, today) = (try visit.id("page", of: Publication.self), house.now(), house.today)
        return try await house.database.read { db in
            let (publication, project) = try db.publication(at: id)
            return try db.publicLedger(project, publication, on: today, at: now)
        }
    }
}

extension Reader {
    /// What anyone may read of a project: nine statements, however much was asked.
    func publicLedger(
        _ project: Project, _ publication: Publication, on today: Day, at now: Moment
    ) throws -> PublicLedger {
        PublicLedger(
            project, publication, try threads(where: "ask.project = \(project.id) and ask.ended is null"),
            try publicWords(in: project.id, at: now), on: today)
    }
}

extension Response {
    fileprivate static func feed(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
