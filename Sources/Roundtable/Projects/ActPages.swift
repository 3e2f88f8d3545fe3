import Hummingbird
import Markup

/// Who has turned a key, with what they said as they did, and what is still missing.
func keysTurned(_ act: Act, at now: Moment, _ t: Words) -> HTML {
    let turned = act.keys.map { key -> HTML in
        // words: key.side.*
        let side = t("key.side.\(key.side.rawValue)")
        let said = t(key.isYes ? "key.yes" : "key.notYet", name: nameHere(key.name, t), side: side)
        return "<li>\(said) \(smallPrint("\(t.moment(key.turned.milliseconds))"))</li>"
    }
    let list: HTML = turned.isEmpty ? paragraph(t("key.none")) : "<ul class=\"history\">\(turned)</ul>"
    return "<h2 id=\"keys\">\(t("key.title"))</h2>\(list)\(act.outcome == nil ? keysMissing(act, at: now, t) : .empty)"
}

private func keysMissing(_ act: Act, at now: Moment, _ t: Words) -> HTML {
    // words: key.missing.*
    let missing = act.missing.map { paragraph(t("key.missing.\($0.rawValue)")) }
    if act.isHeldBack { return "\(missing)\(paragraph(t("key.heldBack")))" }
    let ends = t.day(act.noticeEnds.milliseconds)
    return "\(missing)\(paragraph(t(now < act.noticeEnds ? "key.notice" : "key.noticeOver", day: ends)))"
}

/// Turning one's own key: what one says of oneself shows, and it says so first.
///
/// - Parameter yes: what the button does once both are there: *Yes, change it*.
func keyForm(_ act: Act?, for seat: Seat, to address: String, yes: String, _ visit: Visit, _ refusal: Refusal?) -> HTML
{
    let t = visit.t
    let mine = act?.keys.first { $0.seat == seat.id }
    // words: key.choice.*
    let sides = Key.Side.allCases.map { Choice(value: $0.rawValue, label: t("key.choice.\($0.rawValue)")) }
    let typed = visit.form["side"]
    let form: HTML = """
        \(choices(
            "side", label: t("key.choice.title"), hint: t("key.choice.hint"), error: refusal?.at("side", t), of: sides,
            chosen: typed.isEmpty ? mine?.side.rawValue : typed))
        \(acts([
            button(yes, .main, picture: .key, name: "says", value: "yes"),
            act == nil ? .empty : button(t("key.no"), name: "says", value: "no"),
        ]))
        """
    return """
        <h2 id="yours">\(t(mine == nil ? "key.turn" : "key.turnAgain"))</h2>
        \(visit.form(to: address, form))
        """
}

/// Which side kept away, once something was agreed without it; nothing where both were there.
func missingSides(_ missing: [Key.Side], _ t: Words) -> HTML {
    // words: key.absent.*
    "\(missing.map { paragraph(t("key.absent.\($0.rawValue)")) })"
}
