import Foundation
import Hummingbird
import Markup
import Storage

/// One thing that was said: its giver mends it, takes it back, puts their name to it; others thank them; whoever
/// convenes may set it aside. The giver comes by their seat or by the receipt in their hand.
struct PieceRoutes: Sendable {
    let house: House

    /// GET /contributions/:contribution
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        try await page(request, visit)
    }

    /// POST /contributions/:contribution/mending: by its giver, or by the scribe who misheard it.
    func mend(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit, mayBeScribe: true) { piece, db, now in
            guard piece.isMine || piece.mayPutRight else { throw Missing() }
            let words = try Saying.words(visit.form)
            guard visit.form["version"] == String(piece.contribution.version) else { throw Refusal.changedMeanwhile }
            // Words that anyone may read are those that their giver said yes to.
            guard try piece.isMine || db.consent(to: piece.contribution.id) == nil else {
                throw Refusal.changedMeanwhile
            }
            let about = piece.isMine ? [] : [piece.giverSeat].compactMap { $0 }
            try db.mind(
                ["words"], of: visit.form, in: piece.contribution.project,
                by: piece.isMine ? piece.giverSeat : piece.contribution.scribe, about: about)
            try db.mend(piece.contribution, words: words, byGiver: piece.isMine, at: now)
        }
    }

    /// POST /contributions/:contribution/taking-back
    func takeBack(_ request: Request, _ visit: Visit) async throws -> Response {
        let response = try await act(request, visit) { piece, db, now in
            try db.takeBack(piece.contribution.id, at: now)
            try db.sendBackEmptiedAsks(at: now)
        }
        try await house.clearFiles()
        return response
    }

    /// POST /contributions/:contribution/showing: the name and the wall.
    func choose(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit) { piece, db, now in
            let isSigned = visit.form.ticked("signed")
            let wall = piece.contribution.gathering == nil ? .no : OnWall(visit.form, isSigned: isSigned)
            try db.show(piece.contribution.id, isSigned: isSigned, wall: wall, at: now)
        }
    }

    /// POST /contributions/:contribution/public: anyone may read these words, by the name chosen; or not any more.
    func publish(_ request: Request, _ visit: Visit) async throws -> Response {
        let (form, consent) = (visit.form, house.newID(Consent.self))
        return try await act(request, visit) { piece, db, now in
            guard form["public"] == "yes" else { return try db.endConsent(to: piece.contribution.id, at: now) }
            guard piece.contribution.isShared else { throw Missing() }
            let given = Consent(name: try Consent.name(form), given: now)
            try db.give(given, to: piece.contribution.id, as: consent)
        }
    }

    /// POST /contributions/:contribution/sharing
    func share(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit) { piece, db, now in try db.share(piece.contribution.id, at: now) }
    }

    /// POST /contributions/:contribution/reading-back: by its speaker, or by the scribe at the speaker's word.
    func readBack(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit, mayBeScribe: true) { piece, db, now in
            try db.markReadBack(piece.contribution.id, at: now)
        }
    }

    /// POST /contributions/:contribution/reply: the giver answers whoever set it aside.
    func reply(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit) { piece, db, now in
            guard let aside = piece.said.setAside else { throw Missing() }
            let reply = try SetAside.reply(visit.form)
            let project = piece.contribution.project
            try db.mind(["reply"], of: visit.form, in: project, by: piece.giverSeat, about: [aside.seat])
            try db.reply(reply, to: aside.id, at: now)
        }
    }

    /// POST /contributions/:contribution/thanks
    func thank(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await act(request, context) { piece, seat, db, now in
            let (words, hearBy) = try Thanks.words(context.form)
            try db.mind(["thanks"], of: context.form, in: seat.project, by: seat.id, about: piece.namedGiver)
            try db.thank(piece.contribution.id, from: seat.id, words: words, hearBy: hearBy, at: now)
        }
    }

    /// POST /contributions/:contribution/setting-aside
    func setAside(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await act(request, context) { piece, seat, db, now in
            guard seat.convenes else { throw Missing() }
            let (kind, reason) = try SetAside.reason(context.form)
            try db.mind(["reason"], of: context.form, in: seat.project, by: seat.id, about: piece.namedGiver)
            try db.setAside(piece.contribution.id, by: seat.id, kind: kind, reason: reason, at: now)
            try db.post(.setAside(contribution: piece.contribution.id), in: seat.project, at: now)
        }
    }

    /// POST /contributions/:contribution/setting-aside/second: another seat agrees.
    func second(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await act(request, context) { piece, seat, db, now in
            guard let aside = piece.said.setAside else { throw Missing() }
            try db.second(aside, by: seat.id, at: now)
        }
    }

    /// POST /contributions/:contribution/setting-aside/end: any member puts the words back.
    func endSetAside(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await act(request, context) { piece, seat, db, now in
            guard let aside = piece.said.setAside, !piece.isMine else { throw Missing() }
            try db.endSetAside(aside, at: now)
        }
    }

    /// An act of the giver's: by their seat, or by the receipt in their hand.
    private func act(
        _ request: Request, _ visit: Visit, mayBeScribe: Bool = false,
        _ change: @escaping @Sendable (Piece, Writer, Moment) throws -> Void
    ) async throws -> Response {
        let (id, now) = (try visit.id("contribution", of: Contribution.self), house.now())
        let (person, held) = (visit.person?.id, HeldReceipts(in: request, house))
        do {
            let changed = try await house.database.write { db in
                let piece = try db.piece(id, person: person, receipts: held.hashes, at: now)
                guard piece.isMine || (mayBeScribe && piece.isMyWriting) else { throw Missing() }
                guard piece.contribution.takenBack == nil else { throw Missing() }
                try change(piece, db, now)
                let changed = try db.contribution(id)!
                try db.tellElsewhere(changed)
                return changed
            }
            house.tellLive(changed)
            return .see(changed.address)
        } catch let refusal as Refusal {
            return try await page(request, visit, refusal)
        }
    }

    /// An act of a member's, on somebody else's words.
    private func act(
        _ request: Request, _ context: PersonContext,
        _ change: @escaping @Sendable (Piece, Seat, Writer, Moment) throws -> Void
    ) async throws -> Response {
        let (id, now, person) = (try context.id("contribution", of: Contribution.self), house.now(), context.person.id)
        do {
            let changed = try await house.database.write { db in
                let piece = try db.piece(id, person: person, receipts: [], at: now)
                guard let seat = piece.seat, seat.isMember, piece.contribution.isShared else { throw Missing() }
                try change(piece, seat, db, now)
                let changed = try db.contribution(id)!
                try db.tellElsewhere(changed)
                return changed
            }
            house.tellLive(changed)
            return .see(changed.address)
        } catch let refusal as Refusal {
            return try await page(request, context.visit, refusal)
        }
    }

    private func page(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, now) = (try visit.id("contribution", of: Contribution.self), house.now())
        let (person, held) = (visit.person?.id, HeldReceipts(in: request, house))
        let (piece, thanks, project, shownToAnyone) = try await house.database.read { db in
            let piece = try db.piece(id, person: person, receipts: held.hashes, at: now)
            let project = try piece.seat?.isMember == true ? db.project(piece.contribution.project) : nil
            let shown = piece.isMine ? try db.shownToAnyone(piece.contribution) : nil
            return (piece, try db.thanks(for: [id])[id] ?? [], project, shown)
        }
        return house.respond(piecePage(piece, thanks, project, shownToAnyone, visit, refusal), visit)
    }
}

/// Whether anyone may read something said, and where: for its giver alone.
struct ShownToAnyone: Sendable {
    let consent: Consent?
    /// Where it would be read; nothing while its project shows nothing to anyone.
    let page: Publication?
}

/// One thing that was said, and what this visitor is to it.
struct Piece: Sendable {
    let said: Said
    /// The visitor's seat in its project, if they have one.
    let seat: Seat?
    let isMine: Bool
    let isMyWriting: Bool
    /// The receipt in the visitor's hand that it was said with.
    let receipt: Receipt?

    var contribution: Contribution { said.contribution }

    /// Whether the visitor wrote it down, or typed it in from paper, and may put it right: until it is read back, or
    /// its giver has put it in words of their own or on the wall.
    var mayPutRight: Bool {
        isMyWriting && !isMine && contribution.readBack == nil && contribution.mended == nil
            && !contribution.isOnWall && contribution.takenBack == nil && said.setAside == nil
    }

    /// The seat of whoever gave it, as far as it is known.
    var giverSeat: ID<Seat>? {
        switch contribution.giver {
        case .seat(let seat): seat
        case .receipt: receipt?.seat
        case .nobody: nil
        }
    }

    /// Its giver, where their name stands beside it.
    var namedGiver: [ID<Seat>] { said.name == nil ? [] : [giverSeat].compactMap { $0 } }
}

extension Reader {
    fileprivate func shownToAnyone(_ contribution: Contribution) throws -> ShownToAnyone {
        ShownToAnyone(
            consent: try consent(to: contribution.id), page: try publication(of: contribution.project))
    }

    /// What was said, for somebody who may see it: its giver, a member of its project, or a guest with a chair where it
    /// was said. To anybody else it doesn't exist; nor do private words to anybody but their giver.
    func piece(_ id: ID<Contribution>, person: ID<Person>?, receipts: [String], at now: Moment) throws -> Piece {
        guard let said = try said(id, at: now) else { throw Missing() }
        let contribution = said.contribution
        let hand = try hand(of: person, receipts: receipts)
        let seat = try person.flatMap { try self.seat(of: $0, seeing: contribution) }
        // What somebody keeps to themselves is for their seat alone: losing a receipt gives nothing else away.
        let own = contribution.shared == nil ? try self.hand(of: person, receipts: []) : hand
        let isMine = contribution.isGiven(by: own)
        let mayRead = isMine || (seat != nil && contribution.shared != nil)
        guard mayRead else { throw Missing() }
        let isMyWriting = contribution.scribe.map { hand.seats.contains($0) } ?? false
        let receipt = hand.held.first {
            contribution.giver == .receipt($0.id) || contribution.giver == $0.seat.map { .seat($0) }
        }
        return Piece(said: said, seat: seat, isMine: isMine, isMyWriting: isMyWriting, receipt: receipt)
    }

    /// This person's seat in the project of something said, where it lets them read it.
    private func seat(of person: ID<Person>, seeing contribution: Contribution) throws -> Seat? {
        try one(
            """
            select \(Seat.columns) from seat
            where seat.project = \(contribution.project) and seat.person = \(person) and seat.gone is null
            and (seat.member is not null or exists (
                select 1 from chair where chair.seat = seat.id and chair.gathering = \(contribution.gathering)))
            """
        ) { Seat(row: $0) }
    }
}
