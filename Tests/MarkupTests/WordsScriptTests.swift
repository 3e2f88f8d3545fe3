import Foundation
import Testing

/// A house with nothing in it but `bin/words`, some sentences and some code.
private struct SmallHouse {
    let folder = FileManager.default.temporaryDirectory.appending(path: "words-\(UUID().uuidString)")
    private var words: URL { folder.appending(path: "bin/words") }

    init(_ sentences: [String: String], code: String = "") throws {
        let script = URL(filePath: #filePath).appending(path: "../../../bin/words").standardized
        for part in ["bin", "Sources/Roundtable/Words"] {
            try FileManager.default.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(at: script.resolvingSymlinksInPath(), to: words)
        for (language, file) in sentences {
            try Data(file.utf8).write(to: folder.appending(path: "Sources/Roundtable/Words/\(language).json"))
        }
        try Data(code.utf8).write(to: folder.appending(path: "Sources/Roundtable/Room.swift"))
    }

    func english() throws -> String { try file("en") }

    func file(_ language: String) throws -> String {
        try String(contentsOf: folder.appending(path: "Sources/Roundtable/Words/\(language).json"), encoding: .utf8)
    }

    /// Runs `bin/words`, and gives whether all was well and everything it said.
    func run(_ arguments: String...) throws -> (isWell: Bool, said: String) {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = words
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus == 0, String(decoding: said, as: UTF8.self))
    }

    func leave() { try? FileManager.default.removeItem(at: folder) }
}

@Suite("bin/words")
struct WordsScriptTests {
    private static let sentences = """
        {
          "card.kind.can": "We can",
          "card.kind.cannot": "We can’t",
          "offer.chairs": {"one": "One chair", "other": "{count} chairs"},
          "offer.changed": "{name} changed <link>the offer</link>"
        }

        """

    private static let code = #"""
        // words: card.kind.*
        let kind = t("card.kind.\(kind)")
        let page: HTML = "<p>\(t.html("offer.changed", link: Mark { "<a href=\"/a(b\">\($0)</a>" }, name: a ? b(1, 2) : "x, y: z"))</p>"
        let chairs = isOpen ? t("offer.chairs", count: 3) : ""
        """#

    @Test("sentences that the code says, and code whose sentences are there, are well")
    func well() throws {
        let house = try SmallHouse(["en": Self.sentences], code: Self.code)
        defer { house.leave() }
        let check = try house.run("check")
        #expect(check.isWell, "\(check.said)")
    }

    @Test(
        "what doesn't fit is said, with where",
        arguments: [
            (#"t("offer.changed", name: x)"#, #"t("offer.missing")"#, "Room.swift:5: offer.missing isn't in en.json"),
            ("a", #"Refusal("offer.refusal.no")"#, "offer.refusal.no isn't in en.json"),
            ("count: 3", "", "Room.swift:4: offer.chairs needs count:"),
            ("count: 3", "count: 3, size: 4", "offer.chairs has no place for size:"),
            ("link: Mark", "lnk: Mark", "offer.changed needs link:"),
            ("// words: card.kind.*", "", "a key is made from card.kind."),
            (
                "// words: card.kind.*", "// words: card.kind.*\n// words: card.sort.*",
                "no sentence is named card.sort.*"
            ),
            (#"t("offer.chairs", count: 3)"#, #""""#, "nothing says offer.chairs"),
            ("\"\"", #""card.kind.perhaps""#, "card.kind.perhaps looks like a sentence"),
        ])
    func misfits(found: String, put: String, said: String) throws {
        let code =
            found == "a" || !Self.code.contains(found)
            ? "\(Self.code)\n\(put)" : Self.code.replacing(found, with: put)
        let house = try SmallHouse(["en": Self.sentences], code: code)
        defer { house.leave() }
        let check = try house.run("check")
        #expect(!check.isWell)
        #expect(check.said.contains(said), "\(check.said)")
    }

    @Test(
        "a translation has the same places and marks, and its own language's kinds of number",
        arguments: [
            (#""offer.changed": "Newidiodd {nam} <link>y cynnig</link>""#, "cy.json: offer.changed: fills"),
            (#""offer.changed": "Newidiodd {name} y cynnig""#, "cy.json: offer.changed: fills"),
            (#""offer.chairs": {"one": "{count}", "other": "{count}"}"#, "cy.json: offer.chairs: has no form for few"),
            (#""offer.chairs": "{count} cadair""#, "needs a form for each kind of number"),
            (#""offer.nowhere": "Dim""#, "offer.nowhere isn't in English"),
            (#""card.kind.can": "Gallwn <b""#, "left open"),
            (#""card.kind.can": """#, "is empty"),
        ])
    func translations(line: String, said: String) throws {
        let house = try SmallHouse(["en": Self.sentences, "cy": "{\n  \(line)\n}\n"], code: Self.code)
        defer { house.leave() }
        let check = try house.run("check")
        #expect(!check.isWell)
        #expect(check.said.contains(said), "\(check.said)")
    }

    @Test("a faithful translation is well, and what it lacks is counted")
    func faithful() throws {
        let welsh = "{\n  \"offer.changed\": \"Newidiodd {name} <link>y cynnig</link>\"\n}\n"
        let house = try SmallHouse(["en": Self.sentences, "cy": welsh], code: Self.code)
        defer { house.leave() }
        let check = try house.run("check")
        #expect(check.isWell)
        #expect(check.said.contains("cy: 3 of 4 sentences are still in English"))
        #expect(check.said.contains("  offer.chairs: "))
    }

    @Test("a sentence is added in two languages at once, or in neither")
    func addsTwo() throws {
        let house = try SmallHouse(["en": "{}", "cy": "{}"])
        defer { house.leave() }
        #expect(try house.run("add", "a.b.c", "Hello {name}", "cy=Helo").isWell == false)
        #expect(try house.run("add", "a.b.c", "Hello {name}", "cy=Helo {name}").isWell)
        #expect(try house.run("add", "a.b.d", "one=A chair", "other={count} chairs", "cy=Cadair").isWell == false)
        #expect(try house.run("add", "a.b.d", "cy=Cadair").isWell == false)
        #expect(try house.file("cy") == "{\n  \"a.b.c\": \"Helo {name}\"\n}\n")
        #expect(try house.file("en") == "{\n  \"a.b.c\": \"Hello {name}\"\n}\n")
    }

    @Test("adding keeps the order, and never speaks over what is there")
    func adds() throws {
        let house = try SmallHouse(["en": "{}"])
        defer { house.leave() }
        #expect(try house.run("add", "b.c.d", "Second \"quoted\"").isWell)
        #expect(try house.run("add", "a.b.c", "one=One chair", "other={count} chairs").isWell)
        #expect(try house.run("add", "b.c.d", "Again").isWell == false)
        #expect(try house.run("add", "Bad key", "x").isWell == false)
        #expect(try house.run("add", "a.b.d", "other={count} chairs").said.contains("has no form for one"))
        #expect(
            try house.english() == """
                {
                  "a.b.c": {"one": "One chair", "other": "{count} chairs"},
                  "b.c.d": "Second \\"quoted\\""
                }

                """)
    }

    @Test("sorting puts a merge right, and says when two people said one thing differently")
    func sorts() throws {
        let merged = """
            {
            <<<<<<< ours
              "b.c.e": "E"
            =======
              "b.c.d": "D",
              "b.c.e": "E"
            >>>>>>> theirs
            }
            """
        let house = try SmallHouse(["en": merged])
        defer { house.leave() }
        #expect(try house.run("check").said.contains("not in order"))
        #expect(try house.run("sort").isWell)
        #expect(try house.english() == "{\n  \"b.c.d\": \"D\",\n  \"b.c.e\": \"E\"\n}\n")

        let torn = try SmallHouse(["en": merged.replacing("\"D\",", with: "\"D\",\n  \"b.c.e\": \"Different\",")])
        defer { torn.leave() }
        let sort = try torn.run("sort")
        #expect(!sort.isWell && sort.said.contains("b.c.e is said in two ways"))
    }
}
