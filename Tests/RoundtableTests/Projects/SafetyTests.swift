import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Whom people can tell if they are worried")
struct SafetyTests {
    private static let denise = "Denise, 01632 960 001, nine to five."

    /// Asha, who started a project, and Ben, who has a seat in it.
    private func table(_ engine: Engine) async throws -> (World, asha: Browser, ben: Browser, project: String) {
        let table = try await Table(engine)
        return (table.world, table.founder, try await table.join("Ben"), table.address)
    }

    @Test(
        "it stands beside the first page, wherever people write and in the offer, and everybody is told",
        arguments: Engine.available)
    func shown(engine: Engine) async throws {
        let (world, asha, ben, project) = try await table(engine)
        let places = [project, "\(project)/contributions/new", "\(project)/offer", "\(project)/offer/sheet"]
        for place in places {
            let page = try await ben.get(place).body
            #expect(page.contains("Nobody has said yet whom people can tell.") && !page.contains("Denise"), "\(place)")
        }
        #expect(try await asha.fill("\(project)/safety", ["words": Self.denise]).code == 303)
        for place in places {
            let page = try await ben.get(place).body
            #expect(page.contains(Self.denise) && !page.contains("Nobody has said yet"), "\(place)")
        }
        #expect(try await ben.get("\(project)/safety").body.contains("Asha wrote this on"))
        #expect(try await ben.get("\(project)/gatherings/new").body.contains(Self.denise), "so that it is typed once")
        try await Post(house: world.house).deliverAll()
        #expect(try await ben.get("\(project)/news").body.contains("Whom you can tell if you are worried"))
    }

    @Test("whoever is invited reads it before they say yes", arguments: Engine.available)
    func invited(engine: Engine) async throws {
        let table = try await Table(engine)
        try await table.founder.fill("\(table.address)/safety", ["words": Self.denise])
        #expect(try await table.world.browser().get(table.invitation("help")).body.contains(Self.denise))
    }

    @Test("anybody may change it; nobody overwrites what they have not read", arguments: Engine.available)
    func changed(engine: Engine) async throws {
        let (_, asha, ben, project) = try await table(engine)
        let stale = try await ben.get("\(project)/safety")
        try await asha.fill("\(project)/safety", ["words": Self.denise])
        let late = try await ben.send(stale, to: "\(project)/safety", ["words": "Ring Tom."])
        #expect(late.code == 422 && late.body.contains("Ring Tom.") && late.body.contains(Self.denise))
        #expect(try await ben.fill("\(project)/safety", ["words": "Ring Tom."]).code == 303)
        #expect(try await asha.get("\(project)/offer").body.contains("Ring Tom."))
    }

    @Test("nothing, and more than can be taken in, are told kindly, and what was typed is kept")
    func refused() async throws {
        let (_, asha, _, project) = try await table(.sqlite)
        #expect(try await asha.fill("\(project)/safety", ["words": " "]).code == 422)
        let long = String(repeating: "9", count: Safety.longest)
        let answer = try await asha.fill("\(project)/safety", ["words": long + "9"])
        #expect(answer.code == 422 && answer.body.contains(long + "9") && answer.body.contains("300"))
        #expect(try await asha.fill("\(project)/safety", ["words": long]).code == 303)
    }
}
