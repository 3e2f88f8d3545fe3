import Foundation

/// Those who wait for a connection, first come first served.
final class PostgresLine: @unchecked Sendable {
    /// Past this many waiting the server is not keeping up, and it is kinder to say so at once.
    static let mostWaiting = 2_000

    struct Job {
        let id: Int
        let work: (PostgresSeat) -> Void
        let fail: (any Error) -> Void
    }

    // Everything below is only touched while `gate` is locked; threads wait on it for work.
    private let gate = NSCondition()
    private var jobs: [Job] = []
    private var nextID = 0
    private var isClosed = false
    private var threads: Int
    private var closing: [CheckedContinuation<Void, Never>] = []

    init(threads: Int) {
        self.threads = threads
    }

    /// Has a thread do the work. Cancelling takes it out of the line, if no thread has begun it.
    func run<Made: Sendable>(_ work: @escaping @Sendable (PostgresSeat) throws -> Made) async throws -> Made {
        let id = newID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                join(
                    Job(id: id) { seat in
                        continuation.resume(with: Result { try work(seat) })
                    } fail: {
                        continuation.resume(throwing: $0)
                    })
            }
        } onCancel: {
            leave(id)
        }
    }

    /// One thread's whole life: the work there is, until the line is closed and empty.
    func serve(_ seat: PostgresSeat) {
        while let job = next() { job.work(seat) }
        let finished = gate.withLock {
            threads -= 1
            guard threads == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { closing = [] }
            return closing
        }
        for continuation in finished { continuation.resume() }
    }

    /// How many wait for a connection.
    var waiting: Int { gate.withLock { jobs.count } }

    /// Refuses whoever comes from now on, and waits for those who are here.
    func close() async {
        shut()
        await withCheckedContinuation { continuation in
            let isOver = gate.withLock {
                if threads > 0 { closing.append(continuation) }
                return threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    /// Refuses whoever comes from now on; threads end when those who are here are done.
    func shut() {
        gate.withLock {
            isClosed = true
            gate.broadcast()
        }
    }

    /// The next piece of work; waits for one, and gives nothing once the line is closed and empty.
    private func next() -> Job? {
        gate.lock()
        defer { gate.unlock() }
        while jobs.isEmpty && !isClosed { gate.wait() }
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }

    private func newID() -> Int {
        gate.withLock {
            nextID += 1
            return nextID
        }
    }

    private func join(_ job: Job) {
        let refusal: (any Error)? = gate.withLock {
            if Task.isCancelled { return CancellationError() }
            if isClosed { return StorageTrouble.closed }
            if jobs.count >= Self.mostWaiting { return StorageTrouble.busy }
            jobs.append(job)
            gate.signal()
            return nil
        }
        if let refusal { job.fail(refusal) }
    }

    private func leave(_ id: Int) {
        let left = gate.withLock {
            jobs.firstIndex { $0.id == id }.map { jobs.remove(at: $0) }
        }
        left?.fail(CancellationError())
    }
}
