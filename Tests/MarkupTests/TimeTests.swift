import Foundation
import Markup
import Testing

@Suite("Days and times")
struct TimeTests {
    /// 14:05 at Greenwich on Monday 30 November 2026.
    static let winter: Int64 = 1_796_047_500_000
    /// 14:05 at Greenwich on Wednesday 1 July 2026.
    static let summer: Int64 = 1_782_914_700_000

    @Test("what has happened is told by the reader's clock")
    func happened() throws {
        let t = try words("en")
        #expect(t.day(Self.winter) == "Monday 30 November 2026")
        #expect(t.time(Self.winter) == "2:05pm")
        #expect(t.moment(Self.summer) == "Wednesday 1 July 2026 at 3:05pm", "summer time")
        #expect(try words("en", "Pacific/Auckland").moment(Self.winter) == "Tuesday 1 December 2026 at 3:05am")
    }

    @Test("a moment before 1970 and one that makes no sense are told without harm")
    func farAway() throws {
        let t = try words("en", "Asia/Kolkata")
        #expect(t.moment(-1) == "Thursday 1 January 1970 at 5:29am")
        #expect(try words("en", "GMT").moment(-60_001) == "Wednesday 31 December 1969 at 11:58pm")
        #expect(t.day(.max) == t.day(.max - 1) && t.day(.min) != t.day(.max))
    }

    @Test("and by another clock when asked")
    func elsewhere() throws {
        let t = try words("en")
        let delhi = try #require(TimeZone(identifier: "Asia/Kolkata"))
        #expect(t.moment(Self.winter, in: delhi) == "Monday 30 November 2026 at 7:35pm")
        #expect(t.day(Self.winter + 9 * 3_600_000, in: delhi) == "Tuesday 1 December 2026")
        #expect(t.time(Self.winter, in: delhi) == "7:35pm")
    }

    @Test("a planned day is the same day for everyone")
    func planned() throws {
        for zone in ["Pacific/Auckland", "Pacific/Honolulu"] {
            #expect(try words("en", zone).day("2026-11-30") == "Monday 30 November 2026")
            #expect(try words("en", zone).dayAndTime("2026-11-30T14:30") == "Monday 30 November 2026 at 2:30pm")
        }
        #expect(try words("en").day("2028-02-29T10:00") == "Tuesday 29 February 2028")
        #expect(try words("en").time("2026-11-30T09:05") == "9:05am")
    }

    @Test(
        "times are written as people say them",
        arguments: [
            ("00:00", "midnight"), ("00:05", "12:05am"), ("09:00", "9am"), ("11:59", "11:59am"), ("12:00", "midday"),
            ("12:01", "12:01pm"), ("13:00", "1pm"), ("23:59:59", "11:59pm"),
        ])
    func plainTimes(written: String, said: String) throws {
        #expect(try words("en").time(written) == said)
    }

    @Test(
        "what isn't a day or a time is left as it is",
        arguments: [
            "", "soon", "2026-02-30", "2026-13-01", "26-11-30", "2026-11-30T24:00", "24:00", "1:2", "2026-11-30T",
            "-026-11-30",
        ])
    func unreadable(written: String) throws {
        let t = try words("en")
        #expect(t.day(written) == written)
        #expect(t.time(written) == written)
        #expect(t.dayAndTime(written) == written)
        #expect(t.range(written, "2026-11-30T14:00") == written)
    }

    @Test("Welsh is Welsh")
    func welsh() throws {
        let t = try words("cy")
        #expect(t.day("2026-11-30") == "dydd Llun 30 Tachwedd 2026")
        #expect(t.moment(Self.winter) == "dydd Llun 30 Tachwedd 2026 am 14:05")
        #expect(t.list(["Asha", "Ben", "Eira"]) == "Asha, Ben ac Eira")
        #expect(t.list(["Asha", "Ben"]) == "Asha a Ben")
        #expect(t.list(["Asha", "Ŵynn"]) == "Asha ac Ŵynn")
    }

    @Test("from when to when, in one day and across two")
    func ranges() throws {
        let t = try words("en")
        #expect(t.range("2026-11-30T14:00", "2026-11-30T16:30") == "Monday 30 November 2026, 2pm to 4:30pm")
        #expect(
            t.range("2026-11-30T22:00", "2026-12-01T00:00")
                == "Monday 30 November 2026 at 10pm to Tuesday 1 December 2026 at midnight")
        #expect(t.range("2026-11-30T14:00", "2026-11-30T14:00") == "Monday 30 November 2026 at 2pm")
        #expect(t.range("2026-11-30T14:00", "") == "Monday 30 November 2026 at 2pm")
    }

    @Test("whose clock is meant is said only to those whose own says something else")
    func clocks() throws {
        let (london, paris) = (TimeZone(identifier: "Europe/London"), TimeZone(identifier: "Europe/Paris"))
        let t = try words("en")
        #expect(t.range("2026-11-30T14:00", "2026-11-30T16:00", in: london) == "Monday 30 November 2026, 2pm to 4pm")
        #expect(
            t.range("2026-11-30T14:00", "2026-11-30T16:00", in: paris)
                == "Monday 30 November 2026, 2pm to 4pm (Central European Time)")
        #expect(
            try words("en", "Africa/Lagos").dayAndTime("2026-11-30T14:00", in: paris)
                == "Monday 30 November 2026 at 2pm")
        #expect(
            try words("en", "Africa/Lagos").dayAndTime("2026-07-01T14:00", in: paris)
                == "Wednesday 1 July 2026 at 2pm (Central European Time)", "the clocks part company in summer")
    }

    @Test("clocks are compared at the hour that is planned, close to a change too")
    func changes() throws {
        let paris = TimeZone(identifier: "Europe/Paris")
        let t = try words("en", "Africa/Lagos")
        #expect(t.dayAndTime("2026-10-25T01:00", in: paris).hasSuffix("(Central European Time)"))
        #expect(t.dayAndTime("2026-10-25T04:00", in: paris).hasSuffix("at 4am"))
    }

    @Test("a day that was planned without a time is said without one")
    func wholeDays() throws {
        let t = try words("en", "Pacific/Auckland")
        let london = TimeZone(identifier: "Europe/London")
        #expect(t.dayAndTime("2026-11-30", in: london) == "Monday 30 November 2026")
        #expect(t.time("2026-11-30") == "2026-11-30")
        #expect(
            t.range("2026-11-30", "2026-12-01", in: london) == "Monday 30 November 2026 to Tuesday 1 December 2026")
    }

    @Test("names in a row read as people say them")
    func lists() throws {
        let t = try words("en")
        #expect(t.list([]) == "")
        #expect(t.list(["Asha"]) == "Asha")
        #expect(t.list(["Asha", "Ben"]) == "Asha and Ben")
        #expect(t.list(["Asha", "Ben", "Mair"]) == "Asha, Ben and Mair")
        #expect(t.list(["Asha", "דנה"]) == "Asha and \u{2068}דנה\u{2069}")
    }

    @Test("numbers are grouped as the language does it")
    func numbers() throws {
        #expect(try words("en").number(1_234_567) == "1,234,567")
        #expect(try words("en").number(-5) == "-5")
        #expect(try words("pl").number(12_345) == "12\u{A0}345")
    }

    @Test("many readers at once are each answered rightly, and more days than are kept are all told")
    func together() async throws {
        let days = 0..<6_000
        let (alone, shared) = (try words("en"), try words("en"))
        let expected = days.map { alone.day(Int64($0) * 86_400_000) }
        #expect(Set(expected).count == days.count)
        await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { days.map { shared.day(Int64($0) * 86_400_000) } } }
            for await said in group { #expect(said == expected) }
        }
    }
}
