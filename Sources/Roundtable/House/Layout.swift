import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// One page, before it is put in the house's frame.
struct Page {
    let title: String
    let main: HTML
    /// What stands beside the main column on a wide screen, and after it on a phone: context, never more buttons.
    var context: HTML?
    /// What the head says beside the title, of a page that others lead to.
    var head: HTML = .empty
    /// The project that this page belongs to, and which of its ways it is one of.
    var project: ProjectWays?
    /// A page for the wall, or to be printed alone: no frame around it.
    var bare: String?
    /// A bare page that is read on a screen too: it says how it may look, above.
    var isReadHere = false
    /// What is on it is kept nowhere, so there is no coming back to it: nothing above it leads away.
    var isShownOnce = false
    /// A rule said no to what was sent: 422 unless `status` says otherwise, and the page shows it again.
    var isRefused = false
    var status: HTTPResponse.Status?
}

/// A project's name and the ways through it, for the top of its pages.
struct ProjectWays: Sendable {
    let name: String
    let ways: [(address: String, words: String)]
    /// The address of the way that the page is on.
    let here: String
}

extension House {
    /// A whole page as a response. Nothing of a person's is ever kept by a browser: with *next person*,
    /// the back button must have nothing to show.
    func respond(_ page: Page, _ visit: Visit) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        let document = document(page, visit)
        var body = ByteBufferAllocator().buffer(capacity: document.count)
        document.write { body.writeBytes($0) }
        return Response(
            status: page.status ?? (page.isRefused ? .unprocessableContent : .ok), headers: headers,
            body: .init(byteBuffer: body))
    }

    private func document(_ page: Page, _ visit: Visit) -> HTML {
        let t = visit.words
        return """
            <!doctype html>
            <html lang="\(t.language)" dir="\(t.direction)"\(visit.display.attributes)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="\(visit.display.colourScheme)">
            <title>\(t("layout.title", page: page.title, house: t("layout.name")))</title>
            \(page.head)<link rel="icon" href="data:,">
            <link rel="stylesheet" href="\(assets.style.address)">
            <script src="\(assets.script.address)" defer></script>
            </head>
            <body\(attribute: "class", page.bare)\(attribute: "data-whose", visit.person.map(mark)) \
            data-kept="\(t("layout.draft.kept"))" data-kept-again="\(t("layout.draft.again"))" \
            data-waiting="\(t("layout.waiting"))">
            \(settings.practice == .isOne ? practiceBand(visit) : .empty)
            \(page.bare == nil ? top(page, visit) : page.isReadHere ? strip(page, visit) : .empty)
            <main class="page" id="main" tabindex="-1">
            \(page.context.map { twoColumns(page.main, context: $0) } ?? page.main)
            </main>
            \(page.bare == nil ? foot(visit) : .empty)
            </body>
            </html>

            """
    }

    /// On every page of a house to practise in, those for the wall and the printer too.
    private func practiceBand(_ visit: Visit) -> HTML {
        let t = visit.words
        return """
            <aside class="practice" aria-label="\(t("practice.band.label"))"><p>\(t("practice.band"))</p>\
            \(visit.form(to: "/practice/ended", button(t("practice.end"), .link)))</aside>
            """
    }

    /// Tells drafts on a shared device apart by whose they are, and says nothing of who that is.
    private func mark(_ person: Person) -> String { String(secret.mark(person.id.text, for: "draft").prefix(16)) }

    private func top(_ page: Page, _ visit: Visit) -> HTML {
        let t = visit.words
        let languages = languageSwitch(visit, isRefused: page.isRefused)
        let home = page.project?.ways.first?.address ?? "/"
        return """
            <a class="skip" href="#main">\(t("layout.skip"))</a>
            <header class="top">
            <a class="top-home" href="\(home)">\(picture(.table))<bdi>\(page.project?.name ?? t("layout.name"))</bdi></a>
            <ul>\(visit.person == nil ? .empty : mine(visit))\(languages.isEmpty ? .empty : "<li>\(languages)</li>")
            \(reading(t))</ul>
            </header>
            \(page.project.map { ways($0, t) })
            """
    }

    private func reading(_ t: Words) -> HTML {
        """
        <li data-read hidden><button class="link-button" type="button" data-stop="\(t("layout.read.stop"))" \
        data-skipped="\(t("layout.read.skipped"))">\(t("layout.read"))</button></li>
        """
    }

    /// Above a sheet that is read on a screen as well: its language, its letters, its voice, and paper.
    private func strip(_ page: Page, _ visit: Visit) -> HTML {
        let t = visit.t
        let languages = languageSwitch(visit, isRefused: false)
        let shown: HTML = languages.isEmpty ? .empty : "<li>\(languages)</li>"
        let (before, after): (HTML, HTML) = page.isShownOnce ? (.empty, .empty) : (shown, displayWay(visit))
        return """
            <header class="top"><ul>\(before)\(reading(t))\(after)
            <li data-print hidden><button class="link-button" type="button">\(t("layout.print"))</button></li></ul></header>
            """
    }

    private func displayWay(_ visit: Visit) -> HTML {
        "<li><a href=\"/display?next=\(visit.comesBackTo.inQuery)\">\(visit.t("layout.display"))</a></li>"
    }

    private func mine(_ visit: Visit) -> HTML {
        let t = visit.words
        return """
            \(visit.reach == .safe ? "<li><a href=\"/me\">\(t("layout.me"))</a></li>" : .empty)
            <li>\(visit.form(to: "/pass-it-on", button(t("layout.passItOn"), .link)))</li>
            """
    }

    private func ways(_ project: ProjectWays, _ t: Words) -> HTML {
        let items = project.ways.map { way -> HTML in
            let here = way.address == project.here
            return
                "<li><a href=\"\(way.address)\"\(attribute: "aria-current", here ? "page" : nil)>\(way.words)</a></li>"
        }
        return "<nav class=\"ways\" aria-label=\"\(t("layout.ways"))\"><ul>\(items)</ul></nav>"
    }

    private func foot(_ visit: Visit) -> HTML {
        let t = visit.words
        return """
            <footer class="foot"><ul>
            <li><a href="/about">\(t("layout.about"))</a></li>
            \(displayWay(visit))
            \(visit.person == nil ? .empty : "<li><a href=\"/leaving\">\(t("layout.leaving"))</a></li>")
            </ul>\(draftNote(visit))</footer>
            <p class="print-foot">\(t("layout.printed", address: settings.address, day: t.day(now().milliseconds)))</p>
            """
    }
}

extension Visit {
    /// A form that sends its fields to `address`, with what every form of ours must carry; and a file, where it has one.
    func form(
        to address: String, class name: String? = nil, id: String? = nil, withFile: Bool = false, _ fields: HTML
    ) -> HTML {
        """
        <form method="post" action="\(address)"\(attribute: "class", name)\(attribute: "id", id)\
        \(attribute: "enctype", withFile ? "multipart/form-data" : nil)>
        <input type="hidden" name="guard" value="\(guardToken)">
        \(fields)
        </form>
        """
    }
}

extension Response {
    /// 303: what was sent is kept; look here now. Reloading the page then sends nothing twice.
    static func see(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
    }

    /// A plain file to keep, by a name that it is saved under.
    static func file(_ bytes: [UInt8], type: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
