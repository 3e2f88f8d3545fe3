/// What anyone may read of a project: what was asked, what was answered, and how it stands. Nobody's name is in it but
/// those that givers chose for it, and no words of theirs but those that they ticked.
struct PublicLedger: Sendable {
    let project: Project
    let publication: Publication
    /// The hardest first, as the group itself reads them.
    let asks: [PublicAsk]

    /// Entries in a feed: those that changed last. What is older is read on the page.
    static let mostInFeed = 100
    /// Asks on the page, more than most groups ever have.
    static let most = 500

    init(_ project: Project, _ publication: Publication, _ threads: [AskThread], _ words: [PublicWords], on today: Day)
    {
        (self.project, self.publication) = (project, publication)
        let words = Dictionary(uniqueKeysWithValues: words.map { ($0.contribution, $0) })
        asks = Ledger(threads, on: today).lines.prefix(Self.most).map {
            PublicAsk($0.thread, $0.part, words, on: today)
        }
    }

    /// When anything that anyone can read here last changed.
    var changed: Moment { max(publication.began ?? project.began, asks.map(\.changed).max() ?? project.began) }

    /// What a feed carries: the last changed first.
    var latest: [PublicAsk] {
        Array(asks.sorted { ($1.changed, $1.id.text) < ($0.changed, $0.id.text) }.prefix(Self.mostInFeed))
    }
}

/// One ask, as anyone may read it.
struct PublicAsk: Sendable {
    let id: ID<Ask>
    let words: String
    let language: String
    let direction: String
    let asked: Moment
    let part: Ledger.Part
    /// The last answer, without the name that it was given in: its giver answers to the group.
    let answer: Answer?
    /// By when it is promised, or will be said.
    let day: Day?
    /// Since when it is said to be done.
    let reported: Moment?
    /// How many of those who asked say that it reached them, and how many that it hasn't yet.
    let reached: Int
    let notYet: Int
    /// In their givers' own words, where they ticked it.
    let quotes: [PublicWords]
    /// When any of this last changed, but for words that were taken off: of those nothing tells.
    let changed: Moment

    init(
        _ thread: AskThread, _ part: Ledger.Part, _ words: [ID<Contribution>: PublicWords], on today: Day
    ) {
        (id, self.words, language) = (thread.ask.id, thread.ask.words, thread.ask.language)
        (direction, asked, self.part) = (thread.ask.direction, thread.ask.drawn, part)
        let promise = thread.promise
        answer = thread.answers.last
        day = promise?.due ?? answer?.day
        reported = promise?.reported
        switch promise.map({ thread.standing(of: $0) }) {
        case .done(let reached, let notYet): (self.reached, self.notYet) = (reached.count, notYet.count)
        case .saidDone(let notYet, _): (reached, self.notYet) = (0, notYet.count)
        default: (reached, notYet) = (0, 0)
        }
        quotes = thread.sources.compactMap { words[$0.contribution] }
        let happened =
            thread.promises.flatMap { promise in
                [promise.reported].compactMap { $0 } + (thread.steps[promise.id] ?? []).map(\.taken)
                    + (thread.witnesses[promise.id] ?? []).map(\.said)
            } + thread.answers.map(\.said) + quotes.map(\.given)
        changed = happened.max() ?? asked
    }
}
