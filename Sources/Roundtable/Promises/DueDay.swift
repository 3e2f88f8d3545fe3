/// One whole day in somebody's calendar, as a file that calendars read (RFC 5545). Calendars are often shared, so it
/// says what was promised and nothing of who asked.
struct DueDay: Sendable {
    let id: String
    let day: Day
    let title: String
    let address: String
    let written: Moment
    let version: Int

    var calendar: String {
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Roundtable//Promises//EN", "BEGIN:VEVENT", "UID:\(id)",
            "DTSTAMP:\(Calendars.time(written))", "DTSTART;VALUE=DATE:\(day.text.replacing("-", with: ""))",
            "SEQUENCE:\(version - 1)", "SUMMARY:\(Calendars.escaped(title))", "URL:\(address)", "TRANSP:TRANSPARENT",
            "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.map { Calendars.folded($0) + "\r\n" }.joined()
    }
}
