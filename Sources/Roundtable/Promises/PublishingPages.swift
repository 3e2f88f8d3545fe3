import Hummingbird
import Markup

extension PublishingRoutes {
    func publishingPage(_ view: PublishingView, _ visit: Visit, _ refusal: Refusal?) -> Page {
        let (t, ledger) = (visit.t, view.project.address + "/we-said-we-did")
        let isPublic = view.publication?.began != nil
        return Page(
            title: t("publishing.title"),
            main: """
                \(backLink(t("ledger.back"), to: ledger))
                \(problems(refusal, t))
                <h1>\(t("publishing.title"))</h1>
                \(isPublic ? published(view, visit) : asking(view, visit, refusal))
                """,
            project: projectWays(view.project, here: ledger, t), isRefused: refusal != nil)
    }

    private func published(_ view: PublishingView, _ visit: Visit) -> HTML {
        guard let publication = view.publication, let began = publication.began else { return .empty }
        let (t, address) = (visit.t, house.settings.address + publication.address)
        let stop = visit.form(to: view.project.address + "/publishing/stopped", acts([button(t("publishing.stop"))]))
        return """
            <p class="lead">\(t("publishing.since", day: t.day(began.milliseconds)))</p>
            <p><a class="address" href="\(publication.address)">\(address)</a></p>
            \(missingSides(publication.missing, t))
            \(paragraph(t("publishing.words")))
            \(view.act.map { keysTurned($0, at: house.now(), t) })
            <h2 id="stop">\(t("publishing.stop.title"))</h2>
            \(paragraph(t("publishing.stop.text")))\(stop)
            """
    }

    private func asking(_ view: PublishingView, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, here) = (visit.t, view.project.address + "/publishing")
        let back = visit.form(to: here + "/withdrawn", button(t("change.withdraw"), .link))
        let opened = view.act.map { act in
            """
            \(paragraph(t("publishing.asked", name: nameHere(act.openerName, t), day: t.day(act.opened.milliseconds))))\
            \(keysTurned(act, at: house.now(), t))
            """ as HTML
        }
        return """
            \(paragraph(t("publishing.text")))
            \(paragraph(t("publishing.words")))
            \(acts([buttonLink(t("publishing.look"), to: here + "/page", picture: .path)]))
            \(paragraph(t("publishing.keys")))
            \(opened)
            \(keyForm(view.act, for: view.seat, to: here + "/keys", yes: t("publishing.yes"), visit, refusal))
            \(view.act?.opener == view.seat.id ? back : .empty)
            """
    }
}
