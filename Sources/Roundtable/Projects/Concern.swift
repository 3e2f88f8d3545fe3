import Storage

/// What is wrong, in an organisation's own words; or what feels steered, in anybody's (`Steered.swift`). Never changed
/// afterwards, only added to; it stays in sight.
struct Concern: Sendable {
    let id: ID<Concern>
    /// Whose words they are; empty for what feels steered.
    let organisation: String
    let words: String
    let language: String
    let direction: String
    /// Who wrote them here, by the name that they go by in this project; empty where they put no name to it.
    let writer: String
    let said: Moment
    /// What feels steered; nothing for what is wrong.
    var about: About?
    var replies: [Reply] = []

    /// Room for an organisation's full name, and not for an address.
    static let longestOrganisation = 120
    /// A page or so: enough to own up plainly, short enough to stand beside everything that is said.
    static let longestWords = 2_000

    /// What was typed, within its limits; nothing when both fields were left empty.
    static func typed(_ form: Form) throws(Refusal) -> (organisation: String, words: String)? {
        let (organisation, words) = (form.line("organisation"), form.lines("words"))
        if Text.isBlank(organisation), Text.isBlank(words) { return nil }
        guard !Text.isBlank(words) else { throw .noConcern }
        guard !Text.isBlank(organisation) else { throw .noOrganisation }
        guard Text.fits(organisation, letters: longestOrganisation) else { throw .organisationTooLong }
        guard Text.fits(words, letters: longestWords) else { throw .concernTooLong }
        return (organisation, words)
    }
}

extension Refusal {
    static let noConcern = Refusal("concern.refusal.noWords", field: "words")
    static let noOrganisation = Refusal("concern.refusal.noOrganisation", field: "organisation")
    static let organisationTooLong = Refusal(
        "concern.refusal.organisationLong", limit: Concern.longestOrganisation, field: "organisation")
    static let concernTooLong = Refusal("concern.refusal.long", limit: Concern.longestWords, field: "words")
    /// The same page was sent twice with different words.
    static let sentBefore = Refusal("project.refusal.sentBefore")
}

extension Reader {
    /// What is wrong, as it was put, the first first.
    func concerns(in project: ID<Project>) throws -> [Concern] {
        try all(
            """
            select concern.id, concern.organisation, concern.words, concern.language, concern.direction, seat.name,
                concern.said
            from concern join seat on seat.id = concern.seat
            where concern.project = \(project) and concern.kind = 'wrong' order by concern.said, concern.id
            """
        ) { row in
            Concern(
                id: row[0], organisation: row[1], words: row[2], language: row[3], direction: row[4], writer: row[5],
                said: row[6])
        }
    }
}

extension Reader {
    /// Whether this has been said of a project, in these words.
    func isSaid(_ typed: (organisation: String, words: String), in project: ID<Project>) throws -> Bool {
        try count(
            """
            select count(*) from concern where project = \(project) and organisation = \(typed.organisation)
            and words = \(typed.words)
            """) > 0
    }
}

extension Writer {
    /// Adds what is wrong once. A form sent twice is still one; the same id with other words is refused.
    func add(
        _ typed: (organisation: String, words: String), as id: ID<Concern>, in seat: Seat, language: String,
        at now: Moment
    ) throws {
        let new =
            try run(
                """
                insert into concern (id, project, seat, organisation, words, language, direction, said)
                values (\(id), \(seat.project), \(seat.id), \(typed.organisation), \(typed.words), \(language),
                    \(Text.direction(of: typed.words)), \(now))
                on conflict (id) do nothing
                """) > 0
        guard
            try new
                || count(
                    """
                    select count(*) from concern where id = \(id) and seat = \(seat.id) and words = \(typed.words)
                    and organisation = \(typed.organisation)
                    """) > 0
        else { throw Refusal.sentBefore }
    }
}
