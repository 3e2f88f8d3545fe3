import Hummingbird
import Markup

/// Everything that six words can open, room by room, and the one door for all of it.
enum Openings {
    static let all: [Opening] = [
        FirstKey.opening, Pass.opening, Invitation.opening, Receipt.opening, Parcel.opening, MailAddress.opening,
        Complaint.opening,
    ]

    /// What opens over a network where others may read along: that it is somebody's words alone that they learn.
    static let inHall: [Opening] = [Receipt.opening]
}

/// The door for whoever holds six words: on a card, in a link, in a picture.
struct OpeningRoutes: Sendable {
    let house: House

    /// GET /words
    func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        house.respond(wordsPage(visit), visit)
    }

    /// POST /words: what was typed. The words go on in the address, which is never logged, kept or passed on.
    func read(_ request: Request, _ visit: Visit) async throws -> Response {
        switch SixWords.read(visit.form["words"]) {
        case .words(let words): return .see("/words/\(words.slug)\(visit.onwards)")
        case let other: return house.respond(wordsPage(visit, saying: sentence(other, visit)), visit)
        }
    }

    /// GET /words/:words: says what they open; opens nothing.
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        let (words, found) = try await find(visit)
        guard let (_, _, offer) = found else { return try await unknown(visit) }
        return house.respond(offerPage(offer, words, visit), visit)
    }

    /// POST /words/:words: the button.
    func open(_ request: Request, _ visit: Visit) async throws -> Response {
        let (words, found) = try await find(visit)
        guard let (opening, hash, offer) = found else { return try await unknown(visit) }
        do {
            return try await opening.open(words, hash, house, request, visit)
        } catch let refusal as Refusal {
            return house.respond(offerPage(offer, words, visit, refusal), visit)
        }
    }

    private func find(_ visit: Visit) async throws -> (SixWords, (Opening, String, Opening.Offer)?) {
        guard let words = SixWords(reading: try visit.parameter("words")) else { throw Missing() }
        for opening in visit.reach == .safe ? Openings.all : Openings.inHall {
            let hash = house.secret.hash(words.slug, for: opening.kind)
            if let offer = try await opening.offer(hash, house, visit) { return (words, (opening, hash, offer)) }
        }
        return (words, nil)
    }

    /// Words that open nothing. Only these count against a guesser; right ones always open.
    private func unknown(_ visit: Visit) async throws -> Response {
        let courtesy = await house.guesses.wrong(
            network: visit.network, device: visit.device?.text ?? visit.guardToken, at: house.now())
        // In the hall a pass is answered as any other words: nobody learns there whether it opens something.
        let unknown = visit.reach == .safe ? "words.refusal.unknown" : "words.refusal.hall"
        let key = try await courtesy.wait() ? unknown : "words.refusal.tooMany"
        // words: words.refusal.*
        return house.respond(wordsPage(visit, saying: visit.t(key)), visit)
    }

    private func sentence(_ reading: SixWords.Reading, _ visit: Visit) -> String {
        let t = visit.t
        switch reading {
        case .words: return ""
        case .howMany(0): return t("words.refusal.none")
        case .howMany(let count): return t("words.refusal.howMany", count: count)
        case .unknown(let word, let maybe):
            return maybe.isEmpty
                ? t("words.refusal.notAWord", word: word)
                : t("words.refusal.maybe", word: word, list: t.list(maybe))
        case .check: return t("words.refusal.check")
        }
    }

    private func wordsPage(_ visit: Visit, saying refusal: String? = nil) -> Page {
        let t = visit.t
        let form: HTML = """
            \(area(
                "words", label: t("words.title"), hint: t("words.text"), error: refusal, value: visit.form["words"], rows: 3,
                isQuestion: true))
            \(visit.nextField)\(acts([button(t("words.open"), .main)]))
            """
        return Page(
            title: t("words.title"), main: "\(backLink(t("door.back"), to: "/"))\(visit.form(to: "/words", form))",
            isRefused: refusal != nil)
    }

    private func offerPage(
        _ offer: Opening.Offer, _ words: SixWords, _ visit: Visit, _ refusal: Refusal? = nil
    ) -> Page {
        let problems = refusal.map { [Problem(field: $0.field, words: $0.said(in: visit.t))] } ?? []
        let form = offer.button.map { "\(offer.fields)\(visit.nextField)\(acts([button($0, .main)]))" as HTML }
        return Page(
            title: offer.title,
            main: """
                \(backLink(visit.t("door.back"), to: "/"))
                \(problems.isEmpty ? .empty : errorSummary(visit.t("error.summary"), problems))
                <h1>\(offer.title)</h1>
                \(offer.text)
                \(form.map { visit.form(to: "/words/\(words.slug)", $0) })
                """,
            isRefused: refusal != nil)
    }
}
