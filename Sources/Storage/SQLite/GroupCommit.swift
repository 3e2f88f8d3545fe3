internal import GRDB
import Synchronization

/// Lets writes that arrive together share one flush to the disk.
///
/// Each write has a savepoint of its own inside one transaction, so one that fails takes nothing else with it,
/// and nobody is told that their words are safe before the transaction they are in is on the disk.
final class GroupCommit: Sendable {
    /// More than this in one transaction would keep its first writer waiting for the last.
    static let mostInGroup = 200
    /// A group takes no more in after this long, for the same reason.
    static let longestGroup = Duration.milliseconds(20)
    /// Past this many waiting the disk is not keeping up, and it is kinder to say so at once.
    static let mostWaiting = 5_000

    /// A write: does its work and gives what tells its caller once that is safe.
    struct Job: Sendable {
        let id: Int
        let work: @Sendable (Writer) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    /// A write that has been tried, and what tells its caller how it went.
    private typealias Done = (job: Job, tell: @Sendable () -> Void)

    private struct Line {
        var jobs: [Job] = []
        var nextID = 0
        var isServed = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let writing: Writing
    private let line = Mutex(Line())

    /// The pool's own connection for writing, touched on the pool's queue alone.
    private struct Writing: @unchecked Sendable {
        let connection: SQLiteConnection
    }

    init(_ pool: DatabasePool) {
        self.pool = pool
        writing = pool.writeWithoutTransaction { Writing(connection: SQLiteConnection(of: $0.sqliteConnection!)) }
    }

    /// Runs a body with the connection that writes, outside of any transaction, once those before it are done.
    func settle(_ body: @Sendable (SQLiteSession) throws -> Void) throws {
        try pool.writeWithoutTransaction { [writing] _ in try body(SQLiteSession(writing.connection)) }
    }

    /// Waits for the writes that have begun, copies what the log holds into the file, and closes it.
    func finish() async throws {
        try await pool.writeWithoutTransaction { [writing] _ in
            try SQLiteSession(writing.connection).script("pragma wal_checkpoint(truncate)")
            writing.connection.close()
        }
        try pool.close()
    }

    func write<Made: Sendable>(_ body: @escaping @Sendable (Writer) throws -> Made) async throws -> Made {
        let id = line.withLock { line in
            line.nextID += 1
            return line.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let job = Job(id: id) { writer in
                    let made = try body(writer)
                    return { continuation.resume(returning: made) }
                } fail: {
                    continuation.resume(throwing: $0)
                }
                join(job)
            }
        } onCancel: {
            leave(id)
        }
    }

    /// How many wait for the group before them.
    var waiting: Int { line.withLock(\.jobs.count) }

    /// Refuses whoever comes from now on.
    func close() {
        line.withLock { $0.isClosed = true }
    }

    private func join(_ job: Job) {
        let (refusal, isFirst) = line.withLock { line -> ((any Error)?, Bool) in
            if Task.isCancelled { return (CancellationError(), false) }
            if line.isClosed { return (StorageTrouble.closed, false) }
            if line.jobs.count >= Self.mostWaiting { return (StorageTrouble.busy, false) }
            line.jobs.append(job)
            defer { line.isServed = true }
            return (nil, !line.isServed)
        }
        if let refusal { job.fail(refusal) }
        if isFirst { pool.asyncWriteWithoutTransaction { _ in self.serve(SQLiteSession(self.writing.connection)) } }
    }

    private func leave(_ id: Int) {
        let left = line.withLock { line in
            line.jobs.firstIndex { $0.id == id }.map { line.jobs.remove(at: $0) }
        }
        left?.fail(CancellationError())
    }

    /// Group after group, until nobody waits.
    private func serve(_ session: SQLiteSession) {
        while let group = nextGroup() {
            if group.count == 1 {
                alone(group[0], session)
            } else {
                together(group[...], session)
            }
        }
    }

    private func nextGroup() -> [Job]? {
        line.withLock { line in
            let group = Array(line.jobs.prefix(Self.mostInGroup))
            line.jobs.removeFirst(group.count)
            line.isServed = !group.isEmpty
            return group.isEmpty ? nil : group
        }
    }

    /// Transactions of as many as fit in each. Where one can't stand, its writes are tried alone, so that
    /// nobody hears of another's failure.
    private func together(_ group: ArraySlice<Job>, _ session: SQLiteSession) {
        var waiting = group
        while !waiting.isEmpty {
            do {
                try session.script("begin immediate")
            } catch {
                for job in waiting { job.fail(error) }
                return
            }
            guard let done = work(through: &waiting, session) else { continue }
            do {
                try session.script("commit")
                for (_, tell) in done { tell() }
            } catch {
                undo(session)
                for (job, _) in done {
                    if mayStandAlone(after: error) { alone(job, session) } else { job.fail(error) }
                }
            }
        }
    }

    /// Works through those waiting, until all are done or the group has gone on long enough.
    /// Gives nothing where the transaction is over and everything in it has been told.
    private func work(through waiting: inout ArraySlice<Job>, _ session: SQLiteSession) -> [Done]? {
        let end = ContinuousClock.now + Self.longestGroup
        var done: [Done] = []
        while let job = waiting.first, done.isEmpty || ContinuousClock.now < end {
            waiting.removeFirst()
            do {
                done.append((job, try within(session, job)))
            } catch let error where session.isInTransaction {
                // It may have failed over something that another in the group wrote: it hears of it when that
                // is on the disk, and is tried again if it never gets there.
                done.append((job, { job.fail(error) }))
            } catch {
                // The failure took the whole transaction with it, and in it what the others had done.
                for job in done.map(\.job) + [job] { alone(job, session) }
                return nil
            }
        }
        return done
    }

    /// One write in a savepoint, which is gone again if it fails.
    private func within(_ session: SQLiteSession, _ job: Job) throws -> @Sendable () -> Void {
        _ = try session.run("savepoint one")
        do {
            let tell = try session.whole { try job.work(Writer(session)) }
            _ = try session.run("release one")
            return tell
        } catch {
            if session.isInTransaction { try session.script("rollback to one; release one") }
            throw error
        }
    }

    /// One write in a transaction of its own.
    private func alone(_ job: Job, _ session: SQLiteSession) {
        do {
            try session.script("begin immediate")
            let tell = try session.whole { try job.work(Writer(session)) }
            try session.script("commit")
            tell()
        } catch {
            undo(session)
            job.fail(error)
        }
    }

    private func undo(_ session: SQLiteSession) {
        // Rolling back can only fail when there is nothing left to roll back.
        if session.isInTransaction { try? session.script("rollback") }
    }

    /// Too little room, or a rule that is only looked at on committing, may be one write's doing;
    /// a disk that fails is everyone's.
    private func mayStandAlone(after error: any Error) -> Bool {
        error is ConstraintViolation || error as? StorageTrouble == .full
    }
}
