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

    /// Room for the usual line, so that it is written without growing.
    private static let usualLine = 160

    func log(event: LogEvent) {
        var line = ""
        line.reserveCapacity(Self.usualLine)
        Self.write(Moment(Date()), to: &line)
        line += " "
        line += event.level.rawValue
        line += " "
        line += Self.plain(event.message.description)
        for name in Self.told {
            guard let value = event.metadata?[name] ?? metadata[name] else { continue }
            line += " "
            line += name
            line += "="
            line += Self.plain(value.description)
        }
        line += "\n"
        write(line)
    }

    /// `2026-03-06T10:00:00.123Z`. Each request has a line, and Foundation takes as long over a time as over all of it.
    private static func write(_ moment: Moment, to line: inout String) {
        let (seconds, milliseconds) = moment.milliseconds.quotientAndRemainder(dividingBy: 1000)
        var (whole, parts) = (time_t(seconds), tm())
        gmtime_r(&whole, &parts)
        var written = Array("0000-00-00T00:00:00.000Z".utf8)
        func put(_ number: some BinaryInteger, before end: Int) {
            var (rest, place) = (Int(number), end - 1)
            while rest > 0, place >= 0 {
                written[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                (rest, place) = (rest / 10, place - 1)
            }
        }
        put(parts.tm_year + 1900, before: 4)
        put(parts.tm_mon + 1, before: 7)
        put(parts.tm_mday, before: 10)
        put(parts.tm_hour, before: 13)
        put(parts.tm_min, before: 16)
        put(parts.tm_sec, before: 19)
        put(milliseconds, before: 23)
        line += String(decoding: written, as: UTF8.self)
    }

    /// One line can't become two, nor one value another.
    private static func plain(_ text: String) -> String {
        let isSafe = text.utf8.allSatisfy { $0 > 32 && $0 != UInt8(ascii: "=") }
        if isSafe { return text }
        let safe = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
        return safe.contains(" ") || safe.contains("=") ? "\"\(safe.replacing("\"", with: "'"))\"" : safe
    }

    /// A line goes out in one write, so that lines of several threads don't mix.
    static let toStandardError: @Sendable (String) -> Void = { writeAtOnce($0) }
}

/// Hands a line to the system whole. Where nobody takes it there is nobody to tell, so it is let go.
private func writeAtOnce(_ line: String) {
    var line = line
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
