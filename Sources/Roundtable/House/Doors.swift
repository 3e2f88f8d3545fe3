import HTTPTypes
import Hummingbird

/// Who may come through a door.
enum Welcome: String, Sendable, CaseIterable {
    /// Anyone at all.
    case anyone
    /// Somebody this house knows; which of them, the room decides.
    case person
    /// Whoever keeps this house.
    case keeper
}

/// One way in: a method, an address pattern, and who is let through.
struct Door: Sendable, Hashable {
    let method: String
    let path: String
    let welcome: Welcome
}

/// Hangs doors on a router and keeps their list, so that a test can try each as every kind of visitor.
final class Doors<Context: RequestContext> {
    private let router: any RouterMethods<Context>
    private let welcome: Welcome
    private(set) var list: [Door] = []

    init(_ router: any RouterMethods<Context>, welcome: Welcome) {
        self.router = router
        self.welcome = welcome
    }

    typealias Room = @Sendable (Request, Context) async throws -> Response

    func get(_ path: String, use room: @escaping Room) { hang(.get, path, room) }
    func post(_ path: String, use room: @escaping Room) { hang(.post, path, room) }

    private func hang(_ method: HTTPRequest.Method, _ path: String, _ room: @escaping Room) {
        list.append(Door(method: method.rawValue, path: path, welcome: welcome))
        router.on(RouterPath(path), method: method, use: room)
    }
}
