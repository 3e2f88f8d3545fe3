/// A made-up language that anyone who reads English can read: `[Ŝåṽé ýóúŕ ŵóŕḱ ōńē]`.
///
/// Every letter that came from the catalogue is accented, every sentence is bracketed and a third longer. A page in
/// it shows at a glance, and to a test, which words never went through the catalogue, which sentences were built
/// from pieces, and where a longer language would not fit.
enum Pseudo {
    /// The tag that the industry uses for it.
    static let language = "en-XA"

    /// How much longer other languages run than English: a third covers German and Welsh.
    private static let growth = 0.3

    private static let plain = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let accented = Array("åƀçðéƒĝĥîĵķļɱñóþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÓÞǪŔŠŢÛṼŴẊÝŽ")
    private static let accents = Dictionary(uniqueKeysWithValues: zip(plain, accented))
    private static let filling = Array(" ōñé ţŵó ţĥŕéé ƒóûŕ ƒîṽé")

    /// Text that came from the catalogue or from `Formats`, so marked.
    static func said(_ text: String) -> String { "[\(lengthened(dressed(text), over: text.count))]" }

    /// A sentence so marked, its places and marks kept.
    static func said(_ sentence: Sentence) -> Sentence {
        var length = 0
        var pieces: [Sentence.Piece] = sentence.pieces.map { piece in
            guard case .text(let text) = piece else { return piece }
            length += text.count
            return .text(dressed(text))
        }
        pieces.insert(.text("["), at: 0)
        pieces.append(.text("\(lengthened("", over: length))]"))
        return Sentence(pieces)
    }

    private static func dressed(_ text: String) -> String { String(text.map { accents[$0] ?? $0 }) }

    private static func lengthened(_ text: String, over length: Int) -> String {
        let more = Int((Double(length) * growth).rounded(.up))
        return text + String((0..<more).map { filling[$0 % filling.count] })
    }
}

extension Catalogue {
    /// The tag of the made-up language, which nobody is offered.
    public static let madeUp = Pseudo.language

    /// `catalogue` with one more language, tagged `en-XA`: English accented, bracketed and a third longer. For tests
    /// and for looking at pages in development.
    public static func pseudo(of catalogue: Catalogue) -> Catalogue {
        guard let english = catalogue.lexicons[fallback] else { return catalogue }
        var lexicons = catalogue.lexicons
        lexicons[Pseudo.language] = Lexicon(
            language: Pseudo.language,
            entries: english.entries.mapValues { entry in
                switch entry {
                case .sentence(let sentence): .sentence(Pseudo.said(sentence))
                case .plural(let rule, let forms): .plural(rule, forms.map { $0.map { Pseudo.said($0) } })
                }
            })
        return Catalogue(lexicons: lexicons)
    }
}
