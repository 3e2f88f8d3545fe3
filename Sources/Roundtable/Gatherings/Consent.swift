import Storage

/// A giver's yes to one use of one thing that they said, for one audience: since when, by which name, until when.
struct Consent: Sendable {
    enum Purpose: String, Storable {
        /// *We said, we did*, as a page and as feeds.
        case publicPage = "public_page"
    }

    enum Audience: String, Storable {
        case anyone
    }

    /// As they want to be known there; empty for no name at all.
    let name: String
    let given: Moment

    /// The name that was typed beside it, which may be none.
    static func name(_ form: Form) throws(Refusal) -> String {
        let name = form.line("known-as")
        if Text.isBlank(name) { return "" }
        guard Text.fits(name, letters: Person.longestName) else { throw .knownAsTooLong }
        return name
    }
}

/// Words that their giver lets anyone read.
struct PublicWords: Sendable {
    let contribution: ID<Contribution>
    let words: String
    let language: String
    let direction: String
    /// As they want to be known there; empty for no name at all.
    let name: String
    let given: Moment
}

extension Refusal {
    static let knownAsTooLong = Refusal("consent.refusal.long", limit: Person.longestName, field: "known-as")
}
