import Markup
import Testing

@testable import Roundtable

@Suite("The components that every page is made of")
struct ComponentsTests {
    @Test("every example is well formed, whatever was typed into it", arguments: Examples.all)
    func wellFormed(example: Example) {
        let page = Tags(example.html.string)
        #expect(page.fault == nil, "\(example.component) (\(example.name))")
        let ids = page.tags.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count, "an id twice in \(example.component) (\(example.name))")
    }

    @Test("what is wrong with a page is noticed, or the test above means nothing")
    func faultsAreNoticed() {
        #expect(Tags("<p>Hello</p>").fault == nil)
        #expect(Tags("<p>Hello").fault != nil)
        #expect(Tags("<p><b>Hello</p></b>").fault != nil)
        #expect(Tags("<p>5 < 6</p>").fault != nil)
        #expect(Tags("<p title=\"a\"b\">Hello</p>").fault != nil)
    }

    @Test(
        "what somebody types stays text: it makes no tag and no attribute",
        arguments: Examples.looks(saying: Trying.hostile))
    func hostileStaysText(example: Example) {
        let typed = Tags(example.html.string)
        let plain = Tags(Examples.looks(saying: Trying.plain).first { $0.isLike(example) }?.html.string ?? "")
        #expect(typed.tags.map(\.name) == plain.tags.map(\.name))
        #expect(typed.tags.map { $0.attributes.map(\.name) } == plain.tags.map { $0.attributes.map(\.name) })
        #expect(!example.html.string.contains("<script"))
    }

    @Test("no component says anything of its own", arguments: Examples.looks(saying: "§"))
    func noWordsOfTheirOwn(example: Example) {
        #expect(Tags(example.html.string).text.allSatisfy { $0 == "§" || $0.isWhitespace }, "\(example.component)")
        let spoken = Tags(example.html.string).tags.compactMap { $0["aria-label"] }
        #expect(spoken.allSatisfy { $0 == "§" }, "\(example.component)")
    }

    @Test("whatever takes an answer has a label, and what is tied to it is there", arguments: Examples.all)
    func everyFieldIsLabelled(example: Example) {
        let tags = Tags(example.html.string).tags
        let ids = Set(tags.compactMap { $0["id"] })
        let labelled = Set(tags.compactMap { $0.name == "label" ? $0["for"] : nil })
        for tag in tags where ["input", "textarea", "select"].contains(tag.name) {
            let isLabelled = labelled.contains(tag["id"] ?? "") || tag.within.contains("label")
            #expect(isLabelled, "\(tag["name"] ?? "") in \(example.component)")
        }
        let tied = tags.flatMap { [$0["aria-describedby"], $0["aria-labelledby"]].compactMap { $0 } }
        for id in tied.flatMap({ $0.split(separator: " ") }) {
            #expect(ids.contains(String(id)), "\(id) in \(example.component)")
        }
    }

    @Test("a field that needs mending says so to everyone")
    func mending() {
        let wrong = field("name", label: "Name", hint: "One is enough", error: "Say a name").string
        #expect(wrong.contains("aria-invalid=\"true\""))
        #expect(wrong.contains("aria-describedby=\"name-hint name-error\""))
        #expect(wrong.contains("id=\"name-error\">Say a name<"))
        let right = field("name", label: "Name").string
        #expect(!right.contains("aria-invalid") && !right.contains("aria-describedby") && !right.contains("error"))
    }

    @Test("words keep their first empty line, and all that was typed is given back")
    func draftsAreWhole() {
        #expect(area("words", label: "Words", value: "\nA\n").string.contains(">\n\nA\n</textarea>"))
        #expect(!area("words", label: "Words", value: "A").string.contains("maxlength"))
    }

    @Test("chairs are drawn one each, until they are too many to see at once")
    func chairsAreCounted() {
        #expect(chairs(9, "Nine").string.components(of: "<svg") == 9)
        #expect(chairs(0, "None").string.components(of: "<svg") == 0)
        #expect(chairs(900, "Nine hundred").string.components(of: "<svg") == 0)
    }

    @Test("every picture is drawn by the same hand, and only keeps words company", arguments: Picture.allCases)
    func pictures(drawn: Picture) {
        let tags = Tags(picture(drawn).string)
        #expect(tags.fault == nil)
        #expect(tags.tags.first?["aria-hidden"] == "true")
        #expect(tags.tags.contains { $0["class"] == "accent" }, "no second colour")
        #expect(tags.tags.contains { $0.name != "svg" && $0["class"] == nil }, "no line")
    }

    @Test("no two pictures are the same")
    func picturesDiffer() {
        #expect(Set(Picture.allCases.map { $0.drawing.string }).count == Picture.allCases.count)
    }
}

extension Example {
    fileprivate func isLike(_ other: Example) -> Bool { component == other.component && name == other.name }
}

extension String {
    /// How many times `part` is in it.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

extension Example: CustomTestStringConvertible {
    public var testDescription: String { "\(component), \(name)" }
}
