import Hummingbird

/// The framework's own empty response: one door, no words, nothing read.
///
/// What `bin/bench` measures a page against, so that it says what our work costs and not what the machine is.
@main
struct Empty {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8080
        let router = Router()
        router.get("/") { _, _ in HTTPResponse.Status.ok }
        let server = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await server.runService()
    }
}
