import Testing

@Suite("Every door is walked through")
struct DoorTests {
    /// Doors that no walk names, each with the reason.
    static let unwalked: [String: String] = [
        "/asks/:ask": "drawing an ask answers with this address, and walks follow it",
        "/promises/:promise": "making a promise answers with this address, and walks follow it",
        "/gatherings/:gathering/called-off": "walked by the last part of its address alone",
    ]

    /// The addresses in the list of doors, as `/projects/:project/seat`.
    static let doors: [String] = {
        let routes = (try? Source.read("Sources/Roundtable/Routes.swift")) ?? ""
        return Array(Set(routes.matches(of: /\.(?:get|post|head|on)\("([^"]+)"/).map { String($0.output.1) })).sorted()
    }()

    /// The addresses that walks go to, as patterns: a value at the beginning stands for anything,
    /// elsewhere for one part.
    static let walks: [String] = {
        let tests = Source.all(in: "Tests/RoundtableTests")
        let texts = tests.flatMap { $0.lexed.literals.map(\.text) }
        let pages = Source.all(in: "Tests/Browser", ending: ".py").flatMap { file in
            file.text.matches(of: /"([^"\n]*\/[^"\n]*)"|'([^'\n]*\/[^'\n]*)'/).map { match in
                String(match.output.1 ?? match.output.2 ?? "").replacing(/\{[^}]*\}/, with: "*")
            }
        }
        // One address joined to another (`address + "/plan"`), or the last part of one alone.
        let joined = texts.filter { $0.hasPrefix("/") }.filter { text in
            text.count { $0 == "/" } == 1 || tests.contains { $0.text.contains("+ \"\(text)\"") }
        }.map { "*" + $0 }
        // Addresses that a test looks for on a page, to follow them: `[^"]*\/ended`.
        let sought = tests.flatMap { file in
            file.text.matches(of: /\[\^"\][*+]((?:\\\/[^\s\/"()\\]+(?:"\][*+])?)+)/).map { match in
                "*" + match.output.1.replacing("\\/", with: "/").replacing(/\[\^"\][*+]/, with: "*")
            }
        }
        return Array(Set((texts + pages + joined + sought).filter { $0.hasPrefix("/") || $0.hasPrefix("*/") })).sorted()
    }()

    @Test("some test or browser walk goes to its address", arguments: doors)
    func walked(door: String) {
        guard Self.unwalked[door] == nil else { return }
        #expect(Self.walks.contains { Self.goes($0, to: door) }, "no walk goes to \(door)")
    }

    @Test("every exception is still a door")
    func exceptions() {
        for door in Self.unwalked.keys {
            #expect(Self.doors.contains(door), "\(door) is no door any more")
        }
    }

    @Test("an address is told from another")
    func matching() {
        #expect(Self.doors.count > 20)
        #expect(Self.goes("/projects/*/seat", to: "/projects/:project/seat"))
        #expect(Self.goes("*/seat?x=1", to: "/projects/:project/seat"))
        #expect(Self.goes("/words/apple-river", to: "/words/:words"))
        #expect(!Self.goes("/projects/new", to: "/projects/:project/seat"))
        #expect(!Self.goes("/projects/*", to: "/projects/:project/seat"))
        #expect(!Self.goes("*/seat", to: "/projects/:project/seat/name"))
        #expect(!Self.goes("/me/*", to: "/projects/new"))
    }

    /// Whether an address in a test leads to a door.
    static func goes(_ walk: String, to door: String) -> Bool {
        let path = walk.prefix { $0 != "?" && $0 != "#" }
        var parts = path.split(separator: "/").map(String.init)
        var doors = door.split(separator: "/").map(String.init)
        if path.hasPrefix("*") {
            guard parts.count > 1, doors.count >= parts.count - 1 else { return false }
            parts.removeFirst()
            doors = Array(doors.suffix(parts.count))
        }
        guard parts.count == doors.count else { return false }
        // A value may stand for a fixed part only beside a part that is the same in both.
        return zip(parts, doors).allSatisfy { part, place in place.hasPrefix(":") || part == place }
            && (parts.isEmpty || zip(parts, doors).contains { $0 == $1 })
    }
}
