import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import Markup
import NIOCore
import NIOPosix
import ServiceLifecycle
import Storage
import Synchronization

@testable import Roundtable

/// A server on a port of its own with one door, `GET /live`, and people who listen at it over real connections.
struct Hall: Sendable {
    let live: Live
    let port: Int
    private let group: ServiceGroup

    static let catalogue = try! Catalogue(json: [
        "en": Array(#"{"heard": "Heard"}"#.utf8), "cy": Array(#"{"heard": "Clywed"}"#.utf8),
    ])

    /// Opens the hall, does something in it, and closes it as SIGTERM would.
    ///
    /// - Parameters:
    ///   - seats: how many may listen at once.
    ///   - live: a house's own, for what is told by its doors.
    ///   - connection: what its connections are like.
    ///   - fetch: reads since a number, in a language.
    static func open(
        _ engine: Engine, at place: LivePlace, seats: Int = 800, live: Live? = nil,
        connection: HTTP1Channel.Configuration = House.connection(),
        fetch: @escaping @Sendable (Int64, Words) async throws -> [LivePiece],
        _ body: @escaping @Sendable (Hall) async throws -> Void
    ) async throws {
        let live = live ?? Live(engine, openFiles: seats + Live.keptFree)
        let router = Router(context: Visit.self)
        router.get("/live") { request, visit in
            var visit = visit
            for (name, value) in request.uri.queryParameters { visit.query[String(name)] = String(value) }
            visit.device = visit.query["device"].flatMap { ID($0) }
            visit.words = Words(catalogue, language: visit.query["in"] ?? "en")
            let words = visit.words
            return live.follow(place, request: request, visit: visit) { try await fetch($0, words) }
        }
        var log = Logger(label: "hall")
        log.logLevel = .critical
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, server: .http1(configuration: connection),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress!.port!) }, logger: log)
        let group = ServiceGroup(
            configuration: .init(services: [application], gracefulShutdownSignals: [], logger: log))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await number in ports {
                let hall = Hall(live: live, port: number, group: group)
                do { try await body(hall) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    func close() async { await group.triggerGracefulShutdown() }

    func listener(
        since: Int64 = 0, in language: String = "en", lastEventID: Int64? = nil, reading: Bool = true,
        version: String = "1.0", saying header: String? = nil, on device: ID<Device>? = nil, and more: String = ""
    )
        async throws -> Ear
    {
        let last = lastEventID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        let said = header.map { "\($0)\r\n" } ?? ""
        let asking = """
            GET /live?since=\(since)&in=\(language)&device=\(device?.text ?? "") HTTP/\(version)\r
            Host: hall\r
            \(last)\(said)\r\n
            """
        return try await Ear(port: port, asking: asking + more, reading: reading)
    }
}

/// One connection that listens, and remembers what it was sent.
final class Ear: Sendable {
    struct Event: Sendable, Equatable {
        let id: Int64
        let kind: String
        let data: String
    }

    private let channel: any Channel
    private let socket: NIOBSDSocket.Handle
    private let heard: Hearing

    init(port: Int, asking request: String, reading: Bool) async throws {
        let heard = Hearing()
        self.heard = heard
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reading)
            .channelOption(.socketOption(.so_rcvbuf), value: 4096)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(heard) }
            }
            .connect(host: "127.0.0.1", port: port).get()
        socket = try await channel.eventLoop.submit { [channel] in
            try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }!
        }.get()
        try await say(request)
    }

    /// Takes what has come, on whichever thread this is, where it doesn't read by itself; all events so far.
    func take() -> [Event] {
        var room = [UInt8](repeating: 0, count: 65_536)
        while case let count = Foundation.read(socket, &room, room.count), count > 0 {
            heard.text.withLock { $0 += room.prefix(count) }
        }
        return events
    }

    func say(_ words: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: words)) }

    /// Everything that came, headers included.
    var text: String { heard.text.withLock { String(decoding: $0, as: UTF8.self) } }
    var bytes: Int { heard.text.withLock { $0.count } }
    var isClosed: Bool { heard.isClosed.load(ordering: .relaxed) }

    /// The events that came whole.
    var events: [Event] {
        text.replacing("\r\n", with: "\n").components(separatedBy: "\n\n").dropLast().compactMap { block in
            let lines = block.split(separator: "\n")
            func all(_ name: String) -> [String] {
                lines.filter { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
            }
            guard let id = all("id").first.flatMap({ Int64($0) }) else { return nil }
            return Event(id: id, kind: all("event").first ?? "", data: all("data").joined(separator: "\n"))
        }
    }

    func hangUp() async { try? await channel.close() }

    /// Waits until something holds, and says whether it came to.
    static func until(_ patience: Duration = .seconds(10), _ holds: @Sendable () async -> Bool) async -> Bool {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if await holds() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return await holds()
    }

    private final class Hearing: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let text = Mutex<[UInt8]>([])
        let isClosed = Atomic(false)

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            text.withLock { $0 += Array(bytes.readableBytesView) }
        }

        func channelInactive(context: ChannelHandlerContext) { isClosed.store(true, ordering: .relaxed) }
    }
}

/// Something to watch that is in no database, and gives as much at once as one would.
actor Board {
    private var notes: [String: (changed: Int64, words: String)] = [:]
    private var last: Int64 = 0
    private(set) var reads = 0

    func write(_ element: String, _ words: String = "") -> Int64 {
        last += 1
        notes[element] = (last, words)
        return last
    }

    nonisolated var fetch: @Sendable (Int64, Words) async throws -> [LivePiece] { { await self.pieces(since: $0, $1) } }

    func pieces(since: Int64, _ t: Words) -> [LivePiece] {
        reads += 1
        let later = notes.filter { $0.value.changed > since }.sorted { $0.value.changed < $1.value.changed }
        return later.prefix(Live.mostRead).map { element, note in
            LivePiece(
                element: element, changed: note.changed,
                html: note.words == "gone" ? .empty : "<li id=\"\(element)\">\(t("heard")): \(note.words)</li>")
        }
    }
}
