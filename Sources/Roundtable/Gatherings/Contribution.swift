import Storage

/// Something somebody said, wrote or had written down for them, by whatever way in.
struct Contribution: Sendable, Equatable {
    let id: ID<Contribution>
    let project: ID<Project>
    /// The gathering it was said in, or nothing when it was written at any other hour.
    let gathering: ID<Gathering>?
    /// Whose it is. With neither a seat nor a receipt nobody can find it again, its giver included.
    let giver: Giver
    /// Who wrote it down for its giver.
    let scribe: ID<Seat>?
    /// Empty once it is taken back: the place stays and says so.
    let words: String
    let language: String
    let direction: String
    /// Whether the giver's name stands beside it.
    let isSigned: Bool
    let wall: OnWall
    /// When it was shared with the project; until then it is its giver's alone.
    let shared: Moment?
    let said: Moment
    let mended: Moment?
    let readBack: Moment?
    let takenBack: Moment?
    /// Its place in everything that has changed in this house (`Writer.nextChange()`).
    let changed: Int64
    let version: Int
    /// When it was typed in, where it came on paper; `said` is then the day on the paper.
    var typed: Moment?

    enum Giver: Sendable, Hashable {
        case seat(ID<Seat>)
        case receipt(ID<Receipt>)
        case nobody
    }

    /// Several minutes of speech, and short enough to be read aloud to a room.
    static let longest = 4_000

    var address: String { "/contributions/\(id.text)" }
}

/// What somebody puts to what they say, chosen before they write.
enum Bearing: String, Sendable, CaseIterable {
    /// Their name, and their six words to find it again.
    case name
    /// Their six words, and no name.
    case card
    /// Nothing: nobody can find it again, they included.
    case nothing
}

/// Whether the wall of its gathering shows it, and whether the name that stands beside it in the room stands there too:
/// a wall is read by whoever walks past.
enum OnWall: Int, Storable {
    case no, unnamed, named

    init(_ form: Form, isSigned: Bool) {
        self = !form.ticked("wall") ? .no : isSigned && form.ticked("wall-name") ? .named : .unnamed
    }
}

/// What a page sends of something said.
struct Saying: Sendable, Equatable {
    let words: String
    let bearing: Bearing
    let wall: OnWall
    /// Kept to themselves for now.
    let isPrivate: Bool

    init(_ form: Form) throws(Refusal) {
        words = try Saying.words(form)
        guard let bearing = form.choice("bearing", as: Bearing.self) else { throw .noBearing }
        self.bearing = bearing
        wall = OnWall(form, isSigned: bearing == .name)
        isPrivate = form.ticked("private")
        guard !(isPrivate && bearing == .nothing) else { throw .keptWithNothing }
    }

    /// What was typed as words, within their limit.
    static func words(_ form: Form) throws(Refusal) -> String {
        let words = form.lines("words")
        guard !Text.isBlank(words) else { throw .nothingSaid }
        guard Text.fits(words, letters: Contribution.longest) else { throw .contributionTooLong }
        return words
    }
}

extension Contribution {
    /// What somebody says by their seat. The ids were made by the page: a signed one, and one that is all chance for
    /// what is given with nothing.
    init(
        _ saying: Saying, by seat: Seat, at gathering: ID<Gathering>?,
        ids: (signed: ID<Contribution>, anonymous: ID<Contribution>),
        language: String, now: Moment, changed: Int64
    ) {
        self.init(
            id: saying.bearing == .nothing ? ids.anonymous : ids.signed, project: seat.project, gathering: gathering,
            giver: saying.bearing == .nothing ? .nobody : .seat(seat.id), scribe: nil, words: saying.words,
            language: language, direction: Text.direction(of: saying.words),
            isSigned: saying.bearing == .name && !seat.name.isEmpty, wall: gathering == nil ? .no : saying.wall,
            shared: saying.isPrivate ? nil : now, said: now, mended: nil, readBack: nil, takenBack: nil,
            changed: changed, version: 1)
    }

    /// Whether its scribe has yet to read it back to whoever said it.
    func isToReadBack(by seat: Seat?) -> Bool {
        seat.map { scribe == $0.id } ?? false && readBack == nil && typed == nil
    }

    /// Whether its scribe has put it right since they wrote it down: it has other words, and not by
    /// its giver's own hand.
    var isPutRight: Bool { scribe != nil && version > 1 && mended == nil && takenBack == nil }

    /// What a scribe writes down for somebody who speaks. It bears no name until they say so.
    init(
        spoken words: String, by giver: Giver, scribe: Seat, at gathering: ID<Gathering>, id: ID<Contribution>,
        isSigned: Bool, language: String, now: Moment, typed: Moment? = nil, changed: Int64
    ) {
        self.init(
            id: id, project: scribe.project, gathering: gathering, giver: giver, scribe: scribe.id, words: words,
            language: language, direction: Text.direction(of: words), isSigned: isSigned, wall: .no,
            shared: typed ?? now, said: now, mended: nil, readBack: nil, takenBack: nil, changed: changed, version: 1,
            typed: typed)
    }

    /// Whether whoever holds this seat, or this receipt, gave it.
    func isGiven(by hand: Hand) -> Bool {
        switch giver {
        case .nobody: false
        case .seat(let seat): hand.seats.contains(seat)
        case .receipt(let receipt): hand.receipts.contains(receipt)
        }
    }

    var isOnWall: Bool { wall != .no }

    /// Whether anybody but its giver may see it.
    var isShared: Bool { shared != nil && takenBack == nil }
}

/// Whose things this visitor may touch: the seats that are theirs, and the receipts in their hand.
struct Hand: Sendable {
    var seats: Set<ID<Seat>> = []
    var receipts: Set<ID<Receipt>> = []
    /// Of the receipts, those whose words this device holds.
    var held: [Receipt] = []
}

/// A contribution as it stands on a page, with the names that stand beside it.
struct Said: Sendable, Equatable {
    let contribution: Contribution
    /// The giver's name, where it is signed and they gave one.
    let name: String?
    /// Who wrote it down, where somebody else did.
    let scribe: String?
    /// The number on the receipt that it was written down for.
    let number: Int?
    var setAside: SetAside?
    let gatheringName: String?
    /// The size of the photograph that came with it.
    let picture: PixelSize?
}

extension Refusal {
    static let nothingSaid = Refusal("contribution.refusal.empty", field: "words")
    static let contributionTooLong = Refusal("contribution.refusal.long", limit: Contribution.longest, field: "words")
    static let noBearing = Refusal("contribution.refusal.bearing", field: "bearing")
    static let keptWithNothing = Refusal("contribution.refusal.keptWithNothing", field: "bearing")
    static let saidBefore = Refusal("contribution.refusal.saidBefore", field: "words")
    static let gatheringHeard = Refusal("contribution.refusal.closed", field: "words")
    static let nobodyThere = Refusal("contribution.refusal.speaker", field: "speaker")
}
