import Foundation
import NIOCore
import NIOHTTPTypes

/// One connection that watches a place.
///
/// It stands first in its channel's line of handlers. What it is told is the same bytes for everybody, and goes
/// straight from here to the socket, on the channel's own event loop; no task waits for it, and the channel has it
/// only where the socket doesn't take it at once. Nobody waits for a slow listener: one whose channel takes no more is
/// hung up on, and asks by its number for what it missed.
final class Listener: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    /// What may pile up while a listener is still being sent what it missed.
    private static let mostWaiting = 64

    private enum Stage {
        /// It is being sent what it missed; what comes meanwhile waits.
        case catchingUp(waiting: [LiveBatch])
        /// It hears all that comes, but for what it was already sent.
        case following(having: [String: Int64], from: Int64)
        case ended
    }

    /// What only its own event loop looks at.
    private struct State {
        var stage = Stage.catchingUp(waiting: [])
        var place: ChannelHandlerContext?
        var nextWord = NIODeadline.now() + Live.heartbeat
        /// The channel's socket for as long as it is open: the number of a closed one is soon another's.
        var socket: NIOBSDSocket.Handle?
        /// How often something was given to the channel, and whether the socket has taken all that ever was.
        var given = 0
        var isClear = false
        /// Held until it has ended.
        var seat: (any Sendable)?
    }

    let channel: any Channel
    /// Who listens, and where.
    let person: ID<Person>?
    let device: ID<Device>?
    let fetch: Live.Fetch
    private let leave: @Sendable (Listener) -> Void
    private let leaves = NIODeadline.now() + Live.longest
    private let state: NIOLoopBoundBox<State>

    /// - Parameters:
    ///   - seat: what is held for as long as it listens.
    ///   - leave: called once, when it has ended.
    init(
        _ visit: Visit, seat: any Sendable, _ fetch: @escaping Live.Fetch,
        leave: @escaping @Sendable (Listener) -> Void
    ) {
        (channel, person, device) = (visit.channel, visit.person?.id, visit.device)
        self.fetch = fetch
        self.leave = leave
        state = .makeBoxSendingValue(State(seat: seat), eventLoop: channel.eventLoop)
    }

    /// No more. May be called from anywhere, and again. One that is still being sent what it missed is hung up on,
    /// because a phone that takes nothing would keep it waiting.
    func end() {
        guard channel.eventLoop.inEventLoop else { return channel.eventLoop.execute { self.end() } }
        let was = state.value.stage
        (state.value.stage, state.value.seat, state.value.socket) = (.ended, nil, nil)
        switch was {
        case .ended: return
        case .catchingUp: channel.close(promise: nil)
        case .following:
            channel.writeAndFlush(HTTPResponsePart.end(nil)).whenComplete { _ in self.channel.close(promise: nil) }
        }
        leave(self)
    }

    /// Takes its place, before anything of the answer but its head has been written.
    func begin() async throws {
        try await channel.eventLoop.submit {
            guard self.channel.isActive else { throw ChannelError.ioOnClosedChannel }
            let line = self.channel.pipeline.syncOperations
            try line.addHandler(self, position: .first)
            self.state.value.socket = try line.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
        }.get()
    }

    /// Begins to hear all that comes.
    ///
    /// - Parameters:
    ///   - numbers: the pieces that it was just sent, and their numbers.
    ///   - from: the number after which it was sent them; it has what stands at or below it.
    func follow(having numbers: [String: Int64], from: Int64) async throws {
        // All that was written through the framework's writer is on the channel before this turn of its loop.
        try await channel.eventLoop.submit { self.start(having: numbers, from: from) }.get()
    }

    /// On its event loop: hears a batch, whichever stage it is at.
    func hear(_ batch: LiveBatch) {
        switch state.value.stage {
        case .catchingUp(let waiting) where waiting.count >= Self.mostWaiting: end()
        case .catchingUp(let waiting): state.value.stage = .catchingUp(waiting: waiting + [batch])
        case .following(let having, let from): write(batch.events(without: having, from: from))
        case .ended: break
        }
    }

    /// On its event loop, every second: a comment, which pages don't see, when one is due. By then what it was
    /// sent at first has long been told to everybody.
    func look(at now: NIODeadline) {
        guard now < leaves else { return end() }
        guard now >= state.value.nextWord, case .following = state.value.stage else { return }
        state.value.stage = .following(having: [:], from: 0)
        state.value.nextWord = now + Live.heartbeat
        write(LiveBatch.nothing)
    }

    private func start(having numbers: [String: Int64], from: Int64) {
        guard case .catchingUp(let waiting) = state.value.stage else { return }
        state.value.stage = .following(having: numbers, from: from)
        for batch in waiting { hear(batch) }
    }

    private func write(_ events: ByteBuffer) {
        let rest = state.value.isClear ? untaken(of: events) : events
        guard rest.readableBytes > 0, let place = state.value.place else { return }
        guard channel.isWritable else {
            end()
            return channel.close(promise: nil)
        }
        let taken = channel.eventLoop.makePromise(of: Void.self)
        state.value.given += 1
        state.value.isClear = false
        taken.futureResult.whenSuccess { [self, number = state.value.given] in
            if number == state.value.given { state.value.isClear = true }
        }
        place.writeAndFlush(wrapOutboundOut(.byteBuffer(rest)), promise: taken)
    }

    /// Offers the socket what the channel would only put in a list and take out again. What it doesn't take, or all of it
    /// where the line is broken, is the channel's to deal with.
    private func untaken(of events: ByteBuffer) -> ByteBuffer {
        guard let socket = state.value.socket else { return events }
        let taken = events.withUnsafeReadableBytes { Foundation.write(socket, $0.baseAddress, $0.count) }
        var rest = events
        rest.moveReaderIndex(forwardBy: max(0, taken))
        return rest
    }
}

extension Listener {
    func handlerAdded(context: ChannelHandlerContext) { state.value.place = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        state.value.place = nil
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    /// Whoever listens has nothing to say. Another request now would be answered in the middle of what they hear.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.close(promise: nil) }

    /// They have hung up, or the house is closing.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed { end() }
        context.fireUserInboundEventTriggered(event)
    }
}
