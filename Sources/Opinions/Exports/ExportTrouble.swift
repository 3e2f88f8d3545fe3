/// Why a file could not be read, and where.
///
/// A file is read whole or refused whole: a line that was left out in silence would change what a group is said to
/// think.
public struct ExportTrouble: Error, Sendable, Equatable {
    /// What is wrong.
    public let kind: Kind
    /// The line, counting from 1 as an editor does.
    public let line: Int
    /// How far along that line, in characters (Unicode scalars), counting from 1.
    public let column: Int

    public init(_ kind: Kind, line: Int, column: Int) {
        (self.kind, self.line, self.column) = (kind, line, column)
    }

    /// Everything that can be wrong with a file.
    public enum Kind: Sendable, Equatable {
        /// There is nothing in it.
        case empty
        /// Its bytes are not UTF-8.
        case notText
        /// A quote was opened, and the file ends before it is closed.
        case quoteNotClosed
        /// A quote stands inside a value that does not begin with one.
        case quoteInside
        /// Something stands between a closing quote and the next comma.
        case afterQuote
        /// A carriage return stands where no line ends.
        case strayReturn
        /// A line with nothing on it.
        case emptyLine
        /// A line with more or fewer values than there are columns.
        case values(Int, of: Int)
        /// A value longer than ``ExportLimits/longestValue``.
        case valueTooLong
        /// A column that is needed is not there.
        case noColumn(String)
        /// A column that nobody knows, in a file where its meaning would matter.
        case unknownColumn(String)
        /// Two columns of the same name.
        case columnTwice(String)
        /// The value of a column is not a whole number from 0 to 2,147,483,647 (for times, to the year 9999).
        case notNumber(String, found: String)
        /// A vote other than 1, 0 and -1.
        case notVote(found: String)
        /// A moderation other than 1, 0 and -1.
        case notModeration(found: String)
        /// Neither true nor false.
        case notFlag(String, found: String)
        /// Times in seconds and times in milliseconds, in one file.
        case mixedTimes
        /// Something with the number of an earlier one, which stands on the line given.
        case repeated(Item, Int, line: Int)
        /// More of something than there can be.
        case tooMany(Item, limit: Int)
        /// Not JSON: something else was needed here.
        case notJSON(needed: Token)
        /// An object without a name that is needed.
        case noName(String)
        /// An object with the same name twice.
        case nameTwice(String)
        /// Lists in lists in lists.
        case tooDeep(limit: Int)
    }

    /// What a file lists.
    public enum Item: String, Sendable, Equatable {
        case statement, participant, column, entry
    }

    /// What a JSON file may need at some place.
    public enum Token: String, Sendable, Equatable {
        case value = "a value"
        case list = "a list, which begins with ["
        case object = "an object, which begins with {"
        case text = "a text in quotes"
        case number = "a number"
        case flag = "true or false"
        case colon = "a colon"
        case commaOrEnd = "a comma, or the end of the list or object"
        case end = "the end of the file"
    }
}

/// How large the parts of an export may be.
public enum ExportLimits {
    /// Bytes in one value. Nobody types more, and a quote that was never closed must not swallow the file.
    public static let longestValue = 64 * 1024
    /// Statements in one file: ten times what Polis allows, and still few enough to be columns of a table.
    public static let mostStatements = 100_000
    /// People in one file: more than any conversation has had, and their places fit in 32 bits.
    public static let mostParticipants = 16_000_000
    /// Columns before those of the statements, and entries of a summary. Exports have about ten.
    public static let mostColumns = 64
    /// Lists and objects inside one another, in JSON. Exports have two.
    public static let deepest = 16
    /// Characters of a wrong value that a refusal repeats.
    public static let longestQuotation = 40
}
