import NIOCore
import Synchronization

/// Those who watch one place in one language. What is new is read once, and written once for each event loop.
final class Audience: Sendable {
    private struct State {
        /// A bucket for each event loop: its listeners are all written to in one turn of it.
        var buckets: [ObjectIdentifier: Bucket] = [:]
        /// The smallest number that we were told of and have not read yet.
        var told: Int64?
        var isReading = false
        /// Everything up to here has been passed on, or had been read by those who came.
        var reached: Int64
        /// The number under which each piece was last passed on.
        var sent: [String: Int64] = [:]
    }

    /// Those of one event loop, mostly in the order in which they came: what belongs to them lies so in memory too, here
    /// and in the system, and ten thousand are gone through faster by a quarter.
    private struct Bucket {
        let loop: any EventLoop
        private(set) var listeners: [Listener] = []
        private var places: [ObjectIdentifier: Int] = [:]

        init(loop: any EventLoop) { self.loop = loop }

        mutating func add(_ listener: Listener) {
            guard places.updateValue(listeners.count, forKey: ObjectIdentifier(listener)) == nil else { return }
            listeners.append(listener)
        }

        /// The last takes the place of whoever goes.
        mutating func remove(_ listener: Listener) {
            guard let place = places.removeValue(forKey: ObjectIdentifier(listener)) else { return }
            let last = listeners.removeLast()
            guard last !== listener else { return }
            listeners[place] = last
            places[ObjectIdentifier(last)] = place
        }
    }

    /// How many pieces we remember having passed on. One that is forgotten and read again would be sent again, and
    /// the page would keep it once.
    private static let mostRemembered = 1_000

    private let state: Mutex<State>

    /// Those who watch from now on: the first of them has all that stands at or below `reached`.
    init(reached: Int64) { state = Mutex(State(reached: reached)) }

    func add(_ listener: Listener) {
        let loop = listener.channel.eventLoop
        state.withLock { $0.buckets[ObjectIdentifier(loop), default: Bucket(loop: loop)].add(listener) }
    }

    /// Looks at each, on their own event loops (`Live.look`).
    func look(at now: NIODeadline) {
        for bucket in state.withLock({ Array($0.buckets.values) }) {
            bucket.loop.execute { for listener in bucket.listeners { listener.look(at: now) } }
        }
    }

    /// Takes a listener out, and says whether nobody is left.
    func remove(_ listener: Listener) -> Bool {
        let loop = ObjectIdentifier(listener.channel.eventLoop)
        return state.withLock { state in
            state.buckets[loop]?.remove(listener)
            if state.buckets[loop]?.listeners.isEmpty == true { state.buckets[loop] = nil }
            return state.buckets.isEmpty
        }
    }

    /// Something with this number changed. Many that come at once are read together.
    func tell(_ changed: Int64) {
        let begins = state.withLock { state in
            state.told = min(state.told ?? changed, changed)
            defer { state.isReading = true }
            return !state.isReading
        }
        if begins { Task { await readAll() } }
    }

    /// Reads again from where we had come to, and as far behind it as a smaller number may be late.
    func lookAgain(_ reach: Int64) { tell(max(1, state.withLock(\.reached) - reach + 1)) }

    private func readAll() async {
        while let since = nextUnread() {
            do {
                spread(try await everybody().first?.fetch(since) ?? [])
            } catch {
                // Nobody may miss what we could not read: they come again, and ask by their own numbers.
                for listener in everybody() { listener.end() }
            }
            try? await Task.sleep(for: Live.breath)
        }
    }

    /// The number to read after; nothing when all is read.
    ///
    /// Two that were committed together may be told of in either order, so we read from where we had come to, and a
    /// listener never has a number without having all below it. (But see `Live.overlap`.)
    private func nextUnread() -> Int64? {
        state.withLock { state in
            defer { state.told = nil }
            state.isReading = state.told != nil
            return state.told.map { min($0 - 1, state.reached) }
        }
    }

    func everybody() -> [Listener] {
        state.withLock { state in state.buckets.values.flatMap(\.listeners) }
    }

    private func spread(_ pieces: [LivePiece]) {
        let (batch, buckets) = state.withLock { state in
            let fresh = pieces.filter { state.sent[$0.element, default: .min] < $0.changed }
            for piece in fresh { state.sent[piece.element] = piece.changed }
            state.reached = max(state.reached, pieces.map(\.changed).max() ?? .min)
            // As many as one read gives, so there may be more.
            if pieces.count >= Live.mostRead { state.told = min(state.told ?? .max, state.reached + 1) }
            if state.sent.count > Self.mostRemembered {
                let newest = state.sent.sorted { $0.value > $1.value }.prefix(Self.mostRemembered / 2)
                state.sent = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
            }
            return (LiveBatch(fresh), Array(state.buckets.values))
        }
        guard !batch.pieces.isEmpty else { return }
        for bucket in buckets {
            bucket.loop.execute { for listener in bucket.listeners { listener.hear(batch) } }
        }
    }
}
