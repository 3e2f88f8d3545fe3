import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Those who watch are told at once that somebody left")
struct WatchedTests {
    /// What stands in a project since a number, as somebody who watches is sent it: words, and whose they are.
    private static func pieces(
        of group: Group
    ) -> @Sendable (Int64, Words) async throws -> [LivePiece] {
        { since, _ in
            let now = group.world.house.now()
            return try await group.world.house.database.read { db in
                try db.said(in: .project(group.project), since: since, at: now).map {
                    let (words, name) = ($0.contribution.words, $0.name ?? "nobody")
                    return LivePiece(
                        element: $0.element, changed: $0.contribution.changed, html: "<li>\(name): \(words).</li>")
                }
            }
        }
    }

    /// Somebody who watches a project while something is done there.
    private func watching(
        _ engine: Engine, _ group: Group, _ body: @escaping @Sendable (Ear) async throws -> Void
    ) async throws {
        let live = group.world.house.live
        try await Hall.open(
            engine, at: .project(group.project), live: live, fetch: Self.pieces(of: group)
        ) { hall in
            let ear = try await hall.listener()
            #expect(await Ear.until { ear.text.contains("Ben: The bus is late.") && live.listeners == 1 })
            try await body(ear)
            await ear.hangUp()
        }
    }

    @Test("they see the words without the name, or that they are gone", arguments: Engine.available)
    func leaving(engine: Engine) async throws {
        for (wish, seen) in [("unsigned", "nobody: The bus is late."), ("takenBack", "nobody: .")] {
            let group = try await Group(World(engine), "Asha", "Ben")
            _ = try await group.said("The bus is late", by: "Ben")
            try await watching(engine, group) { ear in
                #expect(!ear.text.contains(seen))
                try await group["Ben"].fill("/leaving", ["wish": wish])
                #expect(await Ear.until { ear.text.contains(seen) }, "\(wish)")
            }
        }
    }

    @Test("they see it when a project comes to its end too", arguments: Engine.available)
    func ending(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben")
        _ = try await group.said("The bus is late", by: "Ben")
        try await group["Asha"].fill("/projects/\(group.project)/end", ["day": "2026-06-01", "how": "takenBack"])
        for days in [60, 29] {
            await Housekeeping(house: group.world.house).doAll()
            group.world.wait(.days(days))
        }
        try await watching(engine, group) { ear in
            await Housekeeping(house: group.world.house).doAll()
            #expect(await Ear.until { ear.text.contains("nobody: .") })
        }
    }

    @Test("what their program had written for lists is let go of")
    func kept() async throws {
        let group = try await Group(World(.sqlite), "Asha", "Ben")
        let said = try await group.said("The bus is late", by: "Ben")
        let moved = Moved(said: [said], places: [:])
        let now = group.world.house.now()
        let read = try #require(try await group.world.house.database.read { try $0.said(said, at: now) })
        func times() -> Int {
            var count = 0
            _ = KeptItems.ofThisProgram.items([read]) { _ in
                KeptItems.Look(isMine: false, isMember: true, reading: Self.words.reading)
            } write: {
                count += 1
                return HTML(text: $0.contribution.words)
            }
            return count
        }
        #expect(times() == 1)
        #expect(times() == 0)
        group.world.house.tellLive(moved)
        #expect(times() == 1)
    }

    @Test(
        "they are told through another program of the house", .enabled(if: Engine.available.contains(.postgres)))
    func elsewhere() async throws {
        let storage = try TestPlace(.postgres)
        let (here, there) = (try await World(on: storage.open()), try await World(on: storage.open()))
        let group = try await Group(here, "Asha", "Ben")
        _ = try await group.said("The bus is late", by: "Ben")
        let place = LivePlace.project(group.project)
        try await Hall.open(.postgres, at: place, live: there.house.live, fetch: Self.pieces(of: group)) { hall in
            let hearing = Task { try await LiveElsewhere(house: there.house).run() }
            defer { hearing.cancel() }
            let ear = try await hall.listener()
            #expect(await Ear.until { ear.text.contains("Ben: The bus is late.") && hall.live.listeners == 1 })
            // Until one is heard, the connection that hears is still being made, and looks for what it missed.
            let first = try await here.house.keep { db in
                Contribution(
                    id: .anonymous(), project: group.project, gathering: nil, giver: .nobody, scribe: nil,
                    words: "It rains", language: "en", direction: "ltr", isSigned: false, wall: .no,
                    shared: World.beginning, said: World.beginning, mended: nil, readBack: nil, takenBack: nil,
                    changed: try db.nextChange(), version: 1)
            }
            #expect(await Ear.until { ear.text.contains("nobody: It rains.") })
            try await group["Ben"].fill("/leaving", ["wish": "takenBack"])
            #expect(await Ear.until { ear.text.contains("nobody: .") })
            _ = first
            await ear.hangUp()
        }
    }

    private static let words = Words(
        try! Catalogue(json: ["en": Array("{}".utf8), "cy": Array("{}".utf8)]), language: "en")
}
