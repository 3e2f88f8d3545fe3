import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Storage

/// Houses to practise in: each visitor has one of their own, with an invented group in it, and may break it.
///
/// Each is a whole house with a data file, a key and doors of its own, so nothing of it can get into the real one,
/// and nothing real into it. It is put away when its visitor says so, or has been away for a while.
actor PracticeHouses {
    /// More than this at once would take the memory that a hall needs.
    static let most = 40
    /// A long lunch. After that it is put away, with whatever was typed in it.
    static let longestAway = Duration.hours(2)
    /// One that was used this lately is not taken from its visitor for somebody else.
    static let inUse = Duration.minutes(15)

    struct Copy: Sendable {
        let house: House
        let responder: any HTTPResponder<Visit>
        fileprivate let file: URL
        fileprivate var seen: Moment
    }

    /// A group as everybody finds it, laid once for each language and day.
    private struct Pattern {
        let file: URL
        let day: Day
        let visitor: ID<Person>
        let secret: Secret
    }

    private let real: House
    private let folder: URL
    private var copies: [String: Copy] = [:]
    private var patterns: [String: Pattern] = [:]

    init(of real: House) {
        self.real = real
        folder = real.settings.data.appending(path: "practice", directoryHint: .isDirectory)
        // What an earlier run left behind, if it was ended without being asked.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Opens one for a visitor; nothing when all are in use. The token opens it again from this device.
    func begin(language: String) async throws -> (token: String, Copy, visitor: ID<Person>)? {
        await putAwayForgotten()
        if copies.count >= Self.most { await makeRoom() }
        guard copies.count < Self.most else { return nil }
        let (pattern, token) = (try await pattern(in: language), freshToken())
        let file = folder.appending(path: "\(UUID().uuidString).sqlite")
        try FileManager.default.copyItem(at: pattern.file, to: file)
        let house = try real.practising(on: file, secret: pattern.secret)
        let copy = Copy(house: house, responder: house.router().0.buildResponder(), file: file, seen: real.now())
        copies[token] = copy
        return (token, copy, pattern.visitor)
    }

    /// The one that a device has the token of, if it has not been put away.
    func copy(_ token: String) -> Copy? {
        copies[token]?.seen = real.now()
        return copies[token]
    }

    func end(_ token: String) async {
        guard let copy = copies.removeValue(forKey: token) else { return }
        await copy.house.close()
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy.file.path + ending) }
    }

    /// Puts away what nobody has used for a while.
    func putAwayForgotten() async {
        let since = real.now() + (.zero - Self.longestAway)
        for (token, _) in copies.filter({ $0.value.seen < since }) { await end(token) }
    }

    private func makeRoom() async {
        let since = real.now() + (.zero - Self.inUse)
        guard let oldest = copies.min(by: { $0.value.seen < $1.value.seen }), oldest.value.seen < since else { return }
        await end(oldest.key)
    }

    private func pattern(in language: String) async throws -> Pattern {
        let (now, zone) = (real.now(), real.settings.zone)
        let today = Day(now, in: zone)
        if let pattern = patterns[language], pattern.day == today { return pattern }
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = folder.appending(path: "pattern-\(UUID().uuidString).sqlite")
        let house = try real.practising(on: file, secret: Secret())
        try await house.database.migrate(Migrations.all)
        let words = Words(real.catalogue, language: language, zone: zone)
        let visitor = try await house.database.write { db in
            try InventedGroup(db, in: words, zone: zone, at: now).lay()
        }
        try await Post(house: house).deliverAll()
        await house.close()
        let pattern = Pattern(file: file, day: today, visitor: visitor, secret: house.secret)
        if let old = patterns.updateValue(pattern, forKey: language) {
            try? FileManager.default.removeItem(at: old.file)
        }
        return pattern
    }
}

extension House {
    /// A house like this one to practise in, on a data file of its own.
    fileprivate func practising(on file: URL, secret: Secret) throws -> House {
        var settings = settings
        (settings.database, settings.practice) = (nil, .isOne)
        return House(
            database: try .sqlite(at: file.path, readers: 1, isDurable: false), settings: settings, secret: secret,
            assets: assets, catalogue: catalogue, guesses: Guesses(), live: Live(.sqlite), log: log, now: now)
    }
}
