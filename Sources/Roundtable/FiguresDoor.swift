import CThrift
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage

/// `GET /metrics`, on an address of its own that no proxy leads to: how this house is doing, in the form that
/// Prometheus reads. Off unless it is asked for (`--metrics`).
struct FiguresDoor: Sendable {
    let house: House
    let figures: Figures
    private let began = Date()

    init(house: House, figures: Figures) { (self.house, self.figures) = (house, figures) }

    /// What serves it.
    func application(at place: (host: String, port: Int)) -> some ApplicationProtocol {
        let router = Router()
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: await text())))
        }
        var quiet = house.log
        quiet.logLevel = .warning
        return Application(
            router: router, server: .http1(configuration: .init(idleTimeout: House.longestSilence)),
            configuration: .init(address: .hostname(place.host, port: place.port)), logger: quiet)
    }

    /// All figures: those that were counted, and those that are looked at now.
    func text() async -> String { await measures().map(\.text).joined() + figures.text }

    private struct Measure {
        let name: String
        let about: String
        var kind = "gauge"
        var marks = ""
        let value: Double

        var text: String {
            let number = value == value.rounded() ? "\(Int64(value))" : "\(value)"
            return "# HELP \(name) \(about)\n# TYPE \(name) \(kind)\n\(name)\(marks) \(number)\n"
        }
    }

    private func measures() async -> [Measure] {
        let database = house.database
        var all = [
            Measure(
                name: "roundtable_info", about: "Which program this is.",
                marks: "{version=\"\(Roundtable.version)\",engine=\"\(database.engine.rawValue)\"}", value: 1),
            Measure(
                name: "roundtable_listeners", about: "Live pages that are open.", value: Double(house.live.listeners)),
            Measure(
                name: "roundtable_database_waiting", about: "How many wait for their turn at the database.",
                value: Double(database.waiting)),
            Measure(
                name: "roundtable_database_statements_total", about: "Statements that were run.", kind: "counter",
                value: Double(database.statements)),
        ]
        let now = house.now()
        let letters = try? await database.read { try $0.outbox(at: now) }
        all.append(
            Measure(
                name: "roundtable_database_up", about: "Whether the database answers.", value: letters == nil ? 0 : 1))
        if let letters { all += measures(of: letters, at: now) }
        return all + machine()
    }

    private func measures(of letters: Outbox, at now: Moment) -> [Measure] {
        let age = letters.oldest.map { max(0, Double(now.milliseconds - $0.milliseconds) / 1000) } ?? 0
        return [
            Measure(
                name: "roundtable_letters_waiting", about: "Letters that are on their way.",
                value: Double(letters.waiting)),
            Measure(
                name: "roundtable_letters_given_up", about: "Letters that could not be delivered.",
                value: Double(letters.givenUp)),
            Measure(
                name: "roundtable_oldest_letter_seconds", about: "How long the oldest of them has waited.", value: age),
        ]
    }

    /// What the system says of this program and its disk.
    private func machine() -> [Measure] {
        var all = [
            Measure(
                name: "process_start_time_seconds", about: "When this program was started.",
                value: began.timeIntervalSince1970)
        ]
        let disk = try? FileManager.default.attributesOfFileSystem(forPath: house.settings.data.path)
        if let free = disk?[.systemFreeSize] as? NSNumber {
            all.append(
                Measure(
                    name: "roundtable_disk_free_bytes", about: "Room left where the data folder is.",
                    value: free.doubleValue))
        }
        let resident = thrift_resident()
        if resident > 0 {
            all.append(
                Measure(
                    name: "process_resident_memory_bytes", about: "Memory that this program holds.",
                    value: Double(resident)))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            all.append(
                Measure(
                    name: "process_open_fds", about: "Files and connections that this program holds open.",
                    value: Double(open)))
        }
        return all
    }
}
