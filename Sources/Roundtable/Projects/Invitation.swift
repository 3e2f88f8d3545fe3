/// Six words that let somebody take a seat, signed by whoever gave them out.
struct Invitation: Sendable {
    let id: ID<Invitation>
    let project: ID<Project>
    let seat: ID<Seat>
    /// The name of whoever made it, as they go by in this project.
    let from: String
    let kind: Kind
    let made: Moment
    let ends: Moment
    /// When it was ended by hand, or by the one person it was for.
    let ended: Moment?

    enum Kind: String, Sendable, CaseIterable {
        /// For one person, to help to write the offer before it is laid.
        case help
        /// For anybody, once there is an offer to say yes to.
        case join
    }

    /// How long an invitation may stay open, in days: long enough to be passed on by hand, short enough that a slip
    /// found in a drawer opens nothing.
    static let lengths = [7, 14, 30]
    static let usualLength = 14
    /// More open at once than this is a list that nobody can watch over.
    static let mostOpen = 40

    func isOpen(at now: Moment) -> Bool { ended == nil && now < ends }

    /// Whether an invitation of this kind may be given out now. Nobody is asked to join before they can read what is
    /// offered; to help to write it, anybody may be asked at once.
    static func mayBeGiven(_ kind: Kind, offer: Offer, open: Int) throws(Refusal) {
        guard kind == .help || offer.laid != nil else { throw .joinWaits }
        guard open < mostOpen else { throw .tooManyInvitations }
    }

    /// Until when, by the length that was chosen.
    static func end(_ form: Form, from now: Moment) throws(Refusal) -> Moment {
        guard let days = Int(form["days"]), lengths.contains(days) else { throw .noLength }
        return now + .days(days)
    }
}

extension Refusal {
    static let joinWaits = Refusal("invitation.refusal.waits", field: "kind")
    static let tooManyInvitations = Refusal("invitation.refusal.tooMany", limit: Invitation.mostOpen)
    static let noLength = Refusal("invitation.refusal.noLength", field: "days")
    static let noInvitationKind = Refusal("invitation.refusal.noKind", field: "kind")
    static let invitationEnded = Refusal("invitation.refusal.ended")
}
