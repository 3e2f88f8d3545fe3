import Markup

/// The whole offer, to be read before saying yes: on its own sheet, in an invitation, with a receipt. It holds no
/// links and no buttons, so that it reads the same on paper.
///
/// - Parameter worried: whom to tell if one is worried, as it is now; nothing beside an offer as it was.
func offerSheet(_ offer: Offer, worried: String?, _ t: Words) -> HTML {
    let kinds = Wording.Kind.ofCards.filter { !offer.cards($0).isEmpty || $0 == .decided }
    let sections = kinds.map { kind -> HTML in
        let cards = offer.cards(kind).map { cardItem($0, t) }
        return """
            <section>\(kindTitle(kind, t))\
            \(cards.isEmpty ? paragraph(t("offer.decided.none")) : "<ul class=\"stack cards\" role=\"list\">\(cards)</ul>")\
            </section>
            """
    }
    let lines = Topic.allCases.filter { $0 != .money }.map { ($0, topicLine(offer.topics[$0]?.wording, t)) }
    return """
        <div class="\(paperClass(offer, worried ?? ""))"><div class="laid">\(sections)</div>
        \(moneyRows(offer.topics[.money]?.wording, t))
        \(worried.map { worriedPart($0, t) })
        <h2>\(t("topic.title"))</h2>
        \(rows(lines.map { (topicName($0.0, t), $0.1) }))
        \(paragraph(t("offer.leave")))</div>
        """
}

/// How small it must be set on paper to stay on one sheet: `offer-paper`, with `offer-long` or `offer-full`.
private func paperClass(_ offer: Offer, _ worried: String) -> String {
    let letters = (offer.cards + Array(offer.topics.values)).reduce(worried.count) { $0 + $1.wording.words.count }
    // A card's name, day and edges take the room of about this many letters.
    let room = letters + 110 * offer.cards.count
    return switch room {
    case ...mostUsual: "offer-paper"
    case ...mostLong: "offer-paper offer-long"
    default: "offer-paper offer-full"
    }
}

/// As many letters as fit on one sheet of A4 at the usual size and at the next smaller, measured with room to spare.
private let mostUsual = 1_300
private let mostLong = 2_600

/// What is said on one line of *think first*: the answer, and words if there are any.
func topicLine(_ says: Wording?, _ t: Words) -> HTML {
    guard let says else { return "\(t("topic.unanswered"))" }
    // *Sorted* alone tells nobody anything: that it can be asked is said in its place. Money says how much instead.
    let isBare = says.kind == .sorted && says.words.isEmpty && says.amount.isEmpty
    let words = isBare ? t("topic.sorted.how") : says.words
    return "<b>\(topicAnswer(says.kind, t))</b> <span dir=\"auto\">\(words)</span>"
}

/// What is paid, by when, and that nobody need take it. Said before anyone says yes.
func moneyRows(_ money: Wording?, _ t: Words) -> HTML {
    let title: HTML = "<h2>\(t("money.title"))</h2>"
    guard let money else { return "\(title)\(paragraph(t("topic.unanswered")))" }
    let words: HTML = money.words.isEmpty ? .empty : "<p dir=\"auto\">\(money.words)</p>"
    guard money.kind != .notNeeded else { return "\(title)\(paragraph(t("money.none")))\(words)" }
    func says(_ text: String) -> HTML {
        text.isEmpty ? "\(t("topic.unknown"))" : "<span dir=\"auto\">\(text)</span>"
    }
    return """
        \(title)\(money.kind == .unknown ? paragraph(t("money.unknown")) : .empty)
        \(rows([
            (t("money.amount"), says(money.amount)),
            (t("money.payBy"), says(money.payBy)),
            (t("money.decline"), "\(t("money.decline.text"))"),
        ]))\(words)
        """
}

/// The same in a line or two, for a page that is about something else; nothing where the offer doesn't say.
func moneyLine(_ money: Wording?, _ t: Words) -> String? {
    guard let money else { return nil }
    if money.kind == .notNeeded { return t("money.none") }
    if money.amount.isEmpty { return t("money.unknown") }
    return t("money.line", amount: money.amount, payBy: money.payBy.isEmpty ? t("topic.unknown") : money.payBy)
}

/// A card as everybody reads it. `links` are for those who may change it.
func cardItem(_ card: Card, _ t: Words, links: HTML = .empty) -> HTML {
    """
    <li class="card sheet" id="card-\(card.id.text)">\(cardWords(card.wording))\
    \(card.bears.map { "<p class=\"card-who\">\(t("card.owner", name: $0))</p>" } ?? smallPrint("\(t("card.nobody"))"))\
    <p class="small-print">\(cardDay(card.wording, laid: card.laid, t))</p>\(links)</li>
    """
}

func cardWords(_ says: Wording) -> HTML {
    "<div class=\"card-words\" dir=\"auto\">\(HTML(paragraphs: says.words))</div>"
}

/// Since when, when, or by when: what a card of this kind has a day for.
func cardDay(_ says: Wording, laid: Moment, _ t: Words) -> String {
    guard let day = says.day.map({ t.day($0.text) }) else { return t("card.day.since", day: t.day(laid.milliseconds)) }
    switch says.kind {
    case .unknown: return t("card.day.sayBy", day: day)
    case .decided: return t("card.day.decided", day: day)
    case .can, .cannot, .sorted, .notNeeded, .takenOff: return t("card.day.since", day: day)
    }
}

func kindTitle(_ kind: Wording.Kind, _ t: Words) -> HTML {
    "<h2 class=\"kind\">\(picture(kindPicture(kind)))<span>\(kindName(kind, t))</span></h2>"
}

func kindName(_ kind: Wording.Kind, _ t: Words) -> String {
    switch kind {
    case .can: t("card.kind.can")
    case .cannot: t("card.kind.cannot")
    case .unknown: t("card.kind.unknown")
    case .decided: t("card.kind.decided")
    case .sorted: t("topic.sorted")
    case .notNeeded: t("topic.notNeeded")
    case .takenOff: t("card.kind.takenOff")
    }
}

private func kindPicture(_ kind: Wording.Kind) -> Picture {
    switch kind {
    case .cannot: .door
    case .unknown: .unknown
    case .decided: .card
    case .can, .sorted, .notNeeded, .takenOff: .hand
    }
}

func topicAnswer(_ kind: Wording.Kind, _ t: Words) -> String {
    kind == .unknown ? t("topic.unknown") : kindName(kind, t)
}

func topicName(_ topic: Topic, _ t: Words) -> String {
    // words: topic.name.*
    t("topic.name.\(topic.rawValue)")
}

/// What is still to be said before the offer can be laid, each a way to its line.
func lackingList(_ missing: [Offer.Lacking], in project: Project, _ t: Words) -> HTML {
    let items = missing.map { lacking -> HTML in
        switch lacking {
        case .line(let topic):
            "<li><a href=\"\(project.address)/offer#think-\(topic.rawValue)\">\(topicName(topic, t))</a></li>"
        case .howMuch: "<li><a href=\"\(project.address)/topics/money\">\(t("offer.lacks.howMuch"))</a></li>"
        }
    }
    return "<ul>\(items)</ul>"
}
