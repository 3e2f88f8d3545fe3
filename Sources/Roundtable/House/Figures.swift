import Metrics
import Synchronization

/// What this program counts and times, told in the form that Prometheus reads (text, version 0.0.4).
///
/// Only the figures named in `told` are kept. What a library counts of its own is let go, and none of ours can hold a
/// name, a word, an address or something that opens: a door is its pattern, as `/projects/{project}`.
final class Figures: MetricsFactory, Sendable {
    /// What each figure is, and which marks it may carry.
    static let told: [String: (about: String, marks: Set<String>)] = [
        "roundtable_requests_total": ("Requests that were answered.", ["door", "method", "status"]),
        "roundtable_request_seconds": (
            "How long requests took until their answer began.", ["door", "method"]
        ),
    ]
    /// In seconds: from a page's usual tenth of what nobody notices, to the longest that a database is waited for.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// More than all doors, ways and answers; past it something is wrong, and new ones are not kept.
    static let most = 5_000

    private struct Key: Hashable {
        let name: String
        let marks: String
    }

    private struct Kept {
        var counts: [Key: FigureCount] = [:]
        var times: [Key: FigureTimes] = [:]
    }

    private let kept = Mutex(Kept())

    /// The ways to ask that are told apart. Anybody can make up others.
    static let methods: Set<String> = ["GET", "HEAD", "POST"]

    /// A request was answered.
    func answered(method: String, door: String, status: Int, took: Duration) {
        let marks = [("door", door), ("method", Self.methods.contains(method) ? method : "other")]
        Counter(
            label: "roundtable_requests_total", dimensions: marks + [("status", "\(status)")], factory: self
        ).increment()
        Timer(label: "roundtable_request_seconds", dimensions: marks, factory: self)
            .recordNanoseconds(Int64(took / .nanoseconds(1)))
    }

    /// All of them, a block for each name.
    var text: String {
        let kept = kept.withLock { (counts: $0.counts, times: $0.times) }
        var text = ""
        for (name, figure) in Self.told.sorted(by: { $0.key < $1.key }) {
            let counts = kept.counts.filter { $0.key.name == name }.sorted { $0.key.marks < $1.key.marks }
            let times = kept.times.filter { $0.key.name == name }.sorted { $0.key.marks < $1.key.marks }
            guard !counts.isEmpty || !times.isEmpty else { continue }
            text += "# HELP \(name) \(figure.about)\n# TYPE \(name) \(counts.isEmpty ? "histogram" : "counter")\n"
            for (key, count) in counts { text += "\(name){\(key.marks)} \(count.value)\n" }
            for (key, times) in times { text += times.lines(name, key.marks) }
        }
        return text
    }

    // MARK: What Swift Metrics asks of it

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard let key = Self.key(label, dimensions) else { return NOOPMetricsHandler.instance }
        return kept.withLock { kept -> any CounterHandler in
            if let there = kept.counts[key] { return there }
            guard kept.counts.count < Self.most else { return NOOPMetricsHandler.instance }
            let made = FigureCount()
            kept.counts[key] = made
            return made
        }
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        guard let key = Self.key(label, dimensions) else { return NOOPMetricsHandler.instance }
        return kept.withLock { kept -> any TimerHandler in
            if let there = kept.times[key] { return there }
            guard kept.times.count < Self.most else { return NOOPMetricsHandler.instance }
            let made = FigureTimes()
            kept.times[key] = made
            return made
        }
    }

    /// None of ours is of this kind.
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    /// Nothing for a figure that is not one of ours, or that carries more than it may.
    private static func key(_ name: String, _ marks: [(String, String)]) -> Key? {
        guard let figure = told[name], marks.allSatisfy({ figure.marks.contains($0.0) }) else { return nil }
        return Key(name: name, marks: marks.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ","))
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// How often something happened.
private final class FigureCount: CounterHandler, Sendable {
    private let count = Atomic<Int64>(0)
    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) { count.add(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
}

/// How long something took, counted by bounds.
private final class FigureTimes: TimerHandler, Sendable {
    private struct State {
        /// How many took no longer than each bound and longer than the one before; then those longer than all.
        var counts = [Int](repeating: 0, count: Figures.bounds.count + 1)
        var seconds = 0.0
    }

    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        let place = Figures.bounds.firstIndex { seconds <= $0 } ?? Figures.bounds.count
        state.withLock { state in
            state.counts[place] += 1
            state.seconds += seconds
        }
    }

    func lines(_ name: String, _ marks: String) -> String {
        let state = state.withLock(\.self)
        var (text, sum) = ("", 0)
        for (bound, count) in zip(Figures.bounds.map { "\($0)" } + ["+Inf"], state.counts) {
            sum += count
            text += "\(name)_bucket{\(marks),le=\"\(bound)\"} \(sum)\n"
        }
        return text + "\(name)_sum{\(marks)} \(state.seconds)\n\(name)_count{\(marks)} \(sum)\n"
    }
}
