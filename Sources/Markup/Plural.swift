/// The kinds of number that languages tell apart, named as CLDR names them.
public enum Plural: Int, CaseIterable, Sendable {
    case zero, one, two, few, many, other

    /// The name that catalogues use: `one`, `few`.
    public var name: String { String(describing: self) }

    /// The kind named `name`, or nothing when there is no such kind.
    init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// How one language chooses among the kinds of number.
///
/// From the Unicode Common Locale Data Repository, `common/supplemental/plurals.xml` (cardinal rules), for whole
/// numbers: https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules
public enum PluralRule: Sendable {
    /// Chinese and others that don't change for number.
    case never
    /// English, German, Urdu, Somali: one, and the rest.
    case one
    /// Punjabi: none and one together, and the rest.
    case noneOrOne
    /// French, Portuguese: none and one together, whole millions, and the rest.
    case noneOrOneAndMillions
    /// Spanish: one, whole millions, and the rest.
    case oneAndMillions
    case romanian, polish, irish, scottishGaelic, welsh, arabic

    /// The rule for a language tag such as `cy` or `pt-PT`. A language not known here is taken to have one form.
    public init(language: String) {
        if language == "pt-PT" {
            self = .oneAndMillions
            return
        }
        switch language.prefix(while: { $0 != "-" }) {
        case "en", "de", "ur", "so": self = .one
        case "pa": self = .noneOrOne
        case "fr", "pt": self = .noneOrOneAndMillions
        case "es": self = .oneAndMillions
        case "ro": self = .romanian
        case "pl": self = .polish
        case "ga": self = .irish
        case "gd": self = .scottishGaelic
        case "cy": self = .welsh
        case "ar": self = .arabic
        default: self = .never
        }
    }

    /// The kinds of whole number that this language tells apart.
    public var kinds: [Plural] {
        switch self {
        case .never: [.other]
        case .one, .noneOrOne: [.one, .other]
        case .noneOrOneAndMillions, .oneAndMillions: [.one, .many, .other]
        case .romanian: [.one, .few, .other]
        case .polish: [.one, .few, .many]
        case .irish: [.one, .two, .few, .many, .other]
        case .scottishGaelic: [.one, .two, .few, .other]
        case .welsh, .arabic: [.zero, .one, .two, .few, .many, .other]
        }
    }

    /// The kind that `number` belongs to. A number below nothing is treated like the same number above it.
    public func kind(of number: Int) -> Plural {
        let n = number.magnitude
        switch self {
        case .never: return .other
        case .one: return n == 1 ? .one : .other
        case .noneOrOne: return n <= 1 ? .one : .other
        case .noneOrOneAndMillions: return n <= 1 ? .one : Self.isWholeMillions(n) ? .many : .other
        case .oneAndMillions: return n == 1 ? .one : Self.isWholeMillions(n) ? .many : .other
        case .romanian: return n == 1 ? .one : n == 0 || (1...19).contains(n % 100) ? .few : .other
        case .polish: return Self.polish(n)
        case .irish: return Self.irish(n)
        case .scottishGaelic: return Self.scottishGaelic(n)
        case .welsh: return Self.welsh(n)
        case .arabic: return Self.arabic(n)
        }
    }

    private static func isWholeMillions(_ n: UInt) -> Bool { n != 0 && n.isMultiple(of: 1_000_000) }

    private static func polish(_ n: UInt) -> Plural {
        if n == 1 { return .one }
        return (2...4).contains(n % 10) && !(12...14).contains(n % 100) ? .few : .many
    }

    private static func irish(_ n: UInt) -> Plural {
        switch n {
        case 1: .one
        case 2: .two
        case 3...6: .few
        case 7...10: .many
        default: .other
        }
    }

    private static func scottishGaelic(_ n: UInt) -> Plural {
        switch n {
        case 1, 11: .one
        case 2, 12: .two
        case 3...10, 13...19: .few
        default: .other
        }
    }

    private static func welsh(_ n: UInt) -> Plural {
        switch n {
        case 0: .zero
        case 1: .one
        case 2: .two
        case 3: .few
        case 6: .many
        default: .other
        }
    }

    private static func arabic(_ n: UInt) -> Plural {
        switch (n, n % 100) {
        case (0, _): .zero
        case (1, _): .one
        case (2, _): .two
        case (_, 3...10): .few
        case (_, 11...99): .many
        default: .other
        }
    }
}
