import Markup

// What asks a question and takes an answer. A field's id is its name, so that a refusal's link finds it; its hint and
// what needs mending are read out with it.

/// What a field takes, for the keyboard that a phone shows.
enum FieldKind: String, Sendable {
    case text, email, tel, url, search, date, time, number
}

/// One line to answer in. With `isQuestion` the label is the page's heading: one question to a screen.
///
/// Nothing typed is cut off at a limit: the rule refuses and the page keeps it, so there is no `maxlength` here.
func field(
    _ name: String,
    label: String,
    hint: String? = nil,
    error: String? = nil,
    value: String = "",
    kind: FieldKind = .text,
    autocomplete: String = "off",
    isShort: Bool = false,
    isQuestion: Bool = false,
    also: HTML = .empty
) -> HTML {
    let classes = isShort || kind == .date || kind == .time ? "input input-short" : "input"
    return asked(name, label, hint, error, isQuestion) {
        """
        <input class="\(classes)" id="\(name)" name="\(name)" type="\(kind.rawValue)" value="\(value)" \
        autocomplete="\(autocomplete)" dir="auto"\($0)\(also)>
        """
    }
}

/// A photograph to choose or to take. What it says it takes has phones hand over a JPEG of what they keep otherwise.
func photographField(_ name: String, label: String, hint: String? = nil, error: String? = nil) -> HTML {
    asked(name, label, hint, error, false) {
        """
        <input class="input input-file" id="\(name)" name="\(name)" type="file" \
        accept="image/jpeg,image/png,image/webp"\($0)>
        """
    }
}

/// A code to type in: large letters, and no machine's guesses.
func codeField(
    _ name: String, label: String, hint: String? = nil, error: String? = nil, value: String = "",
    isQuestion: Bool = false
) -> HTML {
    asked(name, label, hint, error, isQuestion) {
        """
        <input class="input input-code" id="\(name)" name="\(name)" type="text" value="\(value)" autocomplete="off" \
        autocapitalize="characters" autocorrect="off" spellcheck="false" translate="no"\($0)>
        """
    }
}

/// Room to write in.
func area(
    _ name: String,
    label: String,
    hint: String? = nil,
    error: String? = nil,
    value: String = "",
    rows: Int = 6,
    isQuestion: Bool = false,
    also: HTML = .empty
) -> HTML {
    asked(name, label, hint, error, isQuestion) {
        // A line break straight after the tag is dropped by the browser, so one is given for it to drop.
        """
        <textarea class="input" id="\(name)" name="\(name)" rows="\(rows)" dir="auto"\($0)\(also)>
        \(value)</textarea>
        """
    }
}

/// A day, by the calendar of the reader's own device; typed as 2026-11-26 where it has none.
func dateField(
    _ name: String, label: String, hint: String? = nil, error: String? = nil, value: String = "",
    isQuestion: Bool = false
) -> HTML {
    field(name, label: label, hint: hint, error: error, value: value, kind: .date, isQuestion: isQuestion)
}

/// One thing that can be chosen.
struct Choice: Sendable {
    let value: String
    let label: String
    var hint: String?
}

/// One of several, each as large as a thumb.
func choices(
    _ name: String,
    label: String,
    hint: String? = nil,
    error: String? = nil,
    of choices: [Choice],
    chosen: String? = nil,
    isQuestion: Bool = false
) -> HTML {
    let radios = choices.enumerated().map { place, choice in
        box(.radio, name, id: place == 0 ? name : "\(name)-\(place)", choice, isOn: choice.value == chosen)
    }
    let title: HTML = isQuestion ? "<h1>\(label)</h1>" : "\(label)"
    return """
        <fieldset class="field\(error == nil ? "" : " field-wrong")"\(describing(name, hint, error))>\
        <legend class="field-label">\(title)</legend>\(asides(name, hint, error))\(radios)</fieldset>
        """
}

/// Something to agree to or leave alone.
func checkbox(_ name: String, label: String, hint: String? = nil, value: String = "yes", isOn: Bool = false) -> HTML {
    box(.checkbox, name, id: name, Choice(value: value, label: label, hint: hint), isOn: isOn)
}

/// Answers in a row, one tap each: every one is a button that sends its form with `name` as its value.
func taps(_ name: String, label: String, of choices: [Choice], chosen: String? = nil) -> HTML {
    let buttons = choices.map { choice in
        """
        <button class="tap" type="submit" name="\(name)" value="\(choice.value)" \
        aria-pressed="\(choice.value == chosen ? "true" : "false")">\(choice.label)</button>
        """ as HTML
    }
    return "<div class=\"taps\" role=\"group\" aria-label=\"\(label)\">\(buttons)</div>"
}

/// One thing that needs mending, and the field where.
struct Problem: Sendable {
    let field: String?
    let words: String
}

/// What needs mending, first on the page, each a way to its field. It can be given the focus.
func errorSummary(_ title: String, _ problems: [Problem]) -> HTML {
    let lines = problems.map { problem -> HTML in
        guard let field = problem.field else { return "<li>\(problem.words)</li>" }
        return "<li><a href=\"#\(field)\">\(problem.words)</a></li>"
    }
    return """
        <div class="errors" id="errors" role="alert" tabindex="-1"><h2>\(title)</h2><ul role="list">\(lines)</ul></div>
        """
}

extension Refusal {
    /// What to say beside a field, if this refusal is about it.
    func at(_ field: String, _ t: Words) -> String? { self.field == field ? said(in: t) : nil }
}

/// What needs mending, first on the page; nothing when nothing was refused.
func problems(_ refusal: Refusal?, _ t: Words) -> HTML {
    guard let refusal else { return .empty }
    return errorSummary(t("error.summary"), [Problem(field: refusal.field, words: refusal.said(in: t))])
}

private enum BoxKind: String { case radio, checkbox }

private func box(_ kind: BoxKind, _ name: String, id: String, _ choice: Choice, isOn: Bool) -> HTML {
    let hint = choice.hint.map { " <span class=\"choice-hint\">\($0)</span>" as HTML }
    return """
        <label class="choice"><input type="\(kind.rawValue)" id="\(id)" name="\(name)" value="\(choice.value)"\
        \(flag: "checked", isOn)><span>\(choice.label)\(hint)</span></label>
        """
}

/// The question around a place to answer; what ties them together is handed to `input`.
private func asked(
    _ name: String, _ label: String, _ hint: String?, _ error: String?, _ isQuestion: Bool, input: (HTML) -> HTML
) -> HTML {
    let title: HTML =
        isQuestion
        ? "<h1><label for=\"\(name)\">\(label)</label></h1>"
        : "<label class=\"field-label\" for=\"\(name)\">\(label)</label>"
    let ties = describing(name, hint, error) + (error == nil ? "" : " aria-invalid=\"true\"")
    return """
        <div class="field\(error == nil ? "" : " field-wrong")">\(title)\(asides(name, hint, error))\(input(ties))</div>
        """
}

private func describing(_ name: String, _ hint: String?, _ error: String?) -> HTML {
    let ids = [hint.map { _ in "\(name)-hint" }, error.map { _ in "\(name)-error" }].compactMap { $0 }
    return "\(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))"
}

private func asides(_ name: String, _ hint: String?, _ error: String?) -> HTML {
    """
    \(hint.map { "<p class=\"field-hint\" id=\"\(name)-hint\">\($0)</p>" as HTML })\
    \(error.map { "<p class=\"field-error\" id=\"\(name)-error\">\($0)</p>" as HTML })
    """
}
