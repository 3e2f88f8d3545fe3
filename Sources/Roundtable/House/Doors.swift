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
    /// Whether it opens over the plain network of a hall too.
    let isInHall: Bool
}

/// Hangs doors on a router and keeps their list, so that a test can try each as every kind of visitor.
final class Doors<Context: Visiting> {
    private let router: any RouterMethods<Context>
    private let welcome: Welcome
    private let isInHall: Bool
    private(set) var list: [Door] = []

    /// - Parameter inHall: whether these open where others can read along: they give out nothing that lasts.
    init(_ router: any RouterMethods<Context>, welcome: Welcome, inHall: Bool = false) {
        self.router = router
        self.welcome = welcome
        isInHall = inHall
    }

    typealias Room = @Sendable (Request, Context) async throws -> Response

    func get(_ path: String, use room: @escaping Room) { hang(.get, path, room) }
    func post(_ path: String, use room: @escaping Room) { hang(.post, path, room) }

    private func hang(_ method: HTTPRequest.Method, _ path: String, _ room: @escaping Room) {
        list.append(Door(method: method.rawValue, path: path, welcome: welcome, isInHall: isInHall))
        guard !isInHall else {
            _ = router.on(RouterPath(path), method: method, use: room)
            return
        }
        router.on(RouterPath(path), method: method) { request, context in
            guard context.visit.reach == .safe else { throw NeedsSafeLine() }
            return try await room(request, context)
        }
    }
}
