import CThrift
import ServiceLifecycle

/// Keeps the program small between its busy hours, on a machine that has other things to do: what only its start needed
/// is given back once it serves, and what a full hall needed soon after.
///
/// The allocator keeps what is let go of for the next time, ten megabytes and more after a hundred phones.
struct Thrift: Service {
    static let rest = Duration.seconds(2)
    /// Looking for what can be given back takes a millisecond or more, so this much should have come or gone since.
    static let worthwhile: Int64 = 500_000

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            thrift_leave_code()
            var left = Int64(thrift_resident())
            while true {
                try await Task.sleep(for: Self.rest)
                guard abs(Int64(thrift_resident()) - left) > Self.worthwhile else { continue }
                thrift_give_back()
                left = Int64(thrift_resident())
            }
        }
    }
}
