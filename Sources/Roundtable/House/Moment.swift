import Foundation
import Storage

/// A moment that has happened: milliseconds since the start of 1970, UTC.
struct Moment: Sendable, Hashable, Comparable {
    let milliseconds: Int64

    init(_ milliseconds: Int64) { self.milliseconds = milliseconds }
    init(_ date: Date) { self.init(Int64((date.timeIntervalSince1970 * 1000).rounded(.down))) }

    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    static func < (one: Moment, other: Moment) -> Bool { one.milliseconds < other.milliseconds }
    static func - (moment: Moment, wait: Duration) -> Moment { moment + (.zero - wait) }
    static func + (moment: Moment, wait: Duration) -> Moment {
        let (seconds, attoseconds) = wait.components
        return Moment(moment.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}

extension Moment: Storable {
    static var kind: Value.Kind { .integer }
    var stored: Value { .integer(milliseconds) }

    init?(stored: Value) {
        guard case .integer(let milliseconds) = stored else { return nil }
        self.init(milliseconds)
    }

    init?(_ cell: Cell) {
        guard let milliseconds = cell.integer else { return nil }
        self.init(milliseconds)
    }
}

extension Duration {
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
}

/// A planned day, as people write it on a calendar: no hour and no zone.
struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    let text: String

    /// Reads `2026-11-30`; nothing that isn't a real day.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Nothing when there is no such day, or when it lies outside the years 1900 to 2200.
    init?(year: Int, month: Int, day: Int) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(calendar: calendar, year: year, month: month, day: day)
        guard (1900...2200).contains(year), parts.isValidDate else { return nil }
        text = String(format: "%04d-%02d-%02d", year, month, day)
    }

    /// The day that a moment falls on, where the clock on the wall shows `zone`.
    init(_ moment: Moment, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: moment.date)
        text = String(format: "%04d-%02d-%02d", parts.year!, parts.month!, parts.day!)
    }

    var description: String { text }

    static func < (one: Day, other: Day) -> Bool { one.text < other.text }
}

extension Day: Storable {
    var stored: Value { text.stored }

    init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

/// A planned hour on a planned day, where people are: `2026-11-30T14:00` and the zone it is meant in.
struct LocalTime: Sendable, Hashable {
    let text: String
    let zone: TimeZone

    /// Reads `2026-11-30T14:00`.
    init?(_ text: String, in zone: TimeZone) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(parts[0]), parts[1].utf8.count == 5 else { return nil }
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 2, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]) else { return nil }
        self.text = String(format: "%@T%02d:%02d", day.text, clock[0], clock[1])
        self.zone = zone
    }

    var day: Day { Day(text.prefix(10))! }
    var clock: String { String(text.suffix(5)) }

    /// The moment this names. An hour that the clocks skip in spring is taken an hour later.
    var moment: Moment {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let digits = text.split { !$0.isNumber }.compactMap { Int($0) }
        let parts = DateComponents(
            year: digits[0], month: digits[1], day: digits[2], hour: digits[3], minute: digits[4])
        return Moment(calendar.date(from: parts)!)
    }
}
