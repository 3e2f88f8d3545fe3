import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import ServiceLifecycle
import Storage
import Synchronization

/// A place that can be watched.
enum LivePlace: Hashable, Sendable {
    case project(ID<Project>)
    case gathering(ID<Gathering>)
    case wall(ID<Gathering>)
}

/// One thing on the page as it is now.
struct LivePiece: Sendable {
    /// The id of the element that it takes the place of.
    let element: String
    /// Its number (`Writer.nextChange()`).
    let changed: Int64
    /// What stands there now, in the listener's language. Empty: it is taken off the page.
    let html: HTML
}

/// Tells those who watch a place what has changed there, by server-sent events.
///
/// Nothing is kept here: what must not be lost is written first, under a number, and whoever was away asks for what
/// came after theirs. A piece is read and made once for all who watch in one language, so it holds nothing that is
/// only for one of them.
final class Live: Sendable {
    /// How far behind a listener's number we look again on PostgreSQL, where a smaller number may be committed after
    /// a larger one: with eight connections and writes of a few milliseconds, one that is held up for a tenth of a
    /// second is overtaken by fewer than this. What is sent again is the same piece, and the page keeps one of each.
    static let overlap: Int64 = 100
    /// More than any hall holds, and three of every four connections that there may be (`House.mostConnections`).
    static let mostListeners = 15_000
    /// Connections and files that those who watch leave to those who write, and to the database.
    static let keptFree = 224
    /// A line that is silent for a minute is cut by many proxies and phone networks; a word every 20 seconds keeps it.
    static let heartbeat = TimeAmount.seconds(20)
    /// Whoever watches comes through the door again after this long, so that a seat taken away stops hearing.
    static let longest = TimeAmount.minutes(10)
    /// The first word of every answer: a comment, which pages don't see.
    static let opening = ByteBuffer(string: ":\n\n")
    /// What the address of everything that can be watched ends with.
    static let address = "/live"
    /// Between two reads for the same place: changes that come closer together are told together.
    static let breath = Duration.milliseconds(100)
    /// At least so many pieces are read at once, where there are so many: then there may be more.
    static let mostRead = 1_000
    /// How many pieces go out in one write while a listener catches up.
    static let mostAtOnce = 50

    /// How many may watch at once.
    let most: Int
    private let reach: Int64
    private let watching = Mutex(Watching())
    private let listening = Atomic<Int>(0)

    /// What makes two listeners hear the same words.
    private struct Watched: Hashable {
        let place: LivePlace
        let language: String
    }

    private struct Watching {
        var audiences: [Watched: Audience] = [:]
        /// Looks at everybody once a second, while there is anybody.
        var clock: RepeatedTask?
    }

    /// Reads what is at a place since a number, as it should be shown.
    typealias Fetch = @Sendable (Int64) async throws -> [LivePiece]

    /// - Parameter openFiles: how many connections and files this program may hold open at once.
    init(_ engine: Engine, openFiles: Int) {
        reach = engine == .postgres ? Self.overlap : 0
        most = min(Self.mostListeners, max(0, openFiles - Self.keptFree))
    }

    /// How many watch now, in the whole house.
    var listeners: Int { listening.load(ordering: .relaxed) }

    /// Something with this number has changed there. To be called after it is committed.
    func tell(_ place: LivePlace, changed: Int64) {
        let told = watching.withLock { $0.audiences.filter { $0.key.place == place }.map(\.value) }
        for audience in told { audience.tell(changed) }
    }

    /// Looks everywhere for what may have been missed: nobody could hear for a while what other programs wrote.
    func lookAgain() {
        for audience in everywhere() { audience.lookAgain(reach) }
    }

    /// Hangs up on those who may hear no more: their device was signed out, or they have left.
    func hangUp(where isGone: @Sendable (Listener) -> Bool) {
        for listener in everywhere().flatMap({ $0.everybody() }) where isGone(listener) { listener.end() }
    }

    /// Says a word to those who have heard nothing for a while, and lets go of those who have listened for long.
    func look(at now: NIODeadline) {
        for audience in everywhere() { audience.look(at: now) }
    }

    private func everywhere() -> [Audience] { watching.withLock { Array($0.audiences.values) } }

    /// The answer to `GET …/live`: all that changed since the listener's number, then each change as it comes.
    ///
    /// - Parameters:
    ///   - since: the last number that they have; when there is none, what the request says (`Last-Event-ID`, or
    ///     `?since=` of a page that was just opened).
    ///   - fetch: reads and shows what has a larger number, the smallest first, `mostRead` or more where there are so
    ///     many; the same for everybody who may watch in this language.
    func follow(
        _ place: LivePlace, request: Request, visit: Visit, since: Int64? = nil, fetch: @escaping Fetch
    ) -> Response {
        guard let seat = takeSeat() else { return full(visit) }
        let since =
            since ?? request.headers[.lastEventID].flatMap { Int64($0) } ?? visit.query["since"].flatMap { Int64($0) }
        let from = max(0, max(0, since ?? 0) - reach)
        let watched = Watched(place: place, language: visit.words.language)
        // Where a connection is to close after its answer, the framework closes it when the answer's task is over.
        let stays = request.headers[.connection] == "close"
        let body = ResponseBody { [self] writer in
            // No connection is behind this (a test's): there is nobody to stay for.
            guard visit.channel.isActive else {
                try await writer.write(Self.opening)
                try await send(try await fetch(from), &writer)
                return try await writer.finish(nil)
            }
            let (ended, ending) = AsyncStream<Never>.makeStream()
            let listener = Listener(visit, seat: seat, fetch) { [self] listener in
                leave(listener, watched)
                ending.finish()
            }
            do {
                enter(listener, watched, having: from)
                try await listener.begin()
                try await writer.write(Self.opening)
                try await listener.follow(having: try await catchUp(from, fetch, &writer), from: from)
            } catch {
                listener.end()
                throw error
            }
            // From here on it is written to without this task, which has nothing left to do.
            if stays { for await _ in ended {} }
        }
        return Response(status: .ok, headers: Self.headers, body: body)
    }

    private static let headers: HTTPFields = [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .accelBuffering: "no",
    ]

    /// Sends all that came after a number, as much at a time as one read gives.
    private func catchUp(
        _ from: Int64, _ fetch: @escaping Fetch, _ writer: inout any ResponseBodyWriter
    ) async throws -> [String: Int64] {
        var (having, last, isAll): ([String: Int64], Int64, Bool) = ([:], from, false)
        while !isAll {
            // In a task of its own, as `ListenersApart` says why.
            let missed = try await Task { [last] in try await fetch(last) }.value
            having.merge(try await send(missed, &writer)) { max($0, $1) }
            last = missed.map(\.changed).max() ?? last
            isAll = missed.count < Live.mostRead
        }
        return having
    }

    /// Writes what a listener missed, as fast as they take it, and says which numbers they now have.
    @discardableResult
    private func send(
        _ pieces: [LivePiece], _ writer: inout any ResponseBodyWriter
    ) async throws -> [String: Int64] {
        let batch = LiveBatch(pieces)
        for events in batch.events(atOnce: Self.mostAtOnce) { try await writer.write(events) }
        return batch.numbers
    }

    private func enter(_ listener: Listener, _ watched: Watched, having reached: Int64) {
        watching.withLock { watching in
            let audience = watching.audiences[watched] ?? Audience(reached: reached)
            watching.audiences[watched] = audience
            audience.add(listener)
            watching.clock = watching.clock ?? clock(on: listener.channel.eventLoop)
        }
    }

    private func clock(on loop: any EventLoop) -> RepeatedTask {
        loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [weak self] _ in
            self?.look(at: .now())
        }
    }

    private func leave(_ listener: Listener, _ watched: Watched) {
        watching.withLock { watching in
            if watching.audiences[watched]?.remove(listener) == true { watching.audiences[watched] = nil }
            guard watching.audiences.isEmpty else { return }
            watching.clock?.cancel()
            watching.clock = nil
        }
    }

    // Limits

    /// A place among those who may watch at once; given back when it is let go of, whatever became of the answer.
    private final class Seating: Sendable {
        private let live: Live
        init(_ live: Live) { self.live = live }
        deinit { live.listening.subtract(1, ordering: .relaxed) }
    }

    private func takeSeat() -> Seating? {
        let before = listening.add(1, ordering: .relaxed).oldValue
        let seating = Seating(self)
        return before < most ? seating : nil
    }

    /// The page's script tries again later, and shows its *show new* link meanwhile.
    private func full(_ visit: Visit) -> Response {
        Response(
            status: .serviceUnavailable,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .retryAfter: "30"],
            body: .init(byteBuffer: ByteBuffer(string: visit.words("live.full"))))
    }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Asks nginx to pass each word on as it comes.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
