/// A meeting, focus group, workshop, visit or drop-in; joined by a short code.
struct Gathering: Sendable {
    let id: ID<Gathering>
    let project: ID<Project>
    let name: String
}

/// Six words that open only what one giver said and what became of it.
struct Receipt: Sendable {
    let id: ID<Receipt>
    let project: ID<Project>
    /// Dealt on paper at a gathering, it has a number there, and no seat until its holder takes one.
    let gathering: ID<Gathering>?
    let number: Int?
    let seat: ID<Seat>?
}
