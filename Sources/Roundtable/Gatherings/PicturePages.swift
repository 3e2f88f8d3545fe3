import Markup
import Photographs

extension PictureRoutes {
    func picturePage(_ place: PicturePlace, _ context: PersonContext, _ refusal: Refusal? = nil) -> Page {
        let t = context.t
        let back = place.gathering == nil ? t("project.back") : t("gathering.backToRoom")
        return Page(
            title: t("picture.title"),
            main: """
                \(backLink(back, to: place.back))
                \(problems(refusal, t))
                <h1>\(t("picture.title"))</h1>
                \(paragraph(t("picture.text")))
                \(contributionForm(
                    to: place.address, label: t("picture.words"), seat: place.seat,
                    inGathering: place.gathering != nil, withPicture: true, at: house.now(), context.visit, refusal))
                """,
            project: place.seat.isMember ? projectWays(place.project, here: place.back, t) : nil,
            isRefused: refusal != nil)
    }
}

func pictureLink(to address: String, _ t: Words) -> HTML { "<p><a href=\"\(address)\">\(t("picture.way"))</a></p>" }

/// Room for a photograph. What was chosen can't be shown again after a refusal, and the page says so.
func pictureField(_ refusal: Refusal?, again isAgain: Bool = false, _ t: Words) -> HTML {
    let again = isAgain || refusal != nil && refusal?.field != "picture" ? t("picture.again") : nil
    return photographField(
        "picture", label: t("picture.label"),
        hint: t("picture.hint", count: Photograph.largestFile / 1_000_000), error: refusal?.at("picture", t) ?? again)
}

/// The photograph that came with something said, small, as the way to the large one; nothing where none did.
func saidPicture(_ said: Said, _ t: Words) -> HTML {
    guard let size = said.picture else { return .empty }
    let longer = max(size.width, size.height)
    let part = Double(min(longer, Photograph.smallSide)) / Double(max(longer, 1))
    let (width, height) = (Int((Double(size.width) * part).rounded()), Int((Double(size.height) * part).rounded()))
    let address = "/contributions/\(said.contribution.id)/picture"
    return """
        <a class="saying-picture" href="\(address)"><img src="\(address)/small" alt="\(t("picture.larger"))" \
        width="\(width)" height="\(height)" loading="lazy"></a>
        """
}
