import Hummingbird
import Logging
import Storage

/// Keeps what was let go of beside the database too, before whoever did it is answered.
struct KeepingLetGo: RouterMiddleware {
    typealias Context = Visit
    let house: House

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard request.method == .post, let file = house.letGo else { return response }
        do {
            try await file.catchUp(with: house.database)
        } catch {
            // It is in the database all the same, and is written to the file by the next that can.
            house.log.error("what was let go of could not be kept", metadata: ["kind": "\(type(of: error))"])
        }
        return response
    }
}
