import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

/// Nia, who held a card on paper and took a seat with it, in a project of Asha's.
struct CardHolder {
    let group: Group
    let nia: Browser
    let card: ID<Receipt>
    let said: ID<Contribution>
    let ask: String
    private let slug: String

    /// Her card, before she takes a seat: words that she signed, a photograph, a name for anyone, and an objection.
    init(_ world: World) async throws {
        group = try await Group(world, "Asha")
        let words = SixWords.random()
        card = try await group.deal(words).0
        slug = words.slug
        said = try await group.said("The xylophone in the corridor.", receipt: card)
        ask = try await group.draw("A quieter corridor", from: [said], by: "Asha")
        nia = world.browser()
        let (said, now) = (said, world.house.now())
        try await world.house.database.write { db in
            let names = (large: "\(said) large", small: "\(said) small")
            try db.run(
                """
                insert into picture (contribution, large, small, width, height, added)
                values (\(said), \(names.large), \(names.small), 1, 1, \(now))
                """)
            try db.give(Consent(name: "Nia of the hill", given: now), to: said, as: .anonymous())
            try db.run("update ask_source set objection = 'Not the corridor.', answered = \(now), means = 0")
        }
    }

    func takeSeat() async throws {
        try await nia.fill("/words/\(slug)")
        let answer = try await nia.fill("/receipts", sendingTo: "/receipts/seat", ["name": "Nia"])
        try #require(answer.code == 303, "a seat is taken")
    }

    /// What is left of it: words, name, whether there is a photograph, the name for anyone while it stands, objection.
    func left() async throws -> [String?] {
        let (said, now) = (said, group.world.house.now())
        return try await group.world.house.database.read { db in
            let piece = try db.said(said, at: now)
            return [
                piece?.contribution.words, piece?.name, try db.picture(of: said)?.large, try db.consent(to: said)?.name,
                try db.one("select objection from ask_source") { $0[0] },
            ]
        }
    }
}

@Suite("Leaving with what was said by a card")
struct CardTests {
    @Test(
        "whoever took a seat with a card finds its words as they leave, and they are dealt with as wished",
        arguments: Engine.available, Wish.allCases)
    func wishes(engine: Engine, wish: Wish) async throws {
        let holder = try await CardHolder(World(engine))
        try await holder.takeSeat()
        let (words, photograph) = ("The xylophone in the corridor.", "\(holder.said) large")
        #expect(try await holder.left() == [words, "Nia", photograph, "Nia of the hill", "Not the corridor."])
        #expect(try await holder.nia.get("/leaving/pieces").body.contains(words))
        #expect(try await holder.nia.get("/me/held").body.contains("Nia of the hill"))
        #expect(try await holder.nia.fill("/leaving", ["wish": wish.rawValue]).code == 303)
        let left = try await holder.left()
        switch wish {
        case .withMyName: #expect(left == [words, "Nia", photograph, "Nia of the hill", "Not the corridor."])
        case .unsigned: #expect(left == [words, nil, photograph, "", "Not the corridor."])
        case .takenBack: #expect(left == ["", nil, nil, nil, ""])
        }
    }

    @Test("words by a card may keep their name while the rest is taken back", arguments: Engine.available)
    func pieceByPiece(engine: Engine) async throws {
        let holder = try await CardHolder(World(engine))
        let other = try await holder.group.said("And the drum.", receipt: holder.card)
        try await holder.takeSeat()
        try await holder.nia.fill("/leaving", ["wish": "takenBack", "piece-\(holder.said)": "withMyName"])
        #expect(try await holder.left().prefix(2) == ["The xylophone in the corridor.", "Nia"])
        let now = holder.group.world.house.now()
        let said = try await holder.group.world.house.database.read { try $0.said(other, at: now) }
        #expect(said?.contribution.words == "" && said?.name == nil)
    }

    @Test("what was given without a name does not move as somebody leaves without theirs", arguments: Engine.available)
    func unmoved(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben")
        let signed = try await group.said("The bus is late.", by: "Ben")
        let unsigned = try await group.said("I was afraid.", by: "Ben", signed: false)
        func numbers() async throws -> [Int64] {
            try await group.world.house.database.read { db in
                try [signed, unsigned].map { try #require(try db.contribution($0)).changed }
            }
        }
        let before = try await numbers()
        try await group["Ben"].fill("/leaving", ["wish": "unsigned"])
        let after = try await numbers()
        #expect(after[0] > before[0] && after[1] == before[1])
    }

    @Test("why somebody set words aside is taken back with the rest of theirs, and the answer to it is its giver's")
    func setAside() async throws {
        let group = try await Group(World(.sqlite), "Asha", "Ben")
        let said = try await group.said("He is lazy.", by: "Asha")
        let (seat, now) = (group.seat("Ben"), group.world.house.now())
        try await group.world.house.database.write { db in
            try db.setAside(said, by: seat, kind: .harm, reason: "It names somebody.", at: now)
            try db.run("update set_aside set reply = 'I did not mean to.'")
        }
        let (mine, his) = (try await group["Asha"].get("/me/held").body, try await group["Ben"].get("/me/held").body)
        #expect(his.contains("It names somebody.") && !his.contains("I did not mean to."))
        #expect(mine.contains("I did not mean to.") && !mine.contains("It names somebody."))
        try await group["Ben"].fill("/leaving", ["wish": "takenBack"])
        let left = try await group.world.house.database.read { db in
            try db.one("select reason, reply from set_aside") { [$0[0] as String, $0[1]] }
        }
        #expect(left == ["", "I did not mean to."])
    }
}
