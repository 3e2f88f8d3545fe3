import Markup

// The small vocabulary that every room's pages speak with. Nothing here knows a room, and nothing here holds a
// sentence: words come from `Words`, or from people. What asks a question is in `Fields.swift`.

/// How much a button asks to be seen. A page has one main act.
enum ButtonWeight: String, Sendable {
    case main = "button button-main"
    case usual = "button"
    /// A button that looks like a link: for the lesser act.
    case link = "link-button"
}

/// A button that sends the form it stands in; with `to`, to another address than the form's own.
func button(
    _ words: String,
    _ weight: ButtonWeight = .usual,
    picture shown: Picture? = nil,
    name: String? = nil,
    value: String? = nil,
    to address: String? = nil
) -> HTML {
    """
    <button class="\(weight.rawValue)" type="submit"\(attribute: "name", name)\(attribute: "value", value)\
    \(attribute: "formaction", address)>\(shown.map { picture($0, .small) })\(words)</button>
    """
}

/// A link to another page that has the weight of a button.
func buttonLink(
    _ words: String, to address: String, _ weight: ButtonWeight = .usual, picture shown: Picture? = nil
)
    -> HTML
{
    "<a class=\"\(weight.rawValue)\" href=\"\(address)\">\(shown.map { picture($0, .small) })\(words)</a>"
}

/// What can be done here, the main act first.
func acts(_ acts: [HTML]) -> HTML { "<div class=\"acts\">\(acts)</div>" }

/// The way back to where one came from, said in full: *Back to our offer*.
func backLink(_ words: String, to address: String) -> HTML {
    "<a class=\"back\" href=\"\(address)\">\(words)</a>"
}

/// A large way in: a picture, what it is called, one plain sentence. They stand in `doors`.
func door(_ name: String, _ words: String, to address: String, picture shown: Picture) -> HTML {
    """
    <a class="door" href="\(address)">\(picture(shown))\
    <span><b class="door-name">\(name)</b> <span class="door-words">\(words)</span></span></a>
    """
}

/// Several doors side by side.
func doors(_ doors: [HTML]) -> HTML { "<ul class=\"doors\">\(doors.map { "<li>\($0)</li>" as HTML })</ul>" }

/// Something to know before going on: the picture on the left, the words on the right.
func notice(_ shown: Picture, title: String? = nil, _ body: HTML) -> HTML {
    """
    <div class="notice">\(picture(shown))<div>\(title.map { "<h2>\($0)</h2>" as HTML })\(body)</div></div>
    """
}

/// A sheet of paper on the table, for what people hold or lay down.
func sheet(_ body: HTML, id: String? = nil) -> HTML { "<div class=\"sheet\"\(attribute: "id", id)>\(body)</div>" }

/// Things one under another, in an order that means something.
func stack(_ things: [HTML]) -> HTML {
    "<ol class=\"stack\" role=\"list\">\(things.map { "<li>\($0)</li>" as HTML })</ol>"
}

/// Small print under something, never the only place where it is said.
func smallPrint(_ words: HTML) -> HTML { "<p class=\"small-print\">\(words)</p>" }

/// A sentence of the interface as a paragraph.
func paragraph(_ words: String) -> HTML { "<p>\(words)</p>" }

/// The page itself, with what helps to understand it beside it where there is room, and after it where there isn't.
func twoColumns(_ body: HTML, context: HTML) -> HTML {
    "<div class=\"two\"><div>\(body)</div><aside class=\"context\">\(context)</aside></div>"
}

/// What could be here, who could write first, and the way to do it. The title is a second heading.
func emptyPlace(_ shown: Picture, title: String, _ words: String, act: HTML = .empty) -> HTML {
    """
    <div class="empty">\(picture(shown, .large))<h2>\(title)</h2><p>\(words)</p>\(act.isEmpty ? act : acts([act]))</div>
    """
}

/// More for those who want it, folded away.
func more(_ summary: String, _ body: HTML, isOpen: Bool = false) -> HTML {
    "<details\(flag: "open", isOpen)><summary>\(summary)</summary>\(body)</details>"
}

/// Things and what there is to say about each.
func rows(_ rows: [(name: String, says: HTML)]) -> HTML {
    """
    <dl class="rows">\(rows.map { "<div class=\"row\"><dt>\($0.name)</dt><dd>\($0.says)</dd></div>" as HTML })</dl>
    """
}

/// A short code, as large as it deserves. People read it aloud, so it is never translated.
func codeDisplay(_ code: String) -> HTML { "<p class=\"code\" translate=\"no\">\(code)</p>" }

/// The words of a pass or a receipt, numbered so that they can be said down a telephone.
func sixWordsDisplay(_ words: [String]) -> HTML {
    """
    <ol class="six-words" translate="no" role="list">\(words.map { "<li>\($0)</li>" as HTML })</ol>
    """
}

/// An address to be copied from paper: a line of it may end before its path, and not in the middle of a word.
func addressDisplay(_ house: String, _ path: String) -> HTML {
    "<p class=\"small-print\" translate=\"no\">\(house)<wbr>\(path)</p>"
}

/// A pattern for a camera, always dark on white. `svg` is decorative; the label says what it opens.
func qrDisplay(_ svg: HTML, label: String) -> HTML {
    "<figure class=\"qr\" role=\"img\" aria-label=\"\(label)\">\(svg)</figure>"
}

/// More chairs than this can't be seen at a glance, and a row of them stops being a picture.
private let mostChairs = 30

/// How many, in words and then in chairs. Past `mostChairs` the words stand alone.
func chairs(_ count: Int, _ words: String) -> HTML {
    let seats = count > 0 && count <= mostChairs ? count : 0
    let drawn = (0..<seats).map { _ in picture(.chair, .small) }
    return "<p>\(words)</p>\(drawn.isEmpty ? .empty : "<p class=\"chairs\">\(drawn)</p>")"
}
