import Foundation
import Synchronization

/// How one language writes numbers, days, times and lists.
///
/// Foundation knows how, slowly; a page asks many times for the same few answers, so they are remembered.
public final class Formats: Sendable {
    let locale: Locale
    let isRightToLeft: Bool
    private let hasOrdinaryDigits: Bool
    private let numbers = Remembered()
    private let days = Remembered()
    private let times = Remembered()

    init(language: String) {
        locale = Locale(identifier: Self.places[language] ?? language)
        isRightToLeft = locale.language.characterDirection == .rightToLeft
        hasOrdinaryDigits = 7.formatted(.number.locale(locale)) == "7"
    }

    /// Where a bare language is taken to be spoken, since that decides how days are written.
    private static let places = ["en": "en-GB", "en-XA": "en-GB", "cy": "cy-GB", "gd": "gd-GB", "ga": "ga-IE"]

    func number(_ number: Int) -> String {
        if hasOrdinaryDigits, (0...999).contains(number) { return String(number) }
        return numbers.answer(number) { number.formatted(.number.locale(locale)) }
    }

    func list(_ names: [String]) -> String { names.formatted(.list(type: .and).locale(locale)) }

    /// A day counted from 1 January 1970.
    func day(_ day: Int) -> String {
        days.answer(day) {
            let style = Date.FormatStyle(locale: locale, timeZone: .gmt).weekday(.wide).day().month(.wide).year()
            return Date(timeIntervalSince1970: Double(day) * 86_400).formatted(style)
        }
    }

    /// A time of day, in minutes after midnight.
    func time(_ minutes: Int) -> String {
        times.answer(minutes) {
            let style = Date.FormatStyle(locale: locale, timeZone: .gmt).hour().minute()
            return Date(timeIntervalSince1970: Double(minutes) * 60).formatted(style)
        }
    }

    func isolated(_ text: String) -> String { text }
}

/// Answers already worked out.
private final class Remembered: Sendable {
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
