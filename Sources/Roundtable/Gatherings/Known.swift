/// What somebody sees of how they are known.
struct Known: Sendable {
    let places: [KnownPlace]
    let unwelcome: [Unwelcome]
}

/// A project in which somebody has a seat, a guest's too, and the name that they go by there.
struct KnownPlace: Sendable {
    let seat: ID<Seat>
    let project: ID<Project>
    let projectName: String
    let name: String
    let isMember: Bool

    /// The field of the form that holds the name.
    var field: String { "seat-" + seat.text }

    /// The name as it will be shown there. A guest who gave none may go on without.
    func named(_ text: String) throws(Refusal) -> String {
        if name.isEmpty, Text.isBlank(text) { return "" }
        guard !Text.isBlank(text) else { throw Refusal("person.refusal.noName", field: field) }
        guard Text.fits(Text.line(text), letters: Person.longestName) else {
            throw Refusal("person.refusal.nameTooLong", limit: Person.longestName, field: field)
        }
        return Text.line(text)
    }
}
