import Markup

/// How pages look and are read out on one device, as whoever holds it asked: language, letters, spacing, contrast,
/// light and the pace of the voice.
///
/// It is kept in one small cookie of plain words, `cy.larger.wide`, and written on `<html>`, so that it works without
/// scripts and a page never changes before one's eyes. It says nothing of a person and opens nothing: it belongs to
/// the device, and stays there when the device is passed on, since a hall's tablet that was set to large letters in
/// Welsh was set so for whoever sits there.
struct Display: Sendable, Equatable {
    enum Letters: String, Sendable, CaseIterable { case usual, large, larger }
    enum Spacing: String, Sendable, CaseIterable { case usual, wide }
    enum Contrast: String, Sendable, CaseIterable { case usual, more }
    enum Light: String, Sendable, CaseIterable { case device, light, dark }
    enum Pace: String, Sendable, CaseIterable { case usual, slow }

    /// The language chosen on this device; nothing when nobody has chosen one.
    var language: String?
    var letters = Letters.usual
    var spacing = Spacing.usual
    var contrast = Contrast.usual
    var light = Light.device
    var pace = Pace.usual

    static let cookie = "display"
    /// What stands before the name of a field that goes along while the language changes.
    static let typed = "typed-"
    /// One word for each choice takes half of this; what is longer was not written here.
    static let longestCookie = 80

    init() {}

    /// What a cookie says. Words that mean nothing here are passed over.
    init(cookie text: String, languages: [String]) {
        guard text.utf8.count <= Self.longestCookie else { return }
        for word in text.split(separator: ".").map({ String($0) }) {
            if languages.contains(word) { language = word }
            if let found = Letters(rawValue: word), found != .usual { letters = found }
            if let found = Spacing(rawValue: word), found != .usual { spacing = found }
            if let found = Contrast(rawValue: word), found != .usual { contrast = found }
            if let found = Light(rawValue: word), found != .device { light = found }
            if let found = Pace(rawValue: word), found != .usual { pace = found }
        }
    }

    /// With what a form asks for; what it doesn't name stays as it was.
    func choosing(_ form: Form, languages: [String]) -> Display {
        var chosen = self
        if languages.contains(form["language"]) { chosen.language = form["language"] }
        chosen.letters = form.choice("letters") ?? letters
        chosen.spacing = form.choice("spacing") ?? spacing
        chosen.contrast = form.choice("contrast") ?? contrast
        chosen.light = form.choice("light") ?? light
        chosen.pace = form.choice("pace") ?? pace
        return chosen
    }

    /// As the cookie keeps it; empty when everything is as usual.
    var written: String {
        [language, said(letters), said(spacing), said(contrast), said(light), said(pace)]
            .compactMap { $0 }.joined(separator: ".")
    }

    /// What stands on `<html>`, for the styles and for the voice.
    var attributes: HTML {
        """
        \(attribute: "data-type", said(letters))\(attribute: "data-spacing", said(spacing))\
        \(attribute: "data-contrast", said(contrast))\(attribute: "data-theme", said(light))\
        \(attribute: "data-pace", said(pace))
        """
    }

    /// What browsers are told before the styles come, so that a page at night doesn't begin white.
    var colourScheme: String { light == .device ? "light dark" : light.rawValue }

    private func said<Choice: RawRepresentable<String>>(_ choice: Choice) -> String? {
        ["usual", "device"].contains(choice.rawValue) ? nil : choice.rawValue
    }
}

extension House {
    /// Languages whose words nobody who speaks them has checked yet; each page in one says so. `docs/words.md` says
    /// how one is checked, and what is changed here then.
    static let drafts: Set<String> = ["cy"]

    /// The languages that people may choose, each by its own name for itself.
    var languages: [(tag: String, name: String)] {
        languages(without: nil)
    }

    private func languages(without left: String?) -> [(tag: String, name: String)] {
        catalogue.languages.filter { $0 != Catalogue.madeUp && $0 != left }.map { tag in
            (tag, Words(catalogue, language: tag)("layout.language"))
        }
    }

    /// A button for each language that the page isn't in, which leads back to the page. One that says what needs
    /// mending has no address to come back to: what was typed goes along (`DisplayRoutes.choose`).
    func languageSwitch(_ visit: Visit, isRefused: Bool) -> HTML {
        let others = languages(without: visit.words.language)
        guard !others.isEmpty else { return .empty }
        let buttons = others.map { other -> HTML in
            """
            <button class="link-button" type="submit" name="language" value="\(other.tag)" lang="\(other.tag)" \
            translate="no">\(other.name)</button>
            """
        }
        let back: HTML =
            isRefused && !visit.form.fields.isEmpty
            ? typedAlong(visit) : "<input type=\"hidden\" name=\"next\" value=\"\(visit.comesBackTo)\">"
        return visit.form(to: "/display", "\(back)\(buttons)")
    }

    private func typedAlong(_ visit: Visit) -> HTML {
        let typed = visit.form.typed.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(Display.typed)\(name)\" value=\"\(value)\">"
        }
        return "<input type=\"hidden\" name=\"again\" value=\"\(visit.path)\">\(typed)"
    }

    /// That the words of this language are a draft, in the language and in English.
    func draftNote(_ visit: Visit) -> HTML {
        guard Self.drafts.contains(visit.words.language) else { return .empty }
        let english = Words(catalogue, language: Catalogue.fallback)
        return """
            <p>\(visit.words("layout.draft.language"))</p>
            <p lang="en" dir="ltr">\(english("layout.draft.language"))</p>
            """
    }
}
