import Markup

/// What is told before something is saved, with what was typed still there: to be changed, or kept as it is.
///
/// One page for every form, so that no form can be forgotten: it carries on whatever else was sent.
///
/// - Parameter file: where a file that came with the form is chosen again.
func reminderPage(_ reminder: Reminder, _ visit: Visit, file: HTML = .empty) -> Page {
    let t = visit.t
    let told = reminder.lines.map { line in
        Problem(field: line.fields.first, words: t("reminder.line", name: nameOr(line.name, t), words: line.words))
    }
    let looked = Set(reminder.fields)
    let typed = reminder.fields.map { name -> HTML in
        let value = visit.form[name]
        // All of it is to be seen on a phone: in a field of one line it would be cut off.
        return area(name, label: t("reminder.typed"), value: value, rows: value.count > shortText ? 6 : 3)
    }
    let rest = visit.form.fields.filter { !looked.contains($0.key) && !["guard", Reminder.keep].contains($0.key) }
    let hidden = rest.sorted { $0.key < $1.key }.flatMap { name, values in
        values.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" as HTML }
    }
    let fields: HTML = """
        \(hidden)
        \(typed)
        \(file)
        \(paragraph(t("reminder.choice")))
        \(acts([
            button(t("reminder.change"), .main),
            button(t("reminder.keep"), name: Reminder.keep, value: reminder.told),
        ]))
        """
    return Page(
        title: t("reminder.title"),
        main: """
            <h1>\(t("reminder.title"))</h1>
            \(errorSummary(t("reminder.nothingYet"), told))
            \(visit.form(to: visit.path, withFile: !file.isEmpty, fields))
            """,
        isRefused: true)
}

/// What fits into three lines of a phone; longer is given more room.
private let shortText = 90

/// Somebody may have given no name and be meant all the same.
private func nameOr(_ name: String, _ t: Words) -> String { name.isEmpty ? t("seat.unnamed") : name }
