import Foundation
import Storage

@testable import Roundtable

/// The rows of a scene.
struct SceneTables {
    let db: Writer
    let persons: [Scene.Visitor: ID<Person>]
    let words: SceneWords
    let now: Moment
    let mark: String
    private let project = SceneTables.id(), other = SceneTables.id()
    private let gathering = SceneTables.id(), elsewhere = SceneTables.id()

    typealias Laid = (things: [String: String], kept: [String: String], otherProject: String)

    init(
        _ db: Writer, _ persons: [Scene.Visitor: ID<Person>], _ words: SceneWords, _ now: Moment, mark: String
    ) {
        (self.db, self.persons, self.words, self.now, self.mark) = (db, persons, words, now, mark)
    }

    private static func id() -> String { ID<Never>.anonymous().text }

    func lay() throws -> Laid {
        var things = ["project": project, "gathering": gathering, "topic": "food", "n": "0"]
        things["device"] = try db.one("select id from device where person = \(persons[.member]!)") { $0[0] }
        things["mail"] = try layMail(of: persons[.member]!)
        try layProjects()
        let seats = try laySeats()
        let (member, fellow, guest) = (seats[.member]!, seats[.fellow]!, seats[.guest]!)
        things["code"] = try layGatherings(member, seats)
        (things["card"], things["change"]) = try layOffer(member, fellow)
        things["invitation"] = try layInvitation(member)
        things["receipt"] = try layReceipts(member)
        let said = try contribute(from: member, signed: 1, shared: now)
        let secret = try contribute(from: member, signed: 1, shared: nil)
        _ = try contribute(from: guest, signed: 0, shared: now)
        things["contribution"] = said
        things["aside"] = try setAside(contribute(from: fellow, signed: 1, shared: now), by: member)
        try db.run(
            """
            insert into thanks (contribution, seat, words, hear_by, said)
            values (\(said), \(fellow), '·501·', '2026-04-01', \(now))
            """)
        (things["ask"], things["putting"], things["promise"]) = try layAsk(from: said, member, fellow)
        things["page"] = try layPublication(of: said, agreedBy: fellow)
        things["concern"] = try laySteered(by: fellow, about: things["ask"]!, answeredBy: member)
        try layLookBack(member, fellow, card: things["receipt"]!)
        things["difference"] = try layDifference(from: said, by: fellow)
        (things["word"], things["need"]) = try layOwn(member, fellow)
        things["complaint"] = try layComplaint()
        try layNews(member, things)
        return (things, ["contribution": secret], other)
    }

    private func layMail(of person: ID<Person>) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into mail_address (id, person, address, asked, proven, mailed_until, count, due, tries)
            values (\(id), \(person), '·701·', \(now), \(now), \(now), 0, \(now), 0)
            """)
        return id
    }

    private func layComplaint() throws -> String {
        let complaint = Self.id()
        try db.run(
            """
            insert into complaint (id, hash, words, name, reach, made)
            values (\(complaint), \(words.hashes["complaint"]!), '·701·', '·702·', '·703·', \(now))
            """)
        try db.run(
            """
            insert into complaint_entry (id, complaint, person, kind, words, said)
            values (\(Self.id()), \(complaint), \(persons[.keeper]!), 'noted', '·704·', \(now))
            """)
        return complaint
    }

    private func layProjects() throws {
        for (id, name) in [(project, "·601·"), (other, "·602·")] {
            try db.run(
                """
                insert into project (id, name, began, laid, version) values (\(id), \(name), \(now), \(now), 1)
                """)
        }
        try db.run("insert into keeper (person, since) values (\(persons[.keeper]!), \(now))")
    }

    /// Everybody's seat, by who they are.
    private func laySeats() throws -> [Scene.Visitor: String] {
        var seats: [Scene.Visitor: String] = [:]
        let isMember: [Scene.Visitor: Bool] = [
            .member: true, .fellow: true, .former: true, .gone: true, .guest: false, .guestElsewhere: false,
        ]
        for (visitor, isMember) in isMember {
            let seat = Self.id()
            let person = visitor == .former ? nil : persons[visitor]
            let gone: Moment? = [.former, .gone].contains(visitor) ? now : nil
            let (since, convenes): (Moment?, Int64) = (isMember ? now : nil, visitor == .member ? 1 : 0)
            try db.run(
                """
                insert into seat (id, project, person, name, member, convenes, taken, gone)
                values (\(seat), \(project), \(person), '·603·', \(since), \(convenes), \(now), \(gone))
                """)
            seats[visitor] = seat
        }
        try db.run(
            """
            insert into seat (id, project, person, name, member, convenes, taken)
            values (\(Self.id()), \(other), \(persons[.neighbour]!), '·604·', \(now), 1, \(now))
            """)
        try db.run(
            """
            insert into concern (id, project, seat, organisation, words, language, direction, said)
            values (\(Self.id()), \(project), \(seats[.member]!), '·605·', '·606·', 'en', 'ltr', \(now))
            """)
        return seats
    }

    /// One gathering that is on now, with its code, and one elsewhere.
    private func layGatherings(_ member: String, _ seats: [Scene.Visitor: String]) throws -> String {
        var chance = SystemRandomNumberGenerator()
        var code = Code.random(using: &chance).text
        while try db.count("select count(*) from gathering where code = \(code)") > 0 {
            code = Code.random(using: &chance).text
        }
        for (id, code) in [(gathering, code), (elsewhere, nil)] as [(String, String?)] {
            try db.run(
                """
                insert into gathering (id, project, seat, kind, name, starts_at, ends_at, zone, starts, ends, place,
                    plan, who, access, worried, question, asked_by, code, covered, made, version)
                values (\(id), \(project), \(member), 'meeting', '·607·', '2026-03-06T09:00', '2026-03-06T12:00',
                    'Europe/London', \(now + .hours(-1)), \(now + .hours(2)), '·608·', '·609·', '·610·', '·611·',
                    '·612·', '·613·', \(member), \(code), 0, \(now), 1)
                """)
        }
        for (visitor, place) in [
            (.member, gathering), (.fellow, gathering), (.guest, gathering), (.gone, gathering), (.former, gathering),
            (.guestElsewhere, elsewhere),
        ] as [(Scene.Visitor, String)] {
            try db.run(
                "insert into chair (gathering, seat, came) values (\(place), \(seats[visitor]!), \(now))")
        }
        try db.run(
            """
            insert into coming (gathering, seat, answer, said) values (\(gathering), \(seats[.fellow]!), 'coming', \(now))
            """)
        return code
    }

    /// A card, one that was answered in the *think first* list, and a change to the first that waits for a second yes.
    private func layOffer(_ member: String, _ fellow: String) throws -> (String, String) {
        let (card, change) = (Self.id(), Self.id())
        for (id, topic, kind) in [(card, nil, "can"), (Self.id(), "food", "sorted")] as [(String, String?, String)] {
            try db.run(
                """
                insert into card (id, project, topic, kind, words, amount, pay_by, day, owner, accepted, standing,
                    laid, version)
                values (\(id), \(project), \(topic), \(kind), '·614·', '', '', null, \(member), \(now), 1, \(now), 1)
                """)
            try db.run(
                """
                insert into card_wording (card, version, kind, words, amount, pay_by, day, seat, written)
                values (\(id), 1, \(kind), '·614·', '', '', null, \(member), \(now))
                """)
        }
        try db.run(
            """
            insert into act (id, project, kind, seat, opened) values (\(change), \(project), 'offer', \(fellow), \(now))
            """)
        try db.run(
            """
            insert into card_change (id, card, kind, words, amount, pay_by, day, from_version)
            values (\(change), \(card), 'cannot', '·615·', '', '', null, 1)
            """)
        try db.run(
            """
            insert into key (act, seat, side, yes, turned) values (\(change), \(fellow), 'works', 1, \(now))
            """)
        return (card, change)
    }

    /// What anyone may read, with the member's words in it; and the act that it was agreed by.
    private func layPublication(of said: String, agreedBy seat: String) throws -> String {
        let (page, act) = (Self.id(), Self.id())
        try db.run(
            """
            insert into act (id, project, kind, seat, opened, settled, outcome)
            values (\(act), \(project), 'publishing', \(seat), \(now), \(now), 'applied')
            """)
        try db.run(
            """
            insert into publication (id, project, act, missing, began) values (\(page), \(project), \(act), '', \(now))
            """)
        try db.run(
            """
            insert into consent (id, contribution, purpose, audience, name, given)
            values (\(Self.id()), \(said), 'public_page', 'anyone', '·626·', \(now))
            """)
        return page
    }

    /// Something that feels steered, with an answer by name.
    private func laySteered(by seat: String, about ask: String, answeredBy member: String) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into concern (id, project, seat, organisation, words, language, direction, said, kind, signed, ask)
            values (\(id), \(project), \(seat), '', '·627·', 'en', 'ltr', \(now), 'steered', 1, \(ask))
            """)
        try db.run(
            """
            insert into concern_reply (id, concern, seat, words, language, direction, said)
            values (\(Self.id()), \(id), \(member), '·628·', 'en', 'ltr', \(now))
            """)
        return id
    }

    /// One answer with a card, and one with nothing; and the marks of who answered so.
    private func layLookBack(_ member: String, _ fellow: String, card: String) throws {
        try db.run(
            """
            insert into look_back (id, gathering, seat, worked, did_not, language, said, shown)
            values (\(Self.id()), \(gathering), \(member), '·629·', '·630·', 'en', \(now), 1)
            """)
        try db.run(
            """
            insert into look_back (id, gathering, worked, did_not, language, shown)
            values (\(Self.id()), \(gathering), '·631·', '·632·', 'en', 0)
            """)
        try db.run("insert into looked_back (gathering, seat) values (\(gathering), \(fellow))")
        try db.run("insert into looked_back_receipt (gathering, receipt) values (\(gathering), \(card))")
        try layEnd(member, fellow)
    }

    /// The project's end is near, and two have answered what worked.
    private func layEnd(_ member: String, _ fellow: String) throws {
        try db.run(
            """
            insert into project_end (project, day, how, seat, said, told)
            values (\(project), '2027-03-05', 'unsigned', \(member), \(now), \(now))
            """)
        try db.run(
            """
            insert into look_back (id, project, seat, worked, did_not, language, said, shown)
            values (\(Self.id()), \(project), \(member), '·633·', '·634·', 'en', \(now), 1)
            """)
        try db.run(
            """
            insert into look_back (id, project, worked, did_not, language, shown)
            values (\(Self.id()), \(project), '·635·', '·636·', 'en', 0)
            """)
        try db.run("insert into looked_back_project (project, seat) values (\(project), \(fellow))")
    }

    private func layInvitation(_ member: String) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into invitation (id, project, seat, kind, hash, made, ends)
            values (\(id), \(project), \(member), 'join', \(words.hashes["invitation"]!), \(now), \(now + .days(7)))
            """)
        return id
    }

    /// The member's own, and one dealt on paper.
    private func layReceipts(_ member: String) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into receipt (id, project, seat, hash, made)
            values (\(Self.id()), \(project), \(member), \(words.hashes["seat"]!), \(now))
            """)
        try db.run(
            """
            insert into receipt (id, project, gathering, number, hash, made)
            values (\(id), \(project), \(gathering), 1, \(words.hashes["paper"]!), \(now))
            """)
        return id
    }

    private func contribute(from seat: String, signed: Int64, shared: Moment?) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into contribution (id, project, gathering, seat, words, language, direction, signed, on_wall,
                shared, said, changed, version)
            values (\(id), \(project), \(gathering), \(seat), '·616·', 'en', 'ltr', \(signed), 1, \(shared), \(now),
                \(db.nextChange()), 1)
            """)
        return id
    }

    private func setAside(_ contribution: String, by seat: String) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into set_aside (id, contribution, seat, kind, reason, began, lapses, reply)
            values (\(id), \(contribution), \(seat), 'harm', '·617·', \(now), \(now + .days(3)), '')
            """)
        return id
    }

    /// An ask that the member's words led to, which was put to them, answered and reported; and one that is only drawn.
    private func layAsk(from said: String, _ member: String, _ fellow: String) throws -> (String, String, String) {
        let (ask, putting, answer, promise) = (Self.id(), Self.id(), Self.id(), Self.id())
        for id in [ask, Self.id()] {
            try db.run(
                """
                insert into ask (id, project, seat, words, language, direction, drawn, changed, version)
                values (\(id), \(project), \(fellow), '·618·', 'en', 'ltr', \(now), \(db.nextChange()), 1)
                """)
            try db.run(
                """
                insert into ask_source (ask, contribution, seat, added, objection)
                values (\(id), \(said), \(fellow), \(now), '')
                """)
        }
        try db.run(
            """
            insert into putting (id, ask, to_seat, by_seat, put, outcome, settled)
            values (\(putting), \(ask), \(member), \(fellow), \(now), 'accepted', \(now))
            """)
        try db.run("insert into also (id, ask, seat, said) values (\(Self.id()), \(ask), \(fellow), \(now))")
        try db.run(
            """
            insert into answer (id, ask, seat, kind, words, language, direction, day, said)
            values (\(answer), \(ask), \(member), 'promise', '·619·', 'en', 'ltr', '2026-05-01', \(now))
            """)
        try db.run(
            """
            insert into promise (id, ask, answer, owner, due, reported_by, reported, made, version)
            values (\(promise), \(ask), \(answer), \(member), '2026-05-01', \(member), \(now), \(now), 1)
            """)
        try db.run(
            """
            insert into step (id, promise, seat, way, words, language, direction, obstacle, taken)
            values (\(Self.id()), \(promise), \(member), 'back', '·620·', 'en', 'ltr', '·621·', \(now))
            """)
        try db.run(
            """
            insert into witness (id, promise, seat, reached, words, said)
            values (\(Self.id()), \(promise), \(fellow), 1, '·622·', \(now))
            """)
        try db.run(
            """
            insert into change (id, project, promise, seat, words, language, direction, asked_by, day, logged)
            values (\(Self.id()), \(project), \(promise), \(member), '·623·', 'en', 'ltr', '·624·', '2026-03-05',
                \(now))
            """)
        return (ask, putting, promise)
    }

    /// A small change that somebody's words led to.
    private func layDifference(from contribution: String, by seat: String) throws -> String {
        let id = Self.id()
        try db.run(
            """
            insert into change (id, project, contribution, seat, words, language, direction, asked_by, day, logged)
            values (\(id), \(project), \(contribution), \(seat), '·625·', 'en', 'ltr', '', '2026-03-05', \(now))
            """)
        return id
    }

    /// What the member asks others not to say, what helps them, whether it did, and how each comes to the table.
    private func layOwn(_ member: String, _ fellow: String) throws -> (String, String) {
        let (word, need) = (Self.id(), Self.id())
        try db.run(
            """
            insert into unwelcome (id, person, seat, words, language, direction, added)
            values (\(word), \(persons[.member]!), \(member), '·626·', 'en', 'ltr', \(now))
            """)
        try db.run(
            """
            insert into need (id, person, words, language, direction, added)
            values (\(need), \(persons[.member]!), '·627·', 'en', 'ltr', \(now))
            """)
        try db.run(
            """
            insert into need_met (need, gathering, seat, met, said)
            values (\(need), \(gathering), \(member), 0, \(now))
            """)
        for seat in [member, fellow] { try db.run("insert into side (seat, side) values (\(seat), 'uses')") }
        return (word, need)
    }

    /// One notice of each sort that there is, for the member.
    private func layNews(_ seat: String, _ things: [String: String]) throws {
        for (kind, about) in [
            ("offerChanged", "card"), ("changeProposed", "change"), ("ownerAsked", "card"),
            ("gatheringChanged", "gathering"), ("setAside", "contribution"), ("askDrawn", "ask"), ("askPut", "ask"),
            ("askAnswered", "ask"), ("promiseMoved", "promise"), ("promiseReported", "promise"),
            ("promiseLeft", "promise"), ("askEmptied", "ask"), ("offerLaid", "project"), ("changeLogged", "difference"),
            ("changeStillSo", "difference"), ("changeSlipped", "difference"), ("endLookBackAsked", "project"),
            ("steered", "concern"), ("steeredAnswered", "concern"), ("lookBackAsked", "gathering"),
            ("slippedBack", "promise"), ("publishingAsked", "change"), ("published", "project"),
            ("publishingStopped", "project"),
            ("needUnmet", "gathering"),
        ] {
            try db.run(
                """
                insert into notice (id, seat, kind, about, details, told)
                values (\(Self.id()), \(seat), \(kind), \(things[about]!), \(seat), \(now))
                """)
        }
    }
}
