/// Lots, drawn from a seed that is part of the input: the same seed gives the same lots on every machine.
///
/// The numbers are SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014). They
/// make a count repeatable; they keep nothing secret. Whoever needs a lot that nobody could have foreseen draws the
/// seed in front of everybody, after the votes are in.
public struct Lot: Sendable, Hashable {
    /// What the lots are drawn from.
    public let seed: UInt64
    private var state: UInt64

    /// Lots that begin anew from a seed.
    public init(seed: UInt64) {
        (self.seed, state) = (seed, seed)
    }

    /// The next number of the row, from 0 to the largest.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1, each as likely as the others. `bound` is at least 1.
    public mutating func draw(below bound: Int) -> Int {
        precondition(bound > 0, "a lot is drawn among at least one")
        let bound = UInt64(bound)
        // What lies beneath this would make the small numbers a little likelier.
        let unfair = (0 &- bound) % bound
        while true {
            let drawn = next()
            if drawn >= unfair { return Int(drawn % bound) }
        }
    }

    /// One of those given, each as likely as the others. There is at least one.
    public mutating func pick(among tied: [Int]) -> Int {
        tied[draw(below: tied.count)]
    }

    /// The numbers from 0 to `count` − 1 in an order drawn by lot (Fisher and Yates).
    public mutating func order(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for place in stride(from: count - 1, to: 0, by: -1) { order.swapAt(place, draw(below: place + 1)) }
        return order
    }
}
