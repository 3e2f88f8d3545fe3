import Foundation
import Synchronization

/// How one language writes numbers, days, times and lists.
///
/// Foundation knows how, in a microsecond or two; a page asks many times for the same few answers, so they are kept.
final class Formats: Sendable {
    let isRightToLeft: Bool
    private let language: String
    private let locale: Locale
    private let hasOrdinaryDigits: Bool
    private let numbers = Kept()
    private let days = Kept()
    private let times = Kept()
    private let moments = Mutex<[TimeZone: Kept]>([:])

    init(language: String) {
        self.language = language
        locale = Locale(identifier: Self.places[language] ?? language)
        isRightToLeft = locale.language.characterDirection == .rightToLeft
        hasOrdinaryDigits = 7.formatted(.number.locale(locale)) == "7"
    }

    /// Where a bare language is taken to be spoken, since that decides how days are written.
    private static let places = ["en": "en-GB", Pseudo.language: "en-GB", "cy": "cy-GB", "gd": "gd-GB", "ga": "ga-IE"]

    private var isEnglish: Bool { language == Catalogue.fallback || language.hasPrefix("en-") }

    private var isWelsh: Bool { language == "cy" || language.hasPrefix("cy-") }

    /// A whole number: "1,500".
    func number(_ number: Int) -> String {
        if hasOrdinaryDigits, (0...999).contains(number) { return String(number) }
        return numbers.answer(number) { number.formatted(.number.locale(locale)) }
    }

    /// A day counted from 1 January 1970: "Monday 30 November 2026".
    func day(_ day: Int) -> String {
        days.answer(day) {
            let style = Date.FormatStyle(locale: locale, timeZone: .gmt).weekday(.wide).day().month(.wide).year()
            let written = style.format(Date(timeIntervalSince1970: Double(day) * LocalTime.secondsInDay))
            if isWelsh { return Self.welshDay(written) }
            return shown(isEnglish ? written.filter { $0 != "," } : written)
        }
    }

    /// Foundation writes a day as it stands alone, "Dydd Llun, 30 Tachwedd 2026"; in a sentence it begins small, and
    /// takes no comma, as in English.
    private static func welshDay(_ written: String) -> String {
        let plain = written.filter { $0 != "," }
        return plain.hasPrefix("Dydd ") ? "d" + plain.dropFirst() : plain
    }

    /// A time of day, in minutes after midnight: "2:30pm".
    func time(_ minutes: Int) -> String {
        times.answer(minutes) {
            if isEnglish { return shown(Self.plainTime(minutes)) }
            let style = Date.FormatStyle(locale: locale, timeZone: .gmt).hour().minute()
            return style.format(Date(timeIntervalSince1970: Double(minutes) * 60))
        }
    }

    /// The minutes already told by the clocks of one zone, counted from the start of 1970 in Greenwich.
    func moments(in zone: TimeZone) -> Kept {
        moments.withLock { known in
            if let kept = known[zone] { return kept }
            let kept = Kept()
            known[zone] = kept
            return kept
        }
    }

    /// As people say it, and as letters from a British council or surgery write it: 2pm, 2:30pm, midday. "12am" is
    /// never written, because people disagree about which day it belongs to.
    private static func plainTime(_ minutes: Int) -> String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        if minute == 0, hour == 0 { return "midnight" }
        if minute == 0, hour == 12 { return "midday" }
        let past = minute == 0 ? "" : minute < 10 ? ":0\(minute)" : ":\(minute)"
        return "\((hour + 11) % 12 + 1)\(past)\(hour < 12 ? "am" : "pm")"
    }

    /// What people call the clock somewhere: "United Kingdom Time".
    func name(of zone: TimeZone) -> String {
        shown(zone.localizedName(for: .generic, locale: locale) ?? zone.identifier)
    }

    /// Names in a row: "Asha, Ben and Mair". Foundation isolates those that run the other way.
    func list(_ names: [String]) -> String {
        if isWelsh { return Self.welshList(names.map { isolated($0) }) }
        if isEnglish { return shown(Self.plainList(names.map { isolated($0) })) }
        return shown(names.map { Isolation.contained($0) }.formatted(.list(type: .and).locale(locale)))
    }

    /// What Foundation would write, a hundred times as fast: every page of a project names who is round the table.
    private static func plainList(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// Foundation writes "a(c)" and leaves the choice to the reader: `ac` stands before a vowel, `a` elsewhere.
    private static func welshList(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        let first = last.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).first
        let and = first.map { "aeiouwy".contains($0) } == true ? "ac" : "a"
        return "\(names.dropLast().joined(separator: ", ")) \(and) \(last)"
    }

    /// Text that somebody gave, kept from disturbing a sentence that runs the other way.
    func isolated(_ text: String) -> String { Isolation.isolated(text, inRightToLeft: isRightToLeft) }

    /// As it is; in the language of tests, marked as having come from here.
    private func shown(_ text: String) -> String { language == Pseudo.language ? Pseudo.said(text) : text }
}

/// Answers already worked out.
final class Kept: Sendable {
    private let answers = Mutex<[Int: String]>([:])

    /// As many answers of one kind as are kept: ten years of days, or every minute of a day twice over.
    private static let most = 4_000

    func answer(_ question: Int, _ workOut: () -> String) -> String {
        if let known = answers.withLock({ $0[question] }) { return known }
        let answer = workOut()
        answers.withLock {
            if $0.count >= Self.most { $0.removeAll(keepingCapacity: true) }
            $0[question] = answer
        }
        return answer
    }
}
