/// Words set aside by whoever convenes, for harm or for giving somebody away: never for their tone.
struct SetAside: Sendable, Equatable {
    let id: ID<SetAside>
    let contribution: ID<Contribution>
    let seat: ID<Seat>
    let kind: Kind
    /// Why, in the convenor's words: the giver sees it and may answer.
    let reason: String
    let began: Moment
    let lapses: Moment
    let seconded: Moment?
    let reply: String

    enum Kind: String, Sendable, CaseIterable {
        case harm, givesAway
        /// Set aside where it was said, before it came into this house.
        case before

        /// What whoever convenes may say.
        static let ofConvenors: [Kind] = [.harm, .givesAway]
    }

    /// One person alone can hide words for this long.
    static let alone = Duration.days(3)
    /// A few sentences.
    static let longestReason = 500

    /// Whether it still holds: until it lapses, or for good once a second seat agreed. No job has to end it.
    func holds(at now: Moment) -> Bool { seconded != nil || now < lapses }

    static func reason(_ form: Form) throws(Refusal) -> (Kind, String) {
        guard let kind = form.choice("kind", as: Kind.self), Kind.ofConvenors.contains(kind) else {
            throw .noSetAsideKind
        }
        let reason = form.lines("reason")
        guard !Text.isBlank(reason) else { throw .noSetAsideReason }
        guard Text.fits(reason, letters: longestReason) else { throw .setAsideTooLong("reason") }
        return (kind, reason)
    }

    static func reply(_ form: Form) throws(Refusal) -> String {
        let reply = form.lines("reply")
        guard !Text.isBlank(reply) else { throw .noReply }
        guard Text.fits(reply, letters: longestReason) else { throw .setAsideTooLong("reply") }
        return reply
    }
}

extension Refusal {
    static let noSetAsideKind = Refusal("setAside.refusal.kind", field: "kind")
    static let noSetAsideReason = Refusal("setAside.refusal.reason", field: "reason")
    static let noReply = Refusal("setAside.refusal.reply", field: "reply")
    static func setAsideTooLong(_ field: String) -> Refusal {
        Refusal("setAside.refusal.long", limit: SetAside.longestReason, field: field)
    }
    static let secondSeat = Refusal("setAside.refusal.second")
    static let setAsideAlone = Refusal("setAside.refusal.alone")
    static let alreadySetAside = Refusal("setAside.refusal.already")
}
