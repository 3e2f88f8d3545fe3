import Foundation
import HummingbirdCore
import Markup
import NIOCore
import Storage
import Synchronization
import Testing

@testable import Roundtable

/// What stands on the line while somebody listens, byte by byte.
@Suite("A listener's line")
struct LiveLineTests {
    let place = LivePlace.project(.anonymous())

    @Test(
        "an answer in chunks is whole from its first to its last, whatever its connection is to do afterwards",
        arguments: [nil, "Connection: close", "Connection: keep-alive"])
    func chunks(header: String?) async throws {
        let board = Board()
        _ = await board.write("before", "earlier")
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let ear = try await hall.listener(version: "1.1", saying: header)
            #expect(await Ear.until { ear.text.contains("earlier") && hall.live.listeners == 1 })
            for number in 1...3 {
                hall.live.tell(place, changed: await board.write("one", "said \(number)"))
                #expect(await Ear.until { ear.text.contains("said \(number)") })
            }
            await hall.close()
            #expect(await Ear.until { ear.isClosed && hall.live.listeners == 0 })
            let whole = try Self.whole(ear.text)
            #expect(whole.hasPrefix(":\n\n"))
            #expect(whole.components(separatedBy: "event: piece").count == 5)
        }
    }

    @Test("where a socket takes no more, the rest goes before whatever is said next, and nothing gets in between")
    func inTurn() async throws {
        let board = Board()
        var narrow = House.connection()
        let usual = narrow.additionalChannelHandlers
        narrow.additionalChannelHandlers = { usual() + [NarrowSocket()] }
        try await Hall.open(.sqlite, at: place, connection: narrow, fetch: board.fetch) { hall in
            let ear = try await hall.listener(reading: false, version: "1.1")
            #expect(await Ear.until { await board.reads == 1 && hall.live.listeners == 1 })
            hall.live.tell(place, changed: await board.write("short", "first"))
            #expect(await Ear.until { ear.take().count == 1 })
            let found = Mutex<Listener?>(nil)
            hall.live.hangUp { listener in
                found.withLock { $0 = listener }
                return false
            }
            let listener = try #require(found.withLock { $0 })
            // More than its socket takes at once, and less than a listener is hung up on for.
            let long = String(repeating: "a long story, ", count: 3_500)
            try await listener.channel.eventLoop.submit {
                listener.hear(LiveBatch([LivePiece(element: "long", changed: 2, html: "<li>\(long) at its end</li>")]))
                // The socket has room again, and the channel can't know it before this turn is over.
                #expect(ear.take().count == 1)
                #expect(ear.text.contains("a long story") && !ear.text.contains("at its end"))
                listener.hear(LiveBatch([LivePiece(element: "last", changed: 3, html: "<li>last</li>")]))
            }.get()
            #expect(await Ear.until { ear.take().map(\.id) == [1, 2, 3] && ear.text.hasSuffix("</li>\n\n\r\n") })
            // Nobody else may read from it meanwhile, as its channel would when the hall is closed.
            _ = try Self.whole(ear.text + "0\r\n\r\n")
            await ear.hangUp()
        }
    }

    /// Takes some thousand bytes before it takes no more.
    private final class NarrowSocket: ChannelInboundHandler, RemovableChannelHandler, Sendable {
        typealias InboundIn = Never

        func channelActive(context: ChannelHandlerContext) {
            _ = context.channel.setOption(.socketOption(.so_sndbuf), value: 4096)
            context.fireChannelActive()
        }
    }

    /// All that a listener was sent in chunks, from the first to the last.
    private static func whole(_ text: String) throws -> String {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(parts[0].lowercased().contains("transfer-encoding: chunked"))
        return try #require(joined(parts[1]), "a chunk is not as long as it says")
    }

    /// What the chunks hold; nothing unless each is as long as it says and the last one, which is empty, ends it.
    private static func joined(_ body: Substring) -> String? {
        var (rest, whole) = (Array(body.utf8)[...], [UInt8]())
        while let end = rest.firstIndex(of: UInt8(ascii: "\r")) {
            guard let length = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
                rest.count >= end - rest.startIndex + length + 4
            else { return nil }
            let (begins, ends) = (end + 2, end + 2 + length)
            guard Array(rest[ends..<(ends + 2)]) == Array("\r\n".utf8) else { return nil }
            whole += rest[begins..<ends]
            rest = rest[(ends + 2)...]
            if length == 0 { return rest.isEmpty ? String(decoding: whole, as: UTF8.self) : nil }
        }
        return nil
    }

    @Test(
        "a line that was silent for long is given a word, and who has listened for longest comes again",
        arguments: ["1.0", "1.1"])
    func words(version: String) async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let ear = try await hall.listener(version: version)
            #expect(await Ear.until { await board.reads == 1 && hall.live.listeners == 1 })
            hall.live.tell(place, changed: await board.write("one", "said"))
            #expect(await Ear.until { ear.text.contains("said") })
            let before = ear.bytes
            hall.live.look(at: .now() + .seconds(1))
            try await Task.sleep(for: .milliseconds(100))
            #expect(ear.bytes == before, "nothing is due yet")
            hall.live.look(at: .now() + Live.heartbeat)
            #expect(await Ear.until { ear.text.hasSuffix("3\r\n:\n\n\r\n") })
            #expect(ear.bytes > before && !ear.isClosed)
            hall.live.look(at: .now() + Live.longest)
            #expect(await Ear.until { ear.isClosed && hall.live.listeners == 0 })
        }
    }

    @Test("who asks for two things in one breath is hung up on before either is heard")
    func asksTwice() async throws {
        try await Hall.open(.sqlite, at: place, fetch: Board().fetch) { hall in
            let again = "GET /live HTTP/1.1\r\nHost: hall\r\n\r\n"
            let ear = try await hall.listener(version: "1.1", and: again)
            #expect(await Ear.until { ear.isClosed && hall.live.listeners == 0 })
            #expect(ear.text.components(separatedBy: "HTTP/1.1 200").count <= 2, "it was answered once at most")
        }
    }

    @Test("who asks for something else in the middle is hung up on, and nothing is mixed up")
    func asksAgain() async throws {
        let board = Board()
        try await Hall.open(.sqlite, at: place, fetch: board.fetch) { hall in
            let (ear, other) = (try await hall.listener(version: "1.1"), try await hall.listener(version: "1.1"))
            #expect(await Ear.until { await board.reads == 2 && hall.live.listeners == 2 })
            try await ear.say("GET /live HTTP/1.1\r\nHost: hall\r\n\r\n")
            #expect(await Ear.until { ear.isClosed && hall.live.listeners == 1 })
            #expect(ear.text.components(separatedBy: "HTTP/1.1 200").count == 2, "it was answered once")
            hall.live.tell(place, changed: await board.write("one", "said"))
            #expect(await Ear.until { other.text.contains("said") })
        }
    }
}
