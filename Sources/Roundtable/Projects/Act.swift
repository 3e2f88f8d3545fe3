import Storage

/// Something that touches everyone, and so takes two people's yes: one who works in this service and one who doesn't.
///
/// What it does when it is agreed belongs to its kind. A change to a laid offer goes by the same id as its act.
struct Act: Sendable {
    enum Kind: String, Storable {
        /// A card of a laid offer says something else, is new, or is taken off.
        case offer
        /// Anyone may read what was asked and what came of it.
        case publishing
    }

    enum Outcome: String, Storable {
        case applied
        /// Whoever opened it took it back.
        case withdrawn
        /// What it was about changed in another way first.
        case overtaken
    }

    let id: ID<Act>
    let project: ID<Project>
    let kind: Kind
    let opener: ID<Seat>
    let openerName: String
    /// When every seat was told, too.
    let opened: Moment
    let outcome: Outcome?
    /// One for each seat that has said, in the order in which they were turned.
    let keys: [Key]
    /// When it was made, taken back or void.
    var settled: Moment?

    /// Nobody decides alone what touches everyone.
    static let keysNeeded = 2
    /// How long every seat has had to come, before any two people's keys are enough.
    static let notice = Duration.days(7)

    /// From when on any two keys are enough, unless somebody of the missing side says no.
    var noticeEnds: Moment { opened + Self.notice }
}

/// One person's yes to an act that takes two, or their *not yet*, with what they say of themselves as they turn it.
struct Key: Sendable, Equatable {
    /// What somebody says of themselves there and then. It is never read from anything that they keep private.
    enum Side: String, Storable, CaseIterable {
        case works
        case doesNot
        case unsaid

        /// Those of which an act needs one each.
        static let needed: [Side] = [.works, .doesNot]
    }

    let seat: ID<Seat>
    let name: String
    let side: Side
    let isYes: Bool
    /// False once they have left the project: a key counts while whoever turned it is there, and for good in what was
    /// settled while they were.
    let isHere: Bool
    let turned: Moment

    /// What a page sends of it.
    struct Typed: Sendable {
        let side: Side
        let isYes: Bool
    }

    static func typed(_ form: Form) throws(Refusal) -> Typed {
        guard let side = form.choice("side", as: Side.self) else { throw .noSide }
        return Typed(side: side, isYes: form["says"] != "no")
    }
}

extension Act {
    enum Standing: Sendable, Equatable {
        case waiting
        /// With whichever side nobody turned a key for, though every seat had the time to.
        case agreed(missing: [Key.Side])
    }

    /// The sides that nobody has said yes for.
    var missing: [Key.Side] {
        let yes = keys.filter { $0.isYes && $0.isHere }
        return Key.Side.needed.filter { side in !yes.contains { $0.side == side } }
    }

    /// Whether somebody of a side that has no yes says *not yet*. A side that is there and says no is not absent.
    var isHeldBack: Bool {
        let missing = missing
        return keys.contains { !$0.isYes && $0.isHere && missing.contains($0.side) }
    }

    /// How it stands: one key of each side is enough at once; any two once the notice is over and a side kept away.
    func standing(at now: Moment) -> Standing {
        let missing = missing
        if missing.isEmpty { return .agreed(missing: []) }
        let yes = keys.count { $0.isYes && $0.isHere }
        guard yes >= Self.keysNeeded, now >= noticeEnds, !isHeldBack else { return .waiting }
        return .agreed(missing: missing)
    }

    /// The act with one more key in it, or one turned another way. The same again is refused.
    func turned(_ typed: Key.Typed, by seat: Seat, at now: Moment) throws(Refusal) -> Act {
        guard outcome == nil else { throw .actSettled }
        let key = Key(
            seat: seat.id, name: seat.name, side: typed.side, isYes: typed.isYes, isHere: true, turned: now)
        if let mine = keys.first(where: { $0.seat == seat.id }), mine.side == key.side, mine.isYes == key.isYes {
            // After the notice a key that is turned already is what carries it through.
            guard key.isYes, case .agreed = standing(at: now) else { throw .keyTurned }
            return self
        }
        return Act(
            id: id, project: project, kind: kind, opener: opener, openerName: openerName, opened: opened,
            outcome: outcome, keys: keys.filter { $0.seat != seat.id } + [key])
    }

    /// Whoever opened it takes it back, and needs no words for it.
    func mayWithdraw(_ seat: ID<Seat>) throws(Refusal) {
        guard outcome == nil else { throw .actSettled }
        guard seat == opener else { throw .notYourAct }
    }

    /// Who said yes, the first first.
    var agreeing: [ID<Seat>] { keys.filter { $0.isYes && $0.isHere }.map(\.seat) }
}

extension Refusal {
    static let noSide = Refusal("key.refusal.noSide", field: "side")
    static let actSettled = Refusal("change.refusal.settled")
    static let keyTurned = Refusal("change.refusal.keyTurned")
    static let notYourAct = Refusal("change.refusal.notYours")
}
