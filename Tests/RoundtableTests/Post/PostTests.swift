import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("The post")
struct PostTests {
    /// A project with two seats, and one person outside it.
    private func scene(_ world: World) async throws -> (ID<Project>, [ID<Seat>]) {
        let now = world.house.now()
        let people = (0..<3).map { Person(id: .signed(at: now), name: "Person \($0)", keeps: false) }
        let project = Project(id: .signed(at: now), name: "Going home", began: now, laid: nil, version: 1)
        let seats = people.map { _ in ID<Seat>.signed(at: now) }
        try await world.house.database.write { db in
            for person in people { try db.add(person, language: "en", at: now) }
            let founder = Seat(id: seats[0], project: project.id, name: "Asha", member: now, convenes: true)
            _ = try db.begin(project, founder: founder, person: people[0].id)
            let second = Seat(id: seats[1], project: project.id, name: "Ben", member: now, convenes: false)
            try db.add(second, of: people[1].id, at: now)
        }
        return (project.id, seats)
    }

    private func told(_ seat: ID<Seat>, _ world: World) async throws -> Int {
        try await world.house.database.read { try $0.count("select count(*) from notice where seat = \(seat)") }
    }

    @Test(
        "a letter reaches every seat of its project once, however often the post goes round",
        arguments: Engine.available)
    func everySeatOnce(engine: Engine) async throws {
        let world = try await World(engine)
        let (project, seats) = try await scene(world)
        let now = world.house.now()
        try await world.house.database.write {
            try $0.post(.offerChanged(card: .signed(at: now)), in: project, at: now)
        }
        #expect(try await told(seats[0], world) == 0)
        for _ in 0..<3 { try await Post(house: world.house).deliverAll() }
        #expect(try await told(seats[0], world) == 1)
        #expect(try await told(seats[1], world) == 1)
    }

    @Test("a letter to one seat reaches that seat alone", arguments: Engine.available)
    func oneSeat(engine: Engine) async throws {
        let world = try await World(engine)
        let (project, seats) = try await scene(world)
        let now = world.house.now()
        try await world.house.database.write {
            try $0.post(.ownerAsked(card: .signed(at: now), seat: seats[1]), in: project, at: now)
        }
        try await Post(house: world.house).deliverAll()
        #expect(try await told(seats[0], world) == 0)
        #expect(try await told(seats[1], world) == 1)
    }

    @Test("a letter taken back with its transaction was never posted", arguments: Engine.available)
    func takenBack(engine: Engine) async throws {
        let world = try await World(engine)
        let (project, seats) = try await scene(world)
        let now = world.house.now()
        await #expect(throws: Missing.self) {
            try await world.house.database.write { db in
                try db.post(.offerChanged(card: .signed(at: now)), in: project, at: now)
                throw Missing()
            }
        }
        try await Post(house: world.house).deliverAll()
        #expect(try await told(seats[0], world) == 0)
    }

    @Test(
        "a letter that this program can't read waits longer each time and holds up no other",
        arguments: Engine.available)
    func unreadable(engine: Engine) async throws {
        let world = try await World(engine)
        let (project, seats) = try await scene(world)
        let now = world.house.now()
        try await world.house.database.write { db in
            try db.post(.offerChanged(card: .signed(at: now)), in: project, at: now)
            try db.run("update letter set kind = 'fromTheFuture'")
            try db.post(.offerChanged(card: .signed(at: now)), in: project, at: now)
        }
        try await Post(house: world.house).deliverAll()
        #expect(try await told(seats[0], world) == 1)
        let due = try await world.house.database.read {
            try $0.one("select due from letter where delivered is null") { $0[0] as Moment }
        }
        #expect(due == now + .minutes(1))
    }

    @Test("every letter can be read from how it is kept")
    func roundTrip() {
        let now = World.beginning
        let letters: [Letter] = [
            .offerChanged(card: .signed(at: now)), .changeProposed(change: .signed(at: now)),
            .ownerAsked(card: .signed(at: now), seat: .signed(at: now)), .gatheringChanged(gathering: .signed(at: now)),
            .setAside(contribution: .signed(at: now)), .askDrawn(ask: .signed(at: now)),
            .askPut(ask: .signed(at: now), seat: .signed(at: now)), .askAnswered(ask: .signed(at: now)),
            .promiseMoved(promise: .signed(at: now)), .promiseReported(promise: .signed(at: now)),
            .promiseLeft(promise: .signed(at: now)), .askEmptied(ask: .signed(at: now)),
            .offerLaid(project: .signed(at: now)), .changeLogged(change: .signed(at: now)),
        ]
        for letter in letters {
            let (kind, about, other) = letter.kept
            #expect(Letter(kind: kind, about: about, other: other) == letter)
        }
        #expect(Letter(kind: "offerChanged", about: "not an id", other: "") == nil)
    }
}
