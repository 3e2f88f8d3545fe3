import ServiceLifecycle
import Storage

extension LivePlace {
    /// As it is announced to other programs: `project:0193…`.
    var text: String {
        switch self {
        case .project(let id): "project:\(id.text)"
        case .gathering(let id): "gathering:\(id.text)"
        case .wall(let id): "wall:\(id.text)"
        }
    }

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":")
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "project": self.init(ID(parts[1]).map { .project($0) })
        case "gathering": self.init(ID(parts[1]).map { .gathering($0) })
        case "wall": self.init(ID(parts[1]).map { .wall($0) })
        default: return nil
        }
    }

    private init?(_ place: LivePlace?) {
        guard let place else { return nil }
        self = place
    }
}

/// That something changed at some places: all that travels between programs that share a database. What it is, each
/// reads for itself, by number.
struct LiveNews: Equatable, Sendable {
    /// Places in one announcement. Each takes 45 bytes or so of what it may hold (`Writer.longestAnnouncement`).
    static let most = 100

    let changed: Int64
    let places: [LivePlace]

    /// `live 12 project:0193… wall:0193…`
    var text: String { (["live", "\(changed)"] + places.map(\.text)).joined(separator: " ") }

    init(changed: Int64, places: [LivePlace]) { (self.changed, self.places) = (changed, places) }

    /// Reads what `text` wrote; nothing when it is something else, or a newer program's.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count > 2, parts[0] == "live", let changed = Int64(parts[1]) else { return nil }
        self.init(changed: changed, places: parts.dropFirst(2).compactMap { LivePlace($0) })
    }
}

extension Writer {
    /// Tells those who watch these places through other programs of this house that something with this number changed
    /// there, once it is committed. Those who watch through this one are told by `Live.tell`, after the commit.
    func tellElsewhere(_ places: [LivePlace], changed: Int64) throws {
        for start in stride(from: 0, to: places.count, by: LiveNews.most) {
            let some = Array(places[start..<min(start + LiveNews.most, places.count)])
            try announce(LiveNews(changed: changed, places: some).text)
        }
    }
}

/// Hears what other programs of this house changed, and tells those who watch through this one.
struct LiveElsewhere: Service {
    let house: House

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await announcement in house.database.announcements() { hear(announcement) }
            // On one file there are no others, and this only waits to be told to stop.
            try? await gracefulShutdown()
        }
    }

    func hear(_ announcement: Announcement) {
        switch announcement {
        case .unheard: house.live.lookAgain()
        case .said(let words):
            guard let news = LiveNews(words) else { return }
            for place in news.places { house.live.tell(place, changed: news.changed) }
        }
    }
}
