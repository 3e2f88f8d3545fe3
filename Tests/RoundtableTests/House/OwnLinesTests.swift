import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("How many lines one person listens on")
struct OwnLinesTests {
    @Test("somebody with all that they may have is told kindly; others have theirs, and one given back is free")
    func most() async throws {
        let world = try await World(.sqlite)
        let group = try await Group(world, "Asha", "Ben")
        let (live, asha) = ("/projects/\(group.project.text)/live", try await Group.person("Asha", world))
        var held = (0..<OwnLines.most).compactMap { _ in world.house.lines.take(for: asha) }
        #expect(held.count == OwnLines.most)
        let full = try await group["Asha"].get(live)
        #expect(full.code == 429 && full.headers[.retryAfter] == "30" && full.body.contains("Show new"))
        #expect(try await group["Ben"].get(live).code == 200)
        held.removeLast()
        #expect(try await group["Asha"].get(live).code == 200)
        #expect(try await group["Asha"].get(live).code == 200, "an answer that is over has given back its own")
        _ = held
    }
}
