import Storage
import Testing

@testable import Roundtable

@Suite("The rules of an offer")
struct OfferRuleTests {
    private let now = World.beginning
    private let today = Day("2026-03-06")!
    private let project = ID<Project>.anonymous()

    private func card(
        _ topic: Topic?, _ kind: Wording.Kind, amount: String = "", owner: Card.Owner? = nil, standing: Bool = true,
        version: Int = 1
    ) -> Card {
        Card(
            id: .anonymous(), project: project, topic: topic,
            wording: Wording(kind: kind, words: "", amount: amount, payBy: "", day: nil), owner: owner,
            isStanding: standing, laid: now, version: version)
    }

    private func seat(_ name: String = "Asha") -> Seat {
        Seat(id: .anonymous(), project: project, name: name, member: now, convenes: false)
    }

    private func answered(money: Wording.Kind, amount: String) -> Offer {
        Offer(Topic.allCases.map { card($0, $0 == .money ? money : .unknown, amount: amount) }, laid: nil)
    }

    @Test("an empty offer lacks each of the nine lines; don't know is an answer to any of them")
    func nineLines() {
        #expect(Offer([], laid: nil).missing == Topic.allCases.map { .line($0) })
        #expect(Topic.allCases.count == 9)
        let all = Topic.allCases.map { card($0, .unknown) }
        #expect(Offer(all, laid: nil).missing.isEmpty)
        #expect(Offer(Array(all.dropFirst(2)), laid: nil).missing == [.line(.money), .line(.benefits)])
    }

    @Test("money that is sorted is said in words; that nobody knows yet is an answer")
    func money() throws {
        #expect(answered(money: .sorted, amount: " ").missing == [.howMuch])
        #expect(answered(money: .unknown, amount: "").missing.isEmpty)
        #expect(answered(money: .sorted, amount: "£25").missing.isEmpty)
        #expect(answered(money: .notNeeded, amount: "").missing.isEmpty)
    }

    @Test("an offer is laid once, and only when nothing is missing")
    func laying() throws {
        try answered(money: .sorted, amount: "£25").lay()
        #expect(throws: Refusal.offerLacks(9)) { try Offer([], laid: nil).lay() }
        let laid = Offer(Topic.allCases.map { card($0, .notNeeded) }, laid: now)
        #expect(throws: Refusal.alreadyLaid) { try laid.lay() }
    }

    @Test("a card that waits for a second yes is no part of the offer")
    func standing() {
        let offer = Offer([card(nil, .can), card(nil, .can, standing: false)], laid: now)
        #expect(offer.cards.count == 1)
    }

    @Test("an offer has room for as many cards as fit on its sheet, and no more")
    func room() throws {
        let full = Array(repeating: card(nil, .can), count: Card.mostOfOwn)
        try Offer(Array(full.dropLast()), laid: nil).add()
        #expect(throws: Refusal.tooManyCards) { try Offer(full, laid: nil).add() }
    }

    @Test("a card has words, a kind, and a day where its kind needs one")
    func wording() throws {
        func typed(_ kind: String, _ words: String, _ day: String = "") throws(Refusal) -> Wording {
            try Wording.ofCard(Form(["kind": kind, "words": words, "day": day]), today: today)
        }
        #expect(try typed("can", "We can").day == nil)
        #expect(try typed("unknown", "The crew", "2026-03-06").day == today)
        #expect(try typed("decided", "The firm", "2025-06-10").day == Day("2025-06-10"))
        #expect(throws: Refusal.noCardWords) { try typed("can", " \n ") }
        #expect(throws: Refusal.noKind) { try typed("sorted", "We can") }
        #expect(throws: Refusal.noKind) { try typed("", "We can") }
        #expect(throws: Refusal.cardTooLong) { try typed("can", String(repeating: "a", count: 161)) }
        #expect(throws: Refusal.noDayToSayBy) { try typed("unknown", "The crew") }
        #expect(throws: Refusal.noDayDecided) { try typed("decided", "The firm") }
        #expect(throws: Refusal.dayHasBeen) { try typed("unknown", "The crew", "2026-03-05") }
        #expect(throws: Refusal.dayToCome) { try typed("decided", "The firm", "2026-03-07") }
        #expect(throws: Refusal.dayUnread) { try typed("can", "We can", "next Friday") }
    }

    @Test("a tap changes the answer of a line and keeps its words; only money has an amount")
    func lines() throws {
        let form = Form(["kind": "sorted", "words": "Daniel", "amount": "£25", "payBy": "On the day"])
        let money = try Wording.ofTopic(.money, form)
        #expect(money.amount == "£25")
        #expect(money.tapped(.unknown).words == "Daniel")
        #expect(money.tapped(.unknown).kind == .unknown)
        #expect(try Wording.ofTopic(.food, form).amount == "")
        #expect(throws: Refusal.noKind) { try Wording.ofTopic(.food, Form(["kind": "can"])) }
        let long = String(repeating: "a", count: 101)
        #expect(throws: Refusal.lineTooLong("words")) {
            try Wording.ofTopic(.food, Form(["kind": "sorted", "words": long]))
        }
    }

    @Test("nobody's name stands on a card before their own yes, and nobody answers for another")
    func owning() throws {
        let (asha, ben) = (seat("Asha"), seat("Ben"))
        let asked = card(nil, .can, owner: try card(nil, .can).asking(asha))
        #expect(asked.bears == nil)
        #expect(throws: Refusal.notAskedToOwn) { try asked.answered(by: ben, yes: true, at: now) }
        #expect(throws: Refusal.notAskedToOwn) { try card(nil, .can).answered(by: ben, yes: true, at: now) }
        #expect(try asked.answered(by: asha, yes: false, at: now) == nil)
        let owner = try #require(try asked.answered(by: asha, yes: true, at: now))
        let owned = card(nil, .can, owner: owner)
        #expect(owned.bears == "Asha")
        #expect(throws: Refusal.cardHasOwner) { try owned.asking(ben) }
        #expect(try asked.asking(ben).seat == ben.id, "somebody who has not answered may be passed over")
    }

    @Test("a name comes off when the words under it change, unless its owner changed them")
    func newWords() throws {
        let (asha, ben) = (seat("Asha"), seat("Ben"))
        let owned = card(nil, .can, owner: Card.Owner(seat: asha.id, name: "Asha", accepted: now))
        #expect(owned.ownerAfterChange(by: [ben.id])?.accepted == nil)
        #expect(owned.ownerAfterChange(by: [ben.id])?.seat == asha.id, "they are asked again")
        #expect(owned.ownerAfterChange(by: [ben.id, asha.id])?.accepted == now)
        #expect(card(nil, .can).ownerAfterChange(by: [ben.id]) == nil)
    }

    private func act(_ keys: [Key], opened: Moment? = nil, _ outcome: Act.Outcome? = nil) -> Act {
        Act(
            id: .anonymous(), project: project, kind: .offer, opener: keys.first?.seat ?? .anonymous(),
            openerName: "Asha",
            opened: opened ?? now, outcome: outcome, keys: keys)
    }

    private func key(_ side: Key.Side, yes: Bool = true, here: Bool = true, _ seat: Seat? = nil) -> Key {
        Key(
            seat: seat?.id ?? .anonymous(), name: seat?.name ?? "Olu", side: side, isYes: yes, isHere: here, turned: now
        )
    }

    @Test("one key of each side is enough; two of the same side never are before everybody had seven days")
    func keys() {
        #expect(act([key(.works), key(.doesNot)]).standing(at: now) == .agreed(missing: []))
        for keys in [[key(.works)], [key(.works), key(.works)], [key(.unsaid), key(.doesNot)], []] {
            #expect(act(keys).standing(at: now + .days(6)) == .waiting)
        }
        let week = now + .days(7)
        #expect(act([key(.works), key(.works)]).standing(at: week) == .agreed(missing: [.doesNot]))
        #expect(act([key(.unsaid), key(.doesNot)]).standing(at: week) == .agreed(missing: [.works]))
        #expect(act([key(.unsaid), key(.unsaid)]).standing(at: week) == .agreed(missing: [.works, .doesNot]))
        #expect(act([key(.works)]).standing(at: week) == .waiting, "nobody decides alone, however long it takes")
    }

    @Test("a side that is there and says not yet is not absent; a key of somebody who left counts no more")
    func heldBack() {
        let week = now + .days(7)
        #expect(act([key(.works), key(.works), key(.doesNot, yes: false)]).standing(at: week) == .waiting)
        #expect(
            act([key(.works), key(.works), key(.works, yes: false)]).standing(at: week) == .agreed(missing: [.doesNot]))
        #expect(act([key(.works), key(.doesNot), key(.doesNot, yes: false)]).standing(at: now) == .agreed(missing: []))
        #expect(act([key(.works), key(.doesNot, here: false)]).standing(at: week) == .waiting)
        #expect(
            act([key(.works), key(.works), key(.doesNot, yes: false, here: false)]).standing(at: week)
                == .agreed(missing: [.doesNot]))
    }

    @Test("a key is turned once, or turned another way; and only whoever opened an act takes it back")
    func turning() throws {
        let (asha, ben) = (seat("Asha"), seat("Ben"))
        let yes = Key.Typed(side: .works, isYes: true)
        let one = try act([]).turned(yes, by: asha, at: now)
        #expect(throws: Refusal.keyTurned) { try one.turned(yes, by: asha, at: now) }
        let other = try one.turned(Key.Typed(side: .doesNot, isYes: true), by: asha, at: now)
        #expect(other.keys.map(\.side) == [.doesNot] && other.missing == [.works])
        let two = try one.turned(yes, by: ben, at: now)
        #expect(throws: Refusal.keyTurned) { try two.turned(yes, by: ben, at: now + .days(6)) }
        #expect(try two.turned(yes, by: ben, at: now + .days(7)).keys == two.keys, "this carries it through")
        #expect(throws: Refusal.actSettled) { try act([], .withdrawn).turned(yes, by: ben, at: now) }
        try act([key(.works, asha)]).mayWithdraw(asha.id)
        #expect(throws: Refusal.notYourAct) { try act([key(.works, asha)]).mayWithdraw(ben.id) }
        #expect(throws: Refusal.actSettled) { try act([key(.works, asha)], .applied).mayWithdraw(asha.id) }
        #expect(throws: Refusal.noSide) { try Key.typed(Form(["says": "yes"])) }
    }

    @Test("a change to a card that says something else by now is void")
    func overtaken() {
        let card = card(nil, .can, version: 3)
        func change(_ act: Act, from version: Int) -> CardChange {
            CardChange(id: .anonymous(), card: card.id, wording: card.wording, fromVersion: version, act: act)
        }
        let (half, whole) = (act([key(.works)]), act([key(.works), key(.doesNot)]))
        #expect(change(half, from: 3).turning(with: half, on: card, at: now) == .waiting)
        #expect(change(half, from: 3).turning(with: whole, on: card, at: now) == .applied)
        #expect(change(half, from: 2).turning(with: whole, on: card, at: now) == .overtaken)
    }

    @Test("asking people to join waits for the offer; asking for help doesn't")
    func invitations() throws {
        let (empty, laid) = (Offer([], laid: nil), Offer([], laid: now))
        try Invitation.mayBeGiven(.help, offer: empty, open: 0)
        try Invitation.mayBeGiven(.join, offer: laid, open: 0)
        #expect(throws: Refusal.joinWaits) { try Invitation.mayBeGiven(.join, offer: empty, open: 0) }
        #expect(throws: Refusal.tooManyInvitations) {
            try Invitation.mayBeGiven(.help, offer: laid, open: Invitation.mostOpen)
        }
        #expect(try Invitation.end(Form(["days": "7"]), from: now) == now + .days(7))
        #expect(throws: Refusal.noLength) { try Invitation.end(Form(["days": "4000"]), from: now) }
        let one = Invitation(
            id: .anonymous(), project: project, seat: .anonymous(), from: "Asha", kind: .join, made: now,
            ends: now + .days(7), ended: nil)
        #expect(one.isOpen(at: now))
        #expect(!one.isOpen(at: now + .days(7)))
    }
}
