import Foundation

/// Days and times in the reader's language. What has happened is milliseconds since 1970, told by the reader's
/// clock; what is planned is a day and a time on the wall where it will happen, told as it was planned. Nothing is
/// said as "ago", which goes stale on paper.
extension Words {
    /// The day on which something happened, by the reader's clock or by one in `zone`: "Monday 30 November 2026".
    public func day(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        formats.day(local(milliseconds, zone).day)
    }

    /// A planned day, written `2026-11-30` (a time after it is passed over). Anything else is said as it is.
    public func day(_ planned: String) -> String {
        LocalTime(planned).map { formats.day($0.day) } ?? planned
    }

    /// The time at which something happened, by the reader's clock or by one in `zone`: "2:30pm".
    public func time(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        formats.time(local(milliseconds, zone).minutes)
    }

    /// A planned time, written `14:30` or `2026-11-30T14:30`. Anything else is said as it is.
    public func time(_ planned: String) -> String {
        if let minutes = LocalTime.minutes(planned) { return formats.time(minutes) }
        guard let local = LocalTime(planned), !local.isWholeDay else { return planned }
        return formats.time(local.minutes)
    }

    /// What people call the clock somewhere: "United Kingdom Time".
    public func name(of zone: TimeZone) -> String { formats.name(of: zone) }

    /// When something happened, by the reader's clock or by one in `zone`: "Monday 30 November 2026 at 2:30pm".
    public func moment(_ milliseconds: Int64, in zone: TimeZone? = nil) -> String {
        guard zone == nil, milliseconds >= Self.wholeMinutes else { return dayAndTime(local(milliseconds, zone)) }
        return moments.answer(Int(milliseconds / 60_000)) { dayAndTime(local(milliseconds, nil)) }
    }

    /// The start of 1973: since then every clock in the world differs from Greenwich by whole minutes, so that a
    /// minute there is a minute here.
    private static let wholeMinutes: Int64 = 94_694_400_000

    /// A planned day and time, written `2026-11-30T14:30`, or the day alone. Anything else is said as it is. With the zone of the place
    /// it adds whose clock is meant, for a reader whose own says something else.
    public func dayAndTime(_ planned: String, in zone: TimeZone? = nil) -> String {
        guard let local = LocalTime(planned) else { return planned }
        return byTheClock(of: zone, at: local, dayAndTime(local))
    }

    /// From one planned time to another, both written `2026-11-30T14:30`, on the clock of one place:
    /// "Monday 30 November 2026, 2pm to 4pm", or both days in full when they differ. With the zone of the place it
    /// adds whose clock is meant, for a reader whose own says something else.
    public func range(_ start: String, _ end: String, in zone: TimeZone? = nil) -> String {
        guard let first = LocalTime(start) else { return start }
        guard let last = LocalTime(end), last != first else { return dayAndTime(start, in: zone) }
        let said =
            first.day == last.day && !first.isWholeDay && !last.isWholeDay
            ? self(
                "words.range.day", day: formats.day(first.day), start: formats.time(first.minutes),
                end: formats.time(last.minutes))
            : self("words.range.days", start: dayAndTime(first), end: dayAndTime(last))
        return byTheClock(of: zone, at: first, said)
    }

    /// A whole number as the language writes it: "1,500".
    public func number(_ number: Int) -> String { formats.number(number) }

    /// Names in a row: "Asha, Ben and Mair".
    public func list(_ names: [String]) -> String { formats.list(names) }

    private var formats: Formats { lexicon.formats }

    private func local(_ milliseconds: Int64, _ other: TimeZone?) -> LocalTime {
        LocalTime(milliseconds, in: other ?? zone)
    }

    private func dayAndTime(_ local: LocalTime) -> String {
        if local.isWholeDay { return formats.day(local.day) }
        return self("words.dayAndTime", day: formats.day(local.day), time: formats.time(local.minutes))
    }

    private func byTheClock(of place: TimeZone?, at local: LocalTime, _ said: String) -> String {
        guard let place, place != zone, !local.isWholeDay else { return said }
        let then = local.moment(in: place)
        guard place.secondsFromGMT(for: then) != zone.secondsFromGMT(for: then) else { return said }
        return self("words.inZone", time: said, zone: formats.name(of: place))
    }
}
