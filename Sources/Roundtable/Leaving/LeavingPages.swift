import Markup

extension LeavingRoutes {
    func leavingPage(_ context: PersonContext, projects: [Project], pieces: [Contribution]) -> Page {
        let t = context.t
        let which = projects.map { Choice(value: $0.id.text, label: $0.name) }
        let form: HTML = """
            \(pieces.isEmpty ? paragraph(t("leaving.nothingSaid")) : wishes("wish", t("leaving.wish.title"), t))
            \(pieces.isEmpty ? .empty : piecesWays(projects, t))
            \(projects.count < 2 ? .empty : choices(
                "project", label: t("leaving.which.title"),
                of: [Choice(value: "", label: t("leaving.which.all"))] + which, chosen: ""))
            \(acts([button(t("leaving.leave"), .main, picture: .openDoor), "<a href=\"/\">\(t("leaving.stay"))</a>"]))
            """
        return Page(
            title: t("leaving.title"),
            main: """
                <h1>\(t("leaving.title"))</h1>
                <p class="lead">\(t("leaving.lead"))</p>
                \(context.visit.form(to: "/leaving", form))
                \(notice(
                    .envelope, title: t("leaving.parcel.title"),
                    paragraph(context.visit.reach == .safe ? t("leaving.parcel.text") : t("leaving.parcel.hall"))))
                \(paragraph(t("leaving.after")))
                """)
    }

    /// The ways to a wish for each thing: everywhere, and in each project where there are several.
    private func piecesWays(_ projects: [Project], _ t: Words) -> HTML {
        let whole: HTML = "<p><a href=\"/leaving/pieces\">\(t("leaving.choose"))</a></p>"
        guard projects.count > 1 else { return whole }
        let ways = projects.map { project -> HTML in
            let words = t("leaving.choose.project", project: project.name)
            return "<li><a href=\"/leaving/pieces?project=\(project.id.text)\">\(words)</a></li>"
        }
        return "\(whole)<ul>\(ways)</ul>"
    }

    private func wishes(_ name: String, _ label: String, _ t: Words) -> HTML {
        choices(
            name, label: label,
            of: [
                Choice(value: Wish.withMyName.rawValue, label: t("leaving.wish.withMyName")),
                Choice(value: Wish.unsigned.rawValue, label: t("leaving.wish.unsigned")),
                Choice(
                    value: Wish.takenBack.rawValue, label: t("leaving.wish.takenBack"),
                    hint: t("leaving.wish.takenBack.hint")),
            ], chosen: Wish.withMyName.rawValue)
    }

    /// - Parameter project: the one that is left; nothing where it is the whole house.
    func piecesPage(_ context: PersonContext, _ pieces: [Contribution], _ project: Project?) -> Page {
        let t = context.t
        let each = pieces.prefix(Self.mostPieces).map { piece -> HTML in
            let label = t("leaving.piece", day: t.day(piece.said.milliseconds))
            return """
                <div class="saying-words" dir="auto" lang="\(piece.language)">\(HTML(paragraphs: piece.words))</div>
                \(wishes("piece-\(piece.id.text)", label, t))
                """
        }
        let isMore = pieces.count > Self.mostPieces
        let form: HTML = """
            \(project.map { "<input type=\"hidden\" name=\"project\" value=\"\($0.id.text)\">" as HTML })
            \(stack(each))
            \(wishes("wish", t("leaving.rest.title"), t))
            \(acts([button(t("leaving.leave"), .main, picture: .openDoor), "<a href=\"/\">\(t("leaving.stay"))</a>"]))
            """
        return Page(
            title: t("leaving.title"),
            main: """
                \(backLink(t("leaving.back"), to: "/leaving"))
                <h1>\(t("leaving.pieces.title"))</h1>
                \(project.map { paragraph(t("leaving.pieces.project", project: $0.name)) })
                \(isMore ? paragraph(t("leaving.pieces.newest", most: t.number(Self.mostPieces))) : .empty)
                \(pieces.isEmpty ? paragraph(t("leaving.nothingSaid")) : .empty)
                \(context.visit.form(to: "/leaving", form))
                """)
    }

    func farewellPage(_ words: SixWords, _ visit: Visit) -> Page {
        let t = visit.t
        let fetch = acts([button(t("farewell.fetch"), .main, picture: .envelope)])
        return Page(
            title: t("farewell.title"),
            main: """
                <h1>\(t("farewell.title"))</h1>
                <p class="lead">\(t("farewell.text"))</p>
                \(visit.form(to: "/words/\(words.slug)", fetch))
                \(paragraph(t("farewell.words")))
                \(sheet(sixWordsDisplay(words.words)))
                <p><a href="/">\(t("error.home"))</a></p>
                """)
    }
}
