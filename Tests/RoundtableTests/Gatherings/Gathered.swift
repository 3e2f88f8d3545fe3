import Testing

@testable import Roundtable

/// A gathering for tests, called through its own doors.
struct Gathered {
    let table: Table
    let address: String
    /// Nothing while the offer is not laid.
    let code: String?

    /// The Friday after the beginning of the world, two to four in the afternoon.
    static let usual: KeyValuePairs<String, String> = [
        "name": "Tea and talk", "kind": "group", "day": "2026-03-13", "start": "14:00", "end": "16:00",
        "zone": "Europe/London", "place": "Elms Hall, Mill Road", "plan": "14:00 Tea\n14:20 Going home",
        "who": "Two nurses", "access": "Step-free", "worried": "Priya Nair, 01632 960 001",
        "question": "What would make going home feel safe?",
    ]

    /// Fields with some of them other than usual.
    static func fields(_ other: [String: String] = [:]) -> [(String, String)] {
        var fields = Dictionary(uniqueKeysWithValues: usual.map { ($0.key, $0.value) })
        for (name, value) in other { fields[name] = value }
        return fields.map { ($0.key, $0.value) }
    }

    init(_ table: Table, _ other: [String: String] = [:]) async throws {
        self.table = table
        let page = try await table.founder.get("\(table.address)/gatherings/new")
        let answer = try await table.founder.send(page, to: "\(table.address)/gatherings", pairs: Self.fields(other))
        address = try #require(answer.location)
        let shown = try await table.founder.get(address)
        code = shown.body.firstMatch(of: /class="code"[^>]*>([A-Z0-9]{4})</).map { String($0.output.1) }
    }

    /// Somebody with a phone, a code, and a name or none.
    func guest(_ name: String = "") async throws -> Browser {
        let browser = table.world.browser()
        let code = try #require(code)
        let answer = try await browser.fill("/codes/\(code)", ["name": name])
        try #require(answer.location == "\(address)/room")
        return browser
    }
}
