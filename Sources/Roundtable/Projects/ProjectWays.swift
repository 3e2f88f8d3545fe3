import Markup

/// The ways through a project, for the top of each of its pages. `here` is the address of the way that the page
/// is on, as it stands below; a page beneath a way gives that way's.
func projectWays(_ project: Project, here: String, _ t: Words) -> ProjectWays {
    let page = project.address
    return ProjectWays(
        name: project.name,
        ways: [
            (page, t("project.ways.page")),
            (page + "/offer", t("project.ways.offer")),
            (page + "/gatherings", t("project.ways.gatherings")),
            (page + "/asks", t("project.ways.asks")),
            (page + "/we-said-we-did", t("project.ways.did")),
        ],
        here: here)
}

extension Project {
    /// Where its page is, and beneath it everything else of the project.
    var address: String { "/projects/" + id.text }
}
