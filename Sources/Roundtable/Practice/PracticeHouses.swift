import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Houses to practise in: each visitor has one of their own, with an invented group in it, and may break it.
///
/// Each is a whole house with a data file and doors of its own, so nothing of it can get into the real one, and nothing
/// real into it. It is put away when its visitor says so, or has been away for a while. All of it lies in the data
/// folder, so a visitor may be served by any program that has that folder, and by the next one after a stop.
actor PracticeHouses {
    /// More than this at once would take the memory that a hall needs.
    static let most = 40
    /// A long lunch. After that it is put away, with whatever was typed in it.
    static let longestAway = Duration.hours(2)
    /// One that was used this lately is not taken from its visitor for somebody else.
    static let inUse = Duration.minutes(15)
    /// How exactly it is kept when one was last used.
    private static let exactness = Duration.minutes(1)

    struct Copy: Sendable {
        let house: House
        let responder: any HTTPResponder<Visit>
    }

    private let real: House
    private let shelf: PracticeShelf
    /// The key of every house to practise in, which says nothing of the real one's.
    private let secret: Secret
    /// Those that were used through this program, by their names on the shelf.
    private var copies: [String: Copy] = [:]

    init(of real: House) {
        self.real = real
        shelf = PracticeShelf(real.settings.data.appending(path: "practice", directoryHint: .isDirectory))
        secret = Secret(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: real.secret.key, info: Data("practice".utf8), outputByteCount: 32))
    }

    /// Opens one for a visitor; nothing when all are in use. The token opens it again from this device.
    func begin(language: String) async throws -> (token: String, Copy, visitor: ID<Person>)? {
        try shelf.make()
        await putAwayForgotten()
        if shelf.names.count >= Self.most { await makeRoom() }
        guard shelf.names.count < Self.most else { return nil }
        let (file, visitor) = try await pattern(in: language)
        let token = freshToken()
        try shelf.put(name(token), from: file, at: real.now())
        return (token, try await open(name(token)), visitor)
    }

    /// The one that a device has the token of, if it has not been put away.
    func copy(_ token: String) async -> Copy? {
        let name = name(token)
        guard let seen = shelf.seen(name) else {
            await close(name)
            return nil
        }
        if seen + Self.exactness < real.now() { shelf.touch(name, at: real.now()) }
        return try? await open(name)
    }

    func end(_ token: String) async { await putAway(name(token)) }

    /// Puts away what nobody has used for a while.
    func putAwayForgotten() async {
        let since = real.now() + (.zero - Self.longestAway)
        for name in shelf.names where shelf.seen(name).map({ $0 < since }) ?? false { await putAway(name) }
    }

    private func makeRoom() async {
        let since = real.now() + (.zero - Self.inUse)
        let all = shelf.names.compactMap { name in shelf.seen(name).map { (name, seen: $0) } }
        guard let oldest = all.min(by: { $0.seen < $1.seen }), oldest.seen < since else { return }
        await putAway(oldest.0)
    }

    private func putAway(_ name: String) async {
        await close(name)
        shelf.remove(name)
        // Its photographs, where it was given any.
        try? FileManager.default.removeItem(at: shelf.file(name).deletingPathExtension())
    }

    private func close(_ name: String) async { await copies.removeValue(forKey: name)?.house.close() }

    /// A token opens a house, so its name on the disk does not tell the token.
    private func name(_ token: String) -> String { String(secret.hash(token, for: "practice").prefix(32)) }

    private func open(_ name: String) async throws -> Copy {
        if let copy = copies[name] { return copy }
        let house = try real.practising(on: shelf.file(name), secret: secret)
        // Laid by an older program, perhaps, in the hours before this one was started.
        try await house.database.migrate(Migrations.all)
        if let copy = copies[name] {
            await house.close()
            return copy
        }
        let copy = Copy(house: house, responder: house.router().0.buildResponder())
        copies[name] = copy
        return copy
    }

    /// A group as everybody finds it, laid once for each language and day, and who looks round in it.
    private func pattern(in language: String) async throws -> (file: URL, visitor: ID<Person>) {
        let (now, zone) = (real.now(), real.settings.zone)
        let kind = "\(language)-\(Day(now, in: zone).text)"
        if let there = shelf.pattern(kind) { return there }
        let draft = shelf.draft()
        let house = try real.practising(on: draft, secret: secret)
        try await house.database.migrate(Migrations.all)
        let words = Words(real.catalogue, language: language, zone: zone)
        let visitor = try await house.database.write { db in
            try InventedGroup(db, in: words, zone: zone, at: now).lay()
        }
        try await Post(house: house).deliverAll()
        await house.close()
        return (try shelf.keep(draft, as: kind, visitor: visitor), visitor)
    }
}

extension House {
    /// Pages of one practice house that may hear at once: it has one visitor, and the real house's come first.
    private static let mostPractising = 20

    /// A house like this one to practise in, on a data file of its own.
    fileprivate func practising(on file: URL, secret: Secret) throws -> House {
        var settings = settings
        (settings.database, settings.practice) = (nil, .isOne)
        settings.data = file.deletingPathExtension()
        var house = House(
            database: try .sqlite(at: file.path, readers: 1, isDurable: false), settings: settings, secret: secret,
            assets: assets, catalogue: catalogue, guesses: Guesses(),
            live: Live(.sqlite, openFiles: Live.keptFree + Self.mostPractising), log: log, now: now)
        // On the same disk.
        house.arrivals = arrivals
        return house
    }
}
