import Foundation

/// Something a person typed, made safe to keep: one normal form, no hidden marks, within a limit.
enum Text {
    /// Bytes that one letter may take on average, so that a limit in letters is a limit in bytes too:
    /// one visible letter can carry hundreds of combining marks.
    static let bytesPerLetter = 8

    /// One line: a name, a title, a place. White space of any kind becomes one space.
    static func line(_ text: String) -> String {
        clean(text, keepingLines: false).split(separator: " ").joined(separator: " ")
    }

    /// Several lines: what somebody said. Line breaks stay; the ends are trimmed.
    static func lines(_ text: String) -> String {
        if isPlain(text) { return text }
        return clean(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"), keepingLines: true)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether a text is certain to be kept as it was typed, which most English is: ASCII that can be seen, spaces and
    /// new lines, and none of the last two at its ends.
    private static func isPlain(_ text: String) -> Bool {
        let (space, newLine, delete) = (UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(0x7F))
        guard let first = text.utf8.first, let last = text.utf8.last, first > space, last > space else { return false }
        return text.utf8.allSatisfy { (space..<delete).contains($0) || $0 == newLine }
    }

    /// Whether the text is within `letters` as people count them, and within the bytes that those may take.
    static func fits(_ text: String, letters: Int) -> Bool {
        text.utf8.count <= letters * bytesPerLetter && text.count <= letters
    }

    /// Composed (NFC), with what can't be seen taken out: control characters, and marks that turn the
    /// direction of what follows (a name must not rearrange the sentence around it). The joiners that
    /// several scripts and emoji need stay.
    private static func clean(_ text: String, keepingLines: Bool) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "\n" where keepingLines: kept.append(scalar)
            case "\t", "\n", "\u{0B}", "\u{0C}", "\u{0D}", "\u{85}", "\u{2028}", "\u{2029}": kept.append(" ")
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}": continue
            default:
                switch scalar.properties.generalCategory {
                case .control, .surrogate, .privateUse, .unassigned: continue
                case .spaceSeparator: kept.append(" ")
                default: kept.append(scalar)
                }
            }
        }
        return String(kept)
    }

    /// Whether anything in the text can be seen. Joiners and marks alone are nothing, and so are the letters that
    /// stand for an empty place: the Hangul fillers, and a cell of braille without dots.
    static func isBlank(_ text: String) -> Bool {
        !text.unicodeScalars.contains { scalar in
            if scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}" { return false }
            return switch scalar.properties.generalCategory {
            case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator,
                .nonspacingMark, .enclosingMark:
                false
            default: true
            }
        }
    }

    /// `rtl` when the first letter with a direction of its own runs from right to left, else `ltr`.
    static func direction(of text: String) -> String {
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            switch scalar.value {
            case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return "rtl"
            default: return "ltr"
            }
        }
        return "ltr"
    }
}
