import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

@testable import Roundtable

@Suite("Nobody takes up a place without using it")
struct ConnectionTests {
    /// Impatient, so that the tests are quick, though a busy machine may take seconds to send anything at all;
    /// otherwise as a house is.
    private static let impatient = Unhurried.Patience(
        grace: .seconds(20), slowest: 10, longestUntaken: .seconds(3))

    @Test(
        "a head that drips in, or never comes, is not waited for", arguments: ["", "GET / HTTP/1.1\r\nHost: a\r\nX-"])
    func head(begun: String) async throws {
        try await Server.open { server in
            let line = try await Line(server.port)
            try? await line.send(begun)
            for _ in 0..<600 where !line.isClosed {
                if !begun.isEmpty { try? await line.send("a") }
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(line.isClosed && line.text.isEmpty)
        }
    }

    @Test("a form that drips in is given up; one that is slow and steady is read")
    func form() async throws {
        try await Server.open { server in
            let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1200\r\n\r\n"
            let (dripping, steady) = (try await Line(server.port), try await Line(server.port))
            try await dripping.send(head)
            try await steady.send(head)
            for _ in 0..<12 {
                try? await dripping.send("a")
                try await steady.send(String(repeating: "a", count: 100))
                try await Task.sleep(for: .milliseconds(60))
            }
            #expect(await Ear.until(.seconds(60)) { dripping.isClosed })
            #expect(dripping.text.isEmpty)
            #expect(await Ear.until(.seconds(60)) { steady.text.hasSuffix("\r\n\r\n1200") })
            await steady.hangUp()
        }
    }

    @Test("an answer of which nothing is taken is given up")
    func untaken() async throws {
        try await Server.open { server in
            let line = try await Line(server.port, reading: false)
            try await line.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await Ear.until(.seconds(60)) { server.ended.load(ordering: .relaxed) })
            await line.hangUp()
        }
    }

    @Test("a head that is longer than any of ours is refused")
    func longHead() async throws {
        try await Server.open { server in
            let long = try await Line(server.port)
            let value = String(repeating: "a", count: House.longestHead)
            try await long.send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: \(value)\r\n\r\n")
            #expect(await Ear.until(.seconds(60)) { long.isClosed })
            #expect(!long.text.contains(" 200 "))
            let usual = try await Line(server.port)
            try await usual.send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: \(value.prefix(8_000))\r\n\r\n")
            #expect(await Ear.until(.seconds(60)) { usual.text.contains(" 200 ") })
            await usual.hangUp()
        }
    }

    /// A server with a house's connections, and two doors: one that says how long what it was sent is, and one that
    /// says more than anybody takes.
    private final class Server: Sendable {
        let port: Int
        let ended = Atomic(false)

        private init(_ port: Int) { self.port = port }

        static func open(_ body: @escaping @Sendable (Server) async throws -> Void) async throws {
            let found = Mutex<Server?>(nil)
            let router = Router()
            router.on("/", method: .post) { request, _ in
                "\(try await request.body.collect(upTo: 10_000).readableBytes)"
            }
            router.get("/") { _, _ in "here" }
            router.get("/long") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        defer { found.withLock { $0 }?.ended.store(true, ordering: .relaxed) }
                        let much = ByteBuffer(repeating: 97, count: 1_000_000)
                        for _ in 0..<100 { try await writer.write(much) }
                        try await writer.finish(nil)
                    })
            }
            var log = Logger(label: "server")
            log.logLevel = .critical
            let (ports, port) = AsyncStream<Int>.makeStream()
            let application = Application(
                router: router,
                server: .http1(configuration: House.connection(silence: .seconds(20), patience: impatient)),
                configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress!.port!) }, logger: log)
            let group = ServiceGroup(
                configuration: .init(services: [application], gracefulShutdownSignals: [], logger: log))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for await number in ports {
                    let server = Server(number)
                    found.withLock { $0 = server }
                    do { try await body(server) } catch {
                        await group.triggerGracefulShutdown()
                        throw error
                    }
                    break
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }
    }

    /// One connection, on which anything may be sent.
    private final class Line: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let received = Mutex<[UInt8]>([])
        private let closed = Atomic(false)
        private let channel = Mutex<(any Channel)?>(nil)

        init(_ port: Int, reading: Bool = true) async throws {
            let made = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: reading)
                .channelInitializer { [self] channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(self) }
                }
                .connect(host: "127.0.0.1", port: port).get()
            channel.withLock { $0 = made }
        }

        var text: String { received.withLock { String(decoding: $0, as: UTF8.self) } }
        var isClosed: Bool { closed.load(ordering: .relaxed) }

        func send(_ text: String) async throws {
            try await channel.withLock { $0 }?.writeAndFlush(ByteBuffer(string: text))
        }

        func hangUp() async { try? await channel.withLock { $0 }?.close() }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.withLock { $0 += Array(unwrapInboundIn(data).readableBytesView) }
        }

        func channelInactive(context: ChannelHandlerContext) { closed.store(true, ordering: .relaxed) }
    }
}
