import Markup

extension PieceRoutes {
    func piecePage(
        _ piece: Piece, _ thanks: [Thanks], _ project: Project?, _ shownToAnyone: ShownToAnyone?, _ visit: Visit,
        _ refusal: Refusal?
    ) -> Page {
        let t = visit.t
        let way =
            project.map { backLink(t("project.back"), to: $0.address) }
            ?? piece.receipt.map { backLink(t("receipt.back"), to: $0.address) }
            ?? piece.contribution.gathering.map { backLink(t("gathering.backToRoom"), to: "/gatherings/\($0)/room") }
            ?? .empty
        let isGone = piece.contribution.takenBack != nil
        return Page(
            title: t("contribution.title"),
            main: """
                \(way)
                \(problems(refusal, t))
                <h1>\(piece.isMine ? t("contribution.yours") : t("contribution.title"))</h1>
                \(shown(piece, t))
                \(thanks.map { thanked($0, t) })
                \(piece.isMine && !isGone ? own(piece, shownToAnyone, visit, refusal) : .empty)
                \(piece.isMyWriting && !piece.isMine && !isGone ? readBack(piece, visit) : .empty)
                \(piece.mayPutRight ? mending(piece, label: t(piece.contribution.typed == nil ? "scribe.words" : "paper.words"), visit, refusal) : .empty)
                \(piece.seat?.isMember == true && !isGone ? others(piece, visit, refusal) : .empty)
                """,
            project: project.map { projectWays($0, here: $0.address, t) }, isRefused: refusal != nil)
    }

    private func shown(_ piece: Piece, _ t: Words) -> HTML {
        guard piece.isMine, piece.contribution.takenBack == nil else {
            return saidArticle(piece.said, t)
        }
        let contribution = piece.contribution
        return saying(
            id: "contribution-\(contribution.id.text)", who: piece.said.who(t), isNamed: piece.said.name != nil,
            level: 2,
            words: contribution.words, language: contribution.language == t.language ? nil : contribution.language,
            smallPrint: saidPrint(piece.said, t), picture: saidPicture(piece.said, t))
    }

    // MARK: What its giver may do

    private func own(_ piece: Piece, _ shownToAnyone: ShownToAnyone?, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, contribution) = (visit.t, piece.contribution)
        let share = acts([button(t("contribution.share"), .main)])
        let takeBack = acts([button(t("contribution.takeBack"))])
        return """
            \(contribution.shared == nil ? visit.form(to: "\(contribution.address)/sharing", share) : .empty)
            \(readBack(piece, visit))
            \(asideReply(piece, visit, refusal))
            \(mending(piece, label: t("contribution.mend.label"), visit, refusal))
            <h2>\(t("contribution.show.title"))</h2>
            \(visit.form(to: "\(contribution.address)/showing", showing(piece, t)))
            \(shownToAnyone.map { toAnyone(piece, $0, visit, refusal) })
            <h2>\(t("contribution.takeBack.title"))</h2>
            \(paragraph(t("contribution.takeBack.text")))
            \(visit.form(to: "\(contribution.address)/taking-back", takeBack))
            """
    }

    private func mending(_ piece: Piece, label: String, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, contribution) = (visit.t, piece.contribution)
        let typed = visit.form.has("words") ? visit.form["words"] : contribution.words
        let form: HTML = """
            <input type="hidden" name="version" value="\(contribution.version)">
            \(area("words", label: label, error: refusal?.at("words", t), value: typed))
            \(acts([button(t("contribution.mend"), .main)]))
            """
        return """
            <h2>\(t("contribution.mend.title"))</h2>
            \(visit.form(to: "\(contribution.address)/mending", form))
            """
    }

    private func showing(_ piece: Piece, _ t: Words) -> HTML {
        let contribution = piece.contribution
        let wall = wallChoice(isOn: contribution.isOnWall, isNamed: contribution.wall == .named, t)
        return """
            \(checkbox("signed", label: t("contribution.sign"), isOn: contribution.isSigned))
            \(contribution.gathering == nil ? .empty : wall)
            \(acts([button(t("contribution.show.save"))]))
            """
    }

    /// Whether anyone at all may read these words: its giver's own yes, by the name that they choose for it.
    private func toAnyone(_ piece: Piece, _ shown: ShownToAnyone, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, contribution) = (visit.t, piece.contribution)
        guard contribution.isShared else { return .empty }
        let place = shown.page.flatMap { page in
            page.began.map { _ in "<p><a href=\"\(page.address)\">\(t("consent.page"))</a></p>" as HTML }
        }
        let why = place ?? paragraph(t("consent.noPage"))
        guard let consent = shown.consent else {
            let typed = visit.form.has("known-as") ? visit.form["known-as"] : ""
            let form: HTML = """
                \(field(
                    "known-as", label: t("consent.name"), hint: t("consent.name.hint"),
                    error: refusal?.at("known-as", t), value: typed))
                \(acts([button(t("consent.give"), name: "public", value: "yes")]))
                """
            return """
                <h2 id="public">\(t("consent.title"))</h2>\(paragraph(t("consent.text")))\(why)
                \(visit.form(to: "\(contribution.address)/public", form))
                """
        }
        let end = acts([button(t("consent.end"), name: "public", value: "no")])
        let (day, name) = (t.day(consent.given.milliseconds), consent.name)
        let stands = name.isEmpty ? t("consent.stands.unnamed", day: day) : t("consent.stands", name: name, day: day)
        return """
            <h2 id="public">\(t("consent.title"))</h2>\(paragraph(stands))\(why)
            \(visit.form(to: "\(contribution.address)/public", end))
            """
    }

    private func asideReply(_ piece: Piece, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        guard let aside = piece.said.setAside else { return .empty }
        let t = visit.t
        let error = refusal?.at("reply", t)
        let typed = visit.form.has("reply") ? visit.form["reply"] : aside.reply
        let form: HTML = """
            \(area("reply", label: t("setAside.reply.label"), error: error, value: typed, rows: 3))
            \(acts([button(t("setAside.reply"))]))
            """
        return """
            \(notice(.ear, title: t("setAside.yours"), "\(why(aside, t))\(HTML(paragraphs: aside.reason))\(until(aside, t))"))
            \(visit.form(to: "\(piece.contribution.address)/reply", form))
            """
    }

    private func why(_ aside: SetAside, _ t: Words) -> HTML {
        // words: setAside.why.*
        paragraph(t("setAside.why.\(aside.kind.rawValue)"))
    }

    private func until(_ aside: SetAside, _ t: Words) -> HTML {
        paragraph(
            aside.seconded == nil ? t("setAside.until", day: t.moment(aside.lapses.milliseconds)) : t("setAside.agreed")
        )
    }

    private func readBack(_ piece: Piece, _ visit: Visit) -> HTML {
        guard piece.contribution.readBack == nil, piece.contribution.scribe != nil, piece.contribution.typed == nil
        else { return .empty }
        let say = piece.isMine ? visit.t("contribution.readBack.mine") : visit.t("contribution.readBack.scribe")
        return visit.form(to: "\(piece.contribution.address)/reading-back", acts([button(say, picture: .tick)]))
    }

    // MARK: What a member may do

    private func others(_ piece: Piece, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        guard piece.contribution.isShared else { return .empty }
        // What is set aside waits for a decision, and for nothing else.
        let mayThank = !piece.isMine && piece.said.setAside == nil
        return "\(mayThank ? thanking(piece, visit, refusal) : .empty)\(settingAside(piece, visit, refusal))"
    }

    private func thanking(_ piece: Piece, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let t = visit.t
        let form: HTML = """
            \(area("thanks", label: t("thanks.label"), error: refusal?.at("thanks", t), value: visit.form["thanks"], rows: 3))
            \(dateField(
                "hear-by", label: t("thanks.hearBy"), hint: t("thanks.hearBy.hint"), error: refusal?.at("hear-by", t),
                value: visit.form["hear-by"]))
            \(acts([button(t("thanks.say"), .main, picture: .cup)]))
            """
        return """
            <h2>\(t("thanks.title"))</h2>
            \(visit.form(to: "\(piece.contribution.address)/thanks", form))
            """
    }

    private func settingAside(_ piece: Piece, _ visit: Visit, _ refusal: Refusal?) -> HTML {
        let (t, address) = (visit.t, piece.contribution.address)
        if let aside = piece.said.setAside {
            // Its giver has read why already, with room to answer.
            if piece.isMine { return .empty }
            let (yes, back) = (button(t("setAside.second")), button(t("setAside.end")))
            let agree = visit.form(to: "\(address)/setting-aside/second", yes)
            let end = visit.form(to: "\(address)/setting-aside/end", back)
            let mayAgree = aside.seconded == nil && piece.seat?.id != aside.seat
            // Two who set the same aside at once: the second finds it done, and their reason is not lost.
            let typed = visit.form["reason"]
            return """
                <h2>\(t("setAside.title"))</h2>
                \(why(aside, t))\(HTML(paragraphs: aside.reason))\(until(aside, t))
                \(aside.reply.isEmpty ? .empty : quote(aside.reply, by: "\(t("setAside.giver"))"))
                \(refusal == nil || typed.isEmpty ? .empty : area("reason", label: t("error.kept"), value: typed))
                \(more(t("setAside.read"), "\(saidPicture(piece.said, t))\(HTML(paragraphs: piece.contribution.words))"))
                \(acts([mayAgree ? agree : .empty, end]))
                """
        }
        // One's own is mended or taken back.
        guard piece.seat?.convenes == true, !piece.isMine else { return .empty }
        let form: HTML = """
            \(choices(
                "kind", label: t("setAside.kind"), error: refusal?.at("kind", t),
                // words: setAside.kind.*
                of: SetAside.Kind.ofConvenors.map {
                    Choice(value: $0.rawValue, label: t("setAside.kind.\($0.rawValue)"))
                }, chosen: visit.form["kind"]))
            \(area(
                "reason", label: t("setAside.reason"), hint: t("setAside.reason.hint"), error: refusal?.at("reason", t),
                value: visit.form["reason"], rows: 3))
            \(acts([button(t("setAside.do"))]))
            """
        let isTyped = visit.form.has("reason")
        return more(t("setAside.offer"), visit.form(to: "\(address)/setting-aside", form), isOpen: isTyped)
    }
}

/// Thanks as their receiver reads them: who, by when they will hear, and a word if there is one.
func thanked(_ thanks: Thanks, isOverdue: Bool = false, _ t: Words) -> HTML {
    let line = thanks.line(isOverdue: isOverdue, t)
    return notice(.cup, "\(paragraph(line))\(thanks.words.isEmpty ? .empty : HTML(paragraphs: thanks.words))")
}

extension Thanks {
    /// Who thanks, by when they said that there would be an answer, and that the day has passed where none has come.
    func line(isOverdue: Bool, _ t: Words) -> String {
        let who = nameHere(name, t)
        let said = hearBy.map { t("thanks.from.by", name: who, day: t.day($0.text)) } ?? t("thanks.from", name: who)
        return isOverdue ? said + " " + t("thanks.from.late") : said
    }
}
