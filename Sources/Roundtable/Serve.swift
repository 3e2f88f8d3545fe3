import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import Markup
import NIOCore
import ServiceLifecycle
import Storage
import UnixSignals

extension Roundtable {
    /// Sends this program's log to standard error, a line for each thing that happened. Once, before a house is opened.
    public static func beginLog(_ settings: Settings) {
        LoggingSystem.bootstrap { _ in
            if settings.logsObjects { LogObjects() as any LogHandler } else { LogLines() }
        }
    }
}

extension House {
    /// Opens a house: its folder, its secret, its database brought up to date.
    public static func open(_ settings: Settings, log: Logger = Logger(label: "roundtable")) async throws -> House {
        try FileManager.default.createDirectory(
            at: settings.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let occupancy = try Occupancy(settings.data)
        let database = try await Arrival.open(settings)
        try await database.migrate(Migrations.all)
        var house = try House(settings, on: database, secret: Secret(in: settings.data), log: log)
        house.occupancy = occupancy
        house.figures = settings.metrics.map { _ in Figures() }
        house.letGo = LetGoFile(in: settings.data, house.secret)
        try await house.letGo?.catchUp(with: database)
        try await house.sweepFiles()
        return house
    }

    /// Lets what has begun finish, and closes the database.
    public func close() async { await database.close() }

    /// A house on a database that is ready.
    init(
        _ settings: Settings, on database: Database, secret: Secret, log: Logger,
        now: @escaping @Sendable () -> Moment = { Moment(Date()) }
    ) throws {
        let assets = try Assets(folder: settings.assets)
        self.init(
            database: database, settings: settings, secret: secret, assets: assets,
            catalogue: try Catalogue(json: assets.words), guesses: Guesses(),
            live: Live(database.engine, openFiles: OpenFiles.most()), log: log, now: now)
    }

    /// The house's router, and the list of its doors.
    func router() -> (Router<Visit>, [Door]) {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        let practice = settings.practice == .offered ? PracticeHouses(of: self) : nil
        if let practice { router.add(middleware: PracticeDoor(house: self, houses: practice)) }
        router.add(middleware: Courtesies(house: self))
        router.add(middleware: Reception(house: self))
        router.add(middleware: ErrorPages(house: self))
        router.add(middleware: ForgeryGuard())
        router.add(middleware: Doorkeeper(house: self))
        router.add(middleware: KeepingLetGo(house: self))
        // Once more: from here on trouble is told in the language of whoever is known.
        router.add(middleware: ErrorPages(house: self))
        let doors = Routes.hang(on: router, self, practice)
        return (router, doors)
    }

    /// How long requests that have been accepted are given to finish when the program is told to stop.
    static let longestDraining = Duration.seconds(10)

    /// How long a connection may say nothing while a request is awaited from it or only half sent, so that those who
    /// connect and keep silent can't use up what a hall needs. An answer that goes on, as a live page's, isn't silence.
    static let longestSilence = TimeAmount.seconds(30)

    /// What a connection may be like: how long it may be silent, how slow, and how long its head.
    static func connection(
        silence: TimeAmount = longestSilence, patience: Unhurried.Patience = .init()
    ) -> HTTP1Channel.Configuration {
        .init(
            additionalChannelHandlers: [Unhurried(patience)], idleTimeout: silence,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: longestHead, maxHeaderListSize: longestHead, maxHeaderFieldCount: mostHeaders))
    }

    /// All of a request's head, in bytes. Ours is a few cookies and an address; proxies and browsers add little.
    static let longestHead = 32 * 1024
    static let mostHeaders = 100

    /// Connections at once. More wait at the door until one of these is closed.
    static let mostConnections = 20_000

    /// Serves until told to stop (SIGTERM or SIGINT), then lets what was accepted finish.
    public func serve(ready: @escaping @Sendable (Int) async -> Void) async throws {
        var application = Application(
            responder: ListenersApart(doors: router().0.buildResponder()),
            server: .http1(configuration: Self.connection()),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), backlog: 4096,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            logger: log)
        application.logger.logLevel = .warning
        var services: [any Service] = [
            Post(house: self), Housekeeping(house: self), LiveElsewhere(house: self), Thrift(),
            application,
        ]
        if let server = settings.mail { services.append(MailRound(house: self) { try await server.send($0) }) }
        if let figures, let place = settings.metrics {
            services.append(FiguresDoor(house: self, figures: figures).application(at: place))
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: application.logger)
        group.maximumGracefulShutdownDuration = Self.longestDraining
        try await ServiceGroup(configuration: group).run()
        await database.close()
    }

    /// Six words, once, that make the first keeper of a house that has none; nothing when it has one.
    public func firstKeyAddress() async throws -> String? {
        guard try await !database.read({ try $0.hasKeeper() }) else { return nil }
        let words = SixWords.random()
        let hash = secret.hash(words.slug, for: FirstKey.opening.kind)
        let now = now()
        try await database.write { try $0.layFirstKey(hash, at: now) }
        return "\(isBehindHTTPS ? settings.address : settings.ownAddress)/words/\(words.slug)"
    }
}
