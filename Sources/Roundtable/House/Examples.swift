import Markup

/// One look of one component, as it really is: drawn from by the tests and by the page at `/house` in development.
struct Example: Sendable {
    let component: String
    let name: String
    let html: HTML
}

/// What somebody could type who means harm, or who writes in another direction, or at length.
enum Trying {
    static let plain = "Asha Patel"
    static let hostile = #"<script>alert("1")</script> & 'so' "on""#
    static let long = Array(repeating: "a very long word that goes on", count: 12).joined(separator: " ")
    static let unbroken = String(repeating: "Llanfairpwll", count: 16)
    static let rightToLeft = "محمد العلي ‏(أبو علي)"
    static let emoji = "👩🏽‍🦽 Zoë é"

    /// Each with what it shows.
    static let all = [
        ("plain", plain), ("hostile", hostile), ("long", long), ("unbroken", unbroken),
        ("right to left", rightToLeft), ("emoji and marks", emoji),
    ]
}

/// Every component in every state, each given every kind of text.
enum Examples {
    static let all: [Example] = Trying.all.flatMap { kind, text in
        looks(saying: text).map { Example(component: $0.component, name: "\($0.name), \(kind)", html: $0.html) }
    }

    /// Everything that a page can be made of, one under another, for whoever is making one. Pictures come first.
    static var page: HTML {
        let pictures = Picture.allCases.map { drawn in
            "<li>\(picture(drawn, .large))\(picture(drawn))\(picture(drawn, .small)) \(drawn.rawValue)</li>" as HTML
        }
        let shown = all.map { "<h2 class=\"small-print\">\($0.component): \($0.name)</h2>\($0.html)" as HTML }
        return "<ul class=\"stack\" role=\"list\">\(pictures)</ul>\(shown)"
    }

    /// Every component once, given `text` wherever a person's or a translator's words can go.
    static func looks(saying text: String) -> [Example] {
        acting(text) + people(text) + holding(text) + asking(text) + refusing(text)
    }

    private static func acting(_ text: String) -> [Example] {
        [
            Example(component: "button", name: "main", html: button(text, .main, picture: .pencil)),
            Example(component: "button", name: "usual", html: button(text, name: "answer", value: text, to: "/away")),
            Example(component: "button", name: "as a link", html: button(text, .link)),
            Example(
                component: "buttonLink", name: "usual", html: buttonLink(text, to: "/?words=\(text)", picture: .cup)),
            Example(component: "acts", name: "two", html: acts([button(text, .main), buttonLink(text, to: "/")])),
            Example(component: "backLink", name: "usual", html: backLink(text, to: "/")),
            Example(
                component: "doors", name: "two",
                html: doors([
                    door(text, text, to: "/", picture: .door), door(text, text, to: "/", picture: .key),
                ])),
            Example(component: "more", name: "open", html: more(text, paragraph(text), isOpen: true)),
            Example(component: "more", name: "folded", html: more(text, paragraph(text))),
        ]
    }

    private static func people(_ text: String) -> [Example] {
        let small = HTML(text: text)
        let link = "<a href=\"/\">\(text)</a>" as HTML
        let way = StepLine(way: .forwards, title: text, words: text, smallPrint: small)
        let back = StepLine(way: .back, title: text, words: text, hindrance: paragraph(text), smallPrint: small)
        return [
            Example(component: "nameplate", name: "usual", html: nameplate(text)),
            Example(
                component: "saying", name: "named",
                html: saying(
                    id: "one", who: text, words: "\(text)\n\n\(text)", smallPrint: text, acts: [link, link])),
            Example(
                component: "saying", name: "unnamed",
                html: saying(
                    id: "two", who: text, isNamed: false, words: text, language: "ar", smallPrint: text)),
            Example(component: "sayingGone", name: "usual", html: sayingGone(id: "three", text)),
            Example(component: "quote", name: "usual", html: quote(text, by: small)),
            Example(component: "steps", name: "forwards and back", html: steps([way, back, way])),
        ]
    }

    private static func holding(_ text: String) -> [Example] {
        [
            Example(component: "notice", name: "titled", html: notice(.ear, title: text, paragraph(text))),
            Example(component: "notice", name: "plain", html: notice(.bell, paragraph(text))),
            Example(component: "sheet", name: "usual", html: sheet(paragraph(text))),
            Example(component: "stack", name: "two", html: stack([paragraph(text), paragraph(text)])),
            Example(
                component: "twoColumns", name: "usual", html: twoColumns(paragraph(text), context: paragraph(text))),
            Example(
                component: "emptyPlace", name: "with an act",
                html: emptyPlace(
                    .chair, title: text, text, act: buttonLink(text, to: "/", .main))),
            Example(component: "rows", name: "two", html: rows([(text, paragraph(text)), (text, paragraph(text))])),
            Example(component: "smallPrint", name: "usual", html: smallPrint(HTML(text: text))),
            Example(component: "codeDisplay", name: "usual", html: codeDisplay(text)),
            Example(
                component: "sixWordsDisplay", name: "usual", html: sixWordsDisplay(Array(repeating: text, count: 6))),
            Example(component: "addressDisplay", name: "usual", html: addressDisplay(text, text)),
            Example(component: "qrDisplay", name: "usual", html: qrDisplay(picture(.table), label: text)),
            Example(component: "chairs", name: "nine", html: chairs(9, text)),
            Example(component: "chairs", name: "too many to draw", html: chairs(900, text)),
        ]
    }

    private static func asking(_ text: String) -> [Example] {
        [
            Example(component: "field", name: "plain", html: field("plain", label: text)),
            Example(
                component: "field", name: "filled",
                html: field(
                    "filled", label: text, hint: text, value: text, autocomplete: "nickname", isShort: true)),
            Example(
                component: "field", name: "the page's question", html: field("asked", label: text, isQuestion: true)),
            Example(
                component: "codeField", name: "usual", html: codeField("code", label: text, hint: text, value: text)),
            Example(component: "area", name: "filled", html: area("words", label: text, hint: text, value: text)),
            Example(component: "dateField", name: "usual", html: dateField("day", label: text, value: text)),
            Example(
                component: "choices", name: "one chosen",
                html: choices(
                    "sign", label: text, hint: text, of: answers(text), chosen: "b")),
            Example(component: "checkbox", name: "on", html: checkbox("wall", label: text, hint: text, isOn: true)),
            Example(
                component: "taps", name: "one chosen",
                html: taps(
                    "coming", label: text, of: answers(text), chosen: "a")),
        ]
    }

    private static func refusing(_ text: String) -> [Example] {
        [
            Example(
                component: "errorSummary", name: "two",
                html: errorSummary(
                    text,
                    [
                        Problem(field: "mend", words: text), Problem(field: nil, words: text),
                    ])),
            Example(component: "field", name: "to mend", html: field("mend", label: text, hint: text, error: text)),
            Example(component: "area", name: "to mend", html: area("mend-area", label: text, error: text, value: text)),
            Example(
                component: "choices", name: "to mend",
                html: choices(
                    "mend-choice", label: text, error: text, of: answers(text))),
        ]
    }

    private static func answers(_ text: String) -> [Choice] {
        [
            Choice(value: "a", label: text), Choice(value: "b", label: text, hint: text),
            Choice(value: text, label: text),
        ]
    }
}
