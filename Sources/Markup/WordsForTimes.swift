import Foundation

/// Days and times in the reader's language. What has happened is milliseconds, told in the reader's zone; what is
/// planned is a local day and time, told as it was planned. Nothing is said as "ago", which goes stale on paper.
extension Words {
    /// The day on which something happened, in the reader's zone or in `zone`: "Monday 30 November 2026".
    public func day(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        lexicon.formats.day(local(milliseconds, zone).day)
    }

    /// A planned day, written `2026-11-30`. Anything else is said as it is.
    public func day(_ date: String) -> String {
        LocalTime(date).map { lexicon.formats.day($0.day) } ?? date
    }

    /// The time at which something happened, in the reader's zone or in `zone`: "2:30pm".
    public func time(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        lexicon.formats.time(local(milliseconds, zone).minutes)
    }

    /// A planned time, written `14:30` or `2026-11-30T14:30`. Anything else is said as it is.
    public func time(_ planned: String) -> String {
        (LocalTime(planned) ?? LocalTime("1970-01-01T\(planned)")).map { lexicon.formats.time($0.minutes) } ?? planned
    }

    /// When something happened, in the reader's zone or in `zone`: "Monday 30 November 2026 at 2:30pm".
    public func moment(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        dayAndTime(local(milliseconds, zone))
    }

    /// A planned day and time, written `2026-11-30T14:30`. Anything else is said as it is.
    public func dayAndTime(_ planned: String) -> String {
        LocalTime(planned).map { dayAndTime($0) } ?? planned
    }

    /// From one planned time to another, both written `2026-11-30T14:30`, in one place:
    /// "Monday 30 November 2026, 2pm to 4pm", or both days in full when they differ.
    public func range(_ start: String, _ end: String) -> String {
        guard let first = LocalTime(start), let last = LocalTime(end) else { return "\(start) – \(end)" }
        if first.day == last.day {
            return self(
                "words.range.day", day: lexicon.formats.day(first.day), start: lexicon.formats.time(first.minutes),
                end: lexicon.formats.time(last.minutes))
        }
        return self("words.range.days", start: dayAndTime(first), end: dayAndTime(last))
    }

    /// A whole number as the language writes it: "1,500".
    public func number(_ number: Int) -> String { lexicon.formats.number(number) }

    /// Names in a row: "Asha, Ben and Mair".
    public func list(_ names: [String]) -> String { lexicon.formats.list(names) }

    private func dayAndTime(_ local: LocalTime) -> String {
        self("words.dayAndTime", day: lexicon.formats.day(local.day), time: lexicon.formats.time(local.minutes))
    }

    private func local(_ milliseconds: Int64, _ other: TimeZone?) -> LocalTime {
        LocalTime(milliseconds, in: other ?? zone)
    }
}

/// A day and a minute on somebody's wall, with no zone.
struct LocalTime: Equatable {
    /// Counted from 1 January 1970.
    var day: Int
    /// After midnight.
    var minutes: Int

    private static let minutesInDay = 1_440

    init(_ milliseconds: Int64, in zone: TimeZone) {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
        let minute = (Int(milliseconds) / 1_000 + offset).floored(by: 60)
        day = minute.floored(by: Self.minutesInDay)
        minutes = minute - day * Self.minutesInDay
    }

    /// Reads `2026-11-30`, `2026-11-30T14:30` and `2026-11-30T14:30:00`, a space in place of the T too.
    /// Nothing when it isn't a day that exists.
    init?(_ written: String) {
        let parts = written.split(whereSeparator: { "-T: ".contains($0) }).map { Int($0) ?? -1 }
        guard parts.count == 3 || parts.count == 5 || parts.count == 6, written.utf8.count >= 10,
            (1...9_999).contains(parts[0]), (1...12).contains(parts[1]), (1...31).contains(parts[2])
        else { return nil }
        let hour = parts.count > 3 ? parts[3] : 0
        let minute = parts.count > 3 ? parts[4] : 0
        guard (0...23).contains(hour), (0...59).contains(minute),
            let day = Self.day(year: parts[0], month: parts[1], day: parts[2])
        else { return nil }
        self.day = day
        minutes = hour * 60 + minute
    }

    /// Days since 1 January 1970 in the calendar we all use; nothing for the 30th of February.
    private static func day(year: Int, month: Int, day: Int) -> Int? {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let before = year - 1
        let years = before * 365 + before / 4 - before / 100 + before / 400
        let daysTo1970 = 719_162
        return years + lengths[..<(month - 1)].reduce(0, +) + day - 1 - daysTo1970
    }
}

extension Int {
    /// Divided and rounded down, so that times before 1970 count the right way.
    fileprivate func floored(by size: Int) -> Int {
        let whole = self / size
        return self % size < 0 ? whole - 1 : whole
    }
}
