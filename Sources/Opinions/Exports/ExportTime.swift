/// What the times of a file count in. Older exports count milliseconds, newer ones seconds.
public enum TimeUnit: Sendable {
    case seconds, milliseconds

    /// A number of seconds from here on would be after the year 5100; in milliseconds it is 1973, before any export.
    static let leastMilliseconds: Int64 = 100_000_000_000
    /// The end of the year 9999, in milliseconds.
    static let latest: Int64 = 253_402_300_799_999

    init(of number: Int64) { self = number < Self.leastMilliseconds ? .seconds : .milliseconds }

    /// A number as it stands in the file, in milliseconds since 1970.
    func milliseconds(_ number: Int64) -> Int64 { self == .seconds ? number * 1000 : number }

    /// Milliseconds since 1970, as they stand in the file.
    func number(_ milliseconds: Int64) -> Int64 { self == .seconds ? milliseconds / 1000 : milliseconds }
}

/// The unit of a file's times, known from its first; every other must be in the same.
struct Clock {
    private(set) var unit: TimeUnit?

    mutating func read(_ value: CSVReader.Value, of reader: CSVReader) throws(ExportTrouble) -> Int64 {
        let number = try reader.number(value, of: "timestamp", upTo: Int(TimeUnit.latest))
        guard let milliseconds = milliseconds(Int64(number)) else { throw reader.trouble(.mixedTimes, of: value) }
        return milliseconds
    }

    /// Nil when the number is in another unit than the first. A time of 0 is in either.
    mutating func milliseconds(_ number: Int64) -> Int64? {
        guard number > 0 else { return 0 }
        let unit = self.unit ?? TimeUnit(of: number)
        self.unit = unit
        return TimeUnit(of: number) == unit ? unit.milliseconds(number) : nil
    }
}

extension ExportedVote {
    /// A time as newer exports write it beside its number: `Mon Sep 02 2019 00:09:14 GMT+0000 (Coordinated Universal
    /// Time)`, which is how JavaScript shows a date to a house that keeps universal time.
    ///
    /// - Parameter milliseconds: since the beginning of 1970, universal time; years 0 to 9999.
    public static func datetime(_ milliseconds: Int64) -> String {
        let seconds = (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000
        let second = Int((seconds % 86_400 + 86_400) % 86_400)
        let day = CivilDay(since1970: Int((seconds - Int64(second)) / 86_400))
        let clock = [second / 3600, second / 60 % 60, second % 60].map { CivilDay.padded($0, to: 2) }
        return "\(day) \(clock.joined(separator: ":")) GMT+0000 (Coordinated Universal Time)"
    }
}

/// A day of the calendar, counted without a library.
struct CivilDay: CustomStringConvertible {
    let year, month, day, weekday: Int

    /// Counts from 1 March of the year 0, in eras of 400 years, so that the leap day comes last in its year.
    init(since1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = ((days % 7) + 11) % 7
    }

    var description: String {
        "\(Self.weekdays[weekday]) \(Self.months[month - 1]) \(Self.padded(day, to: 2)) \(Self.padded(year, to: 4))"
    }

    /// The language of the format, whatever language people speak.
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
