/// Ballots on which everybody named those they would like, for electing several together.
public struct Approvals: Sendable, Hashable {
    /// The names of those who stand.
    public let options: [String]
    /// Who is named on each ballot, by their places, in order.
    public let ballots: [[Int]]
    /// How many people voted so, beside ``ballots``.
    public let counts: [Int]

    /// No more people can vote: the sums of every rule stay within 128 bits.
    public static let mostPeople = 1 << 40

    /// The ballots, merged where they are equal.
    ///
    /// Refuses somebody who is named twice or doesn't stand, and counts that are negative or too large.
    public init(options: [String], ballots: [[Int]], counts: [Int]? = nil) throws(Uncountable) {
        let counts = counts ?? Array(repeating: 1, count: ballots.count)
        guard counts.count == ballots.count, counts.allSatisfy({ (0...Self.mostPeople).contains($0) }) else {
            throw .unanswerable("Each ballot needs a count between 0 and \(Self.mostPeople).")
        }
        var places: [[Int]: Int] = [:]
        var merged: [[Int]] = []
        var people: [Int] = []
        var total = 0
        for (ballot, count) in zip(ballots, counts) {
            let sorted = ballot.sorted()
            guard Set(sorted).count == sorted.count, sorted.allSatisfy(options.indices.contains) else {
                throw .unanswerable("A ballot names somebody twice, or somebody who doesn't stand.")
            }
            total += count
            guard total <= Self.mostPeople else {
                throw .unanswerable("At most \(Self.mostPeople) people can vote.")
            }
            if let place = places[sorted] {
                people[place] += count
            } else {
                places[sorted] = merged.count
                merged.append(sorted)
                people.append(count)
            }
        }
        (self.options, self.ballots, self.counts) = (options, merged, people)
    }

    /// How many people voted, those who named nobody among them.
    public var people: Int { counts.reduce(0, +) }

    var electorate: Electorate { Electorate(options: options.count, ballots: ballots, counts: counts) }

    /// Refuses where fewer stand than there are seats, or there is nothing to elect.
    func check(seats: Int) throws(Uncountable) {
        guard seats > 0 else { throw .unanswerable("There has to be at least one seat.") }
        guard seats <= options.count else {
            throw .unanswerable("There are more seats (\(seats)) than options that stand for them (\(options.count)).")
        }
    }
}
