import Markup

// People and what they say: the part of every page that matters most.

/// Somebody, by the name that they chose, and nothing else beside it.
func nameplate(_ name: String) -> HTML { "<span class=\"nameplate\"><bdi>\(name)</bdi></span>" }

/// Something that somebody said: the name largest, then the words as they laid them out, then the small print.
///
/// The heading names the article. What stands in a list has its id on the list's item, where what is live finds it.
///
/// - Parameters:
///   - id: what an address may point to, where nothing around it has that id.
///   - who: the name they chose, or the words for somebody unnamed (then `isNamed` is false).
///   - level: the level of heading that the name is, one below what it stands under.
///   - language: the language of the words where it isn't the page's, so that a reading voice changes too.
///   - acts: links and forms that this reader may use, the most wanted first.
func saying(
    id: String? = nil,
    who: String,
    isNamed: Bool = true,
    level: Int = 3,
    words: String,
    language: String? = nil,
    smallPrint: String,
    picture: HTML = .empty,
    acts: [HTML] = []
) -> HTML {
    var article: HTML = """
        <article class="saying"\(attribute: "id", id)>\
        <h\(level) class="saying-who\(isNamed ? "" : " saying-unnamed")" dir="auto">\(who)</h\(level)>\
        \(picture)<div class="saying-words" dir="auto"\(attribute: "lang", language)>\(paragraphs: words)</div>\
        <p class="saying-print">\(smallPrint)</p>
        """
    if !acts.isEmpty {
        article.append(markup: "<div class=\"saying-acts\">")
        for act in acts { article.append(act) }
        article.append(markup: "</div>")
    }
    article.append(markup: "</article>")
    return article
}

/// The empty place where something was, which says so. Nobody's name heads it, so it is no article.
func sayingGone(id: String? = nil, _ words: String, acts: [HTML] = []) -> HTML {
    """
    <div class="saying"\(attribute: "id", id)><p class="saying-gone">\(words)</p>\
    \(acts.isEmpty ? .empty : "<div class=\"saying-acts\">\(acts)</div>")</div>
    """
}

/// Somebody's exact words, drawn on elsewhere, with who said them. The words carry their own quotation marks.
func quote(_ words: String, by name: HTML) -> HTML {
    """
    <blockquote class="quote"><div dir="auto">\(HTML(paragraphs: words))</div><p class="small-print">\(name)</p></blockquote>
    """
}

/// One thing that happened on the way, forwards or back.
struct StepLine: Sendable {
    enum Way: Sendable { case forwards, back }
    let way: Way
    /// *A step forward* or *A step back*: the picture never says it alone.
    let title: String
    let words: String
    /// The language of the words where it isn't the page's, so that a reading voice changes too.
    var language: String?
    /// What is in the way, where something is.
    var hindrance: HTML = .empty
    let smallPrint: HTML
}

/// What happened, in order, along one thread.
func steps(_ steps: [StepLine]) -> HTML {
    let lines = steps.map { step in
        """
        <li class="step">\(picture(step.way == .forwards ? .forwards : .back))<p class="step-way">\(step.title)</p>\
        <div class="step-words" dir="auto"\(attribute: "lang", step.language)>\(HTML(paragraphs: step.words))</div>\(step.hindrance)\
        <p class="small-print">\(step.smallPrint)</p></li>
        """ as HTML
    }
    return "<ol class=\"steps\" role=\"list\">\(lines)</ol>"
}
