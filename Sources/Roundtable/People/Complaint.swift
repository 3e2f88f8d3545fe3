/// Somebody telling this house that it went wrong with what it holds about them, and what was done about it.
///
/// In the United Kingdom whoever is responsible must say within thirty days that a complaint has come, look into it
/// without undue delay, and tell how it ended (Data Protection Act 2018, section 164A, as the Data (Use and Access)
/// Act 2025, section 103, has it). Nothing joins a complaint to a person or a device: its six words open it.
struct Complaint: Sendable {
    let id: ID<Complaint>
    let words: String
    /// What they would like to be called and how they can be reached, as far as they said.
    let name: String
    let reach: String
    let made: Moment
    let takenBack: Moment?
    /// What has happened since, in order.
    let log: [Entry]

    /// One line of the log. It is only added to.
    struct Entry: Sendable {
        let kind: Kind
        let words: String
        /// The keeper who wrote it, while this house knows them.
        let keeper: String?
        let said: Moment
    }

    enum Kind: String, Sendable, CaseIterable {
        /// Whoever complained said more.
        case added
        case acknowledged, noted, settled

        /// What a keeper may write.
        static let ofKeepers: [Kind] = [.acknowledged, .noted, .settled]
    }

    /// Where it stands.
    enum Standing: Sendable, Equatable {
        case waiting, lookedInto, settled, takenBack
    }

    /// By when the house must have said that it has it.
    static let daysToAnswer = 30
    /// How long it is kept when all is said: long enough for the regulator to ask.
    static let keptFor = Duration.days(365)
    /// A page of a letter.
    static let longestText = 4_000
    static let longestLine = 120
    /// More that wait for a first answer, and the page can't be heeded any more: it says how else to complain.
    static let mostWaiting = 200
    /// More than wait at most, so that none of those is missing from the list.
    static let mostListed = 400
    /// A long correspondence. After it people should talk.
    static let mostEntries = 100

    var due: Moment { made + .days(Self.daysToAnswer) }

    var standing: Standing {
        if takenBack != nil { return .takenBack }
        guard log.contains(where: { $0.kind != .added }) else { return .waiting }
        return log.last?.kind == .settled ? .settled : .lookedInto
    }

    /// Whether the house has let its thirty days pass.
    func isLate(at now: Moment) -> Bool { standing == .waiting && now > due }

    /// Whether the same was sent again.
    func isAs(_ other: Complaint) -> Bool {
        words == other.words && name == other.name && reach == other.reach
    }

    /// What somebody typed, within its limits.
    static func typed(_ form: Form, id: ID<Complaint>, at now: Moment) throws(Refusal) -> Complaint {
        let (name, reach) = (form.line("called"), form.line("reach"))
        for (field, text) in [("called", name), ("reach", reach)] {
            guard Text.fits(text, letters: longestLine) else { throw .complaintLineTooLong(field) }
        }
        return Complaint(
            id: id, words: try words(form), name: name, reach: reach, made: now, takenBack: nil, log: [])
    }

    /// The words of a complaint, or of a line in its log.
    static func words(_ form: Form, mayBeEmpty: Bool = false) throws(Refusal) -> String {
        let words = form.lines("words")
        guard mayBeEmpty || !Text.isBlank(words) else { throw .complaintBlank }
        guard Text.fits(words, letters: longestText) else { throw .complaintTooLong }
        return words
    }

    /// What a keeper writes in the log. That it has come may be said without more words.
    static func entry(_ form: Form, by keeper: Person, at now: Moment) throws(Refusal) -> Entry {
        guard let kind: Kind = form.choice("kind"), Kind.ofKeepers.contains(kind) else { throw .complaintKind }
        let words = try words(form, mayBeEmpty: kind == .acknowledged)
        return Entry(kind: kind, words: words, keeper: keeper.name, said: now)
    }
}

extension Refusal {
    static let complaintBlank = Refusal("complaint.refusal.blank", field: "words")
    static let complaintTooLong = Refusal(
        "complaint.refusal.long", limit: Complaint.longestText, field: "words")
    static func complaintLineTooLong(_ field: String) -> Refusal {
        Refusal("complaint.refusal.longLine", limit: Complaint.longestLine, field: field)
    }
    static let complaintSentBefore = Refusal("complaint.refusal.sentBefore")
    static let complaintKind = Refusal("complaint.refusal.kind", field: "kind")
    static let tooManyComplaints = Refusal("complaint.refusal.tooMany")
    static let complaintFull = Refusal("complaint.refusal.full", limit: Complaint.mostEntries, field: "words")
    static let complaintClosed = Refusal("complaint.refusal.closed")
}
