import NIOCore
import NIOHTTPTypes

/// Hangs up on whoever sends or takes so slowly that they only hold a place, and on whoever asks before they are
/// answered: no browser does, and what came second would be answered in the middle of what somebody listens to.
///
/// A head that does not come is Hummingbird's to wait for (`House.longestSilence`). This looks at what comes after it:
/// a form whose bytes drip in, and an answer that nobody takes.
final class Unhurried: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How patient it is.
    struct Patience: Sendable {
        /// What is sent may take this long, however slow it is.
        var grace = TimeAmount.seconds(30)
        /// After that, at least so many bytes a second since it began: a phone at the edge of its network has more.
        var slowest = 500
        /// An answer that waits, and of which nothing is taken for this long, is given up.
        var longestUntaken = TimeAmount.seconds(60)
    }

    private let patience: Patience
    private var began: NIODeadline?
    private var received = 0
    private var isAnswering = false
    private var look: Scheduled<Void>?
    private var givingUp: Scheduled<Void>?

    init(_ patience: Patience = Patience()) { self.patience = patience }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            guard !isAnswering else { return context.close(promise: nil) }
            isAnswering = true
            (began, received) = (.now(), 0)
            lookAgain(in: patience.grace, context)
        case .body(let bytes): received += bytes.readableBytes
        case .end: finish()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { isAnswering = false }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        givingUp?.cancel()
        givingUp = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            givingUp = context.eventLoop.scheduleTask(in: patience.longestUntaken) {
                bound.value.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish()
        givingUp?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        finish()
        givingUp?.cancel()
    }

    private func finish() {
        began = nil
        look?.cancel()
        look = nil
    }

    private func lookAgain(in time: TimeAmount, _ context: ChannelHandlerContext) {
        look?.cancel()
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        look = context.eventLoop.scheduleTask(in: time) { bound.value.handler.look(bound.value.context) }
    }

    /// Whether enough came until now.
    private func look(_ context: ChannelHandlerContext) {
        guard let began else { return }
        let seconds = Double((NIODeadline.now() - began).nanoseconds) / 1e9
        if Double(received) < seconds * Double(patience.slowest) { return context.close(promise: nil) }
        // When it would be too slow if nothing more came.
        let last = TimeAmount.milliseconds(Int64(Double(received) / Double(patience.slowest) * 1000) + 1)
        lookAgain(in: max(.milliseconds(10), (began + last) - .now()), context)
    }
}
