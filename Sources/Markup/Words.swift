import Foundation

/// One reader's language, and the clock they read.
///
/// Called as a function it says a sentence of the interface: `t("promise.waiting", name: asha.name, count: 3)`. What
/// is handed in takes its place in the sentence where the translation puts it; a sentence is never built from
/// pieces. The result is text, so a page escapes it like any other.
@dynamicCallable
public struct Words: Sendable {
    let lexicon: Lexicon
    /// Moments as this reader's clock tells them, already worked out.
    let moments: Kept
    /// The zone in which the reader sees when things happened.
    public let zone: TimeZone

    /// The words for a reader of `language`, or of the closest that the catalogue holds.
    public init(_ catalogue: Catalogue, language: String, zone: TimeZone = .gmt) {
        lexicon = catalogue.lexicon(for: language)
        self.zone = zone
        moments = lexicon.formats.moments(in: zone)
    }

    /// The tag of the language that the sentences are in, for a page's `lang`.
    public var language: String { lexicon.language }

    /// A language and a clock, as something that is quickly compared: what was said for one reader holds for every
    /// other who reads alike.
    public struct Reading: Sendable, Equatable {
        fileprivate let moments: ObjectIdentifier
    }

    /// The language that the sentences are in, and the clock.
    public var reading: Reading { Reading(moments: ObjectIdentifier(moments)) }

    /// `ltr` or `rtl`, for a page's `dir`.
    public var direction: String { lexicon.formats.isRightToLeft ? "rtl" : "ltr" }

    /// Says the sentence with a key, in which nothing is filled in, as in most: it takes half as long as the other way.
    public func dynamicallyCall(withArguments key: [String]) -> String {
        guard let sentence = lexicon.sentence(key[0], nil) else { return Self.missing(key[0]) }
        return sentence.plain ?? said(sentence, [:])
    }

    /// Says the sentence named by the first argument, with the others in their places. A plural is chosen by the
    /// argument named `count`. What doesn't exist is shown in ⟦brackets⟧: nobody should meet it, and a test would.
    public func dynamicallyCall(withKeywordArguments given: KeyValuePairs<String, any Argument>) -> String {
        guard let key = given.first?.value.written, let sentence = lexicon.sentence(key, given["count"]?.counted)
        else { return Self.missing(given.first?.value.said(in: self) ?? "") }
        return sentence.plain ?? said(sentence, given)
    }

    /// Room for most sentences, so that one is written without growing.
    private static let usualLength = 80

    private func said(_ sentence: Sentence, _ given: KeyValuePairs<String, any Argument>) -> String {
        var said = ""
        said.reserveCapacity(Self.usualLength)
        for piece in sentence.pieces {
            switch piece {
            case .text(let text): said += text
            case .place(let name): said += given[name]?.said(in: self) ?? Self.missing(name)
            case .opens, .closes: break
            }
        }
        return said
    }

    /// Says a sentence that holds markup:
    /// `t.html("offer.changed", link: Mark { "<a href=\"/offer\">\($0)</a>" }, name: asha.name)`.
    public var html: MarkedWords { MarkedWords(words: self) }

    static func missing(_ name: String) -> String { "⟦\(name)⟧" }
}

/// `Words` that make markup. Only what the code hands in as a `Mark` or as `HTML` is markup; the sentence and every
/// other argument are escaped.
@dynamicCallable
public struct MarkedWords: Sendable {
    let words: Words

    /// Says the sentence named by the first argument, each marked stretch wrapped by the `Mark` of that name. A
    /// stretch that nobody handed a mark for is said without one.
    public func dynamicallyCall(withKeywordArguments given: KeyValuePairs<String, any Filling>) -> HTML {
        guard let key = given.first?.value.written, let sentence = words.lexicon.sentence(key, given["count"]?.counted)
        else { return HTML(text: Words.missing(given.first?.value.written ?? "")) }
        if let plain = sentence.plain { return HTML(text: plain) }
        var open = [HTML.empty]
        for piece in sentence.pieces {
            switch piece {
            case .text(let text): open[open.count - 1].append(text: text)
            case .place(let name):
                open[open.count - 1].append(given[name]?.marked(in: words) ?? HTML(text: Words.missing(name)))
            case .opens: open.append(.empty)
            case .closes(let name):
                let inner = open.removeLast()
                open[open.count - 1].append((given[name] as? Mark)?.make(inner) ?? inner)
            }
        }
        return open[0]
    }
}

extension KeyValuePairs where Key == String {
    /// What was handed in under a name, after the key of the sentence.
    fileprivate subscript(name: String) -> Value? { first { $0.key == name }?.value }
}
