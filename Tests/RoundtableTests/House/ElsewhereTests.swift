import Foundation
import Logging
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Several programs, one house")
struct ElsewhereTests {
    @Test("what changed is announced by place and number, and nothing else")
    func written() throws {
        let (project, gathering) = (ID<Project>.anonymous(), ID<Gathering>.anonymous())
        let news = LiveNews(changed: 12, places: [.project(project), .gathering(gathering), .wall(gathering)])
        #expect(news.text == "live 12 project:\(project.text) gathering:\(gathering.text) wall:\(gathering.text)")
        #expect(LiveNews(news.text) == news)
        for strange in ["", "live", "live x project:\(project.text)", "said 12 project:\(project.text)"] {
            #expect(LiveNews(strange) == nil)
        }
        #expect(LiveNews("live 12 story:1 wall:\(gathering.text)")?.places == [.wall(gathering)], "a newer program's")
    }

    @Test(
        "whoever watches through one program hears what was said through another",
        .enabled(if: Engine.available.contains(.postgres)))
    func heardElsewhere() async throws {
        let (board, place) = (Board(), LivePlace.project(.anonymous()))
        let storage = try TestPlace(.postgres)
        let (here, elsewhere) = (try await World(on: storage.open()), try await World(on: storage.open()))
        try await Hall.open(.postgres, at: place, fetch: board.fetch) { hall in
            let house = here.house.watched(through: hall.live)
            let hearing = Task { try await LiveElsewhere(house: house).run() }
            defer { hearing.cancel() }
            let ear = try await hall.listener()
            #expect(await Ear.until { hall.live.listeners == 1 })
            // The connection that hears may still be being made; what it missed is looked for when it is.
            let number = await board.write("a", "one")
            try await elsewhere.house.database.write { try $0.tellElsewhere([place], changed: number) }
            #expect(await Ear.until { ear.events.map(\.id) == [1] })
            let next = await board.write("b", "two")
            try await elsewhere.house.database.write { try $0.tellElsewhere([place], changed: next) }
            #expect(await Ear.until { ear.events.map(\.id) == [1, 2] })
            await ear.hangUp()
        }
    }

    @Test("after a time in which nobody could hear, what was missed is looked for, and told once")
    func missed() async throws {
        let (board, place) = (Board(), LivePlace.project(.anonymous()))
        let world = try await World(.sqlite)
        try await Hall.open(.postgres, at: place, fetch: board.fetch) { hall in
            let elsewhere = LiveElsewhere(house: world.house.watched(through: hall.live))
            let first = await board.write("a", "one")
            let ear = try await hall.listener()
            #expect(await Ear.until { ear.events.map(\.id) == [first] })
            let second = await board.write("b", "two")
            elsewhere.hear(.unheard)
            #expect(await Ear.until { ear.events.map(\.id) == [first, second] })
            elsewhere.hear(.unheard)
            elsewhere.hear(.said("something of a newer program's"))
            let third = await board.write("c", "three")
            elsewhere.hear(.said(LiveNews(changed: third, places: [place]).text))
            #expect(await Ear.until { ear.events.map(\.id).contains(third) })
            #expect(ear.events.map(\.id) == [first, second, third])
            await ear.hangUp()
        }
    }

    @Test("two programs empty one outbox, and each letter is delivered once", arguments: Engine.available)
    func lettersOnce(engine: Engine) async throws {
        let storage = try TestPlace(engine)
        let (one, other) = (try await World(on: storage.open()), try await World(on: storage.open()))
        let asha = try await one.person("Asha")
        let page = try await asha.get("/projects/new")
        let address = try #require(try await asha.send(page, to: "/projects", ["name": "Buses"]).location)
        let project = try #require(ID<Project>(address.split(separator: "/")[1]))
        let now = one.house.now()
        let letters = 60
        try await one.house.database.write { db in
            for _ in 0..<letters { try db.post(.offerChanged(card: .signed(at: now)), in: project, at: now) }
        }
        async let here: Void = Post(house: one.house).deliverAll()
        async let there: Void = Post(house: other.house).deliverAll()
        _ = try await (here, there)
        let told = try await one.house.database.read { db in
            try db.all("select count(*), count(distinct about) from notice where kind = \("offerChanged")") { row in
                [row[0] as Int, row[1] as Int]
            }[0]
        }
        #expect(told == [letters, letters])
        let outbox = try await one.house.database.read { try $0.outbox(at: now) }
        #expect(outbox == Outbox(waiting: 0, givenUp: 0, oldest: nil))
    }

    @Test("somebody who practises may come to any program that has the data folder, and after a stop")
    func practising() async throws {
        let folder = try TestFolder.make()
        let database = try await Engine.sqlite.fresh()
        try await database.migrate(Migrations.all)
        let settings = try Settings(flags: ["data": folder])
        let secret = Secret()
        let house = try House(settings, on: database, secret: secret, log: .init(label: "test"))
        let (one, other) = (PracticeHouses(of: house), PracticeHouses(of: house))
        let (token, copy, visitor) = try #require(try await one.begin(language: "en"))
        let there = try #require(await other.copy(token))
        let rename = "Sam of the other program"
        try await copy.house.database.write { try $0.run("update person set name = \(rename) where id = \(visitor)") }
        #expect(
            try await there.house.database.read { try $0.count("select count(*) from person where name = \(rename)") }
                == 1)
        #expect(await other.copy("somebody else's") == nil)
        await other.end(token)
        #expect(await one.copy(token) == nil, "it was put away through the other")
    }
}

extension House {
    /// The same house, with those who watch it somewhere else.
    fileprivate func watched(through live: Live) -> House {
        House(
            database: database, settings: settings, secret: secret, assets: assets, catalogue: catalogue,
            guesses: guesses, live: live, log: log, now: now)
    }
}
