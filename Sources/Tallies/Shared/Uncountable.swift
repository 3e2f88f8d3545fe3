/// Why something can't be counted, as a sentence for whoever asked. Thrown by every rule that may refuse; a count
/// never ends the program.
public enum Uncountable: Error, Sendable, Hashable {
    /// An exact figure would be larger than 128 bits can hold. The text says which.
    case tooLarge(String)
    /// The question makes no sense as it was put: no options, more seats than options, a share above one. The text is
    /// a whole sentence.
    case unanswerable(String)

    /// The whole sentence.
    public var sentence: String {
        switch self {
        case .tooLarge(let what): "\(what) became too large to be held exactly, so nothing was counted."
        case .unanswerable(let sentence): sentence
        }
    }
}

extension Uncountable: CustomStringConvertible {
    public var description: String { sentence }
}
