import Foundation

/// The day on which a project ends, and what becomes of it then.
///
/// It is set with the group and told to every seat; anybody with a seat may move it. Nobody is let go without having
/// been told for `notice` that the day is near, however long the house was away.
struct ProjectEnd: Sendable, Equatable {
    let day: Day
    let how: How
    /// When every seat was told that the day is near.
    let told: Moment?
    /// When it ended.
    let ended: Moment?

    enum How: String, Sendable, CaseIterable {
        /// Names come off, and what was said stays for those who hold a receipt.
        case unsigned
        /// What was said is deleted.
        case takenBack
    }

    /// How long beforehand everybody is told, so that they can take along what is theirs.
    static let notice = Duration.days(28)
    /// Later than this nobody can promise anything.
    static let furthest = Duration.days(5 * 366)

    /// What somebody typed.
    static func typed(_ form: Form, at now: Moment) throws(Refusal) -> ProjectEnd {
        guard let day = form.day("day") else { throw .noEndDay }
        guard day >= Day(now + notice, in: .gmt) else { throw .endTooSoon }
        guard day <= Day(now + furthest, in: .gmt) else { throw .endTooFar }
        guard let how: How = form.choice("how") else { throw .noEndChosen }
        return ProjectEnd(day: day, how: how, told: nil, ended: nil)
    }
}

extension Refusal {
    static let noEndDay = Refusal("end.refusal.day", field: "day")
    static let endTooSoon = Refusal("end.refusal.soon", field: "day")
    static let endTooFar = Refusal("end.refusal.far", field: "day")
    static let noEndChosen = Refusal("end.refusal.how", field: "how")
    static let projectEnded = Refusal("end.refusal.ended")
}
