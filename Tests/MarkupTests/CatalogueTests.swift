import Markup
import Testing

@Suite("Catalogue")
struct CatalogueTests {
    static func fault(_ files: [String: String]) -> Catalogue.Fault? {
        do { _ = try Catalogue(json: files.mapValues { Array($0.utf8) }) } catch { return error as? Catalogue.Fault }
        return nil
    }

    @Test("there is no catalogue without English")
    func english() {
        #expect(Self.fault(["cy": "{}"]) == .noEnglish)
        #expect(Self.fault(["en": "{}"]) == nil)
    }

    @Test(
        "a file that can't be read says which it is", arguments: ["{", "[]", #"{"a.b": 3}"#, #"{"a.b": {"one": {}}}"#])
    func unreadable(file: String) {
        guard case .unreadable(language: "cy", why: let why) = Self.fault(["en": "{}", "cy": file]) else {
            Issue.record("read as if nothing were wrong")
            return
        }
        #expect(!why.isEmpty)
    }

    @Test(
        "a sentence with something left open says where",
        arguments: [
            ("{name", Catalogue.Fault.unclosed("{name")), ("a <b", .unclosed("<b")), ("<b>x", .unclosed("<b>")),
            ("x</b>", .unclosed("</b>")), ("<a><b>x</a></b>", .unclosed("</a>")), ("{}", .badName("")),
            ("{a b}", .badName("a b")), ("<a href=x>y</a>", .badName("a href=x")), ("{/a}", .badName("/a")),
        ])
    func open(sentence: String, fault: Catalogue.Fault) throws {
        let found = Self.fault(["en": #"{"a.b": "\#(sentence)"}"#])
        #expect(found == .inKey("a.b", language: "en", fault))
        #expect("\(try #require(found))".hasPrefix("a.b in en: "))
    }

    @Test("a kind of number that nobody knows is a fault")
    func unknownKind() {
        let fault = Self.fault(["en": #"{"a.b": {"lots": "x"}}"#])
        #expect(fault == .inKey("a.b", language: "en", .unknownPlural("lots")))
    }

    @Test(
        "a browser's wishes are met in its reader's order",
        arguments: [
            ("cy", "cy"), ("cy-GB,cy;q=0.9,en;q=0.8", "cy"), ("en-GB,en;q=0.9,cy;q=0.8", "en"),
            ("de,cy;q=0.5", "cy"), ("cy;q=0.2, ar;q=0.7", "ar"), ("cy;q=0, de", "en"), ("*", "en"), ("", "en"),
            ("de-AT;q=nonsense", "en"), (";;;,,,q=1", "en"), (String(repeating: "x,", count: 10_000) + "cy", "en"),
        ])
    func negotiates(header: String, language: String) throws {
        #expect(try catalogue().language(accepting: header) == language)
    }

    @Test("the languages held are told in order")
    func languages() throws {
        #expect(try catalogue().languages == ["ar", "cy", "en", "pl"])
    }
}

@Suite("The made-up language")
struct PseudoTests {
    @Test("every letter from the catalogue is changed, and what is filled in is not")
    func changes() throws {
        let t = Words(Catalogue.pseudo(of: try catalogue()), language: "en-XA")
        let made = t.html(
            "room.offer", link: Mark { "<a>\($0)</a>" }, strong: Mark { "<b>\($0)</b>" }, name: "123", thing: "456")
        let text = made.string.replacing("<a>", with: "").replacing("</a>", with: "")
            .replacing("<b>", with: "").replacing("</b>", with: "")
        #expect(!text.contains { $0.isASCII && $0.isLetter })
        #expect(made.string.contains("<b>456</b></a>"))
        #expect(text.hasPrefix("[123 ") && text.hasSuffix("]"))
        #expect(t.language == "en-XA")
        #expect(t("room.nowhere") == "⟦room.nowhere⟧")
    }

    @Test("sentences are a third longer, and plurals are still chosen")
    func longer() throws {
        let t = Words(Catalogue.pseudo(of: try catalogue()), language: "en-XA")
        let plain = try words("en")("room.plain")
        #expect(Double(t("room.plain").count) >= Double(plain.count) * 1.3)
        #expect(t("room.chairs", name: "", count: 1) != t("room.chairs", name: "", count: 2))
        #expect(t("room.chairs", name: "", count: 2).contains("2"))
    }

    @Test("days, times and lists show that they came from here too")
    func formats() throws {
        let t = Words(Catalogue.pseudo(of: try catalogue()), language: "en-XA")
        for said in [t.day("2026-11-30"), t.time("14:30"), t.dayAndTime("2026-11-30T14:30")] {
            #expect(said.hasPrefix("[") && !said.contains { $0.isASCII && $0.isLetter }, "\(said)")
        }
    }
}
