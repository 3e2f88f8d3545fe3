import CThrift
import ServiceLifecycle

/// Keeps the program small between its busy hours, on a machine that has other things to do: what only its start needed
/// is given back once it serves, and what a full hall needed soon after.
///
/// The allocator keeps what is let go of for the next time, ten megabytes and more after a hundred phones.
struct Thrift: Service {
    static let rest = Duration.seconds(5)
    /// Looking through everything for what can be given back takes some milliseconds, so as much should have come since.
    static let worthwhile: UInt64 = 2_000_000

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            thrift_leave_start()
            var left = thrift_resident()
            while true {
                try await Task.sleep(for: Self.rest)
                guard thrift_resident() > left + Self.worthwhile else { continue }
                thrift_give_back()
                left = thrift_resident()
            }
        }
    }
}
