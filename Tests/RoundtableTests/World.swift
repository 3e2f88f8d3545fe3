import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Markup
import NIOCore
import NIOEmbedded
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Roundtable

/// A whole house for a test: a real router on a real, empty database, and a clock that the test holds.
///
/// Requests go through every door and middleware; only the network is left out.
final class World: Sendable {
    let house: House
    let doors: [Door]
    private let responder: any HTTPResponder<Visit>
    private let clock: Clock

    /// Friday 6 March 2026, ten in the morning in London.
    static let beginning = Moment(1_772_791_200_000)

    convenience init(
        _ engine: Engine, connections: Int = 2, practice: Bool = true, log: Logger? = nil,
        flags: [String: String] = [:]
    ) async throws {
        try await self.init(
            on: try await engine.fresh(connections: connections), practice: practice, log: log, flags: flags)
    }

    /// - Parameter languages: what becomes of the word catalogue, for a test in a language of its own.
    init(
        on database: Database, practice: Bool = true, log: Logger? = nil, flags: [String: String] = [:],
        languages: (Catalogue) -> Catalogue = { $0 }
    ) async throws {
        try await database.migrate(Migrations.all)
        let folder = FileManager.default.temporaryDirectory.appending(path: "roundtable-\(UUID().uuidString)")
        let usual = ["data": folder.path, "practice": practice ? "yes" : "no"]
        let settings = try Settings(flags: flags.merging(usual) { $1 })
        let clock = Clock()
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        let plain = try House(settings, on: database, secret: Secret(), log: log ?? quiet, now: { clock.now() })
        var house = House(
            database: plain.database, settings: settings, secret: plain.secret, assets: plain.assets,
            catalogue: languages(plain.catalogue), guesses: plain.guesses, live: plain.live, log: plain.log,
            now: plain.now)
        house.stretching = 16
        // The program itself, which is built beside these tests.
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        house.darkroom = Darkroom(
            program: URL(filePath: tests).deletingLastPathComponent().appending(path: "roundtable").path)
        self.house = house
        self.clock = clock
        let (router, doors) = house.router()
        self.doors = doors
        responder = router.buildResponder()
    }

    /// Time passes.
    func wait(_ duration: Duration) { clock.moment.withLock { $0 = $0 + duration } }

    /// The clock of the machine is set, forwards or back.
    func set(_ moment: Moment) { clock.moment.withLock { $0 = moment } }

    /// A browser that has never been here, on this machine or at another address.
    func browser(from address: String? = nil) -> Browser { Browser(world: self, address: address) }

    /// Somebody with a place in this house, and the browser they are in with.
    func person(_ name: String) async throws -> Browser {
        let browser = browser()
        let page = try await browser.get("/people/new")
        try await browser.send(page, to: "/people", ["name": name])
        return browser
    }

    fileprivate func respond(to request: Request, from address: String?) async throws -> Answer {
        let channel = NIOAsyncTestingChannel()
        if let address { channel.remoteAddress = try SocketAddress(ipAddress: address, port: 40_000) }
        let context = Visit(source: .init(channel: channel, logger: house.log))
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(
            status: response.status, headers: response.headers, body: collector.text, bytes: collector.all)
    }

    private final class Clock: Sendable {
        let moment = Mutex(World.beginning)
        func now() -> Moment { moment.withLock { $0 } }
    }
}

/// What came back.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: String
    /// The same, where it is no text.
    let bytes: [UInt8]

    var code: Int { status.code }
    var location: String? { headers[.location] }

    /// The value of a hidden or shown field on the page.
    func value(_ name: String) -> String? {
        body.firstMatch(of: try! Regex("name=\"\(name)\"[^>]*? value=\"([^\"]*)\"")).flatMap {
            $0[1].substring.map { String($0) }
        }
    }
}

/// One browser: it keeps its cookies, and sends back what a page's forms carry.
final class Browser: Sendable {
    private let world: World
    private let cookies = Mutex<[String: String]>([:])

    /// Where it is on the network; nothing on the house's own machine.
    private let address: String?

    init(world: World, address: String? = nil) { (self.world, self.address) = (world, address) }

    /// A browser that holds what this one holds, at another address.
    func moved(to address: String) -> Browser {
        let other = Browser(world: world, address: address)
        let held = cookies.withLock { $0 }
        other.cookies.withLock { $0 = held }
        return other
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, body: "", headers: headers)
    }

    /// Sends a form with the fields given, and what every form of the page carries.
    @discardableResult
    func send(_ page: Answer, to path: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await send(page, to: path, pairs: fields.map { ($0.key, $0.value) })
    }

    /// The same, for fields that a test puts together.
    @discardableResult
    func send(_ page: Answer, to path: String, pairs: [(String, String)]) async throws -> Answer {
        var all = pairs
        for name in ["guard", "once", "once-nothing", "version"] where !pairs.contains(where: { $0.0 == name }) {
            if let value = page.value(name) { all.append((name, value)) }
        }
        return try await post(path, all)
    }

    /// Sends these fields and no others.
    @discardableResult
    func post(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
        let body = fields.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&")
        return try await send(
            .post, path, body: body, headers: [.contentType: "application/x-www-form-urlencoded"])
    }

    /// Opens the page at `path` and sends its form to `address` (to the same path when none is given).
    @discardableResult
    func fill(
        _ path: String, sendingTo address: String? = nil, _ fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        try await send(get(path), to: address ?? path, fields)
    }

    /// A form from nowhere of ours: it carries no guard.
    func forge(_ path: String, _ fields: String) async throws -> Answer {
        try await send(.post, path, body: fields, headers: [:])
    }

    /// Holds six words as though this house had given them to this browser.
    func hold(_ words: SixWords..., as name: String) throws {
        let sealed = try #require(Keepsake.seal(words, world.house.secret))
        cookies.withLock { $0[Keepsake.cookie(name)] = sealed }
    }

    /// Holds a cookie, as this house gave it or as somebody made it up.
    func hold(cookie name: String, _ value: String) { cookies.withLock { $0[name] = value } }

    var cookieValues: [String] { cookies.withLock { Array($0.values) } }
    var cookieNames: Set<String> { cookies.withLock { Set($0.keys) } }

    /// Sends a page's form with a file, as browsers do.
    @discardableResult
    func send(
        _ page: Answer, to path: String, _ fields: KeyValuePairs<String, String>, file: [UInt8],
        named name: String = "wall.jpg"
    ) async throws -> Answer {
        var all = fields.map { ($0.key, $0.value) }
        for name in ["once", "once-nothing"] where !all.contains(where: { $0.0 == name }) {
            all.append((name, page.value(name) ?? ""))
        }
        all.insert(("guard", page.value("guard") ?? ""), at: 0)
        let border = "----border\(UUID().uuidString)"
        var body: [UInt8] = []
        for (name, value) in all {
            body += "--\(border)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        let about = "name=\"picture\"; filename=\"\(name)\"\r\nContent-Type: image/jpeg"
        body += "--\(border)\r\nContent-Disposition: form-data; \(about)\r\n\r\n".utf8
        body += file + Array("\r\n--\(border)--\r\n".utf8)
        return try await send(
            .post, path, buffer: ByteBuffer(bytes: body),
            headers: [.contentType: "multipart/form-data; boundary=\(border)"])
    }

    /// Anything at all, whether or not a browser would send it.
    func send(
        _ method: HTTPRequest.Method, _ path: String, body: String = "", headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(method, path, buffer: ByteBuffer(string: body), headers: headers)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, buffer: ByteBuffer, headers: HTTPFields
    ) async throws -> Answer {
        var headers = headers
        let held = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if !held.isEmpty { headers[.cookie] = held }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let answer = try await world.respond(to: Request(head: head, body: .init(buffer: buffer)), from: address)
        for set in answer.headers[values: .setCookie] { keep(set) }
        return answer
    }

    private func keep(_ set: String) {
        let parts = set.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        let isGone = parts.contains("Max-Age=0")
        cookies.withLock { $0[pair[0]] = isGone ? nil : pair[1] }
    }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
            default: "%" + String(format: "%02X", byte)
            }
        }.joined()
    }
}

private final class Collector: ResponseBodyWriter {
    private let bytes = Mutex<[UInt8]>([])
    var text: String { String(decoding: all, as: UTF8.self) }
    var all: [UInt8] { bytes.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
    func finish(_ headers: HTTPFields?) async throws {}
}
