import NIOCore
import NIOHTTPTypes
import Synchronization

/// One connection that watches a place.
///
/// What it is told is written straight to its channel, on the channel's own event loop. Nobody waits for a slow
/// listener: one whose channel takes no more is hung up on, and asks by its number for what it missed.
final class Listener: Sendable {
    /// What may pile up while a listener is still being sent what it missed.
    private static let mostWaiting = 64

    private enum Stage {
        /// It is being sent what it missed; what comes meanwhile waits.
        case catchingUp(waiting: [LiveBatch])
        /// It hears all that comes, but for what it was already sent.
        case following(having: [String: Int64], from: Int64)
        case ended
    }

    let channel: any Channel
    let fetch: Live.Fetch
    private let stage = Mutex(Stage.catchingUp(waiting: []))
    private let (ended, ending) = AsyncStream<Never>.makeStream()

    init(_ channel: any Channel, _ fetch: @escaping Live.Fetch) {
        self.channel = channel
        self.fetch = fetch
    }

    /// No more. May be called from anywhere, and again. One that is still being sent what it missed is hung up on,
    /// because a phone that takes nothing would keep it waiting.
    func end() {
        let isWaiting = stage.withLock { stage in
            defer { stage = .ended }
            if case .catchingUp = stage { return true } else { return false }
        }
        ending.finish()
        if isWaiting { channel.close(promise: nil) }
    }

    /// Begins to hear all that comes, and returns when it has ended.
    ///
    /// - Parameters:
    ///   - numbers: the pieces that it was just sent, and their numbers.
    ///   - from: the number after which it was sent them; it has what stands at or below it.
    func follow(having numbers: [String: Int64], from: Int64) async throws {
        // All that was written through the framework's writer is on the channel before this turn of its loop.
        try await channel.eventLoop.submit { self.start(having: numbers, from: from) }.get()
        let beat = channel.eventLoop.scheduleRepeatedTask(initialDelay: Live.heartbeat, delay: Live.heartbeat) { _ in
            self.beat()
        }
        defer { beat.cancel() }
        for await _ in ended {}
    }

    /// On its event loop: hears a batch, whichever stage it is at.
    func hear(_ batch: LiveBatch) {
        var isTooFarBehind = false
        let events = stage.withLock { stage -> ByteBuffer? in
            switch stage {
            case .catchingUp(let waiting):
                isTooFarBehind = waiting.count >= Self.mostWaiting
                stage = .catchingUp(waiting: waiting + [batch])
                return nil
            case .following(let having, let from): return batch.events(without: having, from: from)
            case .ended: return nil
            }
        }
        if isTooFarBehind { end() }
        if let events { write(events) }
    }

    private var isEnded: Bool { stage.withLock { if case .ended = $0 { true } else { false } } }

    private func start(having numbers: [String: Int64], from: Int64) {
        let waiting = stage.withLock { stage -> [LiveBatch] in
            guard case .catchingUp(let waiting) = stage else { return [] }
            stage = .following(having: numbers, from: from)
            return waiting
        }
        for batch in waiting { hear(batch) }
    }

    /// A comment, which pages don't see. By now what it was sent at first has long been told to everybody.
    private func beat() {
        stage.withLock { if case .following = $0 { $0 = .following(having: [:], from: 0) } }
        write(ByteBuffer(string: ":\n\n"))
    }

    private func write(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0, !isEnded else { return }
        guard channel.isWritable else {
            end()
            return channel.close(promise: nil)
        }
        channel.writeAndFlush(HTTPResponsePart.body(bytes), promise: nil)
    }
}
