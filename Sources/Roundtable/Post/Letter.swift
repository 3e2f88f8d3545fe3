/// Something to be told to somebody, kept in the same transaction as what it tells, until it is delivered.
///
/// It carries ids only: what it says is looked up when it is delivered, so that what was taken back stays back.
/// `Post.deliver` has one case for each.
enum Letter: Sendable, Equatable {
    /// The offer lies on the table: told to every seat.
    case offerLaid(project: ID<Project>)
    /// The day on which the project ends was set or moved, or is near: told to every seat.
    case projectEnds(project: ID<Project>)
    /// Somebody wrote down whom to tell if one is worried: told to every seat.
    case safetyChanged(project: ID<Project>)
    /// The offer changed, or a card was added: told to every seat.
    case offerChanged(card: ID<Card>)
    /// Somebody proposes to change what was offered; it waits for a second yes.
    case changeProposed(change: ID<CardChange>)
    /// Somebody would like anyone to be able to read what was asked; it takes two keys: told to every seat.
    case publishingAsked(act: ID<Act>)
    /// Anyone can read it now, or nobody outside can any more: told to every seat.
    case published(project: ID<Project>)
    case publishingStopped(project: ID<Project>)
    /// Somebody says that something feels steered: told to every seat; and what was answered: to whoever said so.
    case steered(concern: ID<Concern>)
    case steeredAnswered(concern: ID<Concern>)
    /// A gathering was closed: those who came are asked what worked and what didn't.
    case lookBackAsked(gathering: ID<Gathering>)
    /// A project's end is near: every seat is asked the same of the project.
    case endLookBackAsked(project: ID<Project>)
    /// Half a year after something was said to be done, those whom it reached are asked once whether it is still so.
    case stillSo(promise: ID<Promise>, reported: Moment)
    /// The same of a small change, asked of the one whom it reached; and that it is not so any more: told to whoever
    /// logged it.
    case changeStillSo(change: ID<Change>)
    case changeSlipped(change: ID<Change>)
    /// It is not so any more: told to those who asked, and to whoever promised it.
    case slippedBack(promise: ID<Promise>)
    /// Somebody is asked to put their name to a card.
    case ownerAsked(card: ID<Card>, seat: ID<Seat>)
    /// A gathering was called, moved or called off.
    case gatheringChanged(gathering: ID<Gathering>)
    /// Words were set aside: told to their giver.
    case setAside(contribution: ID<Contribution>)
    /// An ask was drawn from somebody's words: does it say what they meant?
    case askDrawn(ask: ID<Ask>)
    /// An ask was put to somebody by name.
    case askPut(ask: ID<Ask>, seat: ID<Seat>)
    /// An ask was answered: told to those who asked.
    case askAnswered(ask: ID<Ask>)
    /// A promise moved, forwards or back: told to those who asked.
    case promiseMoved(promise: ID<Promise>)
    /// A promise is said to be done: those who asked are asked whether it reached them.
    case promiseReported(promise: ID<Promise>)
    /// A promise belongs to nobody now.
    case promiseLeft(promise: ID<Promise>)
    /// A small change was made because of somebody's words: told to their giver, and asked whether it reached them.
    case changeLogged(change: ID<Change>)
    /// An ask stands on nothing any more and goes back to the group.
    case askEmptied(ask: ID<Ask>)
    /// Somebody needed something at a gathering that was not there: told to whoever convenes it.
    case needUnmet(gathering: ID<Gathering>)
    /// Somebody convenes now, or nobody does any more: told to every seat. Somebody is asked to
    /// convene too: told to them.
    case convening(seat: ID<Seat>)
    case nobodyConvenes(project: ID<Project>)
    case conveningAsked(seat: ID<Seat>)
}

extension Letter {
    /// How the letter is kept: what kind it is, what it is about, and who else it names.
    var kept: (kind: String, about: String, other: String) {
        switch self {
        case .offerLaid(let project): ("offerLaid", project.text, "")
        case .projectEnds(let project): ("projectEnds", project.text, "")
        case .safetyChanged(let project): ("safetyChanged", project.text, "")
        case .offerChanged(let card): ("offerChanged", card.text, "")
        case .changeProposed(let change): ("changeProposed", change.text, "")
        case .publishingAsked(let act): ("publishingAsked", act.text, "")
        case .published(let project): ("published", project.text, "")
        case .publishingStopped(let project): ("publishingStopped", project.text, "")
        case .steered(let concern): ("steered", concern.text, "")
        case .steeredAnswered(let concern): ("steeredAnswered", concern.text, "")
        case .lookBackAsked(let gathering): ("lookBackAsked", gathering.text, "")
        case .endLookBackAsked(let project): ("endLookBackAsked", project.text, "")
        case .stillSo(let promise, let reported): ("stillSo", promise.text, String(reported.milliseconds))
        case .slippedBack(let promise): ("slippedBack", promise.text, "")
        case .ownerAsked(let card, let seat): ("ownerAsked", card.text, seat.text)
        case .gatheringChanged(let gathering): ("gatheringChanged", gathering.text, "")
        case .setAside(let contribution): ("setAside", contribution.text, "")
        case .askDrawn(let ask): ("askDrawn", ask.text, "")
        case .askPut(let ask, let seat): ("askPut", ask.text, seat.text)
        case .askAnswered(let ask): ("askAnswered", ask.text, "")
        case .promiseMoved(let promise): ("promiseMoved", promise.text, "")
        case .promiseReported(let promise): ("promiseReported", promise.text, "")
        case .promiseLeft(let promise): ("promiseLeft", promise.text, "")
        case .changeLogged(let change): ("changeLogged", change.text, "")
        case .changeStillSo(let change): ("changeStillSo", change.text, "")
        case .changeSlipped(let change): ("changeSlipped", change.text, "")
        case .askEmptied(let ask): ("askEmptied", ask.text, "")
        case .needUnmet(let gathering): ("needUnmet", gathering.text, "")
        case .convening(let seat): ("convening", seat.text, "")
        case .nobodyConvenes(let project): ("nobodyConvenes", project.text, "")
        case .conveningAsked(let seat): ("conveningAsked", seat.text, "")
        }
    }

    /// Reads what `kept` wrote; nothing for a kind that this program does not know.
    init?(kind: String, about: String, other: String) {
        switch kind {
        case "offerLaid":
            guard let project = ID<Project>(about) else { return nil }
            self = .offerLaid(project: project)
        case "projectEnds", "safetyChanged":
            guard let project = ID<Project>(about) else { return nil }
            self = kind == "projectEnds" ? .projectEnds(project: project) : .safetyChanged(project: project)
        case "offerChanged":
            guard let card = ID<Card>(about) else { return nil }
            self = .offerChanged(card: card)
        case "changeProposed":
            guard let change = ID<CardChange>(about) else { return nil }
            self = .changeProposed(change: change)
        case "publishingAsked":
            guard let act = ID<Act>(about) else { return nil }
            self = .publishingAsked(act: act)
        case "published", "publishingStopped":
            guard let project = ID<Project>(about) else { return nil }
            self = kind == "published" ? .published(project: project) : .publishingStopped(project: project)
        case "steered", "steeredAnswered":
            guard let concern = ID<Concern>(about) else { return nil }
            self = kind == "steered" ? .steered(concern: concern) : .steeredAnswered(concern: concern)
        case "stillSo":
            guard let promise = ID<Promise>(about), let reported = Int64(other) else { return nil }
            self = .stillSo(promise: promise, reported: Moment(reported))
        case "slippedBack":
            guard let promise = ID<Promise>(about) else { return nil }
            self = .slippedBack(promise: promise)
        case "lookBackAsked":
            guard let gathering = ID<Gathering>(about) else { return nil }
            self = .lookBackAsked(gathering: gathering)
        case "endLookBackAsked":
            guard let project = ID<Project>(about) else { return nil }
            self = .endLookBackAsked(project: project)
        case "ownerAsked":
            guard let card = ID<Card>(about), let seat = ID<Seat>(other) else { return nil }
            self = .ownerAsked(card: card, seat: seat)
        case "gatheringChanged":
            guard let gathering = ID<Gathering>(about) else { return nil }
            self = .gatheringChanged(gathering: gathering)
        case "needUnmet":
            guard let gathering = ID<Gathering>(about) else { return nil }
            self = .needUnmet(gathering: gathering)
        case "setAside":
            guard let contribution = ID<Contribution>(about) else { return nil }
            self = .setAside(contribution: contribution)
        case "askPut":
            guard let ask = ID<Ask>(about), let seat = ID<Seat>(other) else { return nil }
            self = .askPut(ask: ask, seat: seat)
        case "askDrawn", "askAnswered", "askEmptied":
            guard let ask = ID<Ask>(about) else { return nil }
            self =
                kind == "askDrawn"
                ? .askDrawn(ask: ask) : kind == "askAnswered" ? .askAnswered(ask: ask) : .askEmptied(ask: ask)
        case "promiseMoved", "promiseReported", "promiseLeft":
            guard let promise = ID<Promise>(about) else { return nil }
            self =
                kind == "promiseMoved"
                ? .promiseMoved(promise: promise)
                : kind == "promiseReported" ? .promiseReported(promise: promise) : .promiseLeft(promise: promise)
        case "changeLogged", "changeStillSo", "changeSlipped":
            guard let change = ID<Change>(about) else { return nil }
            self =
                kind == "changeLogged"
                ? .changeLogged(change: change)
                : kind == "changeStillSo" ? .changeStillSo(change: change) : .changeSlipped(change: change)
        case "convening", "conveningAsked":
            guard let seat = ID<Seat>(about) else { return nil }
            self = kind == "convening" ? .convening(seat: seat) : .conveningAsked(seat: seat)
        case "nobodyConvenes":
            guard let project = ID<Project>(about) else { return nil }
            self = .nobodyConvenes(project: project)
        default: return nil
        }
    }
}
