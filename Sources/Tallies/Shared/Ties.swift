/// What decides where a rule itself says no more.
public enum Ties: Sendable, Hashable {
    /// A lot, from a seed that is part of the input.
    case lot(seed: UInt64)
    /// An order given beforehand: whoever stands first in it is favoured. Those who don't stand in it come after the
    /// others, in the order of the input.
    case order([Int])

    /// An order of all options for rules that need one before they begin, and how it was made.
    func order(of count: Int) -> ([Int], Event.Way) {
        switch self {
        case .lot(let seed):
            var lot = Lot(seed: seed)
            return (lot.order(of: count), .lot(seed: seed))
        case .order(let order):
            var isListed = [Bool](repeating: false, count: count)
            var listed: [Int] = []
            for option in order + Array(0..<count) where (0..<count).contains(option) && !isListed[option] {
                isListed[option] = true
                listed.append(option)
            }
            return (listed, .order)
        }
    }
}

/// Decides ties one after another, as ``Ties`` say.
struct Deciding: Sendable {
    private let ties: Ties
    private var lot: Lot

    init(_ ties: Ties) {
        self.ties = ties
        if case .lot(let seed) = ties { lot = Lot(seed: seed) } else { lot = Lot(seed: 0) }
    }

    /// The one of these that is favoured (to be elected, to go first), and how that was decided. There is at least one.
    mutating func favoured(_ tied: [Int]) -> (Int, Event.Way) { choose(tied, isFavoured: true) }

    /// The one of these that is favoured least (to stand down), and how that was decided. There is at least one.
    mutating func leastFavoured(_ tied: [Int]) -> (Int, Event.Way) { choose(tied, isFavoured: false) }

    private mutating func choose(_ tied: [Int], isFavoured: Bool) -> (Int, Event.Way) {
        switch ties {
        case .lot(let seed): return (lot.pick(among: tied), .lot(seed: seed))
        case .order:
            let (order, way) = ties.order(of: tied.max()! + 1)
            let listed = order.filter(tied.contains)
            return (isFavoured ? listed[0] : listed[listed.count - 1], way)
        }
    }
}
