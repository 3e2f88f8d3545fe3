import Storage

/// What somebody answered, in their own name. A later answer follows earlier ones, which stay.
struct Answer: Sendable {
    enum Kind: String, Storable, CaseIterable {
        case promise, cannot, thinking
    }

    let id: ID<Answer>
    let seat: ID<Seat>
    let name: String
    let kind: Kind
    let words: String
    let language: String
    let direction: String
    /// By when: when it will be done, or when they will say.
    let day: Day?
    let said: Moment

    /// A page at the most: a plain yes, or a plain why.
    static let longestWords = 2_000

    /// An answer as it was typed.
    struct Typed: Sendable {
        let kind: Kind
        let words: String
        let day: Day?
    }

    /// A promise says what and by when; a refusal says why; whoever is still thinking says when they will know.
    static func typed(_ form: Form, today: Day) throws(Refusal) -> Typed {
        guard let kind = form.choice("kind", as: Kind.self) else {
            throw Refusal("answer.refusal.noKind", field: "kind")
        }
        let words = form.lines("words")
        guard Text.fits(words, letters: longestWords) else {
            throw Refusal("answer.refusal.long", limit: longestWords, field: "words")
        }
        switch kind {
        case .cannot:
            guard !Text.isBlank(words) else { throw Refusal("answer.refusal.noWhy", field: "words") }
            return Typed(kind: kind, words: words, day: nil)
        case .promise:
            guard !Text.isBlank(words) else { throw Refusal("answer.refusal.noPromise", field: "words") }
        case .thinking: break
        }
        guard let day = form.day("day") else { throw Refusal("answer.refusal.noDay", field: "day") }
        guard day >= today else { throw Refusal("answer.refusal.dayGone", field: "day") }
        return Typed(kind: kind, words: words, day: day)
    }
}

extension Refusal {
    static let notYoursToAnswer = Refusal("answer.refusal.notYours")
    static let notYoursToAccept = Refusal("putting.refusal.notYours")
    static let alreadyHeld = Refusal("putting.refusal.held")
    static let nobodyNamed = Refusal("putting.refusal.nobody", field: "seat")
    static let alreadyTheirs = Refusal("putting.refusal.theirs", field: "seat")
}
