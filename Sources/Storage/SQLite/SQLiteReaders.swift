import Synchronization

/// The connections that read, and a line of those who wait for one.
///
/// A read runs where it is asked for, on the caller's own thread: a page's reads take a tenth of a millisecond, and
/// to hand one to another thread and back again takes as long (`docs/decisions/0008`).
final class SQLiteReaders: Sendable {
    /// Past this many waiting, it is kinder to say so at once.
    static let mostWaiting = 5_000

    private struct Line {
        var idle: [Reading] = []
        var open = 0
        var waiting: [CheckedContinuation<Reading, any Error>] = []
        var isClosed = false
    }

    /// A connection, in the hands of one reader at a time or of nobody.
    private struct Reading: @unchecked Sendable {
        let connection: SQLiteConnection
    }

    private let path: String
    private let most: Int
    private let busyWait: Double
    private let line = Mutex(Line())

    init(_ path: String, most: Int, busyWait: Double) {
        (self.path, self.most, self.busyWait) = (path, most, busyWait)
    }

    /// Runs a body with a connection that nobody else has meanwhile.
    func read<Made>(_ body: (SQLiteConnection) throws -> Made) async throws -> Made {
        let reading = try await take()
        defer { giveBack(reading) }
        return try body(reading.connection)
    }

    /// Refuses whoever comes from now on, and closes each connection once nobody reads from it.
    func close() {
        let (idle, waiting) = line.withLock { line in
            defer { (line.idle, line.waiting, line.isClosed) = ([], [], true) }
            return (line.idle, line.waiting)
        }
        for reading in idle { reading.connection.close() }
        for continuation in waiting { continuation.resume(throwing: StorageTrouble.closed) }
    }

    deinit { close() }

    private func take() async throws -> Reading {
        try Task.checkCancellation()
        let (idle, mayOpen) = try line.withLock { line throws(StorageTrouble) -> (Reading?, Bool) in
            if line.isClosed { throw .closed }
            if let idle = line.idle.popLast() { return (idle, false) }
            guard line.open < most else { return (nil, false) }
            line.open += 1
            return (nil, true)
        }
        if let idle { return idle }
        return mayOpen ? try open() : try await wait()
    }

    private func open() throws -> Reading {
        do {
            return Reading(connection: try SQLiteConnection(reading: path, busyWait: busyWait))
        } catch {
            line.withLock { $0.open -= 1 }
            throw error
        }
    }

    private func wait() async throws -> Reading {
        try await withCheckedThrowingContinuation { continuation in
            // One may have been given back since we looked.
            let answer = line.withLock { line -> Result<Reading, any Error>? in
                if line.isClosed { return .failure(StorageTrouble.closed) }
                if let idle = line.idle.popLast() { return .success(idle) }
                if line.waiting.count >= Self.mostWaiting { return .failure(StorageTrouble.busy) }
                line.waiting.append(continuation)
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    private func giveBack(_ reading: Reading) {
        let (next, isLast) = line.withLock { line -> (CheckedContinuation<Reading, any Error>?, Bool) in
            if line.isClosed { return (nil, true) }
            if !line.waiting.isEmpty { return (line.waiting.removeFirst(), false) }
            line.idle.append(reading)
            return (nil, false)
        }
        if isLast { reading.connection.close() }
        next?.resume(returning: reading)
    }
}
