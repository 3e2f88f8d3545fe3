import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Belongings")
struct BelongingsTests {
    /// Every table from which foreign keys lead to `person`, by any chain, `person` included.
    private func leadingToAPerson(_ keys: [ForeignKey]) -> Set<String> {
        var found: Set<String> = ["person"]
        while true {
            let more = found.union(keys.filter { found.contains($0.refersTo) }.map(\.table))
            if more == found { return found }
            found = more
        }
    }

    @Test("every table that can lead to a person is claimed by its room", arguments: Engine.available)
    func everyTableIsClaimed(engine: Engine) async throws {
        let world = try await World(engine)
        let keys = try await world.house.database.read { try $0.foreignKeys() }
        let leading = leadingToAPerson(keys)
        try #require(leading.isSuperset(of: ["device", "seat", "contribution", "witness"]), "chains are followed")
        let claimed = Leaving.belongings.map(\.table)
        #expect(Set(claimed) == leading)
        #expect(claimed.count == Set(claimed).count, "and by one belonging only")
    }

    @Test("each table is named in the parcel, in words", arguments: Leaving.belongings.map(\.table))
    func everyTableHasAName(table: String) async throws {
        let world = try await World(.sqlite)
        let t = Words(world.house.catalogue, language: "en")
        #expect(!t("parcel.table.\(Parcel.name(of: table))").contains("⟦"))
    }
}
