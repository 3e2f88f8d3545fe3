import Markup
import Testing

@Suite("HTML")
struct HTMLTests {
    @Test("what people say is text, whatever it looks like")
    func escapes() {
        let said = "<script>alert('x')</script> & \"more\""
        let page: HTML = "<p>\(said)</p>"
        #expect(page.string == "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;</p>")
        #expect("<p>\(trusting: said)</p>" as HTML != page, "the way out is there, and looks like one")
    }

    @Test("What needs care is spelled out wherever it stands, in texts of every length about those looked at together")
    func escapesEverywhere() {
        let spelled = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "\u{85}": "\u{FFFD}"]
        for length in 0...34 {
            let before = String("A table, with room for everybody (é)".prefix(length))
            for after in 0...18 {
                let rest = String(repeating: "x", count: after)
                for (written, safe) in spelled {
                    #expect(HTML(text: before + written + rest).string == before + safe + rest)
                    #expect(HTML(text: written + before + written).string == safe + before + safe)
                }
            }
        }
    }

    @Test("what is already escaped is escaped again, since somebody typed it so")
    func escapesTwice() {
        #expect(HTML(text: "&lt;").string == "&amp;lt;")
    }

    @Test("long pieces stand where they were put, however deep, and what is the same is equal")
    func longPieces() {
        let (first, second) = (String(repeating: "a", count: 3_000), String(repeating: "é", count: 2_500))
        let inner: HTML = "<i>\(HTML(text: first))</i>\(HTML(text: second))"
        let list: HTML = "\([inner, "<hr>", inner])"
        let page: HTML = "<p>\(inner)\(inner)</p>\(list)<b>\(HTML.empty)</b>"
        let spelled = "<i>\(first)</i>\(second)"
        #expect(page.string == "<p>\(spelled)\(spelled)</p>\(spelled)<hr>\(spelled)<b></b>")
        #expect(page.count == page.bytes.count)
        #expect(inner == HTML(text: "") + "<i>" + HTML(text: first) + "</i>" + HTML(text: second))
        #expect(inner != HTML(text: first) && !HTML(text: first).isEmpty && !inner.isEmpty)
        var written: [UInt8] = []
        page.write { written.append(contentsOf: $0) }
        #expect(written == page.bytes)
    }

    @Test(
        "ordinary writing of any kind goes through byte for byte",
        arguments: [
            "Siân, Óscar", "שלום", "مرحبا بك", "日本語", "👩🏽‍🦽 comes in", "e\u{301}\u{327}",
            "line\n\ttab\r\n",
            "½ £ « »", String(repeating: "long ", count: 5_000), "",
        ])
    func passesThrough(said: String) {
        #expect(HTML(text: said).bytes == Array(said.utf8))
    }

    @Test(
        "the characters that a page may not hold are shown as lost",
        arguments: ["\0", "\u{1B}", "\u{7F}", "\u{80}", "\u{9F}"])
    func replacesControls(control: String) {
        #expect(HTML(text: "a\(control)b").string == "a\u{FFFD}b")
        #expect(HTML(text: control + control).string == "\u{FFFD}\u{FFFD}")
    }

    @Test("what needs care is found wherever it stands, and nothing beside it is touched")
    func everywhere() {
        let care = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "\u{1}": "\u{FFFD}"]
        for (letter, spelled) in care {
            for (before, after) in (0..<20).flatMap({ place in [(place, 0), (place, 17)] }) {
                // Neighbours that differ from what is looked for by a bit.
                let (head, tail) = (String(repeating: "%", count: before), String(repeating: "=", count: after))
                #expect(HTML(text: head + letter + tail).string == head + spelled + tail)
                #expect(HTML(text: head + "é" + letter + "Â" + tail).string == head + "é" + spelled + "Â" + tail)
            }
        }
    }

    @Test("a mark that changes the letter before it cannot reach through an escape")
    func combiningMarks() {
        let said = "<\u{338}b>"
        #expect(HTML(text: said).bytes == Array("&lt;\u{338}b&gt;".utf8))
    }

    @Test("a piece of a longer text is escaped like the whole")
    func substrings() {
        let said = "before <b> after"
        #expect(("\(said.dropFirst(7).prefix(3))" as HTML).string == "&lt;b&gt;")
    }

    @Test("an attribute keeps its quotes, and isn't there without a value")
    func attributes() {
        let hostile = "\" onclick=\"x' y"
        let some: HTML = "<a\(attribute: "title", hostile)>"
        #expect(some.string == "<a title=\"&quot; onclick=&quot;x&#39; y\">")
        #expect(("<a\(attribute: "title", nil as String?)>" as HTML).string == "<a>")
        #expect(("<a\(attribute: "title", "")>" as HTML).string == "<a title=\"\">")
        #expect(("<a\(attribute: "rows", 3)>" as HTML).string == "<a rows=\"3\">")
        #expect(("<a\(flag: "hidden", true)\(flag: "inert", false)>" as HTML).string == "<a hidden>")
    }

    @Test("pieces join as they are, and what isn't there leaves nothing")
    func pieces() {
        let item: HTML = "<li>\("&")</li>"
        let none: HTML? = nil
        let nobody: String? = nil
        #expect(("<ul>\([item, item])\(none)\(nobody)</ul>" as HTML).string == "<ul><li>&amp;</li><li>&amp;</li></ul>")
        #expect(("\(item)\(.some(item))" as HTML) == item + item)
        #expect([item, item].joined(separator: "·").string == "<li>&amp;</li>·<li>&amp;</li>")
        #expect(("\(-12) \(Int64.max)" as HTML).string == "-12 9223372036854775807")
        #expect(HTML.empty.isEmpty && !item.isEmpty)
    }

    @Test("each piece is itself, and taking a copy leaves the first alone")
    func values() {
        let first: HTML = "<p>"
        var second = first
        second += "</p>"
        #expect(first.string == "<p>")
        #expect(second.string == "<p></p>")
    }
}

@Suite("Paragraphs")
struct ParagraphTests {
    @Test(
        "people's own lines and paragraphs are kept",
        arguments: [
            ("One line", "<p>One line</p>"),
            ("One\nTwo", "<p>One<br>Two</p>"),
            ("One\r\nTwo\rThree", "<p>One<br>Two<br>Three</p>"),
            ("One\n\nTwo", "<p>One</p><p>Two</p>"),
            ("\n\nOne\n \t\n\n\nTwo\n", "<p>One</p><p>Two</p>"),
            ("One\r\n\r\nTwo", "<p>One</p><p>Two</p>"),
            ("", ""),
            (" \n\n ", ""),
        ])
    func layout(said: String, made: String) {
        #expect(HTML(paragraphs: said).string == made)
    }

    @Test("nothing in them becomes markup or a link")
    func escapes() {
        let made = HTML(paragraphs: "<p>https://example.org</p>\n& \"so\"")
        #expect(made.string == "<p>&lt;p&gt;https://example.org&lt;/p&gt;<br>&amp; &quot;so&quot;</p>")
    }
}
