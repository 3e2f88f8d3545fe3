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
    /// Where so much can be given back, there was a busy time, and much ran that won't soon run again.
    static let much: Int64 = 3_000_000

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            thrift_leave_code()
            var left = resident
            while true {
                try await Task.sleep(for: Self.rest)
                let now = resident
                guard abs(now - left) > Self.worthwhile else { continue }
                thrift_give_back()
                if now - resident > Self.much { thrift_leave_code() }
                left = resident
            }
        }
    }

    private var resident: Int64 { Int64(thrift_resident()) }
}
