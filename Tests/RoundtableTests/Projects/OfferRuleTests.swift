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
        let all = Topic.allCases.map { card($0, .unknown, amount: "We will say by Friday") }
        #expect(Offer(all, laid: nil).missing.isEmpty)
        #expect(Offer(Array(all.dropFirst(2)), laid: nil).missing == [.line(.money), .line(.benefits)])
    }

    @Test("money is said in words unless there is none")
    func money() throws {
        #expect(answered(money: .sorted, amount: " ").missing == [.howMuch])
        #expect(answered(money: .unknown, amount: "").missing == [.howMuch])
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

    @Test("two people's yes makes a change; one person's never does")
    func keys() throws {
        let (asha, ben) = (seat("Asha"), seat("Ben"))
        let card = card(nil, .can, version: 3)
        func change(_ keys: [ID<Seat>], from version: Int = 3, _ outcome: CardChange.Outcome? = nil) -> CardChange {
            CardChange(
                id: .anonymous(), card: card.id, wording: card.wording, fromVersion: version, proposer: asha.id,
                proposerName: "Asha", proposed: now, outcome: outcome, keys: keys)
        }
        #expect(try change([]).turn(key: asha.id, on: card) == .waiting)
        #expect(try change([asha.id]).turn(key: ben.id, on: card) == .applied)
        #expect(throws: Refusal.keyTurned) { try change([asha.id]).turn(key: asha.id, on: card) }
        #expect(try change([asha.id], from: 2).turn(key: ben.id, on: card) == .overtaken)
        #expect(throws: Refusal.changeSettled) { try change([asha.id], .withdrawn).turn(key: ben.id, on: card) }
        #expect(throws: Refusal.notYourChange) { try change([asha.id]).withdraw(by: ben.id) }
        #expect(throws: Refusal.changeSettled) { try change([asha.id], .applied).withdraw(by: asha.id) }
        try change([asha.id]).withdraw(by: asha.id)
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
