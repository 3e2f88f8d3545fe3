import CThrift
import ServiceLifecycle

/// Keeps the program small between its busy hours, on a machine that has other things to do: what only its start needed
/// is given back once it serves, and what a full hall needed soon after.
///
/// The allocator keeps what is let go of for the next time, ten megabytes and more after a hundred phones.
struct Thrift: Service {
    static let rest = Duration.seconds(2)
    /// Looking for what can be given back takes a millisecond or more of the processor, so at least so many seconds of
    /// it should have been worked since. What came and went meanwhile shows in no other figure.
    static let worthwhile = 0.2

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            thrift_leave_code()
            var last = thrift_worked()
            while true {
                try await Task.sleep(for: Self.rest)
                let worked = thrift_worked()
                guard worked - last > Self.worthwhile else { continue }
                thrift_give_back()
                last = worked
            }
        }
    }
}
