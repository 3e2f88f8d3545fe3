/// A rule saying no: a kind, exact sentence for a person, and the field it is about.
///
/// Each is declared beside the rule that uses it. What was typed is shown again with it.
struct Refusal: Error, Sendable, Equatable {
    let key: String
    let limit: Int?
    let field: String?

    /// - Parameters:
    ///   - key: the sentence in the word catalogue.
    ///   - limit: a number that the sentence names, as `{count}`.
    ///   - field: the name of the form field to go back to.
    init(_ key: String, limit: Int? = nil, field: String? = nil) {
        self.key = key
        self.limit = limit
        self.field = field
    }
}

/// Not there, or not yours: one answer for both, so that nobody learns which.
struct Missing: Error {}

/// The door is for people whom this house knows; the visitor is sent to come in first.
struct SignInFirst: Error {}
