import Foundation

/// What can be set for a house, by flag or by environment. One list: `--help` and `docs/hosting.md` are held to it.
public struct Settings: Sendable {
    /// One setting: its flag, its environment variable, and what it is for.
    public struct Entry: Sendable {
        public let flag: String
        public let variable: String
        public let standard: String
        public let meaning: String
    }

    public static let all: [Entry] = [
        Entry(
            flag: "data", variable: "ROUNDTABLE_DATA", standard: "./data",
            meaning: "The folder that everything is kept in: the data file, and the secret."),
        Entry(
            flag: "database", variable: "ROUNDTABLE_DATABASE", standard: "",
            meaning:
                "A PostgreSQL database to keep everything in, as postgres://…; without it, one SQLite file in the data folder."
        ),
        Entry(
            flag: "listen", variable: "ROUNDTABLE_LISTEN", standard: "127.0.0.1:8080",
            meaning: "The address and port to serve on."),
        Entry(
            flag: "hall", variable: "ROUNDTABLE_HALL", standard: "no",
            meaning:
                "Whether people in the hall come in over its own network: yes, no, or this machine's address there, as 192.168.1.20."
        ),
        Entry(
            flag: "address", variable: "ROUNDTABLE_ADDRESS", standard: "",
            meaning: "The address that people reach this house at, as https://…, for links and QR codes on paper."),
        Entry(
            flag: "proxy", variable: "ROUNDTABLE_PROXY", standard: "",
            meaning: "The address of the one proxy whose forwarding headers are trusted, as 127.0.0.1."),
        Entry(
            flag: "zone", variable: "ROUNDTABLE_ZONE", standard: "Europe/London",
            meaning: "The time zone that this house shows times in."),
        Entry(
            flag: "practice", variable: "ROUNDTABLE_PRACTICE", standard: "yes",
            meaning: "Whether visitors may look round in an invented group first: yes or no."),
        Entry(
            flag: "log", variable: "ROUNDTABLE_LOG", standard: "lines",
            meaning: "How the log is written: lines, or json for what gathers logs."),
        Entry(
            flag: "metrics", variable: "ROUNDTABLE_METRICS", standard: "",
            meaning:
                "An address and port to give figures at, as 127.0.0.1:9464, for Prometheus. Lead no proxy there."),
        Entry(
            flag: "mail", variable: "ROUNDTABLE_MAIL", standard: "",
            meaning:
                "A mail server for letters to those who ask for them, as smtp://name:password@mail.example.org:587."
        ),
        Entry(
            flag: "mail-from", variable: "ROUNDTABLE_MAIL_FROM", standard: "",
            meaning: "The address that letters by mail come from."),
        Entry(
            flag: "mail-trust", variable: "ROUNDTABLE_MAIL_TRUST", standard: "",
            meaning: "A file of certificates that the mail server's is signed by; without it, those of the system."),
        Entry(
            flag: "assets", variable: "ROUNDTABLE_ASSETS", standard: "",
            meaning: "In development: a folder to read styles, scripts and words from at each start."),
        Entry(
            flag: "development", variable: "ROUNDTABLE_DEVELOPMENT", standard: "no",
            meaning: "In development, yes: shows the components and their examples at /house."),
    ]

    public var data: URL
    public var database: String?
    public var host: String
    public var port: Int
    public var address: String
    public var proxy: String?
    /// Where this machine is to be found on the hall's own network, as http://192.168.1.20:8080; nothing where the
    /// house isn't open to it.
    public var hall: String?
    /// What to say beside it to whoever hosts, where phones may not find the house there.
    public var hallCaution: String?
    /// Whether the address was set, so that what is printed with it goes on working at home.
    public var isAddressSet: Bool
    public var zone: TimeZone
    /// Whether the log is written as JSON.
    public var logsObjects: Bool
    /// Where figures are given, if they are.
    var metrics: (host: String, port: Int)?
    /// Who carries letters by mail, if anybody does.
    var mail: MailServer?
    public var assets: URL?
    public var development: Bool
    var practice: Practice

    /// Houses to practise in.
    enum Practice: Sendable {
        /// The first page offers one.
        case offered
        case off
        /// This is one: every page says so.
        case isOne
    }

    /// Reads each setting from what was given by flag, else from the environment, else as it usually is.
    ///
    /// - Throws: `Unreadable`, with a sentence that names the flag and what it takes.
    public init(
        flags: [String: String] = [:], environment: [String: String] = [:],
        hallAddresses: () -> [String] = Hall.addresses
    ) throws(Unreadable) {
        func value(_ flag: String) -> String {
            let entry = Self.all.first { $0.flag == flag }!
            return flags[flag] ?? environment[entry.variable] ?? entry.standard
        }
        func optional(_ flag: String) -> String? { value(flag).isEmpty ? nil : value(flag) }

        data = URL(filePath: value("data"), directoryHint: .isDirectory)
        database = optional("database")
        (host, port) = try Self.hostAndPort(value("listen"), for: "listen")
        metrics = try optional("metrics").map { text throws(Unreadable) in try Self.hostAndPort(text, for: "metrics") }
        guard ["lines", "json"].contains(value("log")) else { throw Unreadable("--log takes lines or json") }
        logsObjects = value("log") == "json"
        let published = optional("address")
        if let published, !published.hasPrefix("https://"), !published.hasPrefix("http://") {
            throw Unreadable("--address begins with https:// or http://")
        }
        isAddressSet = published != nil
        if let hall = try Hall.address(value("hall"), among: hallAddresses) {
            hallCaution = Hall.caution(about: hall, among: hallAddresses())
            self.hall = "http://\(hall.contains(":") ? "[\(hall)]" : hall):\(port)"
            // All of this machine's own: the hall's network may give it another address during the day.
            host = hall.contains(":") ? "::" : "0.0.0.0"
        }
        address = (published ?? hall ?? "http://\(host):\(port)").trimmingSuffix("/")
        mail = try Self.mailServer(
            at: optional("mail"), from: optional("mail-from"), trusted: optional("mail-trust"), for: address)
        proxy = optional("proxy")
        guard let zone = TimeZone(identifier: value("zone")) else {
            throw Unreadable("--zone takes the name of a time zone, as Europe/London")
        }
        self.zone = zone
        assets = optional("assets").map { URL(filePath: $0, directoryHint: .isDirectory) }
        guard ["yes", "no"].contains(value("development")) else { throw Unreadable("--development takes yes or no") }
        development = value("development") == "yes"
        guard ["yes", "no"].contains(value("practice")) else { throw Unreadable("--practice takes yes or no") }
        practice = value("practice") == "yes" ? .offered : .off
    }

    /// Where the house is on its own machine, whoever else may come in.
    public var ownAddress: String {
        hall != nil || ["0.0.0.0", "::"].contains(host) ? "http://127.0.0.1:\(port)" : "http://\(host):\(port)"
    }

    private static func mailServer(
        at url: String?, from: String?, trusted trust: String?, for address: String
    ) throws(Unreadable) -> MailServer? {
        guard let url else { return nil }
        guard url.hasPrefix("smtp://") || url.hasPrefix("smtps://"), URL(string: url)?.host() != nil else {
            throw Unreadable("--mail takes a mail server, as smtp://name:password@mail.example.org:587")
        }
        guard let from, (try? MailAddress.read(from)) != nil else {
            throw Unreadable("--mail needs --mail-from, the address that letters come from")
        }
        let host = URL(string: address)?.host() ?? "localhost"
        return MailServer(url: url.trimmingSuffix("/"), from: from, trust: trust, name: host)
    }

    private static func hostAndPort(_ text: String, for flag: String) throws(Unreadable) -> (String, Int) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon > text.startIndex
        else { throw Unreadable("--\(flag) takes an address and a port, as 127.0.0.1:8080") }
        return (text[..<colon].trimmingCharacters(in: ["[", "]"]), port)
    }

    /// A setting that can't be read; `description` is a sentence for whoever hosts.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
        init(_ description: String) { self.description = description }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
