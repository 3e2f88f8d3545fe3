import Foundation

/// One reader's language, and the time zone they read clocks in.
///
/// Called as a function it says a sentence of the interface: `t("promise.waiting", name: asha.name, count: 3)`. What
/// is handed in takes its place in the sentence as the translation puts it; a sentence is never built from pieces.
/// The result is text, so a page escapes it like any other.
@dynamicCallable
public struct Words: Sendable {
    let lexicon: Lexicon
    /// The zone in which the reader sees what has happened.
    public let zone: TimeZone

    /// The words for a reader of `language`, or of the closest that the catalogue holds.
    public init(_ catalogue: Catalogue, language: String, zone: TimeZone = .gmt) {
        let held = catalogue.language(for: language)
        guard let lexicon = catalogue.lexicons[held] else { preconditionFailure("A catalogue holds English") }
        self.lexicon = lexicon
        self.zone = zone
    }

    /// The tag of the language that the sentences are in, for a page's `lang`.
    public var language: String { lexicon.language }

    /// `ltr` or `rtl`, for a page's `dir`.
    public var direction: String { lexicon.formats.isRightToLeft ? "rtl" : "ltr" }

    /// Says the sentence named by the first argument, with the others in their places.
    ///
    /// A plural is chosen by the argument named `count`. A sentence that doesn't exist reads as its key in ⟦brackets⟧.
    public func dynamicallyCall(withKeywordArguments given: KeyValuePairs<String, any Argument>) -> String {
        guard let key = given.first?.value as? String else { return "" }
        guard let sentence = sentence(key, given) else { return "⟦\(key)⟧" }
        if let plain = sentence.plain { return plain }
        var said = ""
        for piece in sentence.pieces {
            switch piece {
            case .text(let text): said += text
            case .place(let name): said += value(name, given)
            case .opens, .closes: break
            }
        }
        return said
    }

    /// Says a sentence that holds markup: `t.html("offer.changed", link: Mark { "<a href=\"…\">\($0)</a>" }, name: …)`.
    public var html: MarkedWords { MarkedWords(words: self) }

    func sentence(_ key: String, _ given: KeyValuePairs<String, any Argument>) -> Sentence? {
        switch lexicon.entries[key] {
        case nil: return nil
        case .sentence(let sentence): return sentence
        case .plural(let rule, let forms):
            let count = given.first { $0.key == "count" }?.value as? any Countable
            let kind = count.map { rule.kind(of: $0.counted) } ?? .other
            return forms[kind.rawValue] ?? forms[Plural.other.rawValue] ?? forms.lazy.compactMap { $0 }.last
        }
    }

    func value(_ name: String, _ given: KeyValuePairs<String, any Argument>) -> String {
        given.first { $0.key == name }?.value.words(lexicon.formats) ?? "⟦\(name)⟧"
    }
}

/// Something that can take a place in a sentence: text or a whole number. Times and lists are put into words first,
/// by `Words.day` and its neighbours.
public protocol Argument: Sendable {
    /// How it reads in a language.
    func words(_ formats: Formats) -> String
}

/// A number that can choose a plural.
protocol Countable: Argument {
    var counted: Int { get }
}

extension String: Argument {
    public func words(_ formats: Formats) -> String { formats.isolated(self) }
}

extension Substring: Argument {
    public func words(_ formats: Formats) -> String { formats.isolated(String(self)) }
}

extension Int: Argument, Countable {
    public func words(_ formats: Formats) -> String { formats.number(self) }
    var counted: Int { self }
}

extension Int64: Argument, Countable {
    public func words(_ formats: Formats) -> String { formats.number(Int(self)) }
    var counted: Int { Int(self) }
}

extension HTML: Argument {
    /// Only `Words.html` shows markup as markup; anywhere else it is its own source, which is escaped.
    public func words(_ formats: Formats) -> String { string }
}

/// What a marked stretch of a sentence becomes: `Mark { "<a href=\"/offer\">\($0)</a>" }`.
public struct Mark: Argument {
    let make: @Sendable (HTML) -> HTML

    /// Wraps the words between the marks, already escaped, in markup.
    public init(_ make: @escaping @Sendable (HTML) -> HTML) { self.make = make }

    /// A mark has no words of its own.
    public func words(_ formats: Formats) -> String { "" }
}

/// `Words` that make markup. Only what the code hands in as a `Mark` or as `HTML` is markup; the sentence and every
/// other argument are escaped.
@dynamicCallable
public struct MarkedWords: Sendable {
    let words: Words

    /// Says the sentence named by the first argument, each marked stretch wrapped by the `Mark` of that name. A
    /// stretch that nobody handed a mark for is said without one.
    public func dynamicallyCall(withKeywordArguments given: KeyValuePairs<String, any Argument>) -> HTML {
        guard let key = given.first?.value as? String else { return .empty }
        guard let sentence = words.sentence(key, given) else { return HTML(text: "⟦\(key)⟧") }
        if let plain = sentence.plain { return HTML(text: plain) }
        var open = [HTML()]
        for piece in sentence.pieces {
            switch piece {
            case .text(let text): open[open.count - 1].append(text: text)
            case .place(let name): open[open.count - 1].append(place(name, given))
            case .opens: open.append(HTML())
            case .closes(let name):
                let inner = open.removeLast()
                let mark = given.first { $0.key == name }?.value as? Mark
                open[open.count - 1].append(mark?.make(inner) ?? inner)
            }
        }
        return open[0]
    }

    private func place(_ name: String, _ given: KeyValuePairs<String, any Argument>) -> HTML {
        if let piece = given.first(where: { $0.key == name })?.value as? HTML { return piece }
        return HTML(text: words.value(name, given))
    }
}
