/// Words that somebody asks others not to use about them, everywhere or in one project.
///
/// Nobody can leaf through them: somebody is told of one when they type it in something that is about its person.
struct Unwelcome: Sendable {
    let id: ID<Unwelcome>
    let words: String
    let language: String
    /// The seat that it is for; nothing when it holds everywhere.
    let seat: ID<Seat>?

    /// A word or a short phrase: longer than this is a sentence, which nobody types again by chance.
    static let longest = 40
    /// As many as somebody can remember having written; each is looked for in everything that is about them.
    static let most = 12
    /// A single letter stands in every text.
    static let fewestLetters = 2

    /// The words as they will be kept, or why they can't be.
    static func typed(_ text: String) throws(Refusal) -> String {
        let words = Text.line(text)
        guard BareWords(words).apart.joined().count >= fewestLetters else { throw .noUnwelcome }
        guard Text.fits(words, letters: longest) else { throw .unwelcomeTooLong }
        return words
    }

    /// Whether two say the same to whoever types them.
    func isSame(as words: String, for seat: ID<Seat>?) -> Bool {
        self.seat == seat && BareWords(self.words).apart == BareWords(words).apart
    }
}

/// Somebody at the table, and words that they ask others not to use about them.
struct Minded: Sendable {
    let seat: ID<Seat>
    let name: String
    let words: [Unwelcome]
}

extension Minded {
    /// What whoever typed these texts is told.
    ///
    /// - Parameters:
    ///   - texts: what was typed, by field.
    ///   - about: those whom the texts are about, whether or not they name them.
    static func lines(
        _ people: [Minded], in texts: [(field: String, text: String)], about seats: Set<ID<Seat>>
    ) -> [Reminder.Line] {
        guard !people.isEmpty else { return [] }
        let bare = texts.map { ($0.field, BareWords($0.text)) }
        let all = bare.map(\.1)
        return people.filter { seats.contains($0.seat) || $0.isNamed(in: all) }.flatMap { person in
            person.words.compactMap { unwelcome in
                let phrase = BarePhrase(unwelcome.words, language: unwelcome.language)
                let fields = bare.filter { $0.1.hold(phrase) }.map(\.0)
                return fields.isEmpty
                    ? nil
                    : Reminder.Line(
                        id: unwelcome.id.text, name: person.name, words: unwelcome.words, fields: fields)
            }
        }
    }

    /// Words before or after a name that are not what somebody is called.
    private static let titles: Set<String> = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "the", "y"]

    /// Whether their name stands here: whole, or the first or the last word of it.
    private func isNamed(in texts: [BareWords]) -> Bool {
        let whole = BareWords(name).apart
        let parts = [whole.first, whole.last].compactMap { $0 }.filter {
            $0.count >= Unwelcome.fewestLetters && !Self.titles.contains($0)
        }
        let names = ([name] + parts).map { BarePhrase($0, language: "") }
        return texts.contains { text in names.contains { text.hold($0) } }
    }
}

extension Refusal {
    static let noUnwelcome = Refusal("unwelcome.refusal.empty", field: "words")
    static let unwelcomeTooLong = Refusal("unwelcome.refusal.long", limit: Unwelcome.longest, field: "words")
    static let tooManyUnwelcome = Refusal("unwelcome.refusal.many", limit: Unwelcome.most, field: "words")
}
