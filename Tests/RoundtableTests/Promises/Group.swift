import Storage
import Testing

@testable import Roundtable

/// A project with people round its table, and what they said, for a test of what becomes of it.
struct Group: Sendable {
    let world: World
    let project: ID<Project>
    private(set) var seats: [String: ID<Seat>] = [:]
    private(set) var browsers: [String: Browser] = [:]

    /// The first named begins the project; the others are members too.
    init(_ world: World, _ names: String...) async throws {
        self.world = world
        let now = world.house.now()
        project = .signed(at: now)
        for name in names {
            let browser = try await world.person(name)
            let person = try await Self.person(name, world)
            let (project, seat) = (project, ID<Seat>.signed(at: now))
            let isFirst = name == names[0]
            try await world.house.database.write { db in
                let member = Seat(id: seat, project: project, name: name, member: now, convenes: isFirst)
                guard isFirst else { return try db.add(member, of: person, at: now) }
                let begun = Project(id: project, name: "Going home", began: now, laid: nil, version: 1)
                _ = try db.begin(begun, founder: member, person: person)
            }
            seats[name] = seat
            browsers[name] = browser
        }
    }

    static func person(_ name: String, _ world: World) async throws -> ID<Person> {
        try await #require(
            world.house.database.read { db in try db.one("select id from person where name = \(name)") { $0[0] } })
    }

    func seat(_ name: String) -> ID<Seat> { seats[name]! }
    subscript(_ name: String) -> Browser { browsers[name]! }

    /// Something that somebody said and shared, with their name or without.
    func said(
        _ words: String, by name: String? = nil, receipt: ID<Receipt>? = nil, signed: Bool = true, shared: Bool = true
    ) async throws -> ID<Contribution> {
        let (id, now, project) = (ID<Contribution>.signed(at: world.house.now()), world.house.now(), project)
        let seat = name.map { self.seat($0) }
        let moment: Moment? = shared ? now : nil
        try await world.house.database.write { db in
            try db.run(
                """
                insert into contribution (id, project, seat, receipt, words, language, direction, signed, on_wall, shared,
                    said, changed, version)
                values (\(id), \(project), \(seat), \(receipt), \(words), 'en', 'ltr', \(signed), 0, \(moment), \(now),
                    \(db.nextChange()), 1)
                """)
        }
        return id
    }

    /// A receipt dealt on paper.
    func deal(_ words: SixWords = .random()) async throws -> (ID<Receipt>, SixWords) {
        let (id, now, project) = (ID<Receipt>.signed(at: world.house.now()), world.house.now(), project)
        let hash = world.house.receiptHash(of: words)
        try await world.house.database.write { db in
            try db.run(
                """
                insert into receipt (id, project, hash, made) values (\(id), \(project), \(hash), \(now))
                """)
        }
        return (id, words)
    }

    func takeBack(_ contribution: ID<Contribution>) async throws {
        let now = world.house.now()
        try await world.house.database.write { db in
            try db.run("update contribution set words = '', taken_back = \(now) where id = \(contribution)")
            try db.sendBackEmptiedAsks(at: now)
        }
    }

    // MARK: The walk, as people would do it

    /// Somebody draws an ask from words; its address.
    func draw(
        _ words: String, from sources: [ID<Contribution>], by name: String, also fields: [(String, String)] = []
    ) async throws -> String {
        let page = try await self[name].get("/projects/\(project.text)/asks/new")
        let all = [("words", words)] + sources.map { ("source", $0.text) } + fields
        let answer = try await self[name].send(page, to: "/projects/\(project.text)/asks", pairs: all)
        try #require(answer.code == 303, "drawn")
        return try #require(answer.location)
    }

    /// Puts it to somebody, who accepts it.
    func put(_ ask: String, to name: String, by: String) async throws {
        let page = try await self[by].get(ask)
        try await #require(self[by].send(page, to: ask + "/putting", pairs: [("seat", seat(name).text)]).code == 303)
        guard name != by else { return }
        try await #require(self[name].fill(ask, sendingTo: ask + "/acceptance").code == 303)
    }

    @discardableResult
    func answer(
        _ ask: String, _ kind: String, _ words: String, day: String? = nil, by name: String
    ) async throws -> Answer {
        // Answers follow one another: no two come in the same moment.
        world.wait(.seconds(1))
        let page = try await self[name].get(ask + "/answers")
        var fields = [("kind", kind), ("words", words)]
        if let day { fields.append(("day", day)) }
        return try await self[name].send(page, to: ask + "/answers", pairs: fields)
    }

    /// The address of the promise that an ask was answered with.
    func promise(of ask: String) async throws -> String {
        let id = try #require(ID<Ask>(ask.split(separator: "/").last!))
        let promise = try await world.house.database.read { db in
            try db.one("select id from promise where ask = \(id) and ended is null") { $0[0] as ID<Promise> }
        }
        return "/promises/" + (try #require(promise?.text))
    }

    func thread(_ address: String) async throws -> AskThread {
        let id = try #require(ID<Ask>(address.split(separator: "/").last!))
        return try await #require(world.house.database.read { try $0.threads(where: "ask.id = \(id)").first })
    }
}
