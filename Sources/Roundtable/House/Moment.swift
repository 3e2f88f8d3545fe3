import Foundation
import Markup
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
        guard let numbers = Self.numbers(in: text, spelled: "0000-00-00") else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// Nothing when there is no such day, or when it lies outside the years 1900 to 2200.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month),
            (1...monthLengths(in: year)[month - 1]).contains(day)
        else { return nil }
        text = "\(year)-\(Self.two(month))-\(Self.two(day))"
    }

    /// The day that a moment falls on, where the clock on the wall shows `zone`.
    init(_ moment: Moment, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: moment.date)
        text = "\(parts.year!)-\(Self.two(parts.month!))-\(Self.two(parts.day!))"
    }

    var description: String { text }

    /// The numbers that stand in a text where its pattern has noughts; nothing unless all else is as in the pattern.
    fileprivate static func numbers(in text: some StringProtocol, spelled pattern: StaticString) -> [Int]? {
        guard text.utf8.count == pattern.utf8CodeUnitCount else { return nil }
        var numbers: [Int] = []
        var isInNumber = false
        for (letter, place) in zip(text.utf8, UnsafeBufferPointer(start: pattern.utf8Start, count: text.utf8.count)) {
            if place == UInt8(ascii: "0") {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letter) else { return nil }
                if !isInNumber { numbers.append(0) }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(letter - UInt8(ascii: "0"))
            } else if letter != place {
                return nil
            }
            isInNumber = place == UInt8(ascii: "0")
        }
        return numbers
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

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
    private static let pattern: StaticString = "0000-00-00T00:00"

    let text: String
    let zone: TimeZone

    /// Reads `2026-11-30T14:00`.
    init?(_ text: String, in zone: TimeZone) {
        guard let numbers = Day.numbers(in: text, spelled: Self.pattern),
            Day(year: numbers[0], month: numbers[1], day: numbers[2]) != nil, numbers[3] < 24, numbers[4] < 60
        else { return nil }
        self.text = text
        self.zone = zone
    }

    var day: Day { Day(text.prefix(10))! }
    var clock: String { String(text.suffix(5)) }

    /// The moment this names. An hour that the clocks skip in spring is taken an hour later.
    var moment: Moment {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let numbers = Day.numbers(in: text, spelled: Self.pattern)!
        let parts = DateComponents(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])
        return Moment(calendar.date(from: parts)!)
    }
}
