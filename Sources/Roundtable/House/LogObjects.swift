import Foundation
import Logging

/// Writes the log as JSON, an object on each line, for what gathers the logs of many programs.
///
///     {"at":"2026-03-06T10:00:00.123Z","level":"info","said":"answered","door":"/projects/{project}","status":200}
///
/// It says what `LogLines` says, and no more.
struct LogObjects: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    let write: @Sendable (String) -> Void

    /// Those of `LogLines.told` that are numbers.
    private static let numbers: Set<String> = ["count", "microseconds", "port", "status"]

    /// - Parameter write: takes one whole line, its end included.
    init(_ write: @escaping @Sendable (String) -> Void = LogLines.toStandardError) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        var line = "{\"at\":\"\(time)Z\",\"level\":\"\(event.level.rawValue)\",\"said\":"
        line += Self.quoted(event.message.description)
        for name in LogLines.told {
            guard let value = (event.metadata?[name] ?? metadata[name])?.description else { continue }
            let isNumber = Self.numbers.contains(name) && Int64(value) != nil
            line += ",\"\(name)\":\(isNumber ? value : Self.quoted(value))"
        }
        write(line + "}\n")
    }

    private static func quoted(_ text: String) -> String {
        let bytes = try? JSONEncoder().encode(text)
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
