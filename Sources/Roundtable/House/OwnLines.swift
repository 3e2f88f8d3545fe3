import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Synchronization

/// How many lines each person listens on, so that one can't take the places of everybody. It is counted by person and
/// never by address: behind one address there may be a hall.
final class OwnLines: Sendable {
    /// Several devices with several pages each, and the lines that a phone lost and the house has not missed yet: one
    /// every twenty seconds, for as long as a line lasts (`Live.longest`).
    static let most = 32

    private let taken = Mutex<[ID<Person>: Int]>([:])

    /// One of somebody's lines. It is given back when it is let go of, whatever became of the answer.
    final class Line: Sendable {
        private let lines: OwnLines
        private let person: ID<Person>

        fileprivate init(_ lines: OwnLines, _ person: ID<Person>) { (self.lines, self.person) = (lines, person) }

        deinit { lines.giveBack(person) }
    }

    /// A line for somebody; nothing where they have all that they may.
    func take(for person: ID<Person>) -> Line? {
        let isFree = taken.withLock { taken in
            guard taken[person, default: 0] < Self.most else { return false }
            taken[person, default: 0] += 1
            return true
        }
        return isFree ? Line(self, person) : nil
    }

    private func giveBack(_ person: ID<Person>) {
        taken.withLock { $0[person] = $0[person, default: 0] > 1 ? $0[person]! - 1 : nil }
    }
}

extension House {
    /// Answers whoever listens (`Live.follow`), or tells them kindly that they listen on as many pages as they may. The
    /// page's script tries again later, and shows its *show new* link meanwhile.
    func follow(
        _ place: LivePlace, _ request: Request, _ context: PersonContext, fetch: @escaping Live.Fetch
    ) -> Response {
        guard let line = lines.take(for: context.person.id) else {
            return Response(
                status: .tooManyRequests,
                headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .retryAfter: "30"],
                body: .init(byteBuffer: ByteBuffer(string: context.t("live.ownFull"))))
        }
        return live.follow(place, request: request, visit: context.visit) { number in
            // Held for as long as there is somebody to read for.
            defer { withExtendedLifetime(line) {} }
            return try await fetch(number)
        }
    }
}
