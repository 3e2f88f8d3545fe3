/// A group and what it is changing. It begins blank.
struct Project: Sendable {
    let id: ID<Project>
    let name: String
    let began: Moment
    /// When its offer was laid on the table; from then on two people's yes changes it, and anybody may be invited.
    let laid: Moment?
    let version: Int
    /// Whom people can tell if they are worried, and how; empty while nobody has said.
    var worried = ""

    /// Long enough for what a group calls itself; it stands at the top of every page.
    static let longestName = 100

    static func named(_ text: String) throws(Refusal) -> String {
        let name = Text.line(text)
        guard !Text.isBlank(name) else { throw .noProjectName }
        guard Text.fits(name, letters: longestName) else { throw .projectNameTooLong }
        return name
    }
}

/// One person's place in one project. Everything said refers to a seat; only seats, devices and passes refer
/// to a person, so that leaving lets go of the one and keeps the other.
struct Seat: Sendable {
    let id: ID<Seat>
    let project: ID<Project>
    /// The name they go by here; empty for a guest who gave none, and for somebody who left unsigned.
    let name: String
    /// Since when they are a member. A guest is not: they may enter only the gatherings where they have a chair.
    let member: Moment?
    let convenes: Bool

    var isMember: Bool { member != nil }
}

extension Refusal {
    static let noProjectName = Refusal("project.refusal.noName", field: "name")
    static let projectNameTooLong = Refusal("project.refusal.nameTooLong", limit: Project.longestName, field: "name")
}
