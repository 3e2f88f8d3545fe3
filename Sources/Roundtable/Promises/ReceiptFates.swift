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

/// What became of one contribution, for its giver: one part for each ask that it became part of, with what they may
/// say of it. `voices` are the giver's own: their receipt, their seat, or both.
func askFates(of contribution: ID<Contribution>, in threads: [AskThread], for voices: [Voice], _ visit: Visit) -> HTML {
    let t = visit.t
    let back: HTML = "<input type=\"hidden\" name=\"back\" value=\"receipt\">"
    let parts = threads.compactMap { thread -> HTML? in
        guard let source = thread.sources.first(where: { $0.contribution == contribution }) else { return nil }
        // Asked once for each ask, however many of their words it came from.
        let isFirst = contribution == thread.sources.first { $0.isBy(voices) }?.contribution
        return sheet(
            """
            <h3 dir="auto" lang="\(thread.ask.language)">\(thread.ask.words)</h3>
            \(paragraph(thread.fate(for: voices).said(t)))
            \(thread.answers.last.map { "\(smallPrint("\(t("fate.answeredBy", name: known($0.name, t)))"))" as HTML })
            \(thread.ask.ended == nil ? "\(meant(source, t))\(meaningForm(thread.ask, source, visit, back: back))" : .empty)
            \(isFirst ? witnessing(thread, voices, visit, back) : .empty)
            """)
    }
    return parts.isEmpty ? paragraph(t("fate.heard")) : "\(parts)"
}

extension Source {
    fileprivate func isBy(_ voices: [Voice]) -> Bool { !isTakenBack && giver.map { voices.contains($0) } == true }
}

private func witnessing(_ thread: AskThread, _ voices: [Voice], _ visit: Visit, _ back: HTML) -> HTML {
    guard let promise = thread.promise, let reported = promise.reported,
        promise.witnesses(among: thread.askers).contains(where: { voices.contains($0.voice) })
    else { return .empty }
    let said = thread.witnesses[promise.id]?.last { voices.contains($0.voice) && $0.said >= reported }
    return "<h4>\(visit.t("witness.title"))</h4>\(witnessForm(promise, said, visit, back: back))"
}
