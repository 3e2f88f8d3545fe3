import Foundation
import Storage

extension Copies {
    /// What was done again, for whoever puts a backup back.
    public struct Told: Sendable, Equatable {
        /// How many acts, and when the last was.
        public var acts = 0
        public var last: Date?
        /// How often words or a name had been changed since. What they were changed to is in no file.
        public var reworded = 0
        public var renamed = 0
    }
}

/// What was let go of since a backup was made, let go of again before anyone is let in.
struct LettingGoAgain: Sendable {
    /// What the file beside the database says was let go of, from the first act on; nothing where it is done without.
    let acts: [LetGo]?

    /// Does every act again that the house does not know of yet, in order.
    func apply(_ db: Writer) throws -> Copies.Told {
        var told = Copies.Told()
        guard let acts else { return told }
        let reached = try db.letGoReached()
        guard try reached == 0 || acts.contains(db.letGo(after: reached - 1, atMost: 1)[0]) else {
            throw RestoreTrouble.otherHistory
        }
        let since = acts.filter { $0.number > reached }
        for act in since {
            try act.doAgain(db)
            told.acts += 1
            told.last = act.at.date
            if act.kind == .mended { told.reworded += 1 }
            if act.kind == .renamed { told.renamed += 1 }
        }
        // Doing an act notes it: what was noted then is the act itself, when it was first done.
        try db.forgetLetGo(after: reached)
        for act in since { try db.keep(act) }
        try db.run("update let_go_reached set reached = \(since.last?.number ?? reached)")
        return told
    }
}

extension LetGo {
    fileprivate func id<Thing>(_: Thing.Type) throws -> ID<Thing> { try Self.id(about) }

    private static func id<Thing>(_ text: some StringProtocol) throws -> ID<Thing> {
        guard let id = ID<Thing>(text) else { throw LetGoFile.Trouble.harmed }
        return id
    }

    /// Does it again. What it was about may not have been there yet.
    fileprivate func doAgain(_ db: Writer) throws {
        switch kind {
        case .words:
            try db.takeBack(id(Contribution.self), at: at)
            try db.sendBackEmptiedAsks(at: at)
        case .shown:
            let wall = how.last?.wholeNumberValue.flatMap { OnWall(rawValue: $0) } ?? .no
            try db.show(id(Contribution.self), isSigned: how.first == "1", wall: wall, at: at)
        case .mended, .renamed: break
        case .complaint: try db.withdraw(id(Complaint.self), at: at)
        case .device: try db.run("delete from device where id = \(about)")
        case .pass: try db.run("delete from pass where person = \(about)")
        // The new words are in no file. The old ones open nothing, and its owner can ask for others. The first houses
        // noted whose seat it was, and not which receipt.
        case .receipt:
            try db.run("update receipt set hash = \("let go \(number)") where id = \(about) or seat = \(about)")
        case .invitation: try db.end(id(Invitation.self), at: at)
        case .unwelcome: try db.run("delete from unwelcome where id = \(about)")
        case .need:
            try db.run("delete from need_met where need = \(about)")
            try db.run("delete from need where id = \(about)")
        case .met: try db.run("delete from need_met where need = \(about) and gathering = \(how)")
        // What they say instead is in no file. Nothing is counted for them until they say it again.
        case .side: try db.run("delete from side where seat = \(about)")
        case .source: try db.remove(Self.id(how), from: id(Ask.self), at: at)
        case .also:
            let voice: Voice =
                try how.hasPrefix("receipt:") ? .receipt(Self.id(how.dropFirst(8))) : .seat(Self.id(how))
            try db.stopAsking(voice, id(Ask.self), at: at)
        case .publishing: try db.stopPublishing(id(Project.self), at: at)
        case .consent: try db.endConsent(to: id(Contribution.self), at: at)
        case .lookBack: try db.takeLookBackBack(on: about, by: Self.id(how), at: at)
        case .closed: try db.close(id(Gathering.self), at: at)
        case .calledOff: _ = try db.callOff(id(Gathering.self), at: at)
        case .mail: try db.stopMail(id(MailAddress.self), at: at)
        case .left: try Leaving.depart(Leaver(noted: self), db)
        // Everybody is told anew when the day is near, and has their weeks after that.
        case .ends:
            let parts = how.split(separator: ";")
            guard parts.count == 3, let day = Day(String(parts[0])) else { throw LetGoFile.Trouble.harmed }
            try db.setAgain(
                ProjectEnd(day: day, how: .init(noted: parts[1]), told: nil, ended: nil), of: id(Project.self),
                by: Self.id(parts[2]), at: at)
        // The first houses did not note that a day was set.
        case .ended:
            let (project, how) = (try id(Project.self), ProjectEnd.How(noted: how))
            if try db.end(of: project) == nil {
                let end = ProjectEnd(day: Day(at, in: .gmt), how: how, told: nil, ended: nil)
                try db.setAgain(end, of: project, by: nil, at: at)
            }
            try Leaving.end(project, how, at: at, db)
        }
    }
}

extension ProjectEnd.How {
    fileprivate init(noted: some StringProtocol) { self = Self(rawValue: String(noted)) ?? .unsigned }
}

extension Leaver {
    /// What of a leaving has to be known to do it again, in one word:
    /// `wish;seat,seat;piece=wish,piece=wish;receipt,receipt`. A seat may have taken up a card only after the backup
    /// was made, so the cards are named too.
    func noted(_ db: Reader) throws -> String {
        let pieces = pieces.map { "\($0.key)=\($0.value.rawValue)" }.sorted().joined(separator: ",")
        let cards: [ID<Receipt>] = try db.all("select id from receipt where id in \(cards) order by id") { $0[0] }
        func together<Thing>(_ ids: [ID<Thing>]) -> String { ids.map(\.text).joined(separator: ",") }
        return "\(wish.rawValue);\(together(seats));\(pieces);\(together(cards))"
    }

    init(noted act: LetGo) throws {
        let parts = act.how.split(separator: ";", omittingEmptySubsequences: false)
        // The first houses named no cards.
        guard 3...4 ~= parts.count, let wish = Wish(rawValue: String(parts[0])) else { throw LetGoFile.Trouble.harmed }
        let pieces = try parts[2].split(separator: ",").map { pair in
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let piece = ID<Contribution>(sides[0]), let wish = Wish(rawValue: String(sides[1]))
            else { throw LetGoFile.Trouble.harmed }
            return (piece, wish)
        }
        self.init(
            person: ID(act.about), seats: parts[1].split(separator: ",").compactMap { ID($0) }, wish: wish,
            pieces: Dictionary(pieces, uniquingKeysWith: { $1 }), now: act.at,
            receipts: parts.dropFirst(3).joined().split(separator: ",").compactMap { ID($0) })
    }
}
