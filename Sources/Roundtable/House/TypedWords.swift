import Foundation

/// Words as somebody wrote them, taken apart.
enum TypedWords {
    /// Six words with numbers and commas are under 80 letters, an address under 300. What is beyond this is not read.
    static let longestRead = 1_000
    /// A word longer than this is cut before it is said back.
    static let longestWord = 24

    /// The words in `text`, lower case and without accents. Numbers that stand alone (`1.`) are left out.
    static func split(_ text: String) -> [String] {
        var scalars = String(text.unicodeScalars.prefix(longestRead))
        if let words = lastPart(ofAddress: scalars) { scalars = words }

        var words: [String] = []
        var word = String.UnicodeScalarView()
        func finish() {
            if word.contains(where: { !isDigit($0) }) { words.append(String(word.prefix(longestWord))) }
            word = String.UnicodeScalarView()
        }
        for scalar in scalars.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch role(of: scalar) {
            case .letter: word.append(scalar)
            case .passedOver: continue
            case .between: finish()
            }
        }
        finish()
        return words
    }

    /// `https://hall.example/open/apple-river#top` → `apple-river`. The words are the last part of our addresses.
    private static func lastPart(ofAddress text: String) -> String? {
        guard text.contains("://") else { return nil }
        let path = text.prefix { $0 != "?" && $0 != "#" }
        return path.split(separator: "/").last.map(String.init)
    }

    private enum Role { case letter, passedOver, between }

    /// What a character does: makes a word, changes nothing (an accent, an apostrophe, a joiner), or stands between.
    private static func role(of scalar: Unicode.Scalar) -> Role {
        if scalar == "'" || scalar == "\u{2019}" { return .passedOver }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
            return .letter
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return .passedOver
        default: return .between
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }
}
