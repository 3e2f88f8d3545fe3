import HTTPTypes
import Hummingbird

/// Takes a device that is practising to the house that it practises in, before anything here has looked at it.
///
/// The two houses see nothing of each other's cookies: here those of the other carry a mark.
struct PracticeDoor: RouterMiddleware {
    static let cookie = "practice"
    /// As long as an open house waits for its visitor, and no longer: a browser then forgets it too.
    static let seconds = Int(PracticeHouses.longestAway.components.seconds)
    /// How long a device keeps what it was given there, in seconds.
    private static let longestKept = 86_400
    private static let mark = "practice-"
    /// How pages look is the device's own, in every house.
    private static let shared = Display.cookie

    let house: House
    let houses: PracticeHouses

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        guard let token = request.cookie(Self.cookie), !request.uri.path.hasPrefix("/public/") else {
            return try await next(request, context)
        }
        guard let copy = await houses.copy(token) else { return over(request) }
        var head = request.head
        head.headerFields[.cookie] = Self.cookies(of: request)
        let inside = Request(head: head, body: request.body)
        let visit = Visit(source: .init(channel: context.channel, logger: context.logger))
        var answer = try await copy.responder.respond(to: inside, context: visit)
        if request.method == .post { try await Post(house: copy.house).deliverAll() }
        let set = answer
        answer.headers[values: .setCookie] = []
        if request.method == .post, request.uri.path == "/practice/ended", answer.status == .seeOther {
            await houses.end(token)
            forget(request, in: &answer)
        } else {
            answer.setCookie(house.cookie(Self.cookie, token, maxAge: Self.seconds))
            Self.hand(set, out: &answer)
        }
        return answer
    }

    /// It was put away meanwhile: that is said, and this device is back in the real house.
    private func over(_ request: Request) -> Response {
        var response = Response.see("/practice?over=1")
        forget(request, in: &response)
        return response
    }

    /// Has a device forget which house it practised in, and all that it was given there.
    private func forget(_ request: Request, in response: inout Response) {
        for name in request.cookieNames where name == Self.cookie || name.hasPrefix(Self.mark) {
            response.setCookie(house.cookie(String(name), "", maxAge: 0))
        }
    }

    /// Gives a device what the house that it practises in had it keep, marked, and for a day at the most: nobody
    /// practises for longer, and what is left over opens nothing.
    static func hand(_ inside: Response, out answer: inout Response) {
        answer.headers[values: .setCookie] += inside.headers[values: .setCookie].map {
            guard !$0.hasPrefix("\(shared)=") else { return $0 }
            return mark + $0.replacing("Max-Age=\(House.longestCookie)", with: "Max-Age=\(longestKept)")
        }
    }

    /// What the other house gave this device, as that house named it; nothing of this one's.
    private static func cookies(of request: Request) -> String? {
        let all = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }
        let theirs = all.map { $0.drop { $0 == " " } }.compactMap { cookie in
            cookie.hasPrefix(mark) ? cookie.dropFirst(mark.count) : cookie.hasPrefix("\(shared)=") ? cookie : nil
        }
        return theirs.isEmpty ? nil : theirs.joined(separator: "; ")
    }
}
