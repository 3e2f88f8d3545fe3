import Foundation
import Markup
import Testing

/// A small catalogue of our own, so that these tests say what they are about.
let english = #"""
    {
      "room.plain": "Nothing to fill in & nothing",
      "room.hello": "Hello {name}",
      "room.chairs": {"one": "{name} has one chair", "other": "{name} has {count} chairs"},
      "room.offer": "{name} changed <link>the <strong>{thing}</strong></link>.",
      "room.onlyEnglish": {"one": "{count} day", "other": "{count} days"},
      "words.dayAndTime": "{day} at {time}",
      "words.inZone": "{time} ({zone})",
      "words.range.day": "{day}, {start} to {end}",
      "words.range.days": "{start} to {end}"
    }
    """#

let welsh = #"""
    {
      "room.hello": "Helo {name}",
      "room.chairs": {"zero": "{count} Z {name}", "one": "{count} O {name}", "two": "{count} T {name}", "few": "{count} F {name}", "many": "{count} M {name}", "other": "{count} X {name}"},
      "room.offer": "Newidiodd {name} <link>y {thing}</link>.",
      "words.dayAndTime": "{day} am {time}"
    }
    """#

func catalogue() throws -> Catalogue {
    try Catalogue(json: [
        "en": Array(english.utf8), "cy": Array(welsh.utf8), "ar": Array(#"{"room.hello": "مرحبا {name}"}"#.utf8),
        "pl": Array("{}".utf8),
    ])
}

func words(_ language: String, _ zone: String = "Europe/London") throws -> Words {
    Words(try catalogue(), language: language, zone: try #require(TimeZone(identifier: zone)))
}

@Suite("Words")
struct WordsTests {
    @Test("a sentence is said with what it was given, in the reader's language")
    func says() throws {
        #expect(try words("en")("room.hello", name: "Asha") == "Hello Asha")
        #expect(try words("cy")("room.hello", name: "Asha") == "Helo Asha")
        #expect(try words("cy-GB")("room.hello", name: "Asha".prefix(3)) == "Helo Ash")
        #expect(try words("en")("room.plain") == "Nothing to fill in & nothing")
    }

    @Test("the count chooses the form, in a language with two and in one with six")
    func plurals() throws {
        let (en, cy) = (try words("en"), try words("cy"))
        #expect(en("room.chairs", name: "Ben", count: 1) == "Ben has one chair")
        #expect(en("room.chairs", name: "Ben", count: 1_500) == "Ben has 1,500 chairs")
        #expect(
            [0, 1, 2, 3, 6, 4].map { cy("room.chairs", name: "B", count: $0) } == [
                "0 Z B", "1 O B", "2 T B", "3 F B", "6 M B", "4 X B",
            ])
        #expect(en("room.chairs", name: "Ben", count: Int64(1)) == "Ben has one chair")
    }

    @Test("what a language lacks is said in English, by English rules")
    func fallback() throws {
        #expect(try words("cy")("room.onlyEnglish", count: 2) == "2 days")
        #expect(try words("pl")("room.onlyEnglish", count: 1) == "1 day")
        #expect(try words("de").language == "en")
    }

    @Test("what doesn't exist is plain to see")
    func missing() throws {
        let t = try words("en")
        #expect(t("room.nowhere", name: "x") == "⟦room.nowhere⟧")
        #expect(t.html("room.<b>").string == "⟦room.&lt;b&gt;⟧")
        #expect(t("room.hello") == "Hello ⟦name⟧")
        #expect(t.html("room.hello").string == "Hello ⟦name⟧")
    }

    @Test("marks become the markup handed in, and nothing else does")
    func marks() throws {
        let t = try words("en")
        let link = Mark { "<a href=\"/offer\">\($0)</a>" }
        let strong = Mark { "<strong>\($0)</strong>" }
        let made = t.html("room.offer", link: link, strong: strong, name: "<img src=x>", thing: "\"</a>\"")
        #expect(
            made.string == "&lt;img src=x&gt; changed <a href=\"/offer\">the "
                + "<strong>&quot;&lt;/a&gt;&quot;</strong></a>.")
        #expect(
            t.html("room.offer", name: "{thing}", thing: "<link>x</link>").string
                == "{thing} changed the &lt;link&gt;x&lt;/link&gt;.")
        #expect(t.html("room.plain").string == "Nothing to fill in &amp; nothing")
        #expect(
            try words("cy").html("room.offer", link: link, name: "Asha", thing: "cynnig").string
                == "Newidiodd Asha <a href=\"/offer\">y cynnig</a>.")
    }

    @Test("said as text, a marked sentence loses its marks and keeps its words")
    func marksAsText() throws {
        #expect(try words("en")("room.offer", name: "Asha", thing: "offer") == "Asha changed the offer.")
    }

    @Test("markup handed in as markup stays so, and a number is written for people")
    func fillings() throws {
        let t = try words("en")
        #expect(t.html("room.hello", name: "<b>\("&")</b>" as HTML).string == "Hello <b>&amp;</b>")
        #expect(t.html("room.hello", name: 2_000).string == "Hello 2,000")
        #expect(t.html("room.chairs", name: "&", count: 1).string == "&amp; has one chair")
    }

    @Test("a sentence put in a page is escaped there")
    func escapedInPages() throws {
        let t = try words("en")
        #expect(("<p>\(t("room.hello", name: "<b>"))</p>" as HTML).string == "<p>Hello &lt;b&gt;</p>")
    }

    @Test("a name that runs the other way doesn't turn the sentence around")
    func isolates() throws {
        let (en, ar) = (try words("en"), try words("ar"))
        #expect(en("room.hello", name: "דנה") == "Hello \u{2068}דנה\u{2069}")
        #expect(ar("room.hello", name: "Asha") == "مرحبا \u{2068}Asha\u{2069}")
        #expect(en("room.hello", name: "Asha") == "Hello Asha")
        #expect(ar("room.hello", name: "دانا") == "مرحبا دانا")
        #expect(en("room.hello", name: "\u{202E}txet\u{2069}") == "Hello txet", "direction marks can't reach out")
        #expect(en("room.hello", name: "Zoë 👩🏽‍🦽") == "Hello Zoë 👩🏽‍🦽")
    }

    @Test("a page is told its language and which way it runs")
    func direction() throws {
        #expect(try words("cy").direction == "ltr")
        #expect(try words("ar").direction == "rtl")
        #expect(try words("ar-EG").language == "ar")
    }
}
