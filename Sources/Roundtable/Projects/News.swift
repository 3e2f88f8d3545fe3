import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What somebody's seat was told: one line each, with the way to what it is about.
struct NewsRoutes: Sendable {
    let house: House

    /// How far back the page goes. What it leads to stays where it is for good.
    static let most = 100

    /// GET /projects/:project/news
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, notices) = try await house.database.read { db in
            let (project, seat) = try db.project(id, seating: person)
            return (project, try db.notices(of: seat.id, most: Self.most))
        }
        return house.respond(newsPage(project, notices, context.visit), context.visit)
    }

    /// POST /projects/:project/news/read: up to what the page showed, so that what came meanwhile stays new.
    func markRead(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
        let shown = Int64(context.form["until"]).map { Moment($0) } ?? now
        try await house.database.write { db in
            let (_, seat) = try db.project(id, seating: person)
            try db.markRead(seat.id, until: shown, at: now)
        }
        return .see("/projects/\(id.text)/news")
    }

    private func newsPage(_ project: Project, _ notices: [Notice], _ visit: Visit) -> Page {
        let t = visit.t
        let (new, old) = (notices.filter { !$0.isRead }, notices.filter(\.isRead))
        let until = notices.map(\.told).max() ?? house.now()
        let read: HTML = """
            <input type="hidden" name="until" value="\(until.milliseconds)">
            \(acts([button(t("news.read"), .main)]))
            """
        return Page(
            title: t("news.title"),
            main: """
                <h1>\(t("news.title"))</h1>
                \(new.isEmpty ? paragraph(t("news.none")) : newsList(new, in: project, t))
                \(new.isEmpty ? .empty : visit.form(to: project.address + "/news/read", read))
                \(old.isEmpty ? .empty : "<h2>\(t("news.old"))</h2>\(newsList(old, in: project, t))")
                """,
            project: projectWays(project, here: project.address, t))
    }
}

/// Notices as sentences. The same thing told again and again is one line, with the day of the last; so are several
/// cards of the offer.
func newsList(_ notices: [Notice], in project: Project, _ t: Words) -> HTML {
    let cards = Set(notices.compactMap { notice in notice.isCard ? notice.letter?.kept.about : nil }).count
    var told: [Letter] = []
    var saidCards = false
    let items = notices.compactMap { notice -> HTML? in
        if notice.isCard, cards > 1 {
            defer { saidCards = true }
            let said = t("notice.offerChanged.many", count: cards)
            return saidCards ? nil : newsItem(said, project.address + "/offer", nil, notice, t)
        }
        guard let letter = notice.letter, !told.contains(letter) else { return nil }
        told.append(letter)
        let (said, address) = notice.said(in: project, t)
        return newsItem(said, address, notice.subject, notice, t)
    }
    return "<ul class=\"stack\" role=\"list\">\(items)</ul>"
}

private func newsItem(
    _ said: String, _ address: String, _ subject: Notice.Subject?, _ notice: Notice, _ t: Words
) -> HTML {
    let day = smallPrint("\(t.moment(notice.told.milliseconds))")
    let which = subject.map { subject -> HTML in
        "<p dir=\"auto\"\(attribute: "lang", subject.language)>\(subject.firstWords)</p>"
    }
    return "<li class=\"think\"><a href=\"\(address)\">\(said)</a>\(which)\(day)</li>"
}

extension Notice {
    fileprivate var isCard: Bool { if case .offerChanged = letter { true } else { false } }

    /// What it says, and where it leads. It keeps nobody's words: those are read where they are.
    func said(in project: Project, _ t: Words) -> (String, String) {
        switch letter {
        case .offerLaid: (t("notice.offerLaid"), project.address + "/offer")
        case .projectEnds: (t("notice.projectEnds"), project.address + "/end")
        case .safetyChanged: (t("notice.safetyChanged"), project.address + "/safety")
        case .offerChanged(let card): (t("notice.offerChanged"), project.address + "/cards/" + card.text)
        case .changeProposed(let change): (t("notice.changeProposed"), project.address + "/proposals/" + change.text)
        case .publishingAsked: (t("notice.publishingAsked"), project.address + "/publishing")
        case .published: (t("notice.published"), project.address + "/publishing")
        case .publishingStopped: (t("notice.publishingStopped"), project.address + "/publishing")
        case .steered(let concern): (t("notice.steered"), project.address + "/steered#" + concern.text)
        case .steeredAnswered(let concern):
            (t("notice.steeredAnswered"), project.address + "/steered#" + concern.text)
        case .lookBackAsked(let gathering): (t("notice.lookBackAsked"), "/gatherings/\(gathering.text)/looking-back")
        case .endLookBackAsked: (t("notice.endLookBackAsked"), project.address + "/looking-back")
        case .stillSo(let promise, _): (t("notice.stillSo"), "/promises/\(promise.text)#still-so")
        case .slippedBack(let promise): (t("notice.slippedBack"), "/promises/" + promise.text)
        case .ownerAsked(let card, _): (t("notice.ownerAsked"), project.address + "/cards/" + card.text)
        case .gatheringChanged(let gathering): (t("notice.gatheringChanged"), "/gatherings/" + gathering.text)
        case .setAside(let contribution): (t("notice.setAside"), "/contributions/" + contribution.text)
        case .askDrawn(let ask): (t("notice.askDrawn"), "/asks/" + ask.text)
        case .askPut(let ask, _): (t("notice.askPut"), "/asks/" + ask.text)
        case .askAnswered(let ask): (t("notice.askAnswered"), "/asks/" + ask.text)
        case .promiseMoved(let promise): (t("notice.promiseMoved"), "/promises/" + promise.text)
        case .promiseReported(let promise): (t("notice.promiseReported"), "/promises/" + promise.text)
        case .promiseLeft(let promise): (t("notice.promiseLeft"), "/promises/" + promise.text)
        case .changeLogged(let change): (t("notice.changeLogged"), project.line(of: change.text))
        case .changeStillSo(let change): (t("notice.stillSo"), project.line(of: change.text))
        case .changeSlipped(let change): (t("notice.slippedBack"), project.line(of: change.text))
        case .askEmptied(let ask): (t("notice.askEmptied"), "/asks/" + ask.text)
        case .needUnmet(let gathering): (t("notice.needUnmet"), "/gatherings/" + gathering.text + "/needs")
        case .convening: (t("notice.convening"), project.address + "/convening")
        case .nobodyConvenes: (t("notice.nobodyConvenes"), project.address + "/convening")
        case .conveningAsked: (t("notice.conveningAsked"), project.address + "/convening")
        case nil: (t("notice.newer"), project.address)
        }
    }
}

extension Project {
    /// Where a small change stands.
    fileprivate func line(of change: String) -> String { "\(address)/we-said-we-did#change-\(change)" }
}

extension Writer {
    func markRead(_ seat: ID<Seat>, until shown: Moment, at now: Moment) throws {
        try run("update notice set read = \(now) where seat = \(seat) and told <= \(shown) and read is null")
    }
}
