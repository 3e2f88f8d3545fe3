/// Someone, by the name that they choose.
struct Person: Sendable {
    let id: ID<Person>
    /// Empty for somebody who gave none.
    let name: String
    /// Whether they keep this house: its name, who is responsible, how to complain. It opens no project.
    let keeps: Bool

    /// Long enough for any name that is said aloud; short enough to stand on a line of a phone or two.
    static let longestName = 80

    /// The name as it will be shown, or why it can't be.
    static func named(_ text: String) throws(Refusal) -> String {
        let name = Text.line(text)
        guard !Text.isBlank(name) else { throw .noName }
        guard Text.fits(name, letters: longestName) else { throw .nameTooLong }
        return name
    }
}

/// One phone, tablet or browser that stays in its person's place until they say otherwise.
struct Device: Sendable {
    let id: ID<Device>
    let arrived: Moment
}

/// Six words that open a person's place on another device. A person has one, or none; a new one ends the old.
struct Pass: Sendable {
    let id: ID<Pass>
    let person: ID<Person>
    let made: Moment
}

extension Refusal {
    static let noName = Refusal("person.refusal.noName", field: "name")
    static let nameTooLong = Refusal("person.refusal.nameTooLong", limit: Person.longestName, field: "name")
}
