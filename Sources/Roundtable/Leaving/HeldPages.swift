import Foundation
import Markup

extension LeavingRoutes {
    /// Everything that can lead to somebody: what it is for, how long it stays, and what there is of theirs.
    func heldPage(_ gathered: [(table: String, leaves: [Leaf])], _ context: PersonContext) -> Page {
        let t = context.t
        let stays = Dictionary(uniqueKeysWithValues: Leaving.belongings.map { ($0.table, $0.stay) })
        let sections = gathered.filter { !$0.leaves.isEmpty }.map { table, leaves -> HTML in
            let name = Parcel.name(of: table)
            // words: parcel.table.*
            // words: held.why.*
            // words: held.stay.*
            return """
                <h2>\(t("parcel.table.\(name)"))</h2>
                \(paragraph(t("held.why.\(name)")))
                \(paragraph(t("held.stay.\(stays[table]!.rawValue)")))
                \(more(t("held.show", count: leaves.count), "\(leaves.map { shown($0, t) })"))
                """
        }
        return Page(
            title: t("held.title"),
            main: """
                \(backLink(t("complaint.list.place"), to: "/me"))
                <h1>\(t("held.title"))</h1>
                <p class="lead">\(t("held.text"))</p>
                \(sections)
                """,
            context: """
                <h2>\(t("held.take"))</h2>
                \(paragraph(t("held.take.text")))
                \(context.visit.form(to: "/me/parcel", acts([button(t("held.take.button"))])))
                <h2>\(t("held.nothing"))</h2>
                \(paragraph(t("held.nothing.text")))
                <p><a href="/complaints">\(t("complaint.door"))</a></p>
                """)
    }

    /// What the program has a code for stands in the file to take along; here it would tell nobody anything.
    private static let codes: Set<String> = ["kind", "language", "side", "answer"]

    private func shown(_ leaf: Leaf, _ t: Words) -> HTML {
        let fields = leaf.fields.filter { !Self.codes.contains($0.name) }
        // words: parcel.field.*
        return rows(
            fields.map { name, value in
                let said = ["yes": t("held.yes"), "no": t("held.no")][value] ?? spelled(value, t)
                return (t("parcel.field.\(name)"), "<div dir=\"auto\">\(HTML(paragraphs: said))</div>")
            })
    }

    /// A day or a moment as pages say it, where the file has it as programs do; anything else as it stands.
    private func spelled(_ value: String, _ t: Words) -> String {
        if value.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil { return t.day(value) }
        if let planned = value.wholeMatch(of: /(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/) {
            return "\(t.day(String(planned.1))) \(planned.2)"
        }
        guard value.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil,
            let date = try? Date(value, strategy: .iso8601)
        else { return value }
        return t.moment(Int64(date.timeIntervalSince1970 * 1_000))
    }
}
