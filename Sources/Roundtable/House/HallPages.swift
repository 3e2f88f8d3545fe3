import Hummingbird
import Markup

/// What the house says of the hall's own network.
struct HallRoutes: Sendable {
    let house: House

    /// GET /hall: what works over it, what doesn't, and why.
    func show(_ request: Request, _ visit: Visit) async throws -> Response {
        house.respond(house.hallPage(visit), visit)
    }
}

extension House {
    /// What may be done over a network that others share, and where the rest may be; for whoever
    /// asked for the rest too.
    func hallPage(_ visit: Visit, isRefusing: Bool = false) -> Page {
        let t = visit.t
        let can = [t("hall.can.code"), t("hall.can.write"), t("hall.can.receipt")]
        let cannot = [
            t("hall.cannot.place"), t("hall.cannot.invitation"), t("hall.cannot.project"), t("hall.cannot.house"),
            t("hall.cannot.complaint"),
        ]
        func list(_ lines: [String]) -> HTML { "<ul>\(lines.map { "<li>\($0)</li>" as HTML })</ul>" }
        return Page(
            title: t("hall.title"),
            main: """
                \(backLink(t("door.back"), to: "/"))
                <h1>\(isRefusing ? t("hall.notHere") : t("hall.title"))</h1>
                <p class="lead">\(t("hall.why"))</p>
                <h2>\(t("hall.can"))</h2>\(list(can))
                <h2>\(t("hall.cannot"))</h2>\(list(cannot))
                <h2>\(t("hall.where"))</h2>
                \(paragraph(isBehindHTTPS ? t("hall.where.address", address: settings.address) : t("hall.where.machine")))
                <h2>\(t("hall.lost"))</h2>
                \(paragraph(t("hall.lost.text")))
                """,
            status: isRefusing ? .forbidden : nil)
    }

    /// The first page for whoever comes in over the hall's network: a code, or a receipt's words.
    func hallDoor(_ visit: Visit) -> HTML {
        let t = visit.t
        return """
            \(doors([
                door(t("door.code.title"), t("door.code.text"), to: "/codes", picture: .card),
                door(t("door.words.title"), t("hall.words.text"), to: "/words", picture: .receipt),
            ]))
            <p><a href="/hall">\(t("hall.more"))</a></p>
            """
    }

    /// Whether what lasts (a pass, an invitation) opens at the address that this house goes by. Over a hall's network it
    /// doesn't, and whoever tried would be giving their words away.
    var opensWhatLasts: Bool { isBehindHTTPS || Self.network(of: settings.address).isThisMachine }

    /// How six words that last are opened: by camera or at their address, or on this computer alone.
    func wayIn(by words: SixWords, label: String, _ t: Words) -> HTML {
        let path = "/words/\(words.slug)"
        guard opensWhatLasts else {
            return smallPrint("\(t("pass.onlyHere", address: settings.ownAddress + "/words"))")
        }
        return "\(qrCode(settings.address + path, label: label))\(addressDisplay(settings.address, path))"
    }

    /// Where an address on paper goes on working, in a sentence; empty where that is everywhere.
    func paperNote(_ t: Words) -> String {
        let network = Self.network(of: settings.address)
        if network.isThisMachine { return t("paper.here") }
        return network.isPrivate ? t("paper.hall") : ""
    }

    /// Whether nobody but this machine itself finds the house: no phone in the room can join.
    var isAlone: Bool { Self.network(of: addressHere).isThisMachine }

    /// The network that an address leads to, as far as its figures say so.
    private static func network(of address: String) -> Network {
        let host = address.drop { $0 != "/" }.drop { $0 == "/" }
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } : host.prefix { $0 != ":" && $0 != "/" }
        return Network(address: String(name))
    }
}
