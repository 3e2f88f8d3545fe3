import Markup
import Storage

extension Reader {
    /// The asks that somebody's words became part of, each with its whole thread; none lumped with another.
    func threads(from contributions: [ID<Contribution>]) throws -> [AskThread] {
        guard !contributions.isEmpty else { return [] }
        return try threads(
            where: """
                ask.id in (select part.ask from ask_source part where part.contribution in \(list: contributions))
                """)
    }
}

/// Whether an answer, or a small change, has come of something said.
func hasAnswer(_ contribution: ID<Contribution>, _ threads: [AskThread], _ changes: [Change]) -> Bool {
    changes.contains { $0.contribution == contribution }
        || threads.contains { thread in
            !thread.answers.isEmpty && thread.sources.contains { $0.contribution == contribution }
        }
}

/// What became of one contribution, for its giver: one part for each ask that it became part of and for each small
/// change that it led to, with what they may
/// say of it: their voices are the receipt's own, and its seat's.
func fates(
    of contribution: ID<Contribution>, in threads: [AskThread], _ changes: [Change], by receipt: Receipt,
    at now: Moment, on today: Day, _ visit: Visit
) -> HTML {
    let t = visit.t
    let voices = [Voice.receipt(receipt.id)] + (receipt.seat.map { [Voice.seat($0)] } ?? [])
    let back: HTML = "<input type=\"hidden\" name=\"back\" value=\"\(receipt.id.text)\">"
    let parts = threads.compactMap { thread -> HTML? in
        guard let source = thread.sources.first(where: { $0.contribution == contribution }) else { return nil }
        // Asked once for each ask, however many of their words it came from.
        let isFirst = contribution == thread.sources.first { $0.isBy(voices) }?.contribution
        return sheet(
            """
            <h3 dir="auto" lang="\(thread.ask.language)">\(thread.ask.words)</h3>
            \(paragraph(thread.fate(for: voices).said(on: today, t)))
            \(thread.answers.last.map { "\(smallPrint("\(t("fate.answeredBy", name: nameHere($0.name, t)))"))" as HTML })
            \(answerWords(thread))
            \(thread.ask.ended == nil ? "\(ownMeaning(source, t))\(meaningForm(thread.ask, source, visit, back: back))" : .empty)
            \(isFirst ? witnessing(thread, voices, at: now, visit, back) : .empty)
            """)
    }
    let made = changes.filter { $0.contribution == contribution }.map { change -> HTML in
        sheet(
            """
            <h3 dir="auto" lang="\(change.language)">\(change.words)</h3>
            \(paragraph(t("different.print", name: nameHere(change.logger, t), day: t.day(change.day.text))))
            \(paragraph(change.standing(t)))
            \(change.giver.map { voices.contains($0) } == true ? witnessForm(change, at: now, visit, back: back) : .empty)
            """)
    }
    return parts.isEmpty && made.isEmpty ? paragraph(t("fate.heard")) : "\(parts)\(made)"
}

extension Change {
    /// Whether it reached whoever asked for it, in a sentence.
    func standing(_ t: Words) -> String {
        guard giver != nil else { return t("different.reached.nobody") }
        if let slipped { return t("different.reached.slipped", day: t.day(slipped.milliseconds)) }
        return switch reached {
        case true?:
            [t("different.reached.yes"), saidAgain.map { t("stillSo.since", day: t.day($0.milliseconds)) }]
                .compactMap { $0 }.joined(separator: " ")
        case false?: t("different.reached.no")
        case nil: t("different.reached.silent")
        }
    }
}

/// What was promised, or is still thought about, in the words of whoever answered: without them nobody could say
/// whether it reached them. Why something can't be is said already, with what became of it.
func answerWords(_ thread: AskThread, most: Int = Answer.longestWords) -> HTML {
    guard thread.ask.ended == nil, let answer = thread.answers.last, answer.kind != .cannot, !answer.words.isEmpty
    else { return .empty }
    let words = answer.words.count > most ? answer.words.prefix(most) + "…" : answer.words[...]
    return """
        <blockquote dir="auto" lang="\(answer.language)">\(HTML(paragraphs: String(words)))</blockquote>
        """
}

/// The question as its giver is asked it, and what they have said to it so far.
private func ownMeaning(_ source: Source, _ t: Words) -> HTML {
    "<h4>\(t("meaning.title"))</h4>\(source.means == nil ? .empty : meant(source, t))"
}

extension Source {
    fileprivate func isBy(_ voices: [Voice]) -> Bool { !isTakenBack && giver.map { voices.contains($0) } == true }
}

private func witnessing(
    _ thread: AskThread, _ voices: [Voice], at now: Moment, _ visit: Visit, _ back: HTML
) -> HTML {
    guard let promise = thread.promise, let reported = promise.reported,
        promise.witnesses(among: thread.askers).contains(where: { voices.contains($0.voice) })
    else { return .empty }
    let all = thread.witnesses[promise.id] ?? []
    if voices.contains(where: { promise.mayBeAskedAgain($0, all, at: now) }) {
        let t = visit.t
        return "<h4>\(t("stillSo.title"))</h4>\(paragraph(t("stillSo.text")))\(stillSoForm(promise, visit, back: back))"
    }
    let said = thread.witnesses[promise.id]?.last { voices.contains($0.voice) && $0.said >= reported }
    return "<h4>\(visit.t("witness.title"))</h4>\(witnessForm(promise, said, visit, back: back))"
}
