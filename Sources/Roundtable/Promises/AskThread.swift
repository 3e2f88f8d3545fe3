/// One ask with everything that hangs on it: the words it came from, who was asked, what they answered, and what
/// became of that.
struct AskThread: Sendable {
    let ask: Ask
    var sources: [Source] = []
    var alsos: [Also] = []
    /// The first first.
    var puttings: [Putting] = []
    var answers: [Answer] = []
    var promises: [Promise] = []
    var steps: [ID<Promise>: [Step]] = [:]
    var witnesses: [ID<Promise>: [Witness]] = [:]

    init(_ ask: Ask) { self.ask = ask }

    /// The promise that stands now, if one does.
    var promise: Promise? { promises.last { $0.ended == nil } }

    /// Who has accepted it and may answer. At most one putting is open at a time: whoever opens another settles it.
    var holder: Putting? { puttings.first { $0.outcome == .accepted } }

    /// Who was asked and has neither accepted nor handed it on.
    var waiting: Putting? { puttings.first { $0.outcome == nil } }

    /// Whether all the words that it stood on have been taken back.
    var standsOnNothing: Bool { sources.allSatisfy(\.isTakenBack) }

    /// Everybody who asked for it, once each, under the name they chose, since they first asked.
    var askers: [Asker] {
        var found: [Asker] = []
        var places: [Voice: Int] = [:]
        func add(_ voice: Voice, _ name: String?, _ canBeReached: Bool, _ since: Moment) {
            guard let place = places[voice] else {
                places[voice] = found.count
                found.append(Asker(voice: voice, name: name, canBeReached: canBeReached, since: since))
                return
            }
            let known = found[place]
            found[place] = Asker(
                voice: voice, name: known.name ?? name, canBeReached: known.canBeReached || canBeReached,
                since: min(known.since, since))
        }
        for source in sources where !source.isTakenBack {
            if let giver = source.giver { add(giver, source.name, source.canBeReached, source.added) }
        }
        for also in alsos { add(also.voice, also.name, also.canBeReached, also.said) }
        return found
    }

    /// Those who asked for it with their name, whom it and its answers are about.
    var namedSeats: [ID<Seat>] { askers.filter { $0.name != nil }.compactMap(\.voice.seat) }

    func standing(of promise: Promise) -> Standing {
        promise.standing(
            askers: askers, witnesses: witnesses[promise.id] ?? [], steps: steps[promise.id] ?? [])
    }

    /// Whether *I ask this too* may still be said: until somebody reports that it is done.
    var takesMoreAskers: Bool { ask.ended == nil && promise?.reported == nil }

    /// Whether a source may be taken out: not once the ask is answered, nor once its giver has said what they meant.
    func mayRemove(_ source: Source) -> Bool {
        ask.ended == nil && answers.isEmpty && source.means == nil && sources.count > 1
    }

    /// Whether it may be divided, or put together with others. What somebody is held to stays as it was asked.
    func mayEnd() throws(Refusal) {
        guard ask.ended == nil else { throw .askEnded }
        guard promise == nil else { throw .askPromised }
    }

    /// The rule for answering: whoever accepted it, and nobody else.
    func mayAnswer(_ seat: ID<Seat>) throws(Refusal) {
        guard ask.ended == nil else { throw .askEnded }
        guard holder?.to == seat else { throw .notYoursToAnswer }
    }

    /// The rule for putting it to somebody: anyone may until it is accepted; then only who accepted hands it on.
    func mayPut(_ by: ID<Seat>, to seat: ID<Seat>) throws(Refusal) {
        guard ask.ended == nil else { throw .askEnded }
        if let holder, holder.to != by { throw .alreadyHeld }
        guard (holder ?? waiting)?.to != seat else { throw .alreadyTheirs }
    }
}

/// How one division shares out the words that an ask came from.
struct Division: Sendable {
    let words: [String]
    let sources: [[ID<Contribution>]]

    /// Each source goes to one of the two or to both, and neither stands on nothing.
    static func typed(_ form: Form, of thread: AskThread) throws(Refusal) -> Division {
        try thread.mayEnd()
        let words = [try Ask.worded(form["first"], field: "first"), try Ask.worded(form["second"], field: "second")]
        var (first, second) = ([ID<Contribution>](), [ID<Contribution>]())
        for source in thread.sources {
            switch form["source-\(source.contribution.text)"] {
            case "first": first.append(source.contribution)
            case "second": second.append(source.contribution)
            default:
                first.append(source.contribution)
                second.append(source.contribution)
            }
        }
        guard !first.isEmpty, !second.isEmpty else { throw .unevenDivision }
        return Division(words: words, sources: [first, second])
    }
}
