/// How many there are, counted so far and no further: to count a hundred thousand takes as long as to read them.
struct Counted: Sendable, Equatable {
    /// As many as there are, or as many as were counted.
    let number: Int
    /// Whether there are more than that.
    let isMore: Bool

    /// - Parameters:
    ///   - found: how many were found by something that looks for one more than `most` and then stops.
    ///   - most: how far is counted.
    init(_ found: Int, upTo most: Int) { (number, isMore) = (min(found, most), found > most) }
}
