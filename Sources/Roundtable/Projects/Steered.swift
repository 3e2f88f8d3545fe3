/// *This feels steered*: somebody at the table says that something seems to have been decided before it was talked
/// about. It is a concern like what an organisation says is wrong: only ever added to, and in sight for good with its
/// answers. There is no way to delete it, whoever it is about.
extension Concern {
    /// What feels steered, by the id of its row.
    struct About: Sendable, Hashable {
        enum Kind: String, Sendable, CaseIterable {
            case gathering, ask, card
        }

        let kind: Kind
        let id: String

        /// As a page sends it: an id, in a field that says of what.
        init?(_ form: Form) {
            for kind in Kind.allCases {
                if let id = form.id("about-\(kind.rawValue)", of: Never.self) {
                    self.init(kind, id.text)
                    return
                }
            }
            return nil
        }

        init(_ kind: Kind, _ id: String) { (self.kind, self.id) = (kind, id) }

        /// Where it stands on its page.
        func address(in project: Project) -> String {
            switch kind {
            case .gathering: "/gatherings/\(id)"
            case .ask: "/asks/\(id)"
            case .card: "\(project.address)/cards/\(id)"
            }
        }
    }

    /// What somebody answered to it, by name.
    struct Reply: Sendable {
        let seat: ID<Seat>
        let name: String
        let words: String
        let language: String
        let said: Moment

        /// As long as what it answers.
        static let longest = Concern.longestSteered

        static func typed(_ words: String) throws(Refusal) -> String {
            guard !Text.isBlank(words) else { throw .nothingReplied }
            guard Text.fits(words, letters: longest) else { throw .replyTooLong }
            return words
        }
    }

    /// A paragraph: what feels steered, and how one can tell.
    static let longestSteered = 1_000

    /// What was typed: what feels steered, and whether a name stands beside it.
    static func steered(_ form: Form) throws(Refusal) -> (words: String, isSigned: Bool) {
        let words = form.lines("steered")
        guard !Text.isBlank(words) else { throw .nothingSteered }
        guard Text.fits(words, letters: longestSteered) else { throw .steeredTooLong }
        return (words, form.ticked("signed"))
    }
}

extension Refusal {
    static let nothingSteered = Refusal("steered.refusal.empty", field: "steered")
    static let steeredTooLong = Refusal("steered.refusal.long", limit: Concern.longestSteered, field: "steered")
    static let nothingReplied = Refusal("steered.refusal.noReply", field: "reply")
    static let replyTooLong = Refusal("steered.refusal.replyLong", limit: Concern.Reply.longest, field: "reply")
    static let ownReply = Refusal("steered.refusal.own", field: "reply")
}
