import Hummingbird

/// Answers a request to listen in a task of its own.
///
/// A task keeps the room that its deepest moment took for as long as it lives, and the task of a connection that
/// listens lives for ten minutes. What the doors and the first read took is given back with the task that they were
/// taken in: half of what a listener would cost.
struct ListenersApart<Doors: HTTPResponder>: HTTPResponder where Doors.Context == Visit {
    let doors: Doors

    func respond(to request: Request, context: Visit) async throws -> Response {
        guard request.uri.path.hasSuffix(Live.address) else {
            return try await doors.respond(to: request, context: context)
        }
        return try await Task { try await doors.respond(to: request, context: context) }.value
    }
}
