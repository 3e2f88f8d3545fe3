import Markup

extension ContributionRoutes {
    func projectPage(_ view: ProjectView, _ context: PersonContext) -> Page {
        let t = context.t
        let project = view.project
        let isBlank = view.page.said.isEmpty && view.shared.first == nil
        return Page(
            title: project.name,
            main: """
                <h1><bdi>\(project.name)</bdi></h1>
                \(isBlank ? blank(view, context) : written(view, context))
                """,
            context: view.shared.beside.piece(for: .init(news: view.news, reading: t.reading)) {
                projectContext(project, view.shared.around, news: view.news, t)
            },
            project: projectWays(project, here: project.address, t))
    }

    /// Nothing but room to write in, and who could write first.
    private func blank(_ view: ProjectView, _ context: PersonContext) -> HTML {
        let t = context.t
        return """
            <p class="lead">\(t("contribution.first"))</p>
            \(contributionForm(
                to: "\(view.project.address)/contributions", label: t("contribution.label"), seat: view.seat,
                inGathering: false, at: house.now(), context.visit))
            """
    }

    private func written(_ view: ProjectView, _ context: PersonContext) -> HTML {
        let t = context.t
        let above = view.shared.above.piece(for: t.reading) {
            let write = buttonLink(
                t("contribution.write"), to: "\(view.project.address)/contributions/new", .main, picture: .pencil)
            return """
                \(acts([write]))
                \(view.shared.first.map { whoWroteFirst($0.name, $0.said, t) })
                """
        }
        return """
            \(above)
            \(saidPage(
                view.page, at: view.project.address, live: view.project.address + "/live", since: view.shared.changed,
                seat: view.seat, t))
            """
    }

    /// A page of what was said, with the ways to what lies before and after it. The latest keeps itself up to date.
    private func saidPage(
        _ page: SaidPage, at address: String, live: String, since number: Int64, seat: Seat, _ t: Words
    ) -> HTML {
        let giver = Contribution.Giver.seat(seat.id)
        let own = page.givers.indices.filter { page.givers[$0] == giver }
        return page.written.piece(for: SaidPage.Look(own: own, isMember: seat.isMember, reading: t.reading)) {
            """
            \(page.hasEarlier ? further(address, "before", page.said.first, t("contribution.earlier")) : .empty)
            <ol class="stack" role="list"\(page.hasLater ? .empty : liveList(live, since: number, t))>\
            \(saidItems(page.said, seat: seat, t))</ol>
            \(page.hasLater ? further(address, "after", page.said.last, t("contribution.later")) : showNew(address, t))
            """
        }
    }

    private func showNew(_ address: String, _ t: Words) -> HTML {
        "<p data-live-show><a href=\"\(address)\">\(t("contribution.showNew"))</a></p>"
    }

    private func whoWroteFirst(_ name: String, _ said: Moment, _ t: Words) -> HTML {
        let day = t.day(said.milliseconds)
        return smallPrint(
            "\(name.isEmpty ? t("contribution.wroteFirst.somebody", day: day) : t("contribution.wroteFirst", name: name, day: day))"
        )
    }

    private func further(_ address: String, _ way: String, _ edge: Said?, _ words: String) -> HTML {
        guard let edge = edge?.contribution else { return .empty }
        let place = "\(edge.said.milliseconds).\(edge.id.text)"
        return "<p><a href=\"\(address)?\(way)=\(place)\">\(words)</a></p>"
    }

    func writePage(_ project: Project, _ seat: Seat, _ context: PersonContext, _ refusal: Refusal? = nil) -> Page {
        let t = context.t
        return Page(
            title: t("contribution.write"),
            main: """
                \(backLink(t("project.back"), to: project.address))
                \(problems(refusal, t))
                <h1>\(t("contribution.write"))</h1>
                \(contributionForm(
                    to: "\(project.address)/contributions", label: t("contribution.label"), seat: seat,
                    inGathering: false, at: house.now(), context.visit, refusal))
                \(pictureLink(to: "\(project.address)/pictures", t))
                """,
            context: worriedHere(project, t),
            project: projectWays(project, here: project.address, t), isRefused: refusal != nil)
    }

    func roomPage(_ view: RoomView, _ context: PersonContext, _ refusal: Refusal? = nil) -> Page {
        let t = context.t
        let gathering = view.gathering
        let label = gathering.question.isEmpty ? t("contribution.label") : gathering.question
        return Page(
            title: gathering.name,
            main: """
                <h1><bdi>\(gathering.name)</bdi></h1>
                \(problems(refusal, t))
                \(view.hearing == .late ? paragraph(t("gathering.stillHears")) : .empty)
                \(view.hearing == .closed ? closed(view, context, refusal) : contributionForm(
                    to: "\(gathering.address)/contributions", label: label, asker: view.asker, seat: view.seat,
                    inGathering: true, at: house.now(), context.visit, refusal))
                \(view.hearing == .closed ? .empty : pictureLink(to: "\(gathering.address)/pictures", t))
                \(scribeLink(view, t))
                \(view.lacksReceipt ? receiptOffer(gathering, context) : .empty)
                <h2>\(t("contribution.saidHere"))</h2>
                \(view.page.said.isEmpty ? "<p data-live-empty>\(t("contribution.nothingYet"))</p>" : .empty)
                \(saidPage(
                    view.page, at: gathering.address + "/room", live: gathering.address + "/live", since: view.changed,
                    seat: view.seat, t))
                """,
            context: """
                <p><a href="\(gathering.address)">\(t("gathering.about"))</a></p>
                \(offerWay(gathering, of: view.project, for: view.seat, t))
                <h2>\(t("gathering.worried"))</h2>\(HTML(paragraphs: gathering.plan.worried))
                \(paragraph(t("gathering.secret")))
                """,
            project: view.seat.isMember
                ? projectWays(view.project, here: "\(view.project.address)/gatherings", t) : nil,
            isRefused: refusal != nil)
    }

    /// Somebody wrote down what they said: they have words here and nothing to find them by.
    private func receiptOffer(_ gathering: Gathering, _ context: PersonContext) -> HTML {
        let t = context.t
        let get = acts([button(t("receipt.get"), picture: .receipt)])
        let form = context.visit.form(to: "\(gathering.address)/receipt", get)
        return notice(.receipt, title: t("receipt.get.title"), "\(paragraph(t("receipt.get.text")))\(form)")
    }

    private func scribeLink(_ view: RoomView, _ t: Words) -> HTML {
        guard view.seat.isMember, view.hearing != .closed else { return .empty }
        return "<p><a href=\"\(view.gathering.address)/scribe\">\(t("scribe.way"))</a></p>"
    }

    /// A closed gathering takes no more words, and loses none: a member puts them on the project's page.
    private func closed(_ view: RoomView, _ context: PersonContext, _ refusal: Refusal?) -> HTML {
        let t = context.t
        guard view.seat.isMember else {
            let typed = context.form["words"]
            return """
                \(paragraph(t("contribution.closedGuest")))
                \(typed.isEmpty ? .empty : area("words", label: t("error.kept"), value: typed))
                """
        }
        return """
            \(paragraph(t("contribution.closedMember")))
            \(contributionForm(
                to: "\(view.project.address)/contributions", label: t("contribution.label"), seat: view.seat,
                inGathering: false, at: house.now(), context.visit, refusal))
            """
    }
}

/// Room to write in. How it is signed stands first, because it changes what one says; folded to its answer, so that
/// on a telephone the room to write in is seen at once.
///
/// - Parameter withPicture: whether it asks for a photograph too, whose words these are.
func contributionForm(
    to address: String, label: String, asker: String? = nil, seat: Seat, inGathering: Bool, withPicture: Bool = false,
    at now: Moment, _ visit: Visit,
    _ refusal: Refusal? = nil
) -> HTML {
    let t = visit.t
    let form = visit.form
    // A page shown again after a refusal keeps its ids: what is sent twice is still said once. Where they already
    // name something else that was said, these words need new ones, or they could never be sent.
    let ids = refusal == .saidBefore ? Form() : form
    let once = ids.id("once", of: Contribution.self) ?? .signed(at: now)
    let onceNothing = ids.id("once-nothing", of: Contribution.self) ?? .anonymous()
    return visit.form(
        to: address, class: "contribution-form", withFile: withPicture,
        """
        <input type="hidden" name="once" value="\(once.text)">
        <input type="hidden" name="once-nothing" value="\(onceNothing.text)">
        \(bearings(seat, chosen: form["bearing"], error: refusal?.at("bearing", t), t))
        \(withPicture ? pictureField(refusal, t) : .empty)
        \(area(
            "words", label: label, hint: asker.map { t("contribution.asks", name: $0) }, error: refusal?.at("words", t),
            value: form["words"]))
        \(inGathering ? wallChoice(
            isOn: form.ticked("wall"), isNamed: form.ticked("wall-name"), mayBeNamed: !seat.name.isEmpty, t) : .empty)
        \(acts([
            button(t("contribution.say"), .main),
            button(t("contribution.keep"), .link, name: "private", value: "yes"),
        ]))
        """)
}

/// Whether it goes on the wall; and whether with the name that stands beside it here, which is asked only of what does.
func wallChoice(isOn: Bool, isNamed: Bool, mayBeNamed: Bool = true, _ t: Words) -> HTML {
    let name: HTML = """
        <div class="wall-name">\(checkbox("wall-name", label: t("contribution.wall.name"), isOn: isNamed))</div>
        """
    return """
        \(checkbox("wall", label: t("contribution.wall"), hint: t("contribution.wall.hint"), isOn: isOn))
        \(mayBeNamed ? name : .empty)
        """
}

private func bearings(_ seat: Seat, chosen: String, error: String?, _ t: Words) -> HTML {
    let name = Choice(value: Bearing.name.rawValue, label: t("contribution.bearing.name", name: seat.name))
    let card = Choice(
        value: Bearing.card.rawValue, label: t("contribution.bearing.card"), hint: t("contribution.bearing.card.hint"))
    let nothing = Choice(
        value: Bearing.nothing.rawValue, label: t("contribution.bearing.nothing"),
        hint: t("contribution.bearing.nothing.hint"))
    let offered = seat.name.isEmpty ? [card, nothing] : [name, card, nothing]
    let now = offered.map { "<span class=\"bearing-\($0.value)\">\($0.label)</span>" as HTML }
    let asked = choices(
        "bearing", label: t("contribution.bearing"), error: error, of: offered,
        chosen: chosen.isEmpty ? offered[0].value : chosen)
    return """
        <details class="bearings"\(flag: "open", error != nil)><summary>\(t("contribution.bearing"))
        <span class="bearing-now">\(now)</span></summary>\(asked)</details>
        """
}

extension SaidPage {
    /// How a reader looks at it.
    struct Look: Sendable, Equatable {
        /// The places of what they said themselves.
        let own: [Int]
        let isMember: Bool
        let reading: Words.Reading
    }
}

/// What was said, as a list shows it.
///
/// - Parameter seat: the reader's, so that their own can be changed from here; nothing for a reader who is not known.
func saidItems(_ said: [Said], seat: Seat?, _ t: Words) -> [HTML] {
    let (isMember, reading) = (seat?.isMember == true, t.reading)
    let giver = seat.map { Contribution.Giver.seat($0.id) }
    return KeptItems.ofThisProgram.items(said) {
        KeptItems.Look(isMine: $0.contribution.giver == giver, isMember: isMember, reading: reading)
    } write: {
        saidItem($0, isMine: $0.contribution.giver == giver, isMember: isMember, t)
    }
}

private func saidItem(_ said: Said, isMine: Bool, isMember: Bool, _ t: Words) -> HTML {
    let id = said.contribution.id
    let isAside = said.setAside != nil && !isMine
    let words = t(isMine ? "contribution.mine" : isAside ? "setAside.see" : "contribution.more")
    // It takes a second seat to agree, so each that has a say is shown the way to what is set aside. A guest can do
    // nothing with another's words but read them.
    let acts: [HTML] = !isMine && !isMember ? [] : ["<a href=\"/contributions/\(id)\">\(words)</a>"]
    return "<li id=\"contribution-\(id)\">\(saidArticle(said, isMine: isMine, acts: acts, t))</li>"
}

/// One thing that was said, as everybody reads it.
func saidArticle(_ said: Said, isMine: Bool = false, acts: [HTML] = [], _ t: Words) -> HTML {
    let contribution = said.contribution
    if let takenBack = contribution.takenBack {
        return sayingGone(t("contribution.gone", day: t.day(takenBack.milliseconds)))
    }
    if said.setAside != nil, !isMine { return sayingGone(t("setAside.place"), acts: acts) }
    return saying(
        who: said.who(t), isNamed: said.name != nil, level: 2, words: contribution.words,
        language: contribution.language == t.language ? nil : contribution.language, smallPrint: saidPrint(said, t),
        picture: saidPicture(said, t), acts: acts)
}

/// The place of something set aside, with the way to why, for a member.
func asideGone(_ id: ID<Contribution>, _ t: Words) -> HTML {
    sayingGone(t("setAside.place"), acts: ["<a href=\"/contributions/\(id)\">\(t("setAside.see"))</a>"])
}

extension Said {
    /// The id of its place in a list.
    var element: String { "contribution-\(contribution.id.text)" }

    /// The name that stands beside it, or who it may be.
    func who(_ t: Words) -> String {
        name ?? number.map { t("contribution.card", number: $0) } ?? nameHere(nil, t)
    }
}

/// When and where it was said, who wrote it down, whether it was read back.
func saidPrint(_ said: Said, _ t: Words) -> String {
    let contribution = said.contribution
    if let typed = contribution.typed { return paperPrint(said, typed, t) }
    let when = t.moment(contribution.said.milliseconds)
    var print =
        said.gatheringName.map { t("contribution.print.gathering", when: when, gathering: $0) }
        ?? t("contribution.print", when: when)
    func add(_ words: String) { print += " " + words }
    if contribution.shared == nil { add(t("contribution.private")) }
    if let scribe = said.scribe {
        add(t("contribution.scribed", name: nameHere(scribe, t)))
    }
    if contribution.scribe != nil {
        add(contribution.readBack == nil ? t("contribution.notReadBack") : t("contribution.readBack"))
    }
    if contribution.isPutRight { add(t("contribution.putRight")) }
    if let mended = contribution.mended { add(t("contribution.mended", day: t.day(mended.milliseconds))) }
    if said.setAside != nil { add(t("setAside.yours")) }
    return print
}

/// Of paper, the day on it is known and no more: and who typed it in, and when.
private func paperPrint(_ said: Said, _ typed: Moment, _ t: Words) -> String {
    let contribution = said.contribution
    var print = t(
        "contribution.paper", day: t.day(contribution.said.milliseconds), name: nameHere(said.scribe, t),
        typed: t.day(typed.milliseconds))
    if contribution.isPutRight { print += " " + t("contribution.putRight") }
    if let mended = contribution.mended { print += " " + t("contribution.mended", day: t.day(mended.milliseconds)) }
    if said.setAside != nil { print += " " + t("setAside.yours") }
    return print
}

/// What makes a list keep itself up to date (`Public/js/live.js`): where it listens, from which number on, and what
/// is said when one, two or more new things have come. Where it holds so many at the most, the oldest make room.
func liveList(
    _ address: String, since number: Int64, at end: String = "end", most: Int? = nil, _ t: Words
) -> HTML {
    let said = [t("live.new", count: 1), t("live.new", count: 2), t("live.new.many")].joined(separator: "\n")
    return """
         id="said" data-live="\(address)" data-since="\(number)" data-live-at="\(end)" data-live-said="\(said)"\
        \(attribute: "data-live-most", most)
        """
}
