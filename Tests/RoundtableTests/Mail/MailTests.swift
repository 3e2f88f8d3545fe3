import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Roundtable

@Suite("Letters by mail")
struct MailTests {
    /// Whoever carries letters in these tests: keeps them, or says why not.
    fileprivate final class Carrier: Sendable {
        let letters = Mutex<[MailLetter]>([])
        let trouble = Mutex<MailServer.Trouble?>(nil)

        @Sendable func take(_ letter: MailLetter) throws {
            if let trouble = trouble.withLock(\.self) { throw trouble }
            letters.withLock { $0.append(letter) }
        }

        var taken: [MailLetter] { letters.withLock { $0 } }
    }

    /// A house in which Asha has a project called Insulin at Elms Hall.
    fileprivate struct Hall {
        let world: World
        let asha: Browser
        let person: ID<Person>
        let project: ID<Project>
        let carrier = Carrier()
        var round: MailRound { MailRound(house: world.house) { try carrier.take($0) } }

        init(_ world: World) async throws {
            self.world = world
            asha = try await world.person("Asha")
            let page = try await asha.get("/projects/new")
            let address = try await asha.send(page, to: "/projects", ["name": "Insulin at Elms Hall"]).location
            project = try #require(address.flatMap { ID<Project>($0.split(separator: "/")[1]) })
            person = try #require(
                try await world.house.database.read { try $0.one("select id from person") { $0[0] as ID<Person> } })
        }

        func ask() async throws {
            let (words, house, now) = (SixWords.random(), world.house, world.house.now())
            let kept = MailAddress(
                id: .anonymous(), person: person, sealed: MailAddress.seal("asha@example.org", house.secret),
                proven: nil, failed: nil)
            let sealed = try #require(Keepsake.seal([words], house.secret))
            let proof = house.secret.hash(words.slug, for: MailAddress.opening.kind)
            try await house.database.write { try $0.ask(kept, words: sealed, proof: proof, at: now) }
        }

        /// Asks, and presses the button in the letter.
        func prove() async throws {
            try await ask()
            await round.goRound()
            let letter = try #require(carrier.taken.last)
            try await asha.fill("/words/\(letter.words)")
            carrier.letters.withLock { $0 = [] }
        }

        func tell(_ count: Int) async throws {
            let (project, now) = (project, world.house.now())
            try await world.house.database.write { db in
                for _ in 0..<count { try db.post(.offerChanged(card: .signed(at: now)), in: project, at: now) }
            }
            try await Post(house: world.house).deliverAll()
        }

        func address() async throws -> MailAddress? {
            let person = person
            return try await world.house.database.read { try $0.mailAddress(of: person) }
        }
    }

    @Test("nothing comes but one letter that asks, until its button is pressed", arguments: Engine.available)
    func proof(engine: Engine) async throws {
        let hall = try await Hall(World(engine))
        try await hall.ask()
        try await hall.tell(2)
        for _ in 0..<3 { await hall.round.goRound() }
        #expect(hall.carrier.taken.count == 1)
        let letter = try #require(hall.carrier.taken.first)
        #expect(letter.to == "asha@example.org" && letter.subject == "Is this your address?")
        let somebody = hall.world.browser()
        let page = try await somebody.get("/words/\(letter.words)")
        #expect(page.code == 200)
        #expect(try await hall.address()?.proven == nil, "looking proves nothing")
        #expect(try await somebody.send(page, to: "/words/\(letter.words)").code == 200)
        #expect(try await hall.address()?.proven != nil)
        #expect(try await somebody.get("/words/\(letter.words)").body != page.body, "once")
    }

    @Test(
        "one a day at the most, with how many things are new and nothing of what they are", arguments: Engine.available)
    func daily(engine: Engine) async throws {
        let hall = try await Hall(World(engine))
        try await hall.prove()
        await hall.round.goRound()
        #expect(hall.carrier.taken.isEmpty, "nothing is new")
        hall.world.wait(.minutes(1))
        try await hall.tell(2)
        await hall.round.goRound()
        hall.world.wait(.hours(1))
        try await hall.tell(3)
        await hall.round.goRound()
        #expect(hall.carrier.taken.count == 1)
        let first = try #require(hall.carrier.taken.first)
        #expect(first.subject == "Something is new for you" && first.text.contains("2 things are new"))
        for said in [first.subject, first.text] { #expect(!said.contains("Insulin") && !said.contains("offer")) }
        hall.world.wait(.hours(24))
        for _ in 0..<3 { await hall.round.goRound() }
        #expect(hall.carrier.taken.count == 2 && hall.carrier.taken[1].text.contains("3 things are new"))
        hall.world.wait(.hours(48))
        await hall.round.goRound()
        #expect(hall.carrier.taken.count == 2, "nothing was new since")
    }

    @Test("somebody's letters are in their own language")
    func language() async throws {
        let hall = try await Hall(World(.sqlite))
        try await hall.prove()
        let person = hall.person
        try await hall.world.house.database.write { try $0.speak("cy", to: person) }
        hall.world.wait(.minutes(1))
        try await hall.tell(2)
        await hall.round.goRound()
        #expect(hall.carrier.taken.map(\.subject) == ["Mae rhywbeth newydd i chi"])
    }

    @Test(
        "what can't go now goes later, less and less often, as the same letter, and is given up",
        arguments: Engine.available)
    func later(engine: Engine) async throws {
        let hall = try await Hall(World(engine))
        try await hall.prove()
        hall.world.wait(.minutes(1))
        try await hall.tell(1)
        hall.carrier.trouble.withLock { $0 = .later(code: 451) }
        await hall.round.goRound()
        let id = try await hall.letter()
        hall.world.wait(.minutes(4))
        hall.carrier.trouble.withLock { $0 = nil }
        await hall.round.goRound()
        #expect(hall.carrier.taken.isEmpty, "too soon")
        hall.world.wait(.minutes(2))
        await hall.round.goRound()
        #expect(hall.carrier.taken.map(\.id) == [id])

        hall.world.wait(.hours(25))
        try await hall.tell(1)
        hall.carrier.trouble.withLock { $0 = .later(code: 451) }
        for _ in 0..<MailRound.mostTries {
            await hall.round.goRound()
            hall.world.wait(.hours(100))
        }
        #expect(try await hall.address()?.failed != nil)
        hall.carrier.trouble.withLock { $0 = nil }
        await hall.round.goRound()
        #expect(hall.carrier.taken.count == 1, "what was given up stays so")
        try await hall.tell(1)
        await hall.round.goRound()
        #expect(hall.carrier.taken.count == 2)
        #expect(try await hall.address()?.failed == nil, "and what is new is tried anew")
    }

    @Test("an address that a server will never take is given up at once, and its owner is told")
    func never() async throws {
        let hall = try await Hall(World(.sqlite))
        try await hall.ask()
        hall.carrier.trouble.withLock { $0 = .never(code: 550) }
        await hall.round.goRound()
        hall.carrier.trouble.withLock { $0 = nil }
        hall.world.wait(.hours(300))
        await hall.round.goRound()
        #expect(hall.carrier.taken.isEmpty)
        #expect(try await hall.address()?.failed != nil)
    }

    @Test("two programs go round at once, and each letter goes once", arguments: Engine.available)
    func several(engine: Engine) async throws {
        let place = try TestPlace(engine)
        let hall = try await Hall(World(on: place.open()))
        let here = hall.world.house
        let other = House(
            database: try place.open(), settings: here.settings, secret: here.secret, assets: here.assets,
            catalogue: here.catalogue, guesses: here.guesses, live: here.live, log: here.log, now: here.now)
        try await hall.prove()
        hall.world.wait(.minutes(1))
        try await hall.tell(1)
        let (carrier, round) = (hall.carrier, hall.round)
        async let one: Void = round.goRound()
        async let two: Void = MailRound(house: other) { try carrier.take($0) }.goRound()
        _ = await (one, two)
        #expect(carrier.taken.count == 1)
    }

    @Test("one tap in a mail program stops them; so does the button; looking doesn't", arguments: Engine.available)
    func stopping(engine: Engine) async throws {
        let hall = try await Hall(World(engine))
        for isTap in [true, false] {
            try await hall.prove()
            let id = try #require(try await hall.address()).id
            let provider = hall.world.browser()
            let page = try await provider.get("/mail/\(id)/stop")
            #expect(page.code == 200)
            #expect(try await provider.forge("/mail/\(id)/stop", "words=apple").code != 200, "a form from elsewhere")
            #expect(try await hall.address() != nil)
            if isTap {
                let tapped = try await hall.world.browser().post(
                    "/mail/\(id)/stop", [("List-Unsubscribe", "One-Click")])
                #expect(tapped.code == 200)
            } else {
                #expect(try await provider.send(page, to: "/mail/\(id)/stop").code == 200)
            }
            #expect(try await hall.address() == nil)
            #expect(try await provider.get("/mail/\(id)/stop").code == 404)
        }
        #expect(try await hall.asha.forge("/me/mail/stopped", "List-Unsubscribe=One-Click").code != 303)
    }

    @Test("the address is sealed in the database, and gone with its person", arguments: Engine.available)
    func sealed(engine: Engine) async throws {
        let hall = try await Hall(World(engine))
        try await hall.prove()
        let kept = try #require(try await hall.address())
        #expect(!kept.sealed.contains("asha") && MailAddress.open(kept.sealed, Secret()) == nil)
        #expect(MailAddress.open(kept.sealed, hall.world.house.secret) == "asha@example.org")
        #expect(try await hall.asha.get("/me/held").body.contains("asha@example.org"), "its owner reads what is held")
        let (person, now) = (hall.person, hall.world.house.now())
        try await hall.world.house.database.write { db in
            let leaver = try db.leaver(person, project: nil, wish: .unsigned, pieces: [:], at: now)
            try Leaving.depart(leaver, db)
        }
        #expect(try await hall.address() == nil)
    }

    @Test("an address that could begin another line, or go nowhere, is refused")
    func addresses() throws {
        #expect(try MailAddress.read("  asha.o'neil+rt@mail.example.org ") == "asha.o'neil+rt@mail.example.org")
        for text in [
            "", "asha", "asha@", "@example.org", "a@b@example.org", "asha@example", "a b@example.org",
            "asha@example.org\r\nBcc: all@example.org", "<asha@example.org>", "asha@example..org", "äsha@example.org",
            String(repeating: "a", count: 250) + "@example.org",
        ] { #expect(throws: Refusal.noMailAddress) { try MailAddress.read(text) } }
    }

    @Test("a letter is written as mail is: short lines, plain letters in its head, and one tap to stop")
    func written() throws {
        let letter = MailLetter(
            id: "1@table.example.org", to: "asha@example.org",
            subject: "Tŷ: mae rhywbeth newydd i chi, ac i bawb arall hefyd",
            text: "Helô\n\nŵ\n", language: "cy", stop: "https://table.example.org/mail/1/stop", made: World.beginning)
        let text = letter.written(from: "post@table.example.org")
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { $0 < 127 && $0 >= 32 } })
        for line in [
            "Message-ID: <1@table.example.org>", "Date: Fri, 06 Mar 2026 10:00:00 +0000",
            "List-Unsubscribe: <https://table.example.org/mail/1/stop>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Content-Language: cy",
        ] { #expect(lines.contains(line), "\(line)") }
        let pieces = text.matches(of: /=\?utf-8\?B\?([^?]+)\?=/).compactMap { Data(base64Encoded: String($0.output.1)) }
        #expect(String(decoding: Data(pieces.joined()), as: UTF8.self) == letter.subject)
        let empty = try #require(lines.firstIndex(of: ""))
        let body = try #require(Data(base64Encoded: lines[empty...].joined()))
        #expect(String(decoding: body, as: UTF8.self) == "Helô\r\n\r\nŵ\r\n")
    }
}

extension MailTests.Hall {
    /// The Message-ID of the letter that is on its way.
    fileprivate func letter() async throws -> String? {
        let person = person
        let letter = try await world.house.database.read { db in
            try db.one("select letter from mail_address where person = \(person)") { $0[0] as String? } ?? nil
        }
        return letter.map { "\($0)@127.0.0.1" }
    }
}

extension MailLetter {
    /// The six words that it leads to.
    fileprivate var words: String {
        text.firstMatch(of: /\/words\/([a-z-]+)/).map { String($0.output.1) } ?? ""
    }
}
