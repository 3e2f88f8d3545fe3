/// Keeps a name that runs the other way, or that carries direction marks of its own, from turning the rest of the
/// sentence around. https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
enum Isolation {
    /// `text`, between isolates when it needs them, and without direction marks that would reach beyond it.
    static func isolated(_ text: String, inRightToLeft: Bool) -> String {
        if !inRightToLeft, !text.utf8.contains(where: { $0 >= firstByteOfHebrew }) { return text }
        let safe = contained(text)
        return safe.unicodeScalars.contains { runsAgainst($0, inRightToLeft) } ? "\u{2068}\(safe)\u{2069}" : safe
    }

    /// `text` without its direction marks when any of them would reach beyond it.
    static func contained(_ text: String) -> String {
        isBalanced(text) ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
    }

    /// Nothing that runs right to left, and no direction mark, is spelled without a byte as high as this.
    private static let firstByteOfHebrew: UInt8 = 0xD6

    /// Whether every isolate in the text is closed in it, and nothing older and unruly is used.
    private static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x202A...0x202E: return false
            case 0x2066...0x2068: depth += 1
            case 0x2069: depth -= 1
            default: break
            }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static func runsAgainst(_ scalar: Unicode.Scalar, _ inRightToLeft: Bool) -> Bool {
        inRightToLeft ? scalar.properties.isAlphabetic && !runsRightToLeft(scalar) : runsRightToLeft(scalar)
    }

    /// The blocks kept for scripts that run right to left.
    private static func runsRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0x200F, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
