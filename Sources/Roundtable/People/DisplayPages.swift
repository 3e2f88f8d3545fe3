import Foundation
import Markup

/// What can be chosen, one question under another, and a line to try it on.
func displayPage(_ visit: Visit, _ languages: [(tag: String, name: String)], next: String?) -> Page {
    let (t, display) = (visit.words, visit.display)
    // words: display.*
    func question<Chosen: RawRepresentable<String> & CaseIterable>(_ name: String, _ chosen: Chosen) -> HTML {
        choices(
            name, label: t("display.\(name).title"),
            of: Chosen.allCases.map { Choice(value: $0.rawValue, label: t("display.\(name).\($0.rawValue)")) },
            chosen: chosen.rawValue)
    }
    let fields: HTML = """
        \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" as HTML })
        \(languages.count > 1 ? languageQuestion(visit, languages) : .empty)
        \(question("letters", display.letters))
        \(question("spacing", display.spacing))
        \(question("contrast", display.contrast))
        \(question("light", display.light))
        \(question("pace", display.pace))
        \(acts([button(t("display.save"), .main)]))
        """
    return Page(
        title: t("display.title"),
        main: """
            \(next.map { backLink(t("display.back"), to: $0) })
            <h1>\(t("display.title"))</h1>
            \(paragraph(t("display.text")))
            \(visit.form(to: "/display", fields))
            """)
}

/// Each language by its own name, so that whoever can't read this page finds theirs on it.
private func languageQuestion(_ visit: Visit, _ languages: [(tag: String, name: String)]) -> HTML {
    let radios = languages.map { language -> HTML in
        """
        <label class="choice"><input type="radio" name="language" value="\(language.tag)"\
        \(flag: "checked", language.tag == visit.words.language)>\
        <span lang="\(language.tag)" translate="no">\(language.name)</span></label>
        """
    }
    return """
        <fieldset class="field"><legend class="field-label">\(visit.words("display.language.title"))</legend>\
        \(radios)</fieldset>
        """
}

/// What was typed, while the language changed under it.
func typedPage(_ visit: Visit) -> Page {
    let t = visit.words
    let typed = visit.form.typed.map { name, value -> HTML in
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
    return Page(
        title: t("error.kept"),
        main: """
            <h1>\(t("error.kept"))</h1>
            \(paragraph(t("display.kept")))
            \(visit.form(to: visit.path, "\(typed)\(acts([button(t("error.again"), .main)]))"))
            """,
        isRefused: true)
}
