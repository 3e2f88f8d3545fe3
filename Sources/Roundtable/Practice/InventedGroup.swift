import Foundation
import Markup
import Storage

/// An invented group with eight weeks behind it, for whoever wants to look round first: people, an offer, two
/// gatherings, answers, a step back, a broken promise. It is laid by the same acts as a real one.
struct InventedGroup {
    /// Its words, in the reader's language.
    let t: Words
    /// Today: what happened lies before it, what is planned after.
    let now: Moment
    let zone: TimeZone
    private let db: Writer
    private let project: ID<Project>

    init(_ db: Writer, in t: Words, zone: TimeZone, at now: Moment) {
        (self.db, self.t, self.zone, self.now) = (db, t, zone, now)
        project = .signed(at: now)
    }

    /// The people round its table. Whoever looks round is `you`, and sees and does what anybody there may.
    private enum Somebody: String, CaseIterable {
        case asha = "Asha"
        case okafor = "Mr Okafor"
        case tom = "Tom"
        case priya = "Priya"
        case you
    }

    /// Lays the group, and says who its visitor is.
    func lay() throws -> ID<Person> {
        let (seats, visitor) = try sitDown()
        try ownWords(seats)
        try layOffer(seats)
        let said = try meet(seats)
        try planTheNext(seats)
        try kept(said, seats)
        try slippedBack(said, seats)
        try broken(said, seats)
        try waiting(said, seats)
        return visitor
    }

    private typealias Seats = [Somebody: Seat]
    private typealias Heard = [String: ID<Contribution>]

    private func ago(_ days: Int) -> Moment { now + .days(-days) }
    private func day(_ days: Int) -> Day { Day(now + .days(days), in: zone) }
    // words: practice.*
    private func says(_ key: String) -> String { t("practice.\(key)") }

    private func sitDown() throws -> (Seats, ID<Person>) {
        let began = Project(id: project, name: says("project"), began: ago(56), laid: nil, version: 1)
        var (seats, visitor): (Seats, ID<Person>) = ([:], .signed(at: ago(56)))
        for somebody in Somebody.allCases {
            let name = somebody == .you ? says("you") : somebody.rawValue
            let person = Person(id: .signed(at: ago(56)), name: name, keeps: false)
            try db.add(person, language: t.language, at: ago(56))
            let convenes = somebody == .asha || somebody == .you
            let seat = Seat(id: .signed(at: ago(56)), project: project, name: name, member: ago(56), convenes: convenes)
            if somebody == .asha {
                _ = try db.begin(began, founder: seat, person: person.id)
            } else {
                try db.add(seat, of: person.id, at: ago(55))
            }
            seats[somebody] = seat
            if somebody == .you { visitor = person.id }
        }
        return (seats, visitor)
    }

    /// What helps two of them, what one asks not to be called, and how they come to the table.
    private func ownWords(_ seats: Seats) throws {
        func person(_ somebody: Somebody) throws -> ID<Person> {
            try db.one("select person from seat where id = \(seats[somebody]!.id)") { $0[0] }!
        }
        // words: need.suggested.*
        for (somebody, key) in [(Somebody.okafor, "largePrint"), (.tom, "break")] {
            let need = Need(
                id: .signed(at: ago(50)), words: t("need.suggested.\(key)"), language: t.language)
            try db.add(need, of: person(somebody), at: ago(50))
        }
        let unwelcome = Unwelcome(id: .signed(at: ago(50)), words: says("unwelcome"), language: t.language, seat: nil)
        try db.add(unwelcome, of: person(.asha), at: ago(50))
        for (somebody, side) in [
            (Somebody.asha, Side.uses), (.okafor, .uses), (.tom, .uses), (.priya, .works), (.you, .works),
        ] { try db.say(side, by: seats[somebody]!.id, at: ago(50)) }
    }

    private func layOffer(_ seats: Seats) throws {
        let cards: [(Wording.Kind, String, Day?)] = [
            (.can, "card.can", nil), (.cannot, "card.cannot", nil), (.unknown, "card.unknown", day(20)),
            (.decided, "card.decided", day(-90)),
        ]
        for (kind, key, day) in cards {
            let says = Wording(kind: kind, words: says(key), amount: "", payBy: "", day: day)
            try db.add(card(says, about: nil), by: seats[.asha]!, at: ago(54))
        }
        for topic in Topic.allCases {
            let isOpen = [.benefits, .unchanged].contains(topic)
            let isMoney = topic == .money
            let wording = Wording(
                kind: isOpen ? .unknown : .sorted, words: says("think.\(topic.rawValue)"),
                amount: isMoney ? says("money.amount") : "", payBy: isMoney ? says("money.payBy") : "", day: nil)
            try db.add(card(wording, about: topic), by: seats[topic == .quiet ? .tom : .priya]!, at: ago(52))
        }
        try db.lay(Project(id: project, name: says("project"), began: ago(56), laid: nil, version: 1), at: ago(50))
        try db.write(says("worried"), over: 0, toTellIn: project, by: seats[.asha]!.id, at: ago(50))
    }

    private func card(_ says: Wording, about topic: Topic?) -> Card {
        Card(
            id: .signed(at: ago(54)), project: project, topic: topic, wording: says, owner: nil, isStanding: true,
            laid: ago(54), version: 1)
    }

    /// The first gathering, six weeks ago, and what was said there and since.
    private func meet(_ seats: Seats) throws -> Heard {
        let first = try call("first", in: -42, from: "14:00", to: "16:00", by: seats[.asha]!)
        let receipt = ID<Receipt>.signed(at: ago(42))
        try db.run(
            """
            insert into receipt (id, project, gathering, number, hash, made)
            values (\(receipt), \(project), \(first), 3, \(receipt.text), \(ago(42)))
            """)
        var heard: Heard = [:]
        let voices: [(String, Contribution.Giver, signed: Bool, scribe: Seat?)] = [
            ("tablets", .seat(seats[.okafor]!.id), true, nil), ("door", .seat(seats[.asha]!.id), true, nil),
            ("key", .seat(seats[.tom]!.id), false, nil), ("letter", .receipt(receipt), false, seats[.asha]),
            ("chemist", .seat(seats[.priya]!.id), true, nil), ("toast", .nobody, false, nil),
        ]
        let began = LocalTime("\(day(-42))T14:10", in: zone)!.moment
        for (place, (key, giver, signed, scribe)) in voices.enumerated() {
            let moment = began + .minutes(7 * place)
            heard[key] = try hear(key, giver, signed: signed, scribe: scribe, at: first, moment)
        }
        try db.close(first, at: began + .hours(2))
        heard["bus"] = try hear("bus", .seat(seats[.okafor]!.id), signed: true, scribe: nil, at: nil, ago(9))
        heard["chair"] = try hear("chair", .seat(seats[.tom]!.id), signed: true, scribe: nil, at: nil, ago(5))
        try db.thank(
            heard["tablets"]!, from: seats[.priya]!.id, words: says("thanks"), hearBy: day(-28), at: ago(41))
        return heard
    }

    private func hear(
        _ key: String, _ giver: Contribution.Giver, signed: Bool, scribe: Seat?, at gathering: ID<Gathering>?,
        _ moment: Moment
    ) throws -> ID<Contribution> {
        let (id, words) = (ID<Contribution>.signed(at: moment), says("said.\(key)"))
        let contribution = Contribution(
            id: id, project: project, gathering: gathering, giver: giver, scribe: scribe?.id, words: words,
            language: t.language, direction: Text.direction(of: words), isSigned: signed,
            wall: gathering == nil ? .no : .unnamed,
            shared: moment, said: moment, mended: nil, readBack: scribe.map { _ in moment }, takenBack: nil,
            changed: try db.nextChange(), version: 1)
        _ = try db.add(contribution)
        return id
    }

    private func call(_ key: String, in days: Int, from: String, to: String, by seat: Seat) throws -> ID<Gathering> {
        let (id, made) = (ID<Gathering>.signed(at: ago(50)), now + .days(min(days - 7, -2)))
        let plan = GatheringPlan(
            kind: .meeting, name: says("\(key).name"), starts: LocalTime("\(day(days))T\(from)", in: zone)!,
            ends: LocalTime("\(day(days))T\(to)", in: zone)!, place: says("place"), plan: says("\(key).plan"),
            who: says("\(key).who"), access: says("access"), worried: says("worried"), question: says("\(key).question")
        )
        _ = try db.add(
            Gathering(
                id: id, project: project, caller: seat.id, plan: plan, asker: seat.id, code: nil, closed: nil,
                calledOff: nil, isCovered: false, made: made, version: 1))
        return id
    }

    /// The next gathering, which people can come into with its code.
    private func planTheNext(_ seats: Seats) throws {
        let next = try call("next", in: 6, from: "11:00", to: "12:30", by: seats[.asha]!)
        var chance = SystemRandomNumberGenerator()
        try db.giveCode(to: next, of: [.random(using: &chance)], at: now)
        try db.say(.coming, to: next, seat: seats[.okafor]!.id, at: ago(1))
        try db.say(.maybe, to: next, seat: seats[.tom]!.id, at: ago(1))
    }

    // MARK: What was asked, and what became of it

    private func ask(_ key: String, from sources: [ID<Contribution>], by seat: Seat, _ days: Int) throws -> ID<Ask> {
        let id = ID<Ask>.signed(at: ago(days))
        try db.draw(id, says("ask.\(key)"), from: sources, by: seat, language: t.language, at: ago(days))
        return id
    }

    private func thread(_ ask: ID<Ask>) throws -> AskThread { try db.threads(where: "ask.id = \(ask)")[0] }

    private func promise(_ key: String, to ask: ID<Ask>, _ seats: Seats, due days: Int, said: Int) throws -> Promise {
        try db.put(thread(ask), to: seats[.priya]!.id, by: seats[.asha]!.id, accepted: true, at: ago(said + 1))
        try answer(.promise, key, to: ask, seats, day: day(days), said)
        return try thread(ask).promise!
    }

    private func answer(
        _ kind: Answer.Kind, _ key: String, to ask: ID<Ask>, _ seats: Seats, day: Day?, _ days: Int
    ) throws {
        try db.answer(
            thread(ask), Answer.Typed(kind: kind, words: says("answer.\(key)"), day: day), as: .signed(at: ago(days)),
            by: seats[.priya]!.id, language: t.language, at: ago(days))
    }

    private func step(
        _ way: Step.Way, _ key: String, obstacle: String = "", on promise: Promise, _ seats: Seats, _ days: Int
    ) throws {
        try db.add(
            way, says("step.\(key)"), obstacle: obstacle, to: promise.id, as: .signed(at: ago(days)),
            by: seats[.priya]!.id, language: t.language, at: ago(days))
    }

    /// One that is done for somebody, and not for everybody.
    private func kept(_ said: Heard, _ seats: Seats) throws {
        let ask = try ask("tablets", from: [said["tablets"]!, said["chemist"]!, said["door"]!], by: seats[.tom]!, 40)
        try db.say(true, objection: "", of: ask, said["tablets"]!, at: ago(39))
        let promise = try promise("tablets", to: ask, seats, due: -14, said: 38)
        try step(.forwards, "chemist", on: promise, seats, 25)
        try db.report(thread(ask).promise!, in: project, by: seats[.priya]!.id, at: ago(16))
        let witnessed = try thread(ask)
        let yes = Witness(voice: .seat(seats[.okafor]!.id), reached: true, words: says("witness.yes"), said: ago(12))
        try db.keep(yes, of: promise.id)
        try db.logChange(of: witnessed.promise!, witnessed.ask, on: day(-12), at: ago(12))
        try db.keep(
            Witness(voice: .seat(seats[.asha]!.id), reached: false, words: says("witness.no"), said: ago(11)),
            of: promise.id)
    }

    private func slippedBack(_ said: Heard, _ seats: Seats) throws {
        let ask = try ask("call", from: [said["door"]!, said["key"]!], by: seats[.asha]!, 40)
        let promise = try promise("call", to: ask, seats, due: 21, said: 37)
        try step(.forwards, "calls", on: promise, seats, 24)
        try step(.back, "callsStopped", obstacle: says("step.obstacle"), on: promise, seats, 6)
    }

    private func broken(_ said: Heard, _ seats: Seats) throws {
        let ask = try ask("letter", from: [said["letter"]!], by: seats[.okafor]!, 36)
        _ = try promise("letter", to: ask, seats, due: -7, said: 34)
        try answer(.cannot, "letterCannot", to: ask, seats, day: nil, 8)
    }

    /// One that waits for an answer; and a small change that nobody had to promise.
    private func waiting(_ said: Heard, _ seats: Seats) throws {
        let ask = try ask("bus", from: [said["bus"]!], by: seats[.tom]!, 4)
        try db.put(thread(ask), to: seats[.you]!.id, by: seats[.tom]!.id, at: ago(3))
        try db.add(
            Change.Typed(words: says("change"), askedBy: "", contribution: said["key"]!, day: day(-20)),
            as: .signed(at: ago(20)), by: seats[.priya]!, language: t.language, at: ago(20))
    }
}
