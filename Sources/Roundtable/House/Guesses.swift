/// What is kept about wrong guesses at words and codes.
///
/// Only wrong ones are counted. A right one is looked up first and opens at once, whatever was counted, so nobody in a
/// hall behind one address is kept out by somebody else there.
actor Guesses {
    /// Mistakes from one device before its answers are held back: six words mistyped again and again by one person.
    static let freeForDevice = 10
    /// Mistakes from one network before its answers are held back: a hall of a hundred, each mistaken twice.
    static let freeForNetwork = 200
    /// Mistakes are forgotten after this long, so that an afternoon starts afresh.
    static let window = Duration.seconds(600)
    /// How long an answer is held back: bearable for a person, and slow for a machine.
    static let wait = Duration.seconds(2)
    /// Answers held back at once for one network. More would let somebody fill the house with waiting.
    static let mostHeld = 4
    /// Networks and devices remembered at once, about 2 MB; beyond them the oldest are forgotten.
    static let mostKeys = 10_000

    private enum Key: Hashable {
        case network(Network)
        case device(String)
    }

    private struct Count {
        var wrong = 0
        var began: Moment
        var heldUntil: [Moment] = []
    }

    /// Two halves: when the newer is full, the older is let go. That forgets the oldest without ever searching.
    private var newer: [Key: Count] = [:]
    private var older: [Key: Count] = [:]

    /// How many networks and devices are remembered.
    var remembered: Int { newer.count + older.count }

    /// Counts a wrong guess, and says how it is answered.
    ///
    /// - Parameters:
    ///   - address: Where the request came from, as IPv4 or IPv6.
    ///   - device: What tells this device from others behind the same address, when it has shown it.
    func wrong(network address: String, device: String?, at now: Moment) -> Courtesy {
        let network = Network(address: address)
        var here = count(of: .network(network), at: now)
        here.wrong += 1
        defer { keep(here, for: .network(network)) }

        var isTooMany = here.wrong > Self.freeForNetwork
        if let device {
            var theirs = count(of: .device(device), at: now)
            theirs.wrong += 1
            keep(theirs, for: .device(device))
            if theirs.wrong > Self.freeForDevice { isTooMany = true }
        }
        guard isTooMany else { return .tryAgain }
        here.heldUntil.removeAll { $0 <= now }
        guard here.heldUntil.count < Self.mostHeld else { return .enough }
        here.heldUntil.append(now + Self.wait)
        return .slow(wait: Self.wait)
    }

    private func count(of key: Key, at now: Moment) -> Count {
        guard let count = newer[key] ?? older[key], now < count.began + Self.window else { return Count(began: now) }
        return count
    }

    private func keep(_ count: Count, for key: Key) {
        older[key] = nil
        if newer[key] == nil, newer.count >= Self.mostKeys / 2 {
            older = newer
            newer = [:]
        }
        newer[key] = count
    }
}

extension Guesses {
    /// How a wrong guess is answered.
    enum Courtesy: Equatable, Sendable {
        /// That isn't it; try again.
        case tryAgain
        /// The same answer, held back this long.
        case slow(wait: Duration)
        /// Too many wrong guesses from here; the right one still works. Said at once.
        case enough

        /// Holds the answer back where it is to be held back. False when no more than *enough* should be said.
        func wait() async throws -> Bool {
            if case .slow(let wait) = self { try await Task.sleep(for: wait) }
            return self != .enough
        }
    }
}
