import Foundation
import Logging

/// Writes the log: one line for each thing that happened, as `name=value`, which both people and journald read.
///
///     2026-03-06T10:00:00.123Z info answered door=/projects/{project} method=GET microseconds=812 status=200
///
/// Only the names listed in `told` are written. What a library adds of its own (an address, a path, an error that
/// repeats what was typed) is left out.
struct LogLines: LogHandler {
    /// What our own lines may say, in this order. None of these can hold a name, a word, an address or something that
    /// opens.
    static let told = ["code", "count", "door", "kind", "method", "microseconds", "port", "status"]

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
        var line = "\(Self.time(Moment(Date()))) \(event.level.rawValue) \(Self.plain(event.message.description))"
        for name in Self.told {
            guard let value = event.metadata?[name] ?? metadata[name] else { continue }
            line += " \(name)=\(Self.plain(value.description))"
        }
        write(line + "\n")
    }

    /// `2026-03-06T10:00:00.123Z`. Each request has a line, and Foundation takes as long over a time as over all of it.
    private static func time(_ moment: Moment) -> String {
        let (seconds, milliseconds) = moment.milliseconds.quotientAndRemainder(dividingBy: 1000)
        var (whole, parts) = (time_t(seconds), tm())
        gmtime_r(&whole, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return "\(day)T\(clock).\(String(1000 + milliseconds).dropFirst())Z"
    }

    /// One line can't become two, nor one value another.
    private static func plain(_ text: String) -> String {
        let isSafe = text.utf8.allSatisfy { $0 > 32 && $0 != UInt8(ascii: "=") }
        if isSafe { return text }
        let safe = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
        return safe.contains(" ") || safe.contains("=") ? "\"\(safe.replacing("\"", with: "'"))\"" : safe
    }

    /// A line goes out in one write, so that lines of several threads don't mix.
    static let toStandardError: @Sendable (String) -> Void = { line in
        FileHandle.standardError.write(Data(line.utf8))
    }
}
