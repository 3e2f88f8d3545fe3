/// What decides where a rule itself says no more: an order that was given beforehand, or a lot.
public struct Ties: Sendable, Hashable {
    private let order: [Int]?
    private var lot: Lot

    /// Ties are decided by lots, drawn from a seed that is part of the input.
    public static func lot(seed: UInt64) -> Ties { Ties(order: nil, lot: Lot(seed: seed)) }

    /// Ties are decided by an order of all options, the most favoured first.
    public static func order(_ order: [Int]) -> Ties { Ties(order: order, lot: Lot(seed: 0)) }

    /// The one of these that is favoured (to be elected, to go first), and how that was decided. There is at least one.
    public mutating func favoured(_ tied: [Int]) -> (Int, Event.Way) { chosen(tied, isFavoured: true) }

    /// The one of these that is favoured least (to stand down), and how that was decided. There is at least one.
    public mutating func leastFavoured(_ tied: [Int]) -> (Int, Event.Way) { chosen(tied, isFavoured: false) }

    private mutating func chosen(_ tied: [Int], isFavoured: Bool) -> (Int, Event.Way) {
        if let order {
            let listed = order.filter(tied.contains)
            if let chosen = isFavoured ? listed.first : listed.last { return (chosen, .order) }
        }
        return (lot.pick(among: tied), .lot(seed: lot.seed))
    }

    /// An order of all options for rules that need one before they begin, and how it was made.
    public mutating func order(of count: Int) -> ([Int], Event.Way) {
        guard let order else { return (lot.order(of: count), .lot(seed: lot.seed)) }
        let listed = order.filter { (0..<count).contains($0) }
        return (listed + (0..<count).filter { !listed.contains($0) }, .order)
    }
}
