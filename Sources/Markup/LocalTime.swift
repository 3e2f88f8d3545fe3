import Foundation

/// A day and a minute on somebody's wall, with no zone.
struct LocalTime: Equatable {
    /// Counted from 1 January 1970.
    var day: Int
    /// After midnight.
    var minutes: Int
    /// Whether only the day was said.
    var isWholeDay = false

    static let secondsInDay = 86_400.0
    static let minutesInDay = 1_440

    /// As far from 1970 as days are told, some 270,000 years: a number further off is a mistake, and told as this.
    private static let furthest: Int64 = 8_640_000_000_000_000

    /// What a wall in `zone` shows at a moment.
    init(_ milliseconds: Int64, in zone: TimeZone) {
        let milliseconds = min(max(milliseconds, -Self.furthest), Self.furthest)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
        let minute = (Int(milliseconds) + offset * 1_000).dividedDown(by: 60_000)
        day = minute.dividedDown(by: Self.minutesInDay)
        minutes = minute - day * Self.minutesInDay
    }

    /// Reads `2026-11-30`, `2026-11-30T14:30` and `2026-11-30T14:30:00`. Nothing when no such day or time exists.
    init?(_ written: some StringProtocol) {
        let halves = written.split(separator: "T", omittingEmptySubsequences: false)
        guard let date = halves.first, halves.count <= 2, let day = Self.day(date) else { return nil }
        self.day = day
        minutes = 0
        isWholeDay = halves.count == 1
        if halves.count == 2 {
            guard let minutes = Self.minutes(halves[1]) else { return nil }
            self.minutes = minutes
        }
    }

    /// Minutes after midnight in `14:30` or `14:30:00`. Nothing when no such time exists.
    static func minutes(_ written: some StringProtocol) -> Int? {
        let numbers = written.split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2) }
        guard numbers.count == 2 || numbers.count == 3, let hour = numbers[0], let minute = numbers[1],
            hour < 24, minute < 60, numbers.count == 2 || numbers[2] != nil
        else { return nil }
        return hour * 60 + minute
    }

    /// When a wall in `zone` shows this. In the hour that clocks skip or repeat, a moment within an hour of it.
    func moment(in zone: TimeZone) -> Date {
        let atGreenwich = Date(timeIntervalSince1970: Double(day * Self.minutesInDay + minutes) * 60)
        let nearby = atGreenwich - Double(zone.secondsFromGMT(for: atGreenwich))
        return atGreenwich - Double(zone.secondsFromGMT(for: nearby))
    }

    private static func number(_ written: some StringProtocol, digits: Int) -> Int? {
        written.utf8.count == digits && written.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(written) : nil
    }

    /// Days since 1 January 1970 in the calendar we all use; nothing for the 30th of February.
    private static func day(_ written: some StringProtocol) -> Int? {
        let parts = written.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
            let day = number(parts[2], digits: 2), year > 0, (1...12).contains(month)
        else { return nil }
        let lengths = monthLengths(in: year)
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        let before = year - 1
        let years = before * 365 + before / 4 - before / 100 + before / 400
        let daysTo1970 = 719_162
        return years + lengths[..<(month - 1)].reduce(0, +) + day - 1 - daysTo1970
    }
}

/// How many days each month of a year has in the calendar we all use, January first.
public func monthLengths(in year: Int) -> [Int] {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

extension Int {
    /// Divided and rounded down, so that times before 1970 count the right way.
    fileprivate func dividedDown(by size: Int) -> Int {
        let whole = self / size
        return self % size < 0 ? whole - 1 : whole
    }
}
