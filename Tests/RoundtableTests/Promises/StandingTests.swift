import Testing

@testable import Roundtable

@Suite("When a promise is done")
struct StandingTests {
    private let start = World.beginning
    private let owner = ID<Seat>.signed(at: World.beginning)
    private let asha = Voice.seat(.signed(at: World.beginning))
    private let ben = Voice.receipt(.signed(at: World.beginning))

    private func promise(reported: Int? = nil, by reporter: ID<Seat>? = nil, ended: Bool = false) -> Promise {
        Promise(
            id: .signed(at: start), ask: .signed(at: start), answer: .signed(at: start), owner: owner,
            ownerName: "Priya",
            due: Day("2026-04-01")!, reportedBy: reported == nil ? nil : reporter ?? owner,
            reported: reported.map(at), ended: ended ? start : nil, made: start, version: 1)
    }

    private func at(_ minutes: Int) -> Moment { start + .minutes(minutes) }

    private func asker(_ voice: Voice, since minutes: Int = 0, reachable: Bool = true) -> Asker {
        Asker(voice: voice, name: "\(voice)", canBeReached: reachable, since: at(minutes))
    }

    private func witness(_ voice: Voice, _ reached: Bool, at minutes: Int) -> Witness {
        Witness(voice: voice, reached: reached, words: "", said: at(minutes))
    }

    private func step(_ way: Step.Way, at minutes: Int) -> Step {
        Step(
            id: .signed(at: start), seat: owner, name: "Priya", way: way, words: "", language: "en", obstacle: "",
            taken: at(minutes))
    }

    @Test("it is promised until its owner says that it is done, whatever anybody else says")
    func untilReported() {
        let askers = [asker(asha)]
        #expect(promise().standing(askers: askers, witnesses: [], steps: []) == .promised)
        #expect(promise().standing(askers: askers, witnesses: [witness(asha, true, at: 5)], steps: []) == .promised)
    }

    @Test("its owner's own word makes it said done, and no more")
    func ownWord() {
        let standing = promise(reported: 10).standing(askers: [asker(asha)], witnesses: [], steps: [])
        #expect(standing == .saidDone(notYet: [], canBeAsked: true))
    }

    @Test("the reporter never counts, though they asked for it too and say that it reached them")
    func reporterNeverCounts() {
        let reporter = asker(.seat(owner))
        let said = [witness(.seat(owner), true, at: 11)]
        let alone = promise(reported: 10).standing(askers: [reporter], witnesses: said, steps: [])
        #expect(alone == .saidDone(notYet: [], canBeAsked: false))
        let both = promise(reported: 10).standing(
            askers: [reporter, asker(asha)], witnesses: said + [witness(asha, true, at: 12)], steps: [])
        #expect(both == .done(for: [asker(asha)], notYet: []))
    }

    @Test("one who asked is enough, whatever their side; those it has not reached are named beside them")
    func oneIsEnough() {
        let askers = [asker(asha), asker(ben)]
        let said = [witness(asha, true, at: 11), witness(ben, false, at: 12)]
        #expect(
            promise(reported: 10).standing(askers: askers, witnesses: said, steps: [])
                == .done(for: [askers[0]], notYet: [askers[1]]))
    }

    @Test("silence is neither done nor not yet")
    func silence() {
        let askers = [asker(asha), asker(ben)]
        #expect(
            promise(reported: 10).standing(askers: askers, witnesses: [witness(asha, true, at: 11)], steps: [])
                == .done(for: [askers[0]], notYet: []))
    }

    @Test("“not yet” from everybody is said done, with those whom it has not reached")
    func notYet() {
        let askers = [asker(asha)]
        #expect(
            promise(reported: 10).standing(askers: askers, witnesses: [witness(asha, false, at: 11)], steps: [])
                == .saidDone(notYet: askers, canBeAsked: true))
    }

    @Test("whoever began to ask only after it was reported is no witness")
    func lateAskers() {
        let late = asker(asha, since: 11)
        let standing = promise(reported: 10).standing(
            askers: [late, asker(ben)], witnesses: [witness(asha, true, at: 12)], steps: [])
        #expect(standing == .saidDone(notYet: [], canBeAsked: true))
        let intime = promise(reported: 10).standing(
            askers: [asker(asha, since: 10)], witnesses: [witness(asha, true, at: 12)], steps: [])
        #expect(intime == .done(for: [asker(asha, since: 10)], notYet: []))
    }

    @Test("somebody who never asked makes nothing done")
    func strangers() {
        let standing = promise(reported: 10).standing(
            askers: [asker(asha)], witnesses: [witness(ben, true, at: 12)], steps: [])
        #expect(standing == .saidDone(notYet: [], canBeAsked: true))
    }

    @Test("where nobody who asked can be reached it stays said done, and says so")
    func nobodyToAsk() {
        #expect(
            promise(reported: 10).standing(askers: [], witnesses: [], steps: [])
                == .saidDone(notYet: [], canBeAsked: false))
        let gone = asker(asha, reachable: false)
        #expect(
            promise(reported: 10).standing(askers: [gone], witnesses: [], steps: [])
                == .saidDone(notYet: [], canBeAsked: false))
        #expect(
            promise(reported: 10).standing(askers: [gone, asker(ben)], witnesses: [], steps: [])
                == .saidDone(notYet: [], canBeAsked: true))
    }

    @Test("what was said before the last report counts no more")
    func afterSlipping() {
        let said = [witness(asha, true, at: 11)]
        let again = promise(reported: 20).standing(askers: [asker(asha)], witnesses: said, steps: [])
        #expect(again == .saidDone(notYet: [], canBeAsked: true))
    }

    @Test("a step back is shown until a step forward follows; taking it up changes neither")
    func slipping() {
        let back = [step(.forwards, at: 1), step(.back, at: 2), step(.taken, at: 3)]
        #expect(promise().standing(askers: [], witnesses: [], steps: back) == .slippedBack)
        let forth = back + [step(.forwards, at: 4)]
        #expect(promise().standing(askers: [], witnesses: [], steps: forth) == .promised)
    }

    @Test("a promise that a later answer replaced has ended, whatever was said of it")
    func ended() {
        let standing = promise(reported: 10, ended: true).standing(
            askers: [asker(asha)], witnesses: [witness(asha, true, at: 12)], steps: [])
        #expect(standing == .ended)
    }

    @Test("it is late the day after its day, unless it is reported or has ended")
    func late() {
        #expect(!promise().isLate(on: Day("2026-04-01")!))
        #expect(promise().isLate(on: Day("2026-04-02")!))
        #expect(!promise(reported: 10).isLate(on: Day("2026-04-02")!))
        #expect(!promise(ended: true).isLate(on: Day("2026-04-02")!))
    }

    @Test("a receipt whose holder took a seat is that seat, and what was given with nothing is nobody")
    func voices() {
        let (seat, receipt) = (ID<Seat>.signed(at: start), ID<Receipt>.signed(at: start))
        #expect(Voice(seat: nil, receipt: receipt, seatOfReceipt: seat) == .seat(seat))
        #expect(Voice(seat: nil, receipt: receipt, seatOfReceipt: nil) == .receipt(receipt))
        #expect(Voice(seat: seat, receipt: nil, seatOfReceipt: nil) == .seat(seat))
        #expect(Voice(seat: nil, receipt: nil, seatOfReceipt: nil) == nil)
    }
}
