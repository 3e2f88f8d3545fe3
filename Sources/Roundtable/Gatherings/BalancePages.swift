import Markup

extension BalanceRoutes {
    func balancePage(_ view: BalanceView, _ visit: Visit) -> Page {
        let t = visit.t
        // words: side.*
        let sides = Side.allCases.map { Choice(value: $0.rawValue, label: t("side.\($0.rawValue)")) }
        let blank = Choice(value: "blank", label: t("side.blank"))
        let fields: HTML = """
            \(choices("side", label: t("balance.yours"), hint: t("balance.yours.hint"),
                of: sides + [blank], chosen: view.side?.rawValue ?? "blank"))
            \(acts([button(t("balance.save"), .main)]))
            """
        return Page(
            title: t("balance.title"),
            main: """
                \(backLink(t("project.back"), to: view.project.address))
                <h1>\(t("balance.title"))</h1>
                \(counts(view.kept, t))
                <h2 id="yours">\(t("balance.yours.title"))</h2>
                \(paragraph(t("balance.yours.text")))
                \(visit.form(to: view.project.address + "/table", fields))
                """,
            project: projectWays(view.project, here: view.project.address, t))
    }

    /// The counts, or why there are none: the same words whatever is lacking, since which it is would tell.
    private func counts(_ kept: KeptBalance?, _ t: Words) -> HTML {
        let rule = paragraph(
            t("balance.rule", inAll: Balance.fewestInAll, side: Balance.fewestOnASide, changed: Balance.fewestChanged))
        guard let counted = kept?.counted, let shown = kept?.balance?.shown else {
            return "\(paragraph(t(kept == nil ? "balance.notYet" : "balance.tooFew")))\(rule)"
        }
        // words: balance.count.*
        let lines = Side.allCases.compactMap { side in
            shown[side].map { chairs($0, t("balance.count.\(side.rawValue)", count: $0)) }
        }
        return """
            \(lines)
            \(paragraph(t("balance.since", day: t.day(counted.milliseconds))))
            \(more(t("balance.how"), rule))
            """
    }
}
