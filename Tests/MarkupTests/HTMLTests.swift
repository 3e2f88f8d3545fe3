import Markup
import Testing

@Suite("Markup")
struct HTMLTests {
    @Test("what people say is text, whatever it looks like")
    func escapes() {
        let said = "<script>alert('x')</script> & \"more\""
        let page: HTML = "<p>\(said)</p>"
        #expect(page.string == "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;</p>")
        #expect("<p>\(trusting: said)</p>" as HTML != page)
    }

    @Test("a sentence fills its places and its marks, and nothing handed in becomes markup")
    func marks() throws {
        let english = #"""
            {"a.b": "{name} changed <link>the {thing}</link>.", "a.c": {"one": "{count} chair", "other": "{count} chairs"}}
            """#
        let t = Words(try Catalogue(json: ["en": Array(english.utf8)]), language: "en")
        let made = t.html("a.b", link: Mark { "<a href=\"/offer\">\($0)</a>" }, name: "<b>", thing: "offer")
        #expect(made.string == "&lt;b&gt; changed <a href=\"/offer\">the offer</a>.")
        #expect(t("a.c", count: 1) == "1 chair")
        #expect(t("a.c", count: 2) == "2 chairs")
        #expect(t("a.d") == "⟦a.d⟧")
    }
}
