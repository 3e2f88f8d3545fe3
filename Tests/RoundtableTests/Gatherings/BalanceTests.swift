import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("A table's counts give nobody away")
struct BalanceRuleTests {
    @Test("there are five in all, and three on every side that is shown")
    func thresholds() {
        #expect(Balance(of: [:]) == nil)
        #expect(Balance(of: [.uses: 4]) == nil)
        #expect(Balance(of: [.uses: 2, .works: 2]) == nil)
        #expect(Balance(of: [.uses: 2, .works: 2, .cares: 2]) == nil, "six, and no side of three")
        #expect(Balance(of: [.uses: 3, .works: 2])?.shown == [.uses: 3])
        #expect(Balance(of: [.uses: 3, .works: 3, .unsaid: 1])?.shown == [.uses: 3, .works: 3])
        #expect(Balance(of: [.uses: 5])?.shown == [.uses: 5])
    }

    @Test("fewer than three changes show nothing new; three do")
    func changes() {
        let last = Balance(shown: [.uses: 4, .works: 4])
        #expect(Balance.refreshed(last, by: [.uses: 5, .works: 4]) == last, "somebody came")
        #expect(Balance.refreshed(last, by: [.uses: 3, .works: 4]) == last, "somebody went")
        #expect(Balance.refreshed(last, by: [.uses: 6, .works: 2]) == last, "two went over")
        #expect(Balance.refreshed(last, by: [.uses: 7, .works: 4])?.shown == [.uses: 7, .works: 4])
        #expect(Balance.refreshed(last, by: [.uses: 7, .works: 1])?.shown == [.uses: 7])
        #expect(Balance.refreshed(last, by: [.uses: 4, .works: 4, .cares: 4]) == last, "at least two of them are new")
        #expect(Balance.refreshed(last, by: [.uses: 4, .works: 4, .cares: 5])?.shown[.cares] == 5)
        #expect(Balance.refreshed(last, by: [.uses: 1]) == last, "what was shown stays as it was")
        #expect(Balance.refreshed(nil, by: [.uses: 1]) == nil)
    }

    /// A table at random: each seat's answer, nothing for a blank or an empty one.
    private typealias Seats = [Side?]

    private func count(_ seats: Seats) -> Sides {
        seats.compactMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private func changed(_ seats: Seats, _ how: Int, by chance: inout SystemRandomNumberGenerator) -> Seats {
        var seats = seats
        for place in seats.indices.shuffled(using: &chance).prefix(how) {
            seats[place] = (Side.allCases.map { $0 } + [nil]).filter { $0 != seats[place] }.randomElement(
                using: &chance)!
        }
        return seats
    }

    @Test("whatever a table does from one gathering to the next, what is shown holds to the rule")
    func property() {
        var chance = SystemRandomNumberGenerator()
        var shownAnew = 0
        for _ in 0..<2_000 {
            var seats: Seats = (0..<Int.random(in: 1...16, using: &chance)).map { _ in
                (Side.allCases.map { $0 } + [nil]).randomElement(using: &chance)!
            }
            var (last, then): (Balance?, Seats) = (Balance.refreshed(nil, by: count(seats)), seats)
            for _ in 0..<6 {
                seats = changed(seats, Int.random(in: 0...seats.count, using: &chance), by: &chance)
                let next = Balance.refreshed(last, by: count(seats))
                if let next {
                    #expect(next.shown.values.allSatisfy { $0 >= 3 })
                    #expect(!next.shown.isEmpty)
                }
                if let shown = last, next != shown {
                    let others = zip(then, seats).count { $0 != $1 }
                    #expect(others >= 3, "\(others) changed from \(then) to \(seats)")
                    #expect(count(seats).values.reduce(0, +) >= 5)
                    shownAnew += 1
                }
                if next != last { then = seats }
                last = next
            }
        }
        #expect(shownAnew > 100, "counts were shown anew, or this test means nothing")
    }

    @Test("one person, or two, who come, go or say otherwise never change what is shown, in however many steps")
    func difference() {
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<1_000 {
            let seats: Seats = (0..<12).map { _ in (Side.allCases.map { $0 } + [nil]).randomElement(using: &chance)! }
            guard let first = Balance.refreshed(nil, by: count(seats)) else { continue }
            var (last, now): (Balance?, Seats) = (first, seats)
            for _ in 0..<8 {
                for place in [0, 1] {
                    now[place] = (Side.allCases.map { $0 } + [nil]).randomElement(using: &chance)!
                }
                last = Balance.refreshed(last, by: count(now))
                #expect(last == first, "\(seats) and \(now)")
            }
        }
    }
}

@Suite("Who comes to this table")
struct BalanceTests {
    private func group(_ engine: Engine) async throws -> Group {
        try await Group(World(engine), "Asha", "Ben", "Cleo", "Dan", "Efe", "Fay", "Gus")
    }

    private func page(_ group: Group, _ name: String = "Asha") async throws -> String {
        try await group[name].get("/projects/\(group.project.text)/table").body
    }

    private func say(_ group: Group, _ side: String, _ names: String...) async throws {
        for name in names {
            let answer = try await group[name].fill("/projects/\(group.project.text)/table", ["side": side])
            #expect(answer.location == "/projects/\(group.project.text)/table#side")
        }
    }

    /// A gathering called by the founder, which begins tomorrow; and tomorrow.
    private func meet(_ group: Group) async throws {
        let tomorrow = Day(group.world.house.now() + .days(1), in: try #require(TimeZone(identifier: "Europe/London")))
        let address = "/projects/\(group.project.text)/gatherings"
        let page = try await group["Asha"].get(address + "/new")
        let fields = Gathered.fields(["day": tomorrow.text, "start": "10:00", "end": "11:00"])
        try await #require(group["Asha"].send(page, to: address, pairs: fields).code == 303)
        group.world.wait(.days(1))
    }

    private let few = "With so few, a count could tell who somebody is."

    @Test(
        "counts are shown once a gathering has begun, five have said and three on a side", arguments: Engine.available)
    func shown(engine: Engine) async throws {
        let group = try await group(engine)
        try await say(group, "uses", "Asha", "Ben", "Cleo")
        try await say(group, "works", "Dan")
        #expect(try await page(group).contains("There has been none yet."))
        try await meet(group)
        #expect(try await page(group).contains(few))
        try await say(group, "works", "Efe")
        #expect(try await page(group).contains(few), "not before the next gathering")
        try await meet(group)
        let body = try await page(group, "Gus")
        #expect(body.contains("3 of us use the service."))
        #expect(!body.contains("work in it."), "two on a side are not shown")
        #expect(try await page(group, "Ben").contains("value=\"uses\" checked"), "and one’s own is as it was said")
        #expect(!body.contains("value=\"uses\" checked"))
    }

    @Test("they stay as they were until three have changed, whoever comes and goes", arguments: Engine.available)
    func refreshed(engine: Engine) async throws {
        let group = try await group(engine)
        try await say(group, "uses", "Asha", "Ben", "Cleo")
        try await say(group, "works", "Dan", "Efe", "Fay")
        try await meet(group)
        #expect(try await page(group).contains("3 of us work in it."))
        try await say(group, "works", "Gus")
        try await meet(group)
        #expect(try await page(group).contains("3 of us work in it."), "whoever came last is in no count")
        let answer = try await group["Fay"].fill("/leaving", ["wish": "withMyName", "project": group.project.text])
        try #require(answer.code == 303)
        try await meet(group)
        #expect(try await page(group).contains("3 of us work in it."))
        let rows = try await group.world.house.database.read { try $0.count("select count(*) from side") }
        #expect(rows == 6, "whoever left took their answer along")
        try await say(group, "unsaid", "Asha", "Ben", "Cleo")
        #expect(try await page(group).contains("3 of us use the service."), "not before the next gathering")
        try await meet(group)
        #expect(try await page(group).contains("3 of us would rather not say."))
        #expect(try await !page(group).contains("use the service."))
        let kept = try await group.world.house.database.read { try $0.count("select count(*) from balance") }
        #expect(kept == 1, "only the counts that were shown last are kept")
    }

    @Test("an answer can be left blank again, and what was said before is in no table", arguments: Engine.available)
    func blank(engine: Engine) async throws {
        let group = try await group(engine)
        let address = "/projects/\(group.project.text)/table"
        try await say(group, "cares", "Ben")
        try await say(group, "blank", "Ben")
        #expect(try await page(group, "Ben").contains("value=\"blank\" checked"))
        #expect(try await group.world.house.database.read { try $0.count("select count(*) from side") } == 0)
        #expect(try await group["Ben"].fill(address, ["side": "boss"]).code == 400)
        let stranger = try await group.world.person("Stranger")
        #expect(try await stranger.fill("/me", sendingTo: address, ["side": "uses"]).code == 404)
        #expect(try await stranger.get(address).code == 404)
    }
}
