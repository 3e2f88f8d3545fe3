import Markup

extension KnownRoutes {
    func knownPage(_ known: Known, _ context: PersonContext, _ refusal: Refusal?) -> Page {
        let t = context.t
        return Page(
            title: t("known.title"),
            main: """
                \(backLink(t("known.back"), to: "/me"))
                \(problems(refusal, t))
                <h1>\(t("known.title"))</h1>
                \(names(known.places, context, refusal))
                <h2 id="list">\(t("unwelcome.title"))</h2>
                \(paragraph(t("unwelcome.text")))
                \(paragraph(t("unwelcome.who")))
                \(list(known, context))
                \(adding(known.places, context, refusal))
                """,
            isRefused: refusal != nil)
    }

    /// One name to come in with, and the one for each place: another, or the same.
    private func names(_ places: [KnownPlace], _ context: PersonContext, _ refusal: Refusal?) -> HTML {
        let (t, form) = (context.t, context.form)
        func typed(_ field: String, _ now: String) -> String { form.has(field) ? form[field] : now }
        let each = places.map { place in
            field(
                place.field, label: t("known.name.there", project: place.projectName),
                error: refusal?.at(place.field, t), value: typed(place.field, place.name), autocomplete: "off")
        }
        let fields: HTML = """
            \(field(
                "name", label: t("known.name"), hint: t("known.name.hint"), error: refusal?.at("name", t),
                value: typed("name", context.person.name), autocomplete: "given-name"))
            \(each)
            \(acts([button(t("known.name.save"), .main)]))
            """
        return "\(paragraph(t("known.text")))\(context.visit.form(to: "/me/name", fields))"
    }

    private func list(_ known: Known, _ context: PersonContext) -> HTML {
        let t = context.t
        guard !known.unwelcome.isEmpty else { return paragraph(t("unwelcome.none")) }
        let names = Dictionary(uniqueKeysWithValues: known.places.map { ($0.seat, $0.projectName) })
        return stack(
            known.unwelcome.map { word in
                let place = word.seat.flatMap { names[$0] }
                let off = button(t("unwelcome.off", words: word.words), .link)
                return """
                    <p lang="\(word.language)"><b><bdi>\(word.words)</bdi></b></p>
                    \(smallPrint("\(place.map { t("unwelcome.there", project: $0) } ?? t("unwelcome.everywhere"))"))
                    \(context.visit.form(to: "/me/words/\(word.id.text)/off", off))
                    """
            })
    }

    private func adding(_ places: [KnownPlace], _ context: PersonContext, _ refusal: Refusal?) -> HTML {
        let (t, form) = (context.t, context.form)
        let once = refusal == .sentBefore ? nil : form.id("once", of: Unwelcome.self)
        let everywhere = Choice(value: "", label: t("unwelcome.everywhere"))
        let there = places.map {
            Choice(value: $0.seat.text, label: t("unwelcome.there", project: $0.projectName))
        }
        let fields: HTML = """
            <input type="hidden" name="once" value="\((once ?? house.newID()).text)">
            \(field(
                "words", label: t("unwelcome.words"), hint: t("unwelcome.words.hint"), error: refusal?.at("words", t),
                value: form["words"]))
            \(places.isEmpty ? .empty : choices(
                "seat", label: t("unwelcome.where"), of: [everywhere] + there, chosen: form["seat"]))
            \(acts([button(t("unwelcome.add"))]))
            """
        return context.visit.form(to: "/me/words", fields)
    }
}
