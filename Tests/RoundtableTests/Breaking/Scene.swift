import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Roundtable

/// A project with one of everything in it, and one of everybody at its doors.
///
/// It is laid straight into the tables, so that it holds whatever becomes of the forms. Everything in it that a
/// person would have typed is digits and marks, so that a test can tell it from the house's own words.
struct Scene: Sendable {
    let world: World
    /// Everybody, by what they are to the project.
    let people: [Visitor: Browser]
    /// What each part of an address is in this scene, by its name in `Routes.swift`.
    let things: [String: String]
    /// The ids of the things that only the member may see, where they differ from `things`.
    let kept: [String: String]
    /// A project that the stranger to this one founded.
    let otherProject: String

    /// What somebody at the door is to the scene's project.
    enum Visitor: String, Sendable, CaseIterable {
        /// Never been here.
        case stranger
        /// A member of another project.
        case neighbour
        /// Left the project, and nothing leads from the seat to them any more.
        case former
        /// Left the project, and the seat still knows them.
        case gone
        /// Keeps the house, and has no seat.
        case keeper
        /// Has a chair in the gathering.
        case guest
        /// Has a chair in another gathering of the same project.
        case guestElsewhere
        /// A member, like the one who said everything.
        case fellow
        /// The one who said everything.
        case member
    }

    var member: Browser { people[.member]! }

    /// Lays a new scene in a world, beside any that are there.
    static func lay(in world: World) async throws -> Scene {
        var people: [Visitor: Browser] = [.stranger: world.browser()]
        // So long that the hundreds of scenes of one world never share one.
        let mark = "\(Int.random(in: 100_000_000_000...999_999_999_999))"
        for (place, visitor) in Visitor.allCases.enumerated() where visitor != .stranger {
            people[visitor] = try await world.person("·\(mark)\(place)·")
        }
        let hashes = SceneWords(world)
        let now = world.house.now()
        let laid = try await world.house.database.write { db in
            let persons = try Visitor.allCases.enumerated().reduce(into: [Visitor: ID<Person>]()) { found, pair in
                let name = "·\(mark)\(pair.offset)·"
                found[pair.element] = try db.one("select id from person where name = \(name)") { $0[0] }
            }
            return try SceneTables(db, persons, hashes, now, mark: mark).lay()
        }
        for contribution in [laid.things["contribution"]!, laid.kept["contribution"]!] {
            try await hang(on: contribution, in: world)
        }
        var things = laid.things
        things["words"] = hashes.invitation.slug
        let style = world.house.assets.style.address.split(separator: "/")
        (things["hash"], things["name"]) = (String(style[1]), String(style[2]))
        return Scene(world: world, people: people, things: things, kept: laid.kept, otherProject: laid.otherProject)
    }

    /// A photograph to something said, as files and a row.
    private static func hang(on contribution: String, in world: World) async throws {
        let files = world.house.files
        let (large, small) = (
            try files.keep([0xff, 0xd8, 0xff], for: "\(contribution) large"),
            try files.keep([0xff, 0xd8, 0xff], for: "\(contribution) small")
        )
        try await world.house.database.write { db in
            try db.run(
                """
                insert into picture (contribution, large, small, width, height, added)
                values (\(contribution), \(large), \(small), 16, 12, \(world.house.now()))
                """)
        }
    }

    /// What no address leads to: an id of every kind that was never given out.
    static func nothing() -> [String: String] {
        var nothing = Dictionary(uniqueKeysWithValues: idNames.map { ($0, ID<Never>.anonymous().text) })
        nothing["code"] = "HJHJ"
        nothing["words"] = SixWords.random().slug
        (nothing["hash"], nothing["name"]) = ("0000000000000000", "house.css")
        nothing["topic"] = "food"
        nothing["n"] = "0"
        return nothing
    }

    /// The parts of addresses that are ids.
    static let idNames = [
        "project", "gathering", "contribution", "ask", "promise", "card", "change", "invitation", "device", "receipt",
        "aside", "putting", "difference", "page", "concern", "word", "need", "mail", "complaint",
    ]
}

extension Door {
    /// The names in its address, as `project` of `/projects/:project`.
    var names: [String] { path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) } }

    var line: String { "\(method) \(path)" }

    /// Whether its answer goes on for as long as somebody listens, so that a test can't wait for its end.
    var goesOn: Bool { path.hasSuffix("/live") }

    /// Whether it is a page that names something of a project's.
    var opensToMembers: Bool { method == "GET" && !names.isEmpty && !goesOn && welcome != .keeper }

    /// The address with these in place of the names; nothing when there is a name that isn't known.
    func address(_ things: [String: String]) -> String? {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard part.hasPrefix(":") else {
                parts.append(String(part))
                continue
            }
            guard let thing = things[String(part.dropFirst())] else { return nil }
            parts.append(thing)
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// The six words that lie about in a scene, as the house keeps them.
struct SceneWords: Sendable {
    let invitation = SixWords.random()
    let hashes: [String: String]

    init(_ world: World) {
        let secret = world.house.secret
        var hashes = ["invitation": secret.hash(invitation.slug, for: "invitation")]
        hashes["complaint"] = secret.hash(SixWords.random().slug, for: "complaint")
        for name in ["paper", "seat"] { hashes[name] = secret.hash(SixWords.random().slug, for: "receipt") }
        self.hashes = hashes
    }
}
