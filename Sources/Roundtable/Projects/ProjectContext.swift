import Markup
import Storage

/// What stands beside a project's pages: what is wrong as the organisation put it, and who is round the table.
struct Surroundings: Sendable {
    let concerns: [Concern]
    /// Everybody who has a seat, by name.
    let seats: [Seat]
}

extension Reader {
    /// Two statements, however many people and words there are.
    func surroundings(of project: ID<Project>) throws -> Surroundings {
        Surroundings(concerns: try concerns(in: project), seats: try seats(in: project))
    }

    /// How many things a seat was told and has not looked at.
    func news(for seat: ID<Seat>) throws -> Int {
        try count("select count(*) from notice where seat = \(seat) and read is null")
    }
}

/// The second column of a project's page. It has no headings: a project begins without any.
///
/// - Parameter news: how many things the reader's seat was told and has not looked at.
func projectContext(_ project: Project, _ around: Surroundings, news: Int, _ t: Words) -> HTML {
    let say = t(around.concerns.isEmpty ? "concern.say" : "concern.sayMore")
    let convening = t(around.seats.contains(where: \.convenes) ? "convening.title" : "convening.way")
    return """
        \(worriedHere(project, t))
        \(around.concerns.isEmpty ? paragraph(t("concern.none")) : concernList(around.concerns, t))
        <p><a href="\(project.address)/concerns">\(say)</a></p>
        \(paragraph(t("seat.count", count: around.seats.count)))
        \(paragraph(t.list(around.seats.map { nameHere($0.name, t) })))
        <p><a href="\(project.address)/convening">\(convening)</a></p>
        <p><a href="\(project.address)/invitations">\(t("invitation.way"))</a></p>
        <p><a href="\(project.address)/news">\(news == 0 ? t("news.way") : t("news.waiting", count: news))</a></p>
        <p><a href="\(project.address)/table">\(t("balance.way"))</a></p>
        <p><a href="\(project.address)/seat">\(t("seat.way"))</a></p>
        <p><a href="\(project.address)/end">\(t("end.way"))</a></p>
        """
}

/// What is wrong, as organisations put it, with who wrote it here.
func concernList(_ concerns: [Concern], _ t: Words) -> HTML {
    let said = concerns.map { concern -> HTML in
        let who = t("concern.who", organisation: concern.organisation)
        let small = t("concern.print", name: nameHere(concern.writer, t), day: t.day(concern.said.milliseconds))
        return """
            <div><p><b>\(who)</b></p>
            <blockquote class="quote" lang="\(concern.language)" dir="\(concern.direction)">\
            \(HTML(paragraphs: concern.words))</blockquote>\(smallPrint("\(small)"))</div>
            """
    }
    return "\(said)"
}

/// A name that somebody goes by here; *somebody* for one who left unsigned, or gave none.
func nameHere(_ name: String?, _ t: Words) -> String { name.flatMap { $0.isEmpty ? nil : $0 } ?? t("seat.unnamed") }
