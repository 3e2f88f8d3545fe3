/// What a count came to, and how.
public struct Outcome: Sendable, Hashable {
    /// The options by name, as in the input.
    public let options: [String]
    /// Those that won, in the order in which they did, by their places among the options.
    public var winners: [Int]
    /// The count, to be read aloud.
    public var stages: [Stage]
    /// Whether it passed, where the rule has a yes or no.
    public var hasPassed: Bool?

    /// An outcome.
    public init(options: [String], winners: [Int] = [], stages: [Stage] = [], hasPassed: Bool? = nil) {
        (self.options, self.winners, self.stages, self.hasPassed) = (options, winners, stages, hasPassed)
    }

    /// The winners' names, in the order in which they won.
    public var winnerNames: [String] { winners.map { options[$0] } }
}
