import Foundation
import Testing

@testable import Roundtable

@Suite("Days and hours as people write them")
struct DayTests {
    @Test(
        "the days that there are and no others, as the calendar has them",
        arguments: [1900, 1904, 1999, 2000, 2100, 2200])
    func days(year: Int) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for month in 0...13 {
            for day in 0...32 {
                let isThere = DateComponents(calendar: calendar, year: year, month: month, day: day).isValidDate
                let text = String(format: "%04d-%02d-%02d", year, month, day)
                #expect((Day(text) != nil) == isThere, "\(text)")
                #expect(Day(year: year, month: month, day: day)?.text == (isThere ? text : nil))
            }
        }
    }

    @Test(
        "what isn't written as a day is none",
        arguments: [
            "", "2026-1-05", "2026-01-5", "+026-01-05", "2026-01-05 ", "２０２６-01-05", "1899-12-31", "2201-01-01",
            "2026/01/05", "2026-01-0a", "2026-01-05T10:00",
        ])
    func noDay(text: String) { #expect(Day(text) == nil) }

    @Test("an hour on a day is read as it is written, and what isn't one is none")
    func hours() throws {
        let time = try #require(LocalTime("2026-11-30T09:05", in: .gmt))
        #expect(time.text == "2026-11-30T09:05" && time.day.text == "2026-11-30" && time.clock == "09:05")
        #expect(time.moment == Moment(1_796_029_500_000))
        for text in [
            "", "2026-11-30", "2026-11-30 09:05", "2026-11-30T9:05", "2026-11-30T24:00", "2026-11-30T09:60",
            "2026-11-31T09:05", "2026-11-30T09:05:00", "2026-11-30T-9:05",
        ] {
            #expect(LocalTime(text, in: .gmt) == nil, "\(text)")
        }
    }
}
