import Foundation

/// How many connections and files this program may hold open at once: each listener is one.
enum OpenFiles {
    /// As many as anybody needs here. Some systems set no limit at all, which is not a number to ask for.
    private static let enough: rlim_t = 65_536

    #if os(Linux)
    private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let files = RLIMIT_NOFILE
    #endif

    /// Asks the system for as many as it lets this program have, and says how many it may have now. Many systems begin
    /// a program with 1,024 and allow it far more.
    static func most() -> Int {
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return 0 }
        var wished = limit
        wished.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, enough))
        if setrlimit(files, &wished) == 0 { limit = wished }
        return Int(min(limit.rlim_cur, enough))
    }
}
