/// One stage of a count, whole enough to be read aloud: who had what, and what followed from it.
///
/// An option (somebody who stands, something that could be done) is named by its place in ``Outcome/options``.
public struct Stage: Sendable, Hashable {
    /// What one option had.
    public struct Standing: Sendable, Hashable {
        /// Its place among the options.
        public let option: Int
        /// What it had.
        public let figure: Figure

        /// What one option had.
        public init(_ option: Int, _ figure: Figure) {
            (self.option, self.figure) = (option, figure)
        }
    }

    /// A figure that belongs to no option: the quota, what was set aside, the money left.
    public struct Mark: Sendable, Hashable {
        /// What it is, as the beginning of a line: `Quota`.
        public let name: String
        /// How much.
        public let figure: Figure

        /// A named figure.
        public init(_ name: String, _ figure: Figure) {
            (self.name, self.figure) = (name, figure)
        }
    }

    /// What the stage is, where its number does not say enough: `Final round between Ann and Ben`.
    public var heading: String?
    /// Who had what, in the order in which it is read aloud.
    public var standings: [Standing] = []
    /// What stands beside: the quota, what could not be passed on.
    public var marks: [Mark] = []
    /// What followed, in order.
    public var events: [Event] = []

    /// A stage with nothing said yet.
    public init(heading: String? = nil) {
        self.heading = heading
    }
}

/// Something that happened in a stage of a count.
public enum Event: Sendable, Hashable {
    /// How those who had the same were told apart.
    public enum Way: Sendable, Hashable {
        /// By what they had in an earlier stage, the first being 1.
        case earlierStage(Int)
        /// By a lot, drawn from the seed.
        case lot(seed: UInt64)
        /// By an order that was given beforehand.
        case order
        /// By something of the rule's own, as the end of a sentence: `by how many liked each better`.
        case own(String)
    }

    /// An option won a place.
    case elected(Int)
    /// An option, which costs something, is paid for.
    case funded(Int)
    /// An option is out.
    case stoodDown(Int)
    /// So much moved from one option to another; to or from nobody where there is none.
    case moved(from: Int?, to: Int?, Figure)
    /// Some had the same; `chosen` are those that were taken (to be elected, to stand down: what follows says which).
    case tie([Int], chosen: [Int], Way)
    /// Whatever else is worth saying: a whole sentence.
    case said(String)
}
