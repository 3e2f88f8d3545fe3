/// Why a file could not be read: where, and what would mend it. A reader stops at the first.
public struct Misread: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, the first being 1; 0 where it is about the whole file.
    public let line: Int
    /// One kind sentence that says what is wrong and, where it can, what was expected.
    public let sentence: String

    /// A refusal of one line, or of the whole file where `line` is 0.
    public init(line: Int, _ sentence: String) {
        (self.line, self.sentence) = (line, sentence)
    }

    public var description: String { line > 0 ? "Line \(line): \(sentence)" : sentence }
}
