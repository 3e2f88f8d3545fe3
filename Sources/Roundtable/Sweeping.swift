import Logging
import ServiceLifecycle

/// Sweeps the house's files while it is open.
struct Sweeping: Service {
    let house: House
    /// What is left behind waits an hour anyway.
    static let rest = Duration.seconds(3_600)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.rest)
                do {
                    try await house.sweepFiles()
                } catch let error where !(error is CancellationError) {
                    house.log.error("files could not be swept", metadata: ["kind": "\(type(of: error))"])
                }
            }
        }
    }
}
