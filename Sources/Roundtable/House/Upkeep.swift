import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Storage

/// What machines ask of this house: is it well, and the files of its look.
struct UpkeepRoutes: Sendable {
    let house: House

    /// GET /health: 200 when the database answers.
    func health(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try await house.database.read { try $0.count("select count(*) from migration") }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: "well\n")))
    }

    /// GET /house, in development: every component with its examples, as the tests use them.
    func components(_ request: Request, _ visit: Visit) async throws -> Response {
        guard house.settings.development else { throw Missing() }
        let title = visit.t("house.components.title")
        return house.respond(Page(title: title, main: "<h1>\(title)</h1>\(Examples.page)"), visit)
    }

    /// GET /public/:hash/:name: the address changes with what is in it, so a browser may keep it for a year.
    func asset(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let asset = house.assets.served(at: request.uri.path) else { throw Missing() }
        return Response(
            status: .ok,
            headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
            body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
