import Foundation
import Logging

/// Writes the log: one line for each thing that happened, as `name=value`, which both people and journald read.
///
///     2026-03-06T10:00:00.123Z info answered door=/projects/{project} method=GET microseconds=812 status=200
///
/// Only the names listed in `told` are written. What a library adds of its own (an address, a path, an error that
/// repeats what was typed) is left out.
struct LogLines: LogHandler {
    /// What our own lines may say. None of these can hold a name, a word, an address or something that opens.
    static let told: Set<String> = ["code", "count", "door", "kind", "method", "microseconds", "port", "status"]

    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    let write: @Sendable (String) -> Void

    /// - Parameter write: takes one whole line, its end included.
    init(_ write: @escaping @Sendable (String) -> Void = LogLines.toStandardError) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let given = metadata.merging(event.metadata ?? [:]) { $1 }.filter { Self.told.contains($0.key) }
        let pairs = given.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.plain("\($0.value)"))" }
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        write("\(now) \(event.level) \(Self.plain("\(event.message)"))\(pairs.joined())\n")
    }

    /// One line can't become two, nor one value another.
    private static func plain(_ text: String) -> String {
        let safe = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
        return safe.contains(" ") || safe.contains("=") ? "\"\(safe.replacing("\"", with: "'"))\"" : safe
    }

    /// Makes every log of this program, its libraries' too, be written so. Once, before anything else.
    static func begin() { LoggingSystem.bootstrap { _ in LogLines() } }

    /// A line goes out in one write, so that lines of several threads don't mix.
    static let toStandardError: @Sendable (String) -> Void = { line in
        FileHandle.standardError.write(Data(line.utf8))
    }
}
