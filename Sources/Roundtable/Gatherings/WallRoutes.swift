import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage

/// What is on the wall: words whose giver chose to show them, with a name only where they said so of the wall too.
struct WallWords: Sendable {
    let id: ID<Contribution>
    let words: String
    let language: String
    /// Empty when it stands there unnamed.
    let name: String
    let shared: Moment

    /// Longer than this it is read closer by, in smaller letters: a few lines across a wall.
    static let longest = 140
}

/// The page for the wall of the room, read from its back.
struct WallRoutes: Sendable {
    let house: House

    /// As many as can be read from the back of a hall before the next arrive; the newest come first.
    static let most = 12

    /// GET /gatherings/:gathering/wall
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let (gathering, seat, asker, words, changed) = try await house.database.read { db in
            let (gathering, _, seat) = try db.gathering(id, seating: person)
            let asker = try gathering.asker.flatMap { try db.name(of: $0) }
            let words = try gathering.isCovered ? [] : db.wall(of: id, at: now)
            return (gathering, seat, asker, words, try db.latestChange(in: gathering.project))
        }
        let code = gathering.isJoinable(at: now) ? gathering.code : nil
        return house.respond(
            wallPage(gathering, seat, asker: asker, words, since: changed, code: code, context.visit), context.visit)
    }

    /// POST /gatherings/:gathering/wall/covered: one tap covers it, and one uncovers it.
    func cover(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let isCovered = context.form["covered"] == "yes"
        let moved = try await house.database.write { db in
            let (_, _, seat) = try db.gathering(id, seating: person)
            guard seat.isMember else { throw Missing() }
            let moved = Moved(places: [.wall(id): try db.cover(id, isCovered)])
            try db.tellElsewhere(moved)
            return moved
        }
        house.tellLive(moved)
        return .see("/gatherings/\(id.text)/wall")
    }

    /// GET /gatherings/:gathering/way-in: the address and the code alone, to be read from the back of a hall.
    func showWayIn(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let (gathering, _, _) = try await house.database.read { try $0.gathering(id, seating: person) }
        return house.respond(wayInPage(gathering, at: now, context.t), context.visit)
    }

    private func wayInPage(_ gathering: Gathering, at now: Moment, _ t: Words) -> Page {
        let code = gathering.isJoinable(at: now) ? gathering.code : nil
        let typed = house.addressHere.trimmingScheme
        let size = typed.count <= Self.shortAddress ? "way-in-address" : "way-in-address way-in-long"
        let main: HTML =
            code.map { code in
                """
                <p class="\(size)" translate="no">\(typed)</p>
                <div class="way-in-ways"><div class="qr">\(qrCode("\(house.addressHere)/codes/\(code)", label: t("wall.qr", code: code)))</div>
                <div><p>\(t("wayIn.code"))</p>\(codeDisplay(code))</div></div>
                \(house.paperNote(t).isEmpty ? .empty : "<p class=\"way-in-note\">\(t(house.isAlone ? "gathering.alone" : "wayIn.network"))</p>")
                """
            } ?? paragraph(noCode(gathering, at: now, t))
        return Page(
            title: t("wayIn.title", name: gathering.name),
            main: """
                <h1 dir="auto">\(gathering.name)</h1>
                <p>\(t("wayIn.go"))</p>
                \(main)
                <p class="screen-only small-print"><a href="\(gathering.address)">\(t("gathering.change.back"))</a></p>
                """,
            bare: "way-in")
    }

    /// Why there is no code: there is none yet, or no longer.
    private func noCode(_ gathering: Gathering, at now: Moment, _ t: Words) -> String {
        gathering.hear(at: now) == .open ? t("wayIn.noCode") : t("wall.over")
    }

    /// As many letters stand in one line across a wall, large enough for its farthest chair.
    private static let shortAddress = 22
    /// A longer question leaves room for what is said to it, in smaller letters.
    private static let shortQuestion = 80

    private func wallPage(
        _ gathering: Gathering, _ seat: Seat, asker: String?, _ words: [WallWords], since changed: Int64, code: String?,
        _ visit: Visit
    ) -> Page {
        let t = visit.t
        let asks = gathering.question.isEmpty ? gathering.name : gathering.question
        let new =
            "<p class=\"small-print\" data-live-show><a href=\"\(gathering.address)/wall\">\(t("wall.new"))</a></p>"
            as HTML
        return Page(
            title: t("wall.title", name: gathering.name),
            main: """
                <div><h1 dir="auto"\(attribute: "class", asks.count > Self.shortQuestion ? "wall-question" : nil)>\(asks)</h1>
                \(gathering.question.isEmpty ? .empty : smallPrint(HTML(text: t("wall.asks", name: someone(asker ?? "", t)))))</div>
                <ol class="wall-sayings" role="list"\(liveList(
                    gathering.address + "/wall/live", since: changed, at: "start", most: Self.most, t))>\(words.map(wallItem))</ol>
                \(gathering.isCovered ? .empty : new)
                \(wayIn(gathering, seat, code: code, visit))
                """,
            bare: "wall")
    }

    private func wayIn(_ gathering: Gathering, _ seat: Seat, code: String?, _ visit: Visit) -> HTML {
        let t = visit.t
        let host = house.addressHere.trimmingScheme
        let joining = code.map { code -> HTML in
            let picture = qrCode(house.addressHere + "/codes/" + code, label: t("wall.qr", code: code))
            let bold = Mark { "<b translate=\"no\">\($0)</b>" }
            // A line may end before the path.
            let address = host + "\u{200B}/codes"
            return """
                <div><p>\(t.html("wall.join", address: address, bold: bold))</p>\(codeDisplay(code))</div>
                <div class="qr">\(picture)</div>
                """
        }
        let cover = button(
            gathering.isCovered ? t("wall.uncover") : t("wall.cover"), picture: .door, name: "covered",
            value: gathering.isCovered ? "no" : "yes")
        return """
            <div class="wall-way-in">\(joining ?? paragraph(noCode(gathering, at: house.now(), t)))
            \(seat.isMember ? visit.form(to: gathering.address + "/wall/covered", cover) : .empty)</div>
            """
    }
}

extension House {
    /// Where those in the room find this house: on the hall's own network, where it is open to it.
    var addressHere: String { settings.hall ?? settings.address }
}

extension String {
    /// An address as people type it.
    fileprivate var trimmingScheme: String { replacing("https://", with: "").replacing("http://", with: "") }
}

/// One thing on the wall. Which of two came first is told to the minute, as it is in the room.
func wallItem(_ line: WallWords) -> HTML {
    """
    <li id="wall-\(line.id.text)"\(attribute: "class", line.words.count > WallWords.longest ? "wall-long" : nil) \
    data-live-order="\(line.shared.milliseconds / 60_000)"><div dir="auto"\(attribute: "lang", line.language)>\(HTML(paragraphs: line.words))</div>\
    \(line.name.isEmpty ? .empty : "<p class=\"wall-who\"><bdi>\(line.name)</bdi></p>")</li>
    """
}

extension Reader {
    /// What the wall of a gathering shows, the newest first: shared, chosen for the wall by its giver, not taken back
    /// and not set aside. One statement.
    func wall(of gathering: ID<Gathering>, at now: Moment) throws -> [WallWords] {
        try all(
            """
            select contribution.id, contribution.words, contribution.language,
                case when contribution.signed = 1 and contribution.on_wall = \(OnWall.named)
                    then coalesce(named.name, '') else '' end, contribution.shared
            from contribution left join receipt on receipt.id = contribution.receipt
            left join seat named on named.id = coalesce(contribution.seat, receipt.seat)
            where contribution.gathering = \(gathering) and contribution.on_wall > 0
            and contribution.shared is not null and contribution.taken_back is null
            and \(SetAside.isInSight(at: now))
            order by contribution.shared desc, contribution.id desc limit \(WallRoutes.most)
            """
        ) { row in WallWords(id: row[0], words: row[1], language: row[2], name: row[3], shared: row[4]) }
    }
}
