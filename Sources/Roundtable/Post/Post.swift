import Logging
import ServiceLifecycle
import Storage

/// Delivers what is in the outbox, one letter to a transaction, and starts again where it was after a restart.
///
/// Every consequence in the house is a case of `deliver`. A delivery and its mark are one transaction, so nothing
/// is told twice and nothing is forgotten.
struct Post: Service {
    let house: House

    /// After this many tries a letter stays where it is, for the keeper to see (`roundtable check` counts them).
    static let mostTries = 8
    /// How long the outbox is left alone when it is empty.
    static let rest = Duration.seconds(1)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await deliverAll()
                try await Task.sleep(for: Self.rest)
            }
        }
    }

    /// Delivers everything that is due. A database that can't be reached is waited for.
    func deliverAll() async throws {
        do {
            while try await deliverOne() {}
            try await showLooksBack()
        } catch let error where !(error is CancellationError) {
            house.log.error("the outbox could not be read", metadata: ["kind": "\(type(of: error))"])
        }
    }

    /// Delivers the oldest letter that is due, and says whether there was one.
    private func deliverOne() async throws -> Bool {
        let now = house.now()
        let taken = try await house.database.write { db in
            guard let waiting = try db.takeLetter(dueBy: now) else { return nil as Outcome? }
            guard let letter = waiting.letter else { return .failed(waiting) }
            for seat in try recipients(of: letter, in: waiting.project, at: now, db) {
                try db.tell(seat, letter, at: now)
            }
            try db.markDelivered(waiting.id, at: now)
            return .delivered
        }
        if case .failed(let waiting) = taken {
            // Twice as long each time, from a minute to two hours.
            let due = now + .minutes(1 << waiting.tries)
            try await house.database.write { try $0.putBack(waiting.id, until: due) }
        }
        return taken != nil
    }

    /// What was given with nothing at gatherings that ended by themselves. It is asked first whether there is any.
    private func showLooksBack() async throws {
        let now = house.now()
        let isAny = try await house.database.read { try $0.hasHiddenLooksBack() }
        if isAny { try await house.database.write { _ = try $0.showLooksBackOfTheEnded(at: now) } }
    }

    private enum Outcome: Sendable {
        case delivered
        case failed(WaitingLetter)
    }

    /// Who is told.
    private func recipients(
        of letter: Letter, in project: ID<Project>, at now: Moment, _ db: Writer
    ) throws -> [ID<Seat>] {
        switch letter {
        case .offerLaid, .projectEnds, .safetyChanged, .offerChanged, .changeProposed, .steered, .publishingAsked,
            .published,
            .publishingStopped, .endLookBackAsked, .convening, .nobodyConvenes,
            .gatheringChanged, .promiseLeft, .askEmptied:
            try db.seats(in: project).map(\.id)
        case .steeredAnswered(let concern): try db.raiser(of: concern, in: project).map { [$0] } ?? []
        case .lookBackAsked(let gathering): try db.seatsToLookBack(on: gathering, at: now)
        case .stillSo(let promise, let reported): try db.seatsReached(by: promise, reported: reported)
        case .slippedBack(let promise):
            try Set(
                (db.ask(answeredBy: promise).map { try db.seatsAsking($0) } ?? []) + db.owner(of: promise)
            ).sorted { $0.text < $1.text }
        case .ownerAsked(_, let seat), .askPut(_, let seat), .conveningAsked(let seat): [seat]
        case .needUnmet(let gathering): try db.convenorsWithUnmetNeeds(at: gathering)
        case .setAside(let contribution): try db.giver(of: contribution).map { [$0] } ?? []
        case .changeStillSo(let change): try db.seatReached(by: change)
        case .changeSlipped(let change): try db.logger(of: change)
        case .changeLogged(let change): try db.giverOfWords(behind: change).map { [$0] } ?? []
        case .askDrawn(let ask), .askAnswered(let ask): try db.seatsAsking(ask)
        case .promiseMoved(let promise), .promiseReported(let promise):
            try db.ask(answeredBy: promise).map { try db.seatsAsking($0) } ?? []
        }
    }
}
