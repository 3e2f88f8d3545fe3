import Foundation

/// A meeting, focus group, workshop, visit or drop-in; joined by a short code.
struct Gathering: Sendable {
    let id: ID<Gathering>
    let project: ID<Project>
    /// Who called it.
    let caller: ID<Seat>
    var plan: GatheringPlan
    /// Whoever asks the question of the day; nothing when there is none.
    var asker: ID<Seat>?
    /// What its doors open to, while it lives.
    var code: String?
    var closed: Moment?
    var calledOff: Moment?
    /// Whether the wall shows the question and the way in only.
    var isCovered: Bool
    let made: Moment
    let version: Int

    enum Kind: String, Sendable, CaseIterable {
        case meeting, group, workshop, visit, drop
    }

    var name: String { plan.name }
    var question: String { plan.question }
    var address: String { "/gatherings/" + id.text }

    /// People stay to talk and to finish a sentence; then the code on the wall stops working by itself.
    static let codeOutlives = Duration.hours(3)
    /// What was being typed when it closed is still taken as of that day: a bus home, a tired evening.
    static let grace = Duration.days(1)

    /// Whether it takes words now.
    enum Hearing: Sendable, Equatable {
        case open
        /// Closed, but not for so long that what was being typed should be lost; said to be late.
        case late
        case closed
    }

    /// Words are taken from the day it is called, whatever the clock says, until it is closed.
    func hear(at now: Moment) -> Hearing {
        if calledOff != nil { return .closed }
        let ended = closed ?? plan.ends.moment + Self.codeOutlives
        if closed == nil, now < ended { return .open }
        return now < ended + Self.grace ? .late : .closed
    }

    /// Whether the code still opens the door.
    func isJoinable(at now: Moment) -> Bool { code != nil && hear(at: now) == .open }

    /// Whether it can still be moved and called off.
    func isToCome(at now: Moment) -> Bool { calledOff == nil && closed == nil && now < plan.ends.moment }

    /// Whoever called it, and whoever convenes the group, closes it.
    func mayClose(_ seat: Seat) -> Bool { seat.isMember && (seat.id == caller || seat.convenes) }
}

/// What a group says of a gathering before it happens.
struct GatheringPlan: Sendable, Equatable {
    var kind: Gathering.Kind
    var name: String
    var starts: LocalTime
    var ends: LocalTime
    var place: String
    /// What happens when, one line each or as they like.
    var plan: String
    var who: String
    var access: String
    /// Whom to tell if worried, and how.
    var worried: String
    /// The question of the day, or nothing.
    var question: String

    /// A line that is read from across a room or in a calendar.
    static let longestLine = 120
    /// A page of a plan.
    static let longestText = 2_000
    /// Read aloud, and from the back of a hall.
    static let longestQuestion = 200
    /// The fields that hold somebody's own words.
    static let texts = ["name", "place", "access", "plan", "who", "question", "worried"]
    /// A visit of some days fits; a slip in the year doesn't.
    static let mostDays = 14

    /// What was typed, when it can be kept.
    init(_ form: Form) throws(Refusal) {
        guard let kind = form.choice("kind", as: Gathering.Kind.self) else { throw .noGatheringKind }
        self.kind = kind
        name = form.line("name")
        place = form.line("place")
        (plan, who, access) = (form.lines("plan"), form.lines("who"), form.lines("access"))
        (worried, question) = (form.lines("worried"), form.line("question"))
        guard !Text.isBlank(name) else { throw .noGatheringName }
        (starts, ends) = try Self.times(form)
        guard !Text.isBlank(place) else { throw .noPlace }
        guard !Text.isBlank(worried) else { throw .nobodyToTell }
        for (field, text) in [("name", name), ("place", place)] {
            guard Text.fits(text, letters: Self.longestLine) else { throw .gatheringTooLong(Self.longestLine, field) }
        }
        for (field, text) in [("plan", plan), ("who", who), ("access", access), ("worried", worried)] {
            guard Text.fits(text, letters: Self.longestText) else { throw .gatheringTooLong(Self.longestText, field) }
        }
        guard Text.fits(question, letters: Self.longestQuestion) else {
            throw .gatheringTooLong(Self.longestQuestion, "question")
        }
        if Text.isBlank(question) { question = "" }
    }

    init(
        kind: Gathering.Kind, name: String, starts: LocalTime, ends: LocalTime, place: String, plan: String,
        who: String, access: String, worried: String, question: String
    ) {
        (self.kind, self.name, self.starts, self.ends, self.place) = (kind, name, starts, ends, place)
        (self.plan, self.who, self.access, self.worried, self.question) = (plan, who, access, worried, question)
    }

    private static func times(_ form: Form) throws(Refusal) -> (LocalTime, LocalTime) {
        guard let day = form.day("day") else { throw .noGatheringDay }
        guard let zone = TimeZone(identifier: form["zone"]) else { throw .noGatheringZone }
        guard let starts = LocalTime("\(day.text)T\(form.line("start"))", in: zone) else { throw .noStart }
        let last = form.line("last-day").isEmpty ? day : form.day("last-day")
        guard let last else { throw .noLastDay }
        guard let ends = LocalTime("\(last.text)T\(form.line("end"))", in: zone) else { throw .noEnd }
        guard starts.moment < ends.moment else { throw .endsBeforeItStarts }
        guard ends.moment <= starts.moment + .days(mostDays) else { throw .tooManyDays }
        return (starts, ends)
    }
}

extension Refusal {
    static let noGatheringKind = Refusal("gathering.refusal.kind", field: "kind")
    static let noGatheringName = Refusal("gathering.refusal.name", field: "name")
    static let noGatheringDay = Refusal("gathering.refusal.day", field: "day")
    static let noLastDay = Refusal("gathering.refusal.day", field: "last-day")
    static let noGatheringZone = Refusal("gathering.refusal.zone", field: "zone")
    static let noStart = Refusal("gathering.refusal.start", field: "start")
    static let noEnd = Refusal("gathering.refusal.end", field: "end")
    static let endsBeforeItStarts = Refusal("gathering.refusal.endsFirst", field: "end")
    static let tooManyDays = Refusal("gathering.refusal.days", limit: GatheringPlan.mostDays, field: "last-day")
    static let noPlace = Refusal("gathering.refusal.place", field: "place")
    static let nobodyToTell = Refusal("gathering.refusal.worried", field: "worried")
    static func gatheringTooLong(_ limit: Int, _ field: String) -> Refusal {
        Refusal("gathering.refusal.long", limit: limit, field: field)
    }
    static let gatheringOver = Refusal("gathering.refusal.over")
    static let codeWaits = Refusal("gathering.refusal.codeWaits")
    static let noCodeLeft = Refusal("gathering.refusal.noCode")
}

/// Six words that open only what one giver said and what became of it.
struct Receipt: Sendable {
    let id: ID<Receipt>
    let project: ID<Project>
    /// Dealt on paper at a gathering, it has a number there, and no seat until its holder takes one.
    let gathering: ID<Gathering>?
    let number: Int?
    let seat: ID<Seat>?
    let made: Moment
    /// The keyed hash of its six words.
    let hash: String

    /// Shows what was said with it, on a device that holds its words.
    var address: String { Self.address(id) }
    static func address(_ id: ID<Receipt>) -> String { "/receipts?card=\(id)" }
}
