import Storage

/// What worked and what didn't, as one person answers it at the end of a gathering, or of a project.
struct LookBack: Sendable {
    /// Who says so; nothing where it was answered with nothing.
    let name: String?
    let worked: String
    let didNot: String
    let language: String

    /// A paragraph for each: what to keep and what to change, and not a report.
    static let longest = 1_000
    /// How long it is asked after the end: long enough for whoever hears later what others said, and adds to it.
    static let openFor = Duration.days(14)
    /// Fewer answers with nothing than this could be guessed at by who was there.
    static let fewestWithNothing = 3
    /// Fewer answers in all than this are too few to be lost among.
    static let fewestInAll = 5

    /// What somebody puts to their answer.
    enum Bearing: String, Sendable, CaseIterable {
        /// Their name.
        case card
        /// Nothing: nobody can tell whose it is, they included.
        case nothing
    }

    struct Typed: Sendable {
        let worked: String
        let didNot: String
        let bearing: Bearing
    }

    static func typed(_ form: Form) throws(Refusal) -> Typed {
        let (worked, didNot) = (form.lines("worked"), form.lines("did-not"))
        guard !(Text.isBlank(worked) && Text.isBlank(didNot)) else { throw .nothingLookedBackOn }
        for (field, text) in [("worked", worked), ("did-not", didNot)] {
            guard Text.fits(text, letters: longest) else { throw .lookBackTooLong(field) }
        }
        guard let bearing = form.choice("bearing", as: Bearing.self) else { throw .noLookBackBearing }
        return Typed(worked: worked, didNot: didNot, bearing: bearing)
    }
}

/// What is looked back on.
enum Occasion: Sendable {
    case gathering(Gathering)
    /// A project that comes to its end, if its day is set.
    case end(of: Project, ProjectEnd?)

    var name: String {
        switch self {
        case .gathering(let gathering): gathering.name
        case .end(let project, _): project.name
        }
    }

    /// Where it is asked.
    var address: String {
        switch self {
        case .gathering(let gathering): gathering.address + "/looking-back"
        case .end(let project, _): project.address + "/looking-back"
        }
    }

    func isAsked(at now: Moment) -> Bool {
        switch self {
        case .gathering(let gathering): gathering.asksWhatWorked(at: now)
        case .end(_, let end): end?.asksWhatWorked == true
        }
    }

    /// Whether answers are shown.
    func isShown(at now: Moment) -> Bool {
        switch self {
        case .gathering(let gathering): gathering.showsWhatWorked(at: now)
        case .end(_, let end): end?.showsWhatWorked.map { now >= $0 } == true
        }
    }
}

extension ProjectEnd {
    /// It is asked from when everybody was told that the day is near, until it has ended: afterwards nobody is there to
    /// answer, or to read it.
    var asksWhatWorked: Bool { told != nil && ended == nil }

    /// From when answers are shown: after two of those four weeks, so that nobody is led by who answered first, and
    /// whoever hears then what others said can add to it, and print it.
    var showsWhatWorked: Moment? { ended == nil ? told.map { $0 + LookBack.openFor } : nil }
}

extension Gathering {
    /// Whether it is asked now what worked: from its first hour, for whoever leaves early, to two weeks after its end.
    func asksWhatWorked(at now: Moment) -> Bool {
        guard calledOff == nil else { return false }
        return (closed != nil || now >= plan.starts.moment) && now < (closed ?? plan.ends.moment) + LookBack.openFor
    }

    /// Whether answers are shown: once it is over, so that nobody is led by who answered first.
    func showsWhatWorked(at now: Moment) -> Bool { calledOff == nil && hear(at: now) != .open }
}

extension Refusal {
    static let nothingLookedBackOn = Refusal("lookBack.refusal.empty", field: "worked")
    static let noLookBackBearing = Refusal("lookBack.refusal.bearing", field: "bearing")
    static let lookedBackAlready = Refusal("lookBack.refusal.already")
    static let lookBackOver = Refusal("lookBack.refusal.over")
    static func lookBackTooLong(_ field: String) -> Refusal {
        Refusal("lookBack.refusal.long", limit: LookBack.longest, field: field)
    }
}
