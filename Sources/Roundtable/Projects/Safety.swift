/// Whom people can tell if they are worried, at any time and not only at a gathering. Anybody with a seat may change
/// it, since a number that has gone dead must not wait for a second key; every seat is told.
struct Safety: Sendable {
    let words: String
    /// The name of whoever wrote it; empty for one who left unsigned.
    let writer: String
    let said: Moment
    let version: Int

    /// Room for two names with their numbers and hours, and short enough to stand wherever people write.
    static let longest = 300

    static func typed(_ form: Form) throws(Refusal) -> String {
        let words = form.lines("words")
        guard !Text.isBlank(words) else { throw .nobodyIsSafe }
        guard Text.fits(words, letters: longest) else { throw .safetyTooLong }
        return words
    }
}

extension Refusal {
    static let nobodyIsSafe = Refusal("safety.refusal.blank", field: "words")
    static let safetyTooLong = Refusal("safety.refusal.long", limit: Safety.longest, field: "words")
}
