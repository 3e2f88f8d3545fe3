/// A named person thanking somebody for what they said, and saying by when they will hear.
struct Thanks: Sendable {
    let contribution: ID<Contribution>
    let name: String
    let words: String
    let hearBy: Day?
    let said: Moment

    /// A sentence or two.
    static let longest = 300

    /// Whether its day has passed and nothing has come.
    func isOverdue(on today: Day, answered: Bool) -> Bool { !answered && hearBy.map { $0 < today } == true }

    static func words(_ form: Form) throws(Refusal) -> (String, Day?) {
        let words = form.lines("thanks")
        guard Text.fits(words, letters: longest) else { throw .thanksTooLong }
        let typed = form.line("hear-by")
        guard !typed.isEmpty || form.has("hear-by-day") else { return (words, nil) }
        guard let day = form.day("hear-by") else { throw .noSuchDay }
        return (words, day)
    }
}

extension Refusal {
    static let thanksTooLong = Refusal("thanks.refusal.long", limit: Thanks.longest, field: "thanks")
    static let noSuchDay = Refusal("thanks.refusal.day", field: "hear-by")
}
