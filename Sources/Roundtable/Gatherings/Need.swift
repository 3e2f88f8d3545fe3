/// One thing that helps somebody to take part, in their own words: what they need, never why.
///
/// It goes along to each gathering that its person joins or says they will come to, where whoever convenes reads it.
struct Need: Sendable {
    let id: ID<Need>
    let words: String
    let language: String

    /// A line that is read at a glance by somebody who is setting out chairs.
    static let longest = 100
    /// More than this nobody who convenes could hold in their head for one person.
    static let most = 12

    /// Words to pick from, each in the catalogue: things that are often asked for, and that cost little.
    static let suggested = [
        "largePrint", "break", "notes", "door", "someone", "before", "quiet", "stepFree", "slowly", "end",
    ]

    /// The words as they will be kept, or why they can't be.
    static func typed(_ text: String) throws(Refusal) -> String {
        let words = Text.line(text)
        guard !Text.isBlank(words) else { throw .noNeed }
        guard Text.fits(words, letters: longest) else { throw .needTooLong }
        return words
    }

    /// What its person says of it, of one gathering. Nobody else may, and they may say otherwise later.
    enum Outcome: String, Sendable {
        case met, unmet

        init(isMet: Bool) { self = isMet ? .met : .unmet }
    }
}

/// A need that was brought to a gathering, and whether it was met there.
struct BroughtNeed: Sendable {
    let need: Need
    let seat: ID<Seat>
    let name: String
    /// Nothing until they have said.
    let outcome: Need.Outcome?
}

extension BroughtNeed {
    /// The same need of several people together, in the order in which the first of each comes.
    static func together(_ needs: [BroughtNeed]) -> [[BroughtNeed]] {
        var (groups, places) = ([[BroughtNeed]](), [[String]: Int]())
        for brought in needs {
            let bare = BareWords(brought.need.words).apart
            // Words that are signs alone have no bare words, and are themselves.
            let key = bare.isEmpty ? [brought.need.words] : bare
            if let place = places[key] {
                groups[place].append(brought)
            } else {
                places[key] = groups.count
                groups.append([brought])
            }
        }
        return groups
    }
}

extension Gathering {
    /// Whoever called it, and whoever convenes the group, reads what people need there.
    func mayReadNeeds(_ seat: Seat) -> Bool { mayClose(seat) }

    /// From its beginning on people may say what was met; nothing is met at one that was called off.
    func takesOutcomes(at now: Moment) -> Bool { calledOff == nil && plan.starts.moment <= now }

    /// Until when a new need is brought to it: what is written afterwards is for the next.
    var bringsNeedsUntil: Moment { closed ?? plan.ends.moment + Self.codeOutlives }
}

extension Refusal {
    static let noNeed = Refusal("need.refusal.empty", field: "words")
    static let needTooLong = Refusal("need.refusal.long", limit: Need.longest, field: "words")
    static let tooManyNeeds = Refusal("need.refusal.many", limit: Need.most, field: "words")
    static let notYetMet = Refusal("need.refusal.notYet")
}
