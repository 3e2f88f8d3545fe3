import HTTPTypes
import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Cards on the table")
struct OfferTests {
    @Test("each change keeps the old wording, says who and when, and tells every seat", arguments: Engine.available)
    func oldWording(engine: Engine) async throws {
        let table = try await Table(engine)
        let ben = try await table.join("Ben")
        let card = try await table.card("We can pay fares.")
        table.world.wait(.days(1))
        let changed = try await ben.fill(
            "\(card)/wording", ["kind": "can", "words": "We can pay fares and a meal.", "day": ""])
        #expect(changed.code == 303)
        let page = try await table.founder.get(card)
        #expect(page.body.contains("We can pay fares and a meal."))
        #expect(page.body.contains("We can pay fares."), "the old words stay readable")
        #expect(page.body.contains("Ben wrote this on Saturday 7 March 2026"))
        #expect(page.body.contains("Asha wrote this on Friday 6 March 2026"))

        try await Post(house: table.world.house).deliverAll()
        for browser in [table.founder, ben] {
            let news = try await browser.get("\(table.address)/news")
            #expect(news.body.contains("A card of our offer is new or has changed."))
            #expect(news.body.contains(card))
        }
    }

    @Test(
        "a card without words or without its day is refused, and what was typed is still there",
        arguments: Engine.available)
    func refused(engine: Engine) async throws {
        let table = try await Table(engine)
        let answer = try await table.founder.fill(
            "\(table.address)/offer/new", sendingTo: "\(table.address)/cards",
            ["kind": "unknown", "words": "If the crew can stay", "day": ""])
        #expect(answer.code == 422)
        #expect(answer.body.contains("If the crew can stay"))
        #expect(answer.body.contains("Say by which day we will know."))
        #expect(try await !table.founder.get("\(table.address)/offer").body.contains("If the crew"))
    }

    @Test(
        "two people who change one card at once: the second sees the first's words and keeps their own",
        arguments: Engine.available)
    func lostUpdate(engine: Engine) async throws {
        let table = try await Table(engine)
        let ben = try await table.join("Ben")
        let card = try await table.card("We can pay fares.")
        let pages = (try await table.founder.get("\(card)/wording"), try await ben.get("\(card)/wording"))
        let first = try await table.founder.send(
            pages.0, to: "\(card)/wording", ["kind": "can", "words": "Fares and tea."])
        let second = try await ben.send(pages.1, to: "\(card)/wording", ["kind": "can", "words": "Fares and cake."])
        #expect(first.code == 303)
        #expect(second.code == 422)
        #expect(second.body.contains("Fares and tea."))
        #expect(second.body.contains("Fares and cake."))
        #expect(
            try await ben.send(second, to: "\(card)/wording", ["kind": "can", "words": "Fares and cake."]).code == 303)
        #expect(try await ben.get(card).body.contains("Fares and tea."), "what was overwritten is in the history")
    }

    @Test("a tap answers a line; tapping the same again tells nobody anything", arguments: Engine.available)
    func taps(engine: Engine) async throws {
        let table = try await Table(engine)
        let food = "\(table.address)/topics/food"
        #expect(
            try await table.founder.fill("\(table.address)/offer", sendingTo: food, ["kind": "sorted", "version": "0"])
                .code == 303)
        #expect(try await table.founder.fill(food, ["kind": "sorted"]).code == 303)
        let letters = try await table.world.house.database.read { try $0.count("select count(*) from letter") }
        #expect(letters == 1)
        try await table.founder.fill(food, ["kind": "sorted", "words": "Tom’s soup"])
        try await table.founder.fill(food, ["kind": "unknown"])
        let offer = try await table.founder.get("\(table.address)/offer")
        #expect(offer.body.contains("Tom’s soup"), "a tap keeps the words")
        let stale = try await table.founder.fill(food, ["kind": "not_needed", "version": "1"])
        #expect(stale.code == 422)
        let unknown = try await table.founder.fill(
            food, sendingTo: "\(table.address)/topics/colour", ["kind": "sorted"])
        #expect(unknown.code == 404)
    }

    @Test("nobody's name stands on a card until they say yes, and they may take it off", arguments: Engine.available)
    func owner(engine: Engine) async throws {
        let table = try await Table(engine)
        let ben = try await table.join("Benedict")
        let card = try await table.card("We can pay fares.")
        let page = try await table.founder.get(card)
        let seat = try #require(page.body.firstMatch(of: /value="([0-9a-f-]{36})"><span>Benedict/)).output.1
        #expect(try await table.founder.send(page, to: "\(card)/owner", ["seat": String(seat)]).code == 303)
        #expect(try await !table.founder.get("\(table.address)/offer").body.contains("Benedict"))

        let notHers = try await table.founder.send(page, to: "\(card)/acceptance", ["answer": "yes"])
        #expect(notHers.code == 422, "nobody answers for another")
        #expect(try await ben.fill(card, sendingTo: "\(card)/acceptance", ["answer": "yes"]).code == 303)
        #expect(try await table.founder.get("\(table.address)/offer").body.contains("Benedict"))

        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        #expect(
            try await !table.founder.get("\(table.address)/offer").body.contains("Benedict"),
            "the name was under other words")
        try await ben.fill(card, sendingTo: "\(card)/acceptance", ["answer": "yes"])
        try await ben.fill(card, sendingTo: "\(card)/acceptance", ["answer": "no"])
        #expect(try await !table.founder.get("\(table.address)/offer").body.contains("Benedict"))
    }

    @Test("a card is taken off with a tap while the offer is written, and later by two", arguments: Engine.available)
    func takenOff(engine: Engine) async throws {
        let table = try await Table(engine)
        let (fares, tea) = (try await table.card("We can pay fares."), try await table.card("We can make tea."))
        let wording = "\(fares)/wording"
        #expect(try await table.founder.fill(fares, sendingTo: wording, ["off": "yes"]).code == 303)
        #expect(try await !table.founder.get("\(table.address)/offer").body.contains("We can pay fares."))
        let kept = try await table.founder.get(fares).body
        #expect(kept.contains("Taken off") && kept.contains("We can pay fares."), "its words stay to be read")
        #expect(try await table.founder.fill(wording, ["kind": "can", "words": "We can pay fares."]).code == 303)
        #expect(try await table.founder.get("\(table.address)/offer").body.contains("We can pay fares."))
        let asKind = try await table.founder.fill(wording, ["kind": "taken_off", "words": "We can pay fares."])
        #expect(asKind.code == 422, "it is no kind of card to choose")

        try await table.lay()
        let ben = try await table.join("Ben", by: table.invitation("join"))
        #expect(try await table.founder.fill(tea, sendingTo: "\(tea)/wording", ["off": "yes"]).code == 303)
        #expect(try await ben.get("\(table.address)/offer").body.contains("We can make tea."), "one alone can't")
        let proposal = try await proposal(in: table)
        try await table.founder.fill(proposal, sendingTo: proposal + "/keys", Table.doesNot)
        #expect(
            try await ben.get("\(table.address)/offer").body.contains("We can make tea."), "hers alone is not enough")
        #expect(try await ben.fill(proposal, sendingTo: proposal + "/keys", Table.works).code == 303)
        #expect(try await !ben.get("\(table.address)/offer/sheet").body.contains("We can make tea."))
        try await Post(house: table.world.house).deliverAll()
        #expect(try await table.founder.get("\(table.address)/news").body.contains("The offer is on the table."))
    }

    @Test("the offer is laid when every line is answered, and not before", arguments: Engine.available)
    func laying(engine: Engine) async throws {
        let table = try await Table(engine)
        let early = try await table.founder.fill("\(table.address)/offer", sendingTo: "\(table.address)/offer/laid")
        #expect(early.code == 422)
        #expect(early.body.contains("9 things"))
        try await table.lay()
        let again = try await table.founder.fill("\(table.address)/offer", sendingTo: "\(table.address)/offer/laid")
        #expect(again.code == 422)
    }

    @Test("one tap answers each line, the money too; how much is asked once it is sorted", arguments: Engine.available)
    func oneTap(engine: Engine) async throws {
        let table = try await Table(engine)
        func tap(_ kind: String, _ topic: Topic, version: String = "0") async throws -> String? {
            try await table.founder.fill(
                "\(table.address)/offer", sendingTo: "\(table.address)/topics/\(topic.rawValue)",
                ["kind": kind, "version": version]
            ).location
        }
        for topic in Topic.allCases {
            #expect(try await tap("unknown", topic) == "\(table.address)/offer#think-\(topic.rawValue)")
        }
        #expect(try await tap("sorted", .money, version: "1") == "\(table.address)/topics/money")
        func lay() async throws -> Int {
            try await table.founder.fill("\(table.address)/offer", sendingTo: "\(table.address)/offer/laid").code
        }
        #expect(try await lay() == 422, "sorted says how much")
        #expect(try await tap("unknown", .money, version: "2") != nil)
        #expect(try await lay() == 303)
        #expect(
            try await table.founder.get("\(table.address)/offer").body.contains(
                "We don’t know everything about this yet."))
    }

    @Test(
        "a change that two keys made is its proposer's, and the page says whose side was missing",
        arguments: Engine.available)
    func proposersWords(engine: Engine) async throws {
        let (table, card, ben, mair) = try await laid(engine)
        let absent = "Nobody who works in this service turned a key."
        try await ben.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        let both = try await proposal(in: table)
        try await table.founder.fill(both, sendingTo: both + "/keys", Table.doesNot)
        try await mair.fill(both, sendingTo: both + "/keys", Table.works)
        let agreed = try await table.founder.get(card).body
        #expect(agreed.contains("We can pay for taxis.") && agreed.contains("Ben wrote this"))
        #expect(try await !table.founder.get(both).body.contains(absent) && !agreed.contains(absent))

        try await mair.fill("\(card)/wording", ["kind": "can", "words": "We can pay for buses."])
        let half = try await proposal(in: table)
        try await table.founder.fill(half, sendingTo: half + "/keys", Table.doesNot)
        table.world.wait(.days(7))
        try await ben.fill(half, sendingTo: half + "/keys", Table.doesNot)
        let made = try await table.founder.get(card).body
        #expect(made.contains("We can pay for buses.") && made.contains("Mair wrote this"))
        #expect(made.ranges(of: absent).count == 1, "of these words alone")
        #expect(try await table.founder.get(half).body.contains(absent))
        table.world.wait(.hours(1))
        try await #require(mair.fill("/leaving", ["wish": "unsigned"]).code == 303)
        #expect(try await !table.founder.get(both).body.contains(absent), "she was there when it was settled")
    }

    @Test("once laid, a change waits for two keys", arguments: Engine.available)
    func secondYes(engine: Engine) async throws {
        let (table, card, ben, mair) = try await laid(engine)
        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        #expect(try await !table.founder.get("\(table.address)/offer").body.contains("taxis"))
        let proposal = try await proposal(in: table)
        let side = try await ben.get(proposal)
        #expect(side.body.contains("We can pay fares."))
        #expect(side.body.contains("We can pay for taxis."))

        let silent = try await table.founder.fill(proposal, sendingTo: "\(proposal)/keys")
        #expect(silent.code == 422 && silent.body.contains("Choose what you say of yourself"))
        try await table.founder.fill(proposal, sendingTo: proposal + "/keys", Table.doesNot)
        #expect(
            try await table.founder.fill(proposal, sendingTo: "\(proposal)/keys", Table.doesNot).code == 422,
            "the same person twice")
        #expect(
            try await mair.fill(proposal, sendingTo: "\(proposal)/keys", Table.doesNot).code == 303,
            "the same side twice")
        #expect(try await !ben.get("\(table.address)/offer").body.contains("taxis"))
        #expect(try await ben.fill(proposal, sendingTo: "\(proposal)/keys", Table.works).code == 303)
        #expect(try await ben.get("\(table.address)/offer").body.contains("We can pay for taxis."))
        #expect(try await ben.get(card).body.contains("We can pay fares."))
        #expect(try await ben.fill(proposal, sendingTo: "\(proposal)/keys", Table.works).code == 422, "it is settled")
    }

    @Test("a new card for a laid offer waits too, and can be taken back without a word", arguments: Engine.available)
    func newCard(engine: Engine) async throws {
        let table = try await Table(engine)
        try await table.lay()
        let ben = try await table.join("Ben", by: table.invitation("join"))
        for words in ["We can lend a phone.", "We can feed a crowd."] {
            let answer = try await table.founder.fill(
                "\(table.address)/offer/new", sendingTo: "\(table.address)/cards", ["kind": "can", "words": words])
            #expect(answer.code == 303)
            table.world.wait(.minutes(1))
        }
        let sheet = "\(table.address)/offer/sheet"
        #expect(try await !ben.get(sheet).body.contains("lend a phone"))
        let first = try await proposal(in: table)
        #expect(try await ben.fill(first, sendingTo: "\(first)/withdrawn").code == 422, "it is not his to take back")
        try await table.founder.fill(first, sendingTo: first + "/keys", Table.doesNot)
        #expect(try await ben.fill(first, sendingTo: "\(first)/keys", Table.works).code == 303)
        let second = try await proposal(in: table)
        try #require(first != second)
        #expect(try await table.founder.fill(second, sendingTo: "\(second)/withdrawn").code == 303)
        #expect(try await ben.fill(second, sendingTo: "\(second)/keys", Table.works).code == 422)
        let laid = try await ben.get(sheet)
        #expect(laid.body.contains("lend a phone"))
        #expect(laid.body.contains("Cymraeg") && laid.value("next") == sheet, "it can be read in another language")
        #expect(!laid.body.contains("feed a crowd"))
    }

    @Test(
        "of two changes to one card only the first agreed is made; the other is void, kindly",
        arguments: Engine.available)
    func overtaken(engine: Engine) async throws {
        let (table, card, ben, _) = try await laid(engine)
        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        let first = try await proposal(in: table)
        try await ben.fill("\(card)/wording", ["kind": "can", "words": "We can pay for buses."])
        try await table.founder.fill(first, sendingTo: first + "/keys", Table.doesNot)
        try await ben.fill(first, sendingTo: "\(first)/keys", Table.works)
        let offer = try await ben.get("\(table.address)/offer")
        #expect(offer.body.contains("taxis"))
        #expect(!offer.body.contains("/proposals/"), "nothing waits any more")
        let outcomes = try await table.world.house.database.read {
            try $0.all("select outcome from act order by opened, outcome") { $0[0] as String }
        }
        #expect(outcomes.sorted() == ["applied", "overtaken"])
    }

    @Test("two people who say yes at the same moment change the card once", arguments: Engine.available)
    func race(engine: Engine) async throws {
        let (table, card, ben, mair) = try await laid(engine, connections: 4)
        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        let proposal = try await proposal(in: table)
        try await table.founder.fill(proposal, sendingTo: proposal + "/keys", Table.doesNot)
        let pages = (try await ben.get(proposal), try await mair.get(proposal))
        async let one = ben.send(pages.0, to: "\(proposal)/keys", Table.works)
        async let other = mair.send(pages.1, to: "\(proposal)/keys", Table.works)
        let codes = try await [one.code, other.code].sorted()
        #expect(codes == [303, 422])
        let wordings = try await table.world.house.database.read { db in
            try db.count(
                "select count(*) from card_wording join card on card.id = card_wording.card where topic is null")
        }
        #expect(wordings == 2)
    }

    @Test("what was offered at a moment can be read beside what is offered now", arguments: Engine.available)
    func thenAndNow(engine: Engine) async throws {
        let table = try await Table(engine)
        let card = try await table.card("We can pay fares.")
        let then = World.beginning + .hours(1)
        table.world.wait(.days(1))
        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        _ = try await table.card("We can lend a phone.")
        let id = try #require(ID<Project>(table.address.suffix(36)))
        let offers = try await table.world.house.database.read { db in
            let project = Project(
                id: id, name: "", began: World.beginning, laid: World.beginning + .days(2), version: 1)
            return [World.beginning + .hours(-1), then, then + .days(2)].compactMap {
                try? db.offer(of: project, at: $0)
            }
        }
        #expect(
            offers.map { $0.cards.map(\.wording.words) } == [
                [], ["We can pay fares."], ["We can pay for taxis.", "We can lend a phone."],
            ])
        #expect(offers.map(\.laid) == [nil, nil, World.beginning + .days(2)])
    }

    @Test("a guest of one gathering reads no offer here and changes none", arguments: Engine.available)
    func guests(engine: Engine) async throws {
        let table = try await Table(engine)
        let card = try await table.card("We can pay fares.")
        let guest = try await table.world.person("Olu")
        let project = try #require(ID<Project>(table.address.suffix(36)))
        try await table.world.house.database.write { db in
            let person = try db.one("select id from person where name = 'Olu'") { $0[0] as ID<Person> }!
            _ = try db.takeSeat(in: project, person: person, name: "Olu", asMember: false, at: World.beginning)
        }
        let page = try await guest.get("/projects/new")
        for path in ["offer", "offer/sheet", "concerns", "invitations", "news", "seat"] {
            #expect(try await guest.get("\(table.address)/\(path)").code == 404, "\(path)")
        }
        #expect(try await guest.send(page, to: "\(card)/wording", ["kind": "can", "words": "Mine"]).code == 404)
        #expect(try await guest.send(page, to: "\(table.address)/seat/name", ["name": "Mine"]).code == 404)
        #expect(try await !guest.get("/me").body.contains("Getting home"))
    }

    @Test(
        "whoever comes by code reads what money there is, and the whole offer, before the first word and after",
        arguments: Engine.available)
    func byCode(engine: Engine) async throws {
        let table = try await Table(engine)
        _ = try await table.card("We can pay fares.")
        try await table.lay()
        let gathered = try await Gathered(table)
        let (door, stranger) = ("/codes/\(try #require(gathered.code))", table.world.browser())
        let sheet = try await table.founder.get("\(table.address)/offer").body
        #expect(sheet.contains("£25 and your fares") && !sheet.contains("Ask how, before you come"))
        let money =
            "You are offered: £25 and your fares. When it is paid: In your hand on the day. You can say no to it."
        let page = try await stranger.get(door).body
        #expect(page.contains(money) && page.contains("href=\"\(door)/offer\""))
        let offer = try await stranger.get("\(door)/offer")
        #expect(
            offer.code == 200 && offer.body.contains("We can pay fares.") && offer.body.contains("href=\"\(door)\""))
        #expect(!offer.body.contains(table.address), "it leads no further")

        let inside = "\(gathered.address)/offer"
        #expect(try await stranger.get(inside).code == 303)
        let guest = try await gathered.guest("Olu")
        for path in ["", "/room"] {
            #expect(try await guest.get(gathered.address + path).body.contains("href=\"\(inside)\""), "\(path)")
            #expect(try await !table.founder.get(gathered.address + path).body.contains(inside), "a member has the way")
        }
        #expect(try await guest.get(inside).body.contains("We can pay fares."))
        #expect(try await guest.get("\(table.address)/offer/sheet").code == 404, "and to no other room")

        try await #require(table.founder.fill(gathered.address, sendingTo: "\(gathered.address)/closing").code == 303)
        #expect(try await !stranger.get("\(door)/offer").body.contains("We can pay fares."), "the code is dead")
        #expect(try await guest.get(inside).body.contains("We can pay fares."))
    }

    @Test("of money, the door says what the offer says and nothing that it doesn’t")
    func money() async throws {
        let t = Words(try await World(.sqlite).house.catalogue, language: "en")
        func says(_ kind: Wording.Kind, _ amount: String = "", _ payBy: String = "") -> String? {
            moneyLine(Wording(kind: kind, words: "", amount: amount, payBy: payBy, day: nil), t)
        }
        #expect(moneyLine(nil, t) == nil)
        #expect(says(.notNeeded) == "Nobody is paid for this.")
        #expect(says(.unknown) == "We don’t know everything about this yet.")
        #expect(
            says(.sorted, "£10")
                == "You are offered: £10. When it is paid: We don’t know yet. You can say no to it.")
    }

    @Test("somebody who left unsigned is named nowhere on what they wrote", arguments: Engine.available)
    func unsigned(engine: Engine) async throws {
        let table = try await Table(engine)
        let ben = try await table.join("Benedict")
        let card = try await table.card("We can pay fares.", by: ben)
        #expect(try await table.founder.get(card).body.contains("Benedict wrote this"))
        try await table.world.house.database.write { db in
            try db.run("update seat set person = null, name = '', gone = \(World.beginning) where name = 'Benedict'")
        }
        let page = try await table.founder.get(card)
        #expect(page.body.contains("Somebody wrote this"))
        #expect(!page.body.contains("Benedict"))
    }

    @Test("a stranger and another project's member find no card, no change and no sheet", arguments: Engine.available)
    func strangers(engine: Engine) async throws {
        let table = try await Table(engine)
        let card = try await table.card("We can pay fares.")
        try await table.lay()
        try await table.founder.fill("\(card)/wording", ["kind": "can", "words": "We can pay for taxis."])
        let proposal = try await proposal(in: table)
        let other = try await Table(table.world, by: table.world.person("Olu"), name: "Another")
        let page = try await other.founder.get("\(other.address)/offer/new")
        for path in [card, "\(card)/wording", proposal, "\(table.address)/offer/sheet", "\(table.address)/news"] {
            #expect(try await other.founder.get(path).code == 404, "\(path)")
            #expect(try await table.world.browser().get(path).code == 303, "\(path)")
        }
        let sent: [(String, KeyValuePairs<String, String>)] = [
            ("\(card)/wording", ["kind": "can", "words": "Mine"]), ("\(card)/owner", [:]),
            ("\(card)/acceptance", ["answer": "yes"]), ("\(proposal)/keys", [:]), ("\(proposal)/withdrawn", [:]),
            ("\(table.address)/cards", ["kind": "can", "words": "Mine"]), ("\(table.address)/offer/laid", [:]),
            ("\(table.address)/topics/food", ["kind": "sorted"]), ("\(table.address)/news/read", [:]),
        ]
        for (path, fields) in sent {
            #expect(try await other.founder.send(page, to: path, fields).code == 404, "\(path)")
        }
        let own = card.replacing(table.address, with: other.address)
        #expect(try await other.founder.get(own).code == 404, "not through their own project either")
    }

    @Test("the offer page takes six statements, however many cards there are", arguments: Engine.available)
    func statements(engine: Engine) async throws {
        let table = try await Table(engine)
        func count() async throws -> Int {
            let before = table.world.house.database.statements
            _ = try await table.founder.get("\(table.address)/offer")
            return table.world.house.database.statements - before
        }
        #expect(try await count() == 6)
        for number in 1...Card.mostOfOwn { _ = try await table.card("Card \(number)") }
        try await table.lay()
        #expect(try await count() == 6)
        let full = try await table.founder.fill(
            "\(table.address)/offer/new", sendingTo: "\(table.address)/cards", ["kind": "can", "words": "One too many"])
        #expect(full.code == 422)
        #expect(full.body.contains("One too many"))
    }

    /// A table with a card on an offer that is laid, and two who have taken a seat since.
    private func laid(
        _ engine: Engine, connections: Int = 2
    ) async throws -> (Table, card: String, ben: Browser, mair: Browser) {
        let table = try await Table(engine, connections: connections)
        let card = try await table.card("We can pay fares.")
        try await table.lay()
        let words = try await table.invitation("join")
        return (table, card, try await table.join("Ben", by: words), try await table.join("Mair", by: words))
    }

    private func proposal(in table: Table) async throws -> String {
        let page = try await table.founder.get("\(table.address)/offer")
        return String(try #require(page.body.firstMatch(of: /href="([^"]*\/proposals\/[^"]*)"/)).output.1)
    }
}
