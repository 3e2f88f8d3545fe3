import Foundation

extension Gathering {
    /// The gathering for somebody's calendar (RFC 5545). Calendars are often shared with people at work or at home,
    /// so it says only what the group calls the day, when and where: nothing of the group or of what is wrong.
    func calendar(at now: Moment, address: String) -> String {
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Roundtable//Gatherings//EN", "BEGIN:VEVENT",
            "UID:\(id.text)", "DTSTAMP:\(Calendars.time(now))", "DTSTART:\(Calendars.time(plan.starts.moment))",
            "DTEND:\(Calendars.time(plan.ends.moment))", "SEQUENCE:\(version - 1)",
            "SUMMARY:\(Calendars.escaped(name))", "LOCATION:\(Calendars.escaped(plan.place))",
            "URL:\(address)\(self.address)", "STATUS:\(calledOff == nil ? "CONFIRMED" : "CANCELLED")",
            "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.map { Calendars.folded($0) + "\r\n" }.joined()
    }
}

/// How calendar files are written.
enum Calendars {
    /// Longest line in bytes, its end apart (RFC 5545, 3.1).
    static let longestLine = 75

    /// `20261130T140000Z`
    static func time(_ moment: Moment) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment.date)
        return String(
            format: "%04d%02d%02dT%02d%02d%02dZ", parts.year!, parts.month!, parts.day!, parts.hour!, parts.minute!,
            parts.second!)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\n")
    }

    /// A long line goes on after a line break and a space, never in the middle of a letter.
    static func folded(_ line: String) -> String {
        var (folded, length) = ("", 0)
        for scalar in line.unicodeScalars {
            let bytes = UTF8.width(scalar)
            if length + bytes > longestLine {
                folded += "\r\n "
                length = 1
            }
            folded.unicodeScalars.append(scalar)
            length += bytes
        }
        return folded
    }
}
