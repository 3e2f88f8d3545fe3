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
        /// How often something has been written.
        var writes = 0
    }

    /// A connection, in the hands of one reader at a time or of nobody.
    private struct Reading: @unchecked Sendable {
        let connection: SQLiteConnection
        /// How often something had been written before anything that it keeps was made.
        private var writes: Int

        init(_ connection: SQLiteConnection, after writes: Int) {
            (self.connection, self.writes) = (connection, writes)
        }

        mutating func letGo(after writes: Int) {
            if writes != self.writes { connection.keeping.letGo() }
            self.writes = writes
        }
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

    /// Lets go of what reads have made, since something was written: now, or where somebody reads, when they are done.
    func letGo() {
        line.withLock { line in
            line.writes += 1
            for place in line.idle.indices { line.idle[place].letGo(after: line.writes) }
        }
    }

    deinit { close() }

    private func take() async throws -> Reading {
        try Task.checkCancellation()
        let (idle, writes) = try line.withLock { line throws(StorageTrouble) -> (Reading?, Int?) in
            if line.isClosed { throw .closed }
            if let idle = line.idle.popLast() { return (idle, nil) }
            guard line.open < most else { return (nil, nil) }
            line.open += 1
            return (nil, line.writes)
        }
        if let idle { return idle }
        if let writes { return try open(after: writes) }
        return try await wait()
    }

    private func open(after writes: Int) throws -> Reading {
        do {
            return Reading(try SQLiteConnection(reading: path, busyWait: busyWait), after: writes)
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
        var reading = reading
        let (next, isLast) = line.withLock { line -> (CheckedContinuation<Reading, any Error>?, Bool) in
            reading.letGo(after: line.writes)
            if line.isClosed { return (nil, true) }
            if !line.waiting.isEmpty { return (line.waiting.removeFirst(), false) }
            line.idle.append(reading)
            return (nil, false)
        }
        if isLast { reading.connection.close() }
        next?.resume(returning: reading)
    }
}
