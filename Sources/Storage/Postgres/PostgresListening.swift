import Foundation
import Synchronization

/// A connection that does nothing but hear what other programs announce, on a thread of its own.
///
/// It is made again for as long as the database is open, however often it is lost.
final class PostgresListening: Sendable {
    /// What programs listen to: one for each schema, since a schema is a house.
    static let channel: SQL = "'roundtable_' || hashtext(current_schema())"
    /// Between two tries at a server that is away: soon enough for a hall, seldom enough for the server.
    static let pause = 0.25
    /// A connection that heard nothing for this long is asked whether it still stands: one that a firewall forgot
    /// looks as quiet as a quiet evening.
    static let longestQuiet = Duration.seconds(15)
    /// Not yet read, beyond which we only remember that there was more.
    static let mostWaiting = 10_000

    private let server: PostgresServer
    private let wakening: Wakening
    private let continuation: AsyncStream<Announcement>.Continuation

    /// Begins to listen.
    ///
    /// - Parameter wakening: ends it.
    static func begin(at server: PostgresServer, until wakening: Wakening) -> AsyncStream<Announcement> {
        let (stream, continuation) = AsyncStream<Announcement>.makeStream(
            bufferingPolicy: .bufferingNewest(mostWaiting))
        let listening = PostgresListening(server, wakening, continuation)
        let thread = Thread { listening.hearAll() }
        thread.name = "postgres listening"
        thread.start()
        return stream
    }

    private init(
        _ server: PostgresServer, _ wakening: Wakening, _ continuation: AsyncStream<Announcement>.Continuation
    ) {
        (self.server, self.wakening, self.continuation) = (server, wakening, continuation)
    }

    /// The thread's whole life.
    private func hearAll() {
        while !wakening.isEnd {
            // A server that is away is tried again, without an end: a program that serves wants to hear.
            try? hear()
            wakening.sleep(forTimeInterval: Self.pause)
        }
        continuation.finish()
    }

    /// Hears until the connection is lost.
    private func hear() throws {
        let connection = try PostgresConnection(server.url, schema: server.schema)
        try connection.listen(to: Self.channel)
        tell(.unheard)
        while !wakening.isEnd {
            let heard = try connection.notifications(within: Self.longestQuiet, or: wakening)
            for (words, backend) in heard where !server.isOurs(backend) { tell(.said(words)) }
            // Asked for again, which shows whether the server is there, and it what this connection is for.
            if heard.isEmpty { try connection.listen(to: Self.channel) }
        }
    }

    private func tell(_ announcement: Announcement) {
        if case .dropped = continuation.yield(announcement) { continuation.yield(.unheard) }
    }
}

/// Wakes a thread that waits for something to be read, because it is to end.
final class Wakening: Sendable {
    /// What the thread waits for beside its own: readable once it is to end.
    let ending: CInt
    private let other: CInt
    private let isOver = Mutex(false)

    init() {
        var ends: [CInt] = [-1, -1]
        _ = pipe(&ends)
        (ending, other) = (ends[0], ends[1])
    }

    deinit {
        close(ending)
        if !isEnd { close(other) }
    }

    var isEnd: Bool { isOver.withLock(\.self) }

    /// Ends it. May be called again.
    func end() {
        let isFirst = isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
        // Nobody holds the other side any more, which those who wait can read.
        if isFirst { close(other) }
    }

    /// Waits, but no longer than until the end.
    func sleep(forTimeInterval seconds: Double) {
        var end = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
        _ = poll(&end, 1, CInt(seconds * 1000))
    }
}
