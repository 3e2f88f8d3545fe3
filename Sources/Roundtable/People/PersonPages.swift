import Markup
import Storage

extension PersonRoutes {
    func namePage(_ visit: Visit, _ refusal: Refusal? = nil) -> Page {
        let t = visit.t
        let once = visit.form.id("once", of: Person.self) ?? house.newID()
        let fields: HTML = """
            <input type="hidden" name="once" value="\(once.text)">
            <input type="hidden" name="next" value="\(visit.next)">
            \(field(
                "name", label: t("person.name.title"), hint: t("person.name.text"), error: refusal.map { $0.said(in: t) },
                value: visit.form["name"], autocomplete: "given-name", isQuestion: true))
            \(acts([button(t("person.name.button"), .main)]))
            \(paragraph(t("person.name.nothingElse")))
            """
        return Page(
            title: t("person.name.title"),
            main: "\(backLink(t("door.back"), to: "/"))\(visit.form(to: "/people", fields))",
            isRefused: refusal != nil)
    }

    /// `first` is what later rooms have of theirs; `complaints` is how many wait for whoever keeps this house.
    func placePage(
        _ context: PersonContext, first: HTML, pass: Pass?, devices: [Device], complaints: Int?
    ) -> Page {
        let t = context.t
        return Page(
            title: t("me.title"),
            main: """
                <h1>\(context.person.name.isEmpty ? t("me.hello.nobody") : t("me.hello", name: context.person.name))</h1>
                \(first)
                <h2>\(t("me.self.title"))</h2>
                \(acts([
                    buttonLink(t("me.known"), to: "/me/known", picture: .pencil),
                    buttonLink(t("me.helps"), to: "/me/helps", picture: .hand),
                ]))
                \(complaints.map { keeping(complaintsWaiting: $0, t) })
                <h2>\(t("me.pass.title"))</h2>
                \(paragraph(pass.map { t("me.pass.since", day: t.day($0.made.milliseconds)) } ?? t("me.pass.none")))
                \(acts([buttonLink(t("me.pass.open"), to: "/me/pass", picture: .key)]))
                \(house.settings.mail == nil ? .empty : mailWay(t))
                <h2>\(t("me.devices.title"))</h2>
                \(paragraph(t("me.devices.text")))
                \(stack(devices.map { deviceItem($0, context) }))
                <p><a href="/me/held">\(t("held.title"))</a></p>
                """)
    }

    /// Shown where there is any mail.
    private func mailWay(_ t: Words) -> HTML {
        "<h2>\(t("mail.title"))</h2>\(paragraph(t("mail.text")))\(acts([buttonLink(t("mail.open"), to: "/me/mail")]))"
    }

    private func keeping(complaintsWaiting count: Int, _ t: Words) -> HTML {
        """
        <h2>\(t("me.keeping"))</h2>
        \(count > 0 ? paragraph(t("complaint.waiting", count: count)) : .empty)
        <p><a href="/house/complaints">\(t("complaint.list"))</a></p>
        <p><a href="/house/about">\(t("about.edit.title"))</a></p>
        """
    }

    private func deviceItem(_ device: Device, _ context: PersonContext) -> HTML {
        let t = context.t
        let since = t.day(device.arrived.milliseconds)
        let isThis = device.id == context.visit.device
        let out = button(t("me.device.out"), .link)
        return """
            \(paragraph(isThis ? t("me.device.this", day: since) : t("me.device.other", day: since)))
            \(context.visit.form(to: "/me/devices/\(device.id.text)/out", out))
            """
    }

    func passPage(_ context: PersonContext, pass: Pass?, words: SixWords?, next: String?) -> Page {
        let t = context.t
        let none = paragraph(t(pass == nil ? "pass.none" : "pass.notHere"))
        let held = words.map { heldPass($0, context) } ?? none
        let renew = button(pass == nil ? t("pass.make") : t("pass.renew"), .link)
        let cancel = context.visit.form(to: "/me/pass/cancelled", button(t("pass.cancel"), .link))
        return Page(
            title: t("pass.title"),
            main: """
                <h1>\(t("pass.title"))</h1>
                <p class="lead">\(t("pass.text"))</p>
                \(held)
                \(acts([buttonLink(t("pass.goOn"), to: next ?? "/me", .main)]))
                \(acts([context.visit.form(to: "/me/pass", renew), pass == nil ? .empty : cancel]))
                """)
    }

    private func heldPass(_ words: SixWords, _ context: PersonContext) -> HTML {
        let note = house.opensWhatLasts ? house.paperNote(context.t) : ""
        return """
            <div class="sheet slip">
            \(sixWordsDisplay(words.words))
            \(house.wayIn(by: words, label: context.t("pass.qr"), context.t))
            \(note.isEmpty ? .empty : smallPrint("\(note)"))
            </div>
            """
    }
}

extension Visit {
    /// Where the form, or the address, says to go on to afterwards; empty where neither does.
    var next: String { safePath(form.has("next") ? form["next"] : query["next"] ?? "") ?? "" }

    /// The same, to follow an address that leads there in the end.
    var onwards: String { next.isEmpty ? "" : "?next=\(next.inQuery)" }

    /// And for a form.
    var nextField: HTML { next.isEmpty ? .empty : "<input type=\"hidden\" name=\"next\" value=\"\(next)\">" }
}
